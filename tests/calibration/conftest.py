"""What the tests of calibrating share: the coach's voice, a person's, and a recognizer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.calibration.guide import INTRODUCTION, Guide, Guided
from assistant.calibration.simulated import Place, SimulatedPlace
from assistant.hearing.model import find_model
from assistant.hearing.recognizer import VoskRecognizer
from assistant.hearing.vocabulary import Vocabulary
from assistant.programme.voice import VoicePack
from assistant.sound import Samples
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Pyttsx3Renderer, Voice

Calibrate = Callable[..., Guided]


@pytest.fixture(scope="session")
def speak(pack: VoicePack, speech: Pyttsx3Renderer, session_cache: Path) -> Callable[[str], Samples]:
    """The coach's voice."""
    store = ClipStore(speech, session_cache / "clips")
    return lambda text: store.clip(text, Voice(pack.voice, pack.words_per_minute, pack.pitch)).samples


@pytest.fixture(scope="session")
def say(speech: Pyttsx3Renderer, session_cache: Path) -> Callable[[str], Samples]:
    """Another person's voice."""
    store = ClipStore(speech, session_cache / "clips")
    return lambda text: store.clip(text, Voice("en-us+f3", 150, 50)).samples


@pytest.fixture(scope="session")
def recognizer(pack: VoicePack, session_cache: Path) -> VoskRecognizer:
    return VoskRecognizer(find_model(), pack.commands, session_cache / "graphs")


@pytest.fixture
def calibrate(
    pack: VoicePack,
    speak: Callable[[str], Samples],
    say: Callable[[str], Samples],
    recognizer: VoskRecognizer,
) -> Calibrate:
    """Calibrate in a simulated place; the person says another word where one is given."""

    def run(
        place: Place, told: list[tuple[str, str]] | None = None, mishear: dict[str, str] | None = None
    ) -> Guided:
        recognizer.finish()
        room = SimulatedPlace(place, speak(INTRODUCTION), say)

        def tell(kind: str, text: str) -> None:
            if told is not None:
                told.append((kind, text))
            if kind == "ask":
                room.asked((mishear or {}).get(text, text))

        return Guide(room, speak, recognizer, Vocabulary(pack.commands), tell).run()

    return run
