"""What the hearing's tests share: the shipped commands and model, and a synthetic speaker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.hearing.model import ModelFolder, find_model
from assistant.hearing.recognizer import VoskRecognizer
from assistant.hearing.vocabulary import Vocabulary
from assistant.programme.commands import CommandSet, parse_commands
from assistant.programme.voice import VoicePack
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.rendering import Pyttsx3Renderer, Voice

Say = Callable[..., Samples]


@pytest.fixture(scope="session")
def commands(pack: VoicePack) -> CommandSet:
    """The shipped English commands."""
    return pack.commands


@pytest.fixture(scope="session")
def vocabulary(commands: CommandSet) -> Vocabulary:
    return Vocabulary(commands)


@pytest.fixture(scope="session")
def model() -> ModelFolder:
    """The shipped English model."""
    return find_model()


@pytest.fixture(scope="session")
def recognizer(model: ModelFolder, commands: CommandSet, session_cache: Path) -> VoskRecognizer:
    return VoskRecognizer(model, commands, session_cache)


@pytest.fixture(scope="session")
def say(speech: Pyttsx3Renderer) -> Say:
    """Speak a text with silence around it, in a quiet room."""

    def speak(text: str, voice: str = "en-us", before: float = 0.5, after: float = 1.0) -> Samples:
        samples = speech.render(text, Voice(voice, 150, 50))
        strong = np.nonzero(np.abs(samples) > 0.01)[0]
        samples = samples[strong[0] : strong[-1] + 400]
        samples = np.pad(samples, (round(before * SAMPLE_RATE), round(after * SAMPLE_RATE)))
        hiss = np.random.default_rng(0).normal(0, 2e-4, samples.size)
        return (samples + hiss).astype(np.float32)

    return speak


@pytest.fixture(scope="session")
def commands_of() -> Callable[[str], CommandSet]:
    """Check a commands file that holds some lines."""
    return lambda text: parse_commands(text, "commands.yaml")
