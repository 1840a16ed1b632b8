"""How many words over the first seconds of the greeting are heard, while the room is still being learnt.

Run by hand: `.venv/bin/python -m tests.benchmarks.first_seconds [ROOMS]`; in each simulated room the session
begins four times, at an echo 0 or 6 dB louder than the person, and each time a synthetic voice says one word
over it.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path

import numpy as np

from assistant.coaching.events import Heard
from assistant.hearing.echo.convolution import PartitionedFilter
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.listener import Listener, Sound
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.self_speech import Spoken
from assistant.hearing.verification import open_verifier
from assistant.hearing.voice_activity import SileroDetector
from assistant.library.session import load_voice
from assistant.places import cache_folder, shipped
from assistant.rehearsal.room import ECHO_DELAY_SECONDS, SPEECH_DB, impulse_response
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db
from assistant.speaking.clips import ClipStore
from assistant.speaking.earcons import breath
from assistant.speaking.giving_way import GivingWay
from assistant.speaking.rendering import Pyttsx3Renderer, Voice
from tests.benchmarks.hearing.chance import chance_of

ROOMS, ECHOES_DB, TIMES = 50, (0.0, 6.0), 2
EARLIEST_SECONDS, LATEST_SECONDS = 0.5, 6.0
"""When the word begins, counted from the greeting."""

LATEST_ECHO_SECONDS = 0.3
TAIL_SECONDS = 2.5
_SAID = ("stop", "pain", "help", "ready", "hold on", "my back hurts", "pause", "louder")
_VOICES = ("en-us+f3", "en-gb+m3", "en-us+m1", "en-gb+f2")
_FLOOR_DB = -75.0


def main() -> None:
    """Measure and print."""
    rooms = int(sys.argv[1]) if len(sys.argv) > 1 else ROOMS
    pack, model = load_voice(str(shipped("voices") / "en")), find_model(None)
    recognizer = VoskRecognizer(model, pack.commands, cache_folder() / "graphs")
    matcher, verifier = Matcher(pack.commands), open_verifier(model, pack.commands)
    heard: Counter[float] = Counter()
    deaf = 0
    with Pyttsx3Renderer() as renderer, tempfile.TemporaryDirectory() as folder:
        clips = ClipStore(renderer, Path(folder))
        coach = Voice(pack.voice, pack.words_per_minute, pack.pitch)
        said = clips.clip(pack.cues["greeting"].text, coach).samples
        greeting = np.concatenate([breath(), said])
        for room in range(rooms):
            missed = 0
            for echo_db, time in ((echo_db, time) for echo_db in ECHOES_DB for time in range(TIMES)):
                chance = chance_of("first seconds", room)
                delay = chance.uniform(ECHO_DELAY_SECONDS / 2, LATEST_ECHO_SECONDS)
                path = impulse_response(chance, float(delay), float(chance.uniform(0.1, 0.3)))
                first = chance_of("first word", room, time)
                text = str(first.choice(_SAID))
                word = clips.clip(text, Voice(str(first.choice(_VOICES)), 150, 50)).samples
                at = float(first.uniform(EARLIEST_SECONDS, LATEST_SECONDS)) + breath().size / SAMPLE_RATE
                listener = Listener(
                    recognizer,
                    matcher,
                    DelayTrackingCanceller(),
                    detector=SileroDetector(),
                    verifier=verifier,
                )
                taken = _listen(listener, greeting, pack.cues["greeting"].text, path, echo_db, word, at)
                wanted = matcher.match(text.split(), "setup")[0].command
                if wanted in taken:
                    heard[echo_db] += 1
                else:
                    missed += 1
            deaf += missed == len(ECHOES_DB) * TIMES
    for echo_db in ECHOES_DB:
        sys.stdout.write(f"echo {echo_db:+g} dB: {heard[echo_db]} of {rooms * TIMES} heard\n")
    sys.stdout.write(f"{deaf} of {rooms} rooms in which none was heard\n")


def _listen(
    listener: Listener, greeting: Samples, text: str, path: Samples, echo_db: float, word: Samples, at: float
) -> list[str]:
    """Return the commands that are heard when a word is said over a greeting."""
    seconds = max(greeting.size, round(at * SAMPLE_RATE) + word.size) / SAMPLE_RATE + TAIL_SECONDS
    far = np.zeros(round(seconds * SAMPLE_RATE) // BLOCK * BLOCK, np.float32)
    far[: greeting.size] = greeting[: far.size]
    # The breath before it is softer and does not count.
    came_back = np.convolve(greeting[breath().size :], path).astype(np.float32)
    echo = PartitionedFilter(path * np.float32(10 ** ((SPEECH_DB + echo_db - active_db(came_back)) / 20)))
    others = np.random.default_rng(0).standard_normal(far.size).astype(np.float32)
    others *= np.float32(10 ** (_FLOOR_DB / 20))
    start = round(at * SAMPLE_RATE)
    others[start : start + word.size] += word * np.float32(10 ** ((SPEECH_DB - active_db(word)) / 20))
    way, sounds = GivingWay(), list[Sound]()
    spoken = partial(list[Spoken], [Spoken(text, 0.0, greeting.size / SAMPLE_RATE)])
    for begin in range(0, far.size, BLOCK):
        way.lowered = listener.is_spoken_to
        played = way.process(far[begin : begin + BLOCK])
        mic = np.clip(echo.process(played) + others[begin : begin + BLOCK], -1.0, 1.0)
        sounds += listener.hear(mic, played, "setup", spoken)
    sounds += listener.finish("setup", spoken)
    return [sound.command for sound in sounds if isinstance(sound, Heard)]


if __name__ == "__main__":
    main()
