"""What the tests of calibrating share: the coach's voice, a person's, and a recognizer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant.calibration.guide import Guide, Guided, Speak
from assistant.calibration.simulated import SimulatedPlace
from assistant.coaching.plan import Cue
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.programme.calibration_lines import CalibrationLine
from assistant.programme.voice import VoicePack
from assistant.rehearsal.room import SPEECH_DB
from assistant.session.coach_voice import CoachVoice
from assistant.session.room import Taken
from assistant.sound import Samples
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Renderer, Voice

Calibrate = Callable[..., Guided]


@dataclass(frozen=True, slots=True)
class Place:
    """How a simulated room is."""

    delay_seconds: float = 0.12
    """Of the echo."""
    echo_db: float = -10.0
    """Relative to the person's voice; -100 stands for headphones."""
    noise_db: float = -75.0
    """Steady noise in the microphone, in decibels of full scale."""
    microphone_db: float = 0.0
    """How far the microphone is turned up; beyond full scale it clips."""
    muted: bool = False
    silent: bool = False
    """Whether the person says nothing."""
    voice_db: float = SPEECH_DB
    """Level of the person's voice before the microphone is turned up."""


class ThatPlace(SimulatedPlace):
    """A room as a place says."""

    def __init__(self, place: Place, coach: Samples, say: Callable[[str], Samples]) -> None:
        super().__init__(coach, say, place.echo_db, place.noise_db, place.delay_seconds, place.voice_db)
        self._place = place

    def exchange(self, block: Samples) -> Sequence[Taken]:
        (taken,) = super().exchange(block)
        mic = taken.mic * np.float32(10 ** (self._place.microphone_db / 20))
        return [Taken(np.zeros_like(mic) if self._place.muted else np.clip(mic, -1.0, 1.0), block)]

    def asked(self, word: str) -> None:
        if not self._place.silent:
            super().asked(word)


@pytest.fixture(scope="session")
def speak(pack: VoicePack, speech: Renderer, session_cache: Path) -> Speak:
    """The coach's voice."""
    voice = CoachVoice(pack, ClipStore(speech, session_cache / "clips"))
    return lambda cue: voice.clip(cue).samples


@pytest.fixture(scope="session")
def say(speech: Renderer, session_cache: Path) -> Callable[[str], Samples]:
    """Another person's voice."""
    store = ClipStore(speech, session_cache / "clips")
    return lambda text: store.clip(text, Voice("en-us+f3", 150, 50)).samples


@pytest.fixture(scope="session")
def recognizer(pack: VoicePack, session_cache: Path) -> VoskRecognizer:
    return VoskRecognizer(find_model(), pack.commands, session_cache / "graphs")


@pytest.fixture
def calibrate(
    pack: VoicePack,
    speak: Speak,
    say: Callable[[str], Samples],
    recognizer: VoskRecognizer,
) -> Calibrate:
    """Calibrate in a simulated place, with other cues or words of the person where they are given."""

    def run(
        place: Place,
        told: list[tuple[str, str]] | None = None,
        mishear: Mapping[str, str] | None = None,
        cues: Mapping[str, Cue] = pack.cues,
        vocabulary: Matcher | None = None,
    ) -> Guided:
        recognizer.finish()
        room = ThatPlace(place, speak(pack.cues[CalibrationLine.INTRODUCTION]), say)

        def tell(kind: str, text: str) -> None:
            if told is not None:
                told.append((kind, text))
            if kind == "ask":
                room.asked((mishear or {}).get(text, text))

        return Guide(room, cues, speak, recognizer, vocabulary or Matcher(pack.commands), tell).run()

    return run
