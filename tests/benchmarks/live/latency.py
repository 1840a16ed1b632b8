"""How soon a live session is silent after "stop", from its end as it went into the microphone.

The session is the real command on virtual hardware, with an echo; everything is measured in what its
loudspeaker was given and its microphone took. PulseAudio's own latency, two blocks of 10 ms or more each way,
is in all figures.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
from rich.table import Table
from ruamel.yaml import YAML

from assistant.coaching.actions import Answer
from assistant.errors import AssistantError
from assistant.places import shipped
from assistant.session.records import CueSpoken, Entry, Silenced
from assistant.sound import SAMPLE_RATE, Samples, resample
from assistant.speaking.rendering import Pyttsx3Renderer
from tests.benchmarks.live.live_session import POLL_SECONDS, LiveSession
from tests.benchmarks.live.recording import RATE, Recording
from tests.benchmarks.live.signals import AUDIBLE, find, first_sound, silence_after, word_end
from tests.benchmarks.live.timing import busy_cores
from tests.benchmarks.live.virtual_sound import FEED, LOUDSPEAKER, VirtualSound
from tests.benchmarks.live.words import stop_words
from tests.benchmarks.report import Measured, figures_table, summarize

KEY_TRIALS = 20
STARTS = 3

ECHO_DB = -6.0
"""Level of the coach in the microphone, relative to the person."""

QUIET_SECONDS = 0.2
"""A silence this long is no gap within a word; the release follows 0.3 s after a stop."""

LIMIT_SECONDS = 3.0
"""A stop that is not obeyed by then was missed."""

# Without a pause, so that no pause is taken for the silence; and longer than a trial.
_TALK = (
    "there is no need to hurry and you can take all the time that you need while I keep talking "
    "about the weather and the trees in the garden and the colour of the morning"
)
_OFFSETS = (0.3, 1.5)
_MOST_INTERRUPTIONS = 10
_LIKE_THE_WORD = 0.5
_ANSWER_SECONDS = 10.0
_FIRST_SOUND_SECONDS = 60.0


def measure_latency(
    trials: int = 50, key_trials: int = KEY_TRIALS, seed: int = 1, busy: bool = False
) -> list[Measured]:
    """Measure the time from "stop", said and typed, to silence; and a start's time and memory.

    Args:
        trials: How often "stop" is said.
        key_trials: How often its key is pressed.
        seed: Says when within the coach's sentence.
        busy: Whether a program on every core wants all of its time, too.

    Raises:
        AssistantError: there is no virtual hardware, or the session failed.
    """
    with Pyttsx3Renderer() as renderer:
        words = stop_words(renderer)
    with (
        tempfile.TemporaryDirectory() as name,
        VirtualSound() as sound,
        sound.record(f"{LOUDSPEAKER}.monitor") as speaker,
        sound.record(f"{FEED}.monitor") as feed,
    ):
        sound.echo(True, volume_db=ECHO_DB)
        folder = Path(name)
        options = ("--voice", str(talking_voice(folder / "voice")), "--lie-down", "0")
        # The first start renders what the others find ready.
        starts = [_start(folder / str(i), sound, speaker, options) for i in range(1 + STARTS)][1:]
        with (
            busy_cores() if busy else nullcontext(),
            LiveSession(folder / "session", sound.environment, options) as session,
        ):
            _wait_for_sound(session, speaker)
            room = _Room(sound, session, speaker, feed, random.Random(seed))
            keyed = [room.key() for _ in range(key_trials)]
            spoken = [room.say(words[i % len(words)]) for i in range(trials)]
            return [
                summarize("end of “stop” to silence", spoken, "ms"),
                summarize("stop key to silence", keyed, "ms"),
                Measured("coach not interrupted by itself", room.talks, room.interrupted),
                summarize("warm start to the first sound", starts, "s"),
                summarize("peak memory", [session.peak_memory_mib], "MiB"),
            ]


def latency_table(measured: Sequence[Measured]) -> Table:
    """Make a table of what was measured, for people."""
    rows = [(m.measure, m.trials, m.missed, m.median, m.p95, m.max, m.unit) for m in measured]
    headings = ("measure", "trials", "missed", "median", "p95", "max", "unit")
    return figures_table("Latency, PulseAudio's own included", headings, rows)


def talking_voice(folder: Path) -> Path:
    """Make a voice pack that, once stopped, talks on without a pause, and return its folder."""
    shutil.copytree(shipped("voices") / "en", folder)
    path = folder / "cues.yaml"
    yaml: Any = YAML()
    cues = yaml.load(path)
    cues["talk"]["stopped"] = _TALK
    yaml.dump(cues, path)
    return folder


def time_to_silence(speaker: Samples, word_begins: int, word_ends: int) -> float | None:
    """Return the milliseconds from a word's end to the silence that it led to, or None where none did.

    Args:
        speaker: What the loudspeaker was given, at RATE.
        word_begins: The word's first sample; a silence in the middle of it counts, with a time below 0.
        word_ends: The sample after its last.
    """
    silent = silence_after(speaker, word_begins, round(QUIET_SECONDS * RATE))
    if silent is None or silent - word_ends > LIMIT_SECONDS * RATE:
        return None
    return (silent - word_ends) / RATE * 1000


class _Room:
    """One session's room, in which stop is said and typed while the coach talks."""

    def __init__(
        self,
        sound: VirtualSound,
        session: LiveSession,
        speaker: Recording,
        feed: Recording,
        chance: random.Random,
    ) -> None:
        self._sound = sound
        self._session = session
        self._speaker = speaker
        self._feed = feed
        self._chance = chance
        self._stopped = False
        self.talks = 0
        """How often the coach began to talk."""
        self.interrupted = 0
        """How often it fell silent though nothing had been said."""

    def say(self, word: Samples) -> float | None:
        """Say a word over the coach and return the milliseconds from its end to silence."""
        self._wait_until_talking()
        first = self._feed.size
        # With some silence behind it, so that all of it is in the recording when this is over.
        self._sound.play(np.pad(word, (0, SAMPLE_RATE // 10)))
        heard = np.asarray(resample(word, SAMPLE_RATE, RATE), np.float32)
        match = find(heard, self._feed.between(first, self._feed.size))
        if match.correlation < _LIKE_THE_WORD:
            raise AssistantError(
                "What was said can't be found in the recording. Measure on an idle computer."
            )
        begins = first + match.sample
        return self._time_to_silence(self._feed.time_of(begins), self._feed.time_of(begins + word_end(heard)))

    def key(self) -> float | None:
        """Press the stop key while the coach talks and return the milliseconds to silence."""
        self._wait_until_talking()
        at = self._session.press("s")
        return self._time_to_silence(at, at)

    def _time_to_silence(self, begins: float, ends: float) -> float | None:
        wait = ends + LIMIT_SECONDS + QUIET_SECONDS
        first = self._speaker.sample_at(begins)
        latency = None
        while latency is None and time.monotonic() < wait:
            time.sleep(POLL_SECONDS)
            heard = self._speaker.between(first, self._speaker.size)
            latency = time_to_silence(heard, 0, self._speaker.sample_at(ends) - first)
        # A silence that came of something else that was heard is no stop obeyed.
        self._stopped = latency is not None and self._obeyed()
        return latency if self._stopped else None

    def _obeyed(self) -> bool:
        command = self._session.wait_for(lambda entry: isinstance(entry.record, Answer), QUIET_SECONDS)
        return command is not None and isinstance(command.record, Answer) and command.record.command == "stop"

    def _wait_until_talking(self) -> None:
        """Wait for a random moment in the sentence that follows the release.

        Raises:
            AssistantError: it never comes.
        """
        if not self._stopped:
            self._session.follow()
            self._session.press("s")
        for _ in range(_MOST_INTERRUPTIONS):
            if self._session.wait_for(_is_release, _ANSWER_SECONDS) is None:
                raise AssistantError("The session that was measured did not stop at the stop key.")
            until = time.monotonic() + _ANSWER_SECONDS
            while not self._audible():
                if time.monotonic() > until:
                    raise AssistantError("The session that was measured said nothing after the release.")
                time.sleep(POLL_SECONDS)
            time.sleep(self._chance.uniform(*_OFFSETS))
            self.talks += 1
            if not any(isinstance(entry.record, Silenced) for entry in self._session.follow()):
                return
            self.interrupted += 1
        raise AssistantError("The session that was measured keeps stopping though nobody says so.")

    def _audible(self) -> bool:
        size = self._speaker.size
        return bool(np.any(np.abs(self._speaker.between(size - RATE // 20, size)) > AUDIBLE))


def _is_release(entry: Entry) -> bool:
    return isinstance(entry.record, CueSpoken) and entry.record.name.startswith("release")


def _start(folder: Path, sound: VirtualSound, speaker: Recording, options: Sequence[str]) -> float:
    """Return the seconds from a session's start to its first sound."""
    with LiveSession(folder, sound.environment, options) as session:
        return _wait_for_sound(session, speaker) - session.started


def _wait_for_sound(session: LiveSession, speaker: Recording) -> float:
    """Return the seconds of the computer's clock at which a session is first heard."""
    first = speaker.sample_at(session.started)
    until = session.started + _FIRST_SOUND_SECONDS
    while time.monotonic() < until:
        session.wait_for(lambda _: False, POLL_SECONDS)
        heard = first_sound(speaker.between(first, speaker.size))
        if heard is not None:
            return speaker.time_of(first + heard)
    raise AssistantError("The session that was measured said nothing.")
