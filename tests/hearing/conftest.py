"""What the hearing's tests share: the shipped commands and model, synthetic speech and other sounds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.hearing.health import HealthChange, MicrophoneHealth
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import ModelFolder, find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.programme.commands import CommandSet
from assistant.programme.voice import VoicePack
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db
from assistant.speaking.rendering import Renderer, Voice
from tests.parsing import parse_commands

Say = Callable[..., Samples]

SENTENCES = (
    "Lower for three seconds, then drive up.",
    "Keep your back flat on the floor, and breathe out as you lift.",
    "Rest for thirty seconds, then we go on with the other leg.",
)


def _span(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE / BLOCK) * BLOCK


def _loud(samples: Samples, decibels: float) -> Samples:
    return samples * np.float32(10 ** ((decibels - active_db(samples)) / 20))


@pytest.fixture(scope="session")
def commands(pack: VoicePack) -> CommandSet:
    """The shipped English commands."""
    return pack.commands


@pytest.fixture(scope="session")
def vocabulary(commands: CommandSet) -> Matcher:
    return Matcher(commands)


@pytest.fixture(scope="session")
def model() -> ModelFolder:
    """The shipped English model."""
    return find_model()


@pytest.fixture(scope="session")
def loaded_recognizer(model: ModelFolder, commands: CommandSet, session_cache: Path) -> VoskRecognizer:
    return VoskRecognizer(model, commands, session_cache)


@pytest.fixture
def recognizer(loaded_recognizer: VoskRecognizer) -> VoskRecognizer:
    """Loaded once; its time begins at nought in every test."""
    loaded_recognizer.finish()
    return loaded_recognizer


@pytest.fixture(scope="session")
def say(speech: Renderer) -> Say:
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


@pytest.fixture(scope="session")
def span() -> Callable[[float], int]:
    """Give how many samples so many seconds are, in whole blocks."""
    return _span


@pytest.fixture(scope="session")
def silence() -> Callable[[float], Samples]:
    """Make some seconds of silence."""
    return lambda seconds: np.zeros(_span(seconds), np.float32)


@pytest.fixture(scope="session")
def noise() -> Callable[..., Samples]:
    """Make some seconds of steady noise at a level."""

    def make(seconds: float, decibels: float, seed: int = 0) -> Samples:
        steady = np.random.default_rng(seed).normal(0, 10 ** (decibels / 20), _span(seconds))
        return steady.astype(np.float32)

    return make


@pytest.fixture(scope="session")
def loud() -> Callable[[Samples, float], Samples]:
    """Bring speech to a level."""
    return _loud


@pytest.fixture(scope="session")
def gated() -> Callable[[Samples], Samples]:
    """Make a sound what a microphone gives of it that sends zeros whenever it takes a block for noise."""

    def gate(sound: Samples) -> Samples:
        blocks = sound.reshape(-1, BLOCK).copy()
        blocks[np.sqrt(np.mean(np.square(blocks), axis=1)) < 3e-3] = 0
        return blocks.reshape(-1)

    return gate


@pytest.fixture(scope="session")
def coach(say: Say) -> Samples:
    """Ten seconds of the coach without any noise, as the loudspeaker plays them."""
    sentences = np.concatenate([say(text, before=0.0, after=0.1) for text in SENTENCES])
    sentences[np.abs(sentences) < 2e-3] = 0
    return _loud(np.resize(sentences, _span(10)).astype(np.float32), -20)


@pytest.fixture(scope="session")
def person(say: Say) -> Samples:
    """Somebody who talks for half a minute."""
    words = np.concatenate([say(text, "en-us+f3", before=0.0, after=0.1) for text in SENTENCES])
    return np.resize(words, _span(30)).astype(np.float32)


@pytest.fixture(scope="session")
def changes() -> Callable[..., list[HealthChange]]:
    """Give what changes in a microphone's health; where nothing else is said, only the person speaks."""

    def follow(
        health: MicrophoneHealth,
        mic: Samples,
        far: Samples | None = None,
        clean: Samples | None = None,
        speech_db: float | None = None,
    ) -> list[HealthChange]:
        found: list[HealthChange] = []
        for at in range(0, mic.size, BLOCK):
            part = slice(at, at + BLOCK)
            played = np.zeros(BLOCK, np.float32) if far is None else far[part]
            change = health.follow(mic[part], mic[part] if clean is None else clean[part], played, speech_db)
            if change is not None:
                found.append(change)
        return found

    return follow
