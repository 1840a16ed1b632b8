"""What the tests of calibrating share: the coach's voice, a person's, and a recognizer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from assistant.calibration.guide import Guide, Guided, Speak
from assistant.calibration.simulated import Place, SimulatedPlace
from assistant.coaching.plan import Cue
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.programme.calibration_lines import CalibrationLine
from assistant.programme.voice import VoicePack
from assistant.session.coach_voice import CoachVoice
from assistant.sound import Samples
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Renderer, Voice

Calibrate = Callable[..., Guided]


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
        room = SimulatedPlace(place, speak(pack.cues[CalibrationLine.INTRODUCTION]), say)

        def tell(kind: str, text: str) -> None:
            if told is not None:
                told.append((kind, text))
            if kind == "ask":
                room.asked((mishear or {}).get(text, text))

        return Guide(room, cues, speak, recognizer, vocabulary or Matcher(pack.commands), tell).run()

    return run
