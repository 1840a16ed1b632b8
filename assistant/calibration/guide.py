"""Lead a person through a calibration by voice alone, in any room: they may lie with their eyes shut."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.calibration.advice import advise, first_advice
from assistant.calibration.measured import Measured, Said, measure_played, measure_quiet, measure_said
from assistant.calibration.sweep import TAIL_SECONDS, rising_sound
from assistant.coaching.events import Heard
from assistant.coaching.plan import Cue
from assistant.hearing.echo.canceller import Cancelled
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Recognizer
from assistant.hearing.recognition.sentences import usual_way
from assistant.hearing.self_speech import Spoken
from assistant.programme.calibration_lines import CalibrationLine
from assistant.session.room import Room
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db, power_db
from assistant.speaking import earcons

COMMANDS = ("stop", "easier", "pause")
"""What is asked for: safety first, and words that sound unlike each other."""

CONTEXT = "moving"
"""Where all of them can be said, and where they matter most."""

QUIET_SECONDS = 2.5
"""How long it listens to the quiet room."""

ANSWER_SECONDS = 6.0
"""How long a person may take to say a word."""

_ECHO_OVER_SECONDS = 1.2
"""After a cue: its echo has come and died away."""

_AFTER_WORD_SECONDS, _PAUSE_SECONDS = 0.6, 0.3
"""After a command, for the end of the word, and after a cue; chosen."""

_ABOVE_NOISE_DB = 6.0
"""A block this much above the noise is speech; chosen."""

Speak = Callable[[Cue], Samples]
"""Returns the sound of a cue in the coach's voice."""

Tell = Callable[[str, str], None]
"""Is shown what is said and done: a kind ("say", "sound", "ask", "heard") and the words."""


class _Tap:
    """A canceller that keeps what it gave."""

    def __init__(self) -> None:
        self._canceller = DelayTrackingCanceller()
        self.given: list[Cancelled] = []

    def process(self, mic: Samples, far: Samples) -> Cancelled:
        self.given.append(self._canceller.process(mic, far))
        return self.given[-1]


@dataclass(frozen=True, slots=True)
class Guided:
    """What came of it."""

    measured: Measured
    advice: tuple[CalibrationLine, ...]
    """The cues that say what to move; what matters most first."""

    @property
    def useful(self) -> bool:
        """Whether what was measured helps the next session."""
        return first_advice(self.measured) is None


@dataclass
class Guide:
    """One calibration."""

    room: Room
    cues: Mapping[str, Cue]
    """The voice's, by name."""
    speak: Speak
    recognizer: Recognizer
    """Hears the commands; made for this calibration alone."""
    vocabulary: Matcher
    """Knows the words."""
    tell: Tell

    def __post_init__(self) -> None:
        """Begin with nothing played and nothing heard."""
        self._tap = _Tap()
        self._listener = Listener(self.recognizer, self.vocabulary, self._tap)
        self._given = 0
        self._mic: list[Samples] = []
        self._far: list[Samples] = []
        self._heard: list[Heard] = []
        self._spoken: list[Spoken] = []

    def run(self) -> Guided:
        """Lead through all of it, and say at the end what to do.

        Raises:
            AssistantError: a device can't be used.
        """
        level_db = active_db(self.speak(self.cues[CalibrationLine.INTRODUCTION]))
        self._say(CalibrationLine.INTRODUCTION)
        self._wait(_ECHO_OVER_SECONDS)
        quiet = measure_quiet(_joined(self._mic[self._wait(QUIET_SECONDS)]))
        self._say(CalibrationLine.SOUND)
        self._wait(_ECHO_OVER_SECONDS)
        self.tell("sound", "a rising sound")
        begins = len(self._mic)
        self._play(rising_sound(level_db))
        self._wait(TAIL_SECONDS)
        mic, far = _joined(self._mic[begins:]), _joined(self._far[begins:])
        measured = Measured(quiet, measure_played(mic, far, quiet))
        if first_advice(measured) is None:
            self._say(CalibrationLine.TRY)
            measured = self._try(measured)
        advice = advise(measured)
        for line in advice:
            self._say(line)
        self._wait(_PAUSE_SECONDS)
        return Guided(measured, tuple(advice))

    def _try(self, measured: Measured) -> Measured:
        for name in COMMANDS:
            # A voice of few words may have no word for it.
            if (word := usual_way(self.vocabulary.grammar, name, CONTEXT)) is None:
                continue
            said = self._await(name, word, CalibrationLine.ASK, measured)
            if not (said.understood or said.silent):
                said = self._await(name, word, CalibrationLine.AGAIN, measured)
            measured = replace(measured, said=(*measured.said, said))
            if measured.muted:
                break
        return measured

    def _await(self, command: str, word: str, prompt: CalibrationLine, measured: Measured) -> Said:
        self._say(prompt, word)
        self._play(earcons.heard())
        begins, known = len(self._mic), len(self._heard)
        # The coach's own word comes back that much later than it was said.
        since = begins * BLOCK / SAMPLE_RATE + (measured.delay_seconds or 0.0)
        self.tell("ask", word)
        understood = False
        while not understood and (len(self._mic) - begins) * BLOCK < ANSWER_SECONDS * SAMPLE_RATE:
            self._wait(BLOCK / SAMPLE_RATE)
            understood = any(heard.command == command and heard.end > since for heard in self._heard[known:])
        self._wait(_AFTER_WORD_SECONDS)
        self.tell("heard", word if understood else "")
        return measure_said(word, understood, _joined(self._mic[begins:]), self._speech(begins, measured))

    def _speech(self, begins: int, measured: Measured) -> Samples:
        """Return what the person said since a block, without the coach's echo and the quiet between."""
        least = measured.quiet.noise_db + _ABOVE_NOISE_DB
        cleaned = self._tap.given[begins:]
        return _joined([one.clean for one in cleaned if one.near_end and power_db(one.clean) > least])

    def _say(self, line: CalibrationLine, word: str = "") -> None:
        cue = self.cues[line]
        if word:
            cue = replace(cue, text=cue.text.format_map({"word": word}))
        self.tell("say", cue.text)
        samples = self.speak(cue)
        start = self._given / SAMPLE_RATE
        self._spoken.append(Spoken(cue.text, start, start + samples.size / SAMPLE_RATE))
        self._play(samples)
        self._wait(_PAUSE_SECONDS)

    def _wait(self, seconds: float) -> slice:
        """Let time pass, and give which blocks were taken meanwhile."""
        return self._play(np.zeros(max(round(seconds * SAMPLE_RATE), 1), np.float32))

    def _play(self, samples: Samples) -> slice:
        """Play a sound until the microphone has taken as much."""
        begins = len(self._mic)
        whole = np.pad(samples, (0, -samples.size % BLOCK)).reshape(-1, BLOCK)
        end = len(self._mic) + len(whole)
        for block in whole:
            self._exchange(block)
        silence = np.zeros(BLOCK, np.float32)
        while len(self._mic) < end:
            self._exchange(silence)
        return slice(begins, len(self._mic))

    def _exchange(self, block: Samples) -> None:
        self._given += block.size
        now = len(self._mic) * BLOCK / SAMPLE_RATE
        lately = [one for one in self._spoken if one.end > now - 5.0]
        for taken in self.room.exchange(block):
            self._mic.append(taken.mic)
            self._far.append(taken.far)
            sounds = self._listener.hear(taken.mic, taken.far, CONTEXT, lambda: lately)
            self._heard += [sound for sound in sounds if isinstance(sound, Heard)]


def _joined(blocks: Sequence[Samples]) -> Samples:
    return np.concatenate([np.zeros(0, np.float32), *blocks])
