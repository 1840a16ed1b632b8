"""A voice is told from clatter and silence, and remembered for a while."""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
import pytest

from assistant.hearing.voice_activity import VOICED_SECONDS, SileroDetector, VoiceActivity
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from tests.hearing.conftest import Say
from tests.stand_ins import ScriptedDetector

SILENCE = np.zeros(BLOCK, np.float32)
SECONDS = BLOCK / SAMPLE_RATE


def blocks_of(samples: Samples) -> list[Samples]:
    return list(samples[: samples.size // BLOCK * BLOCK].reshape(-1, BLOCK))


def likeliest(samples: Samples) -> float:
    voice = VoiceActivity(SileroDetector())
    blocks = blocks_of(samples)
    voice.add(len(blocks) * SECONDS, blocks)
    found = voice.likeliest(0.0, len(blocks) * SECONDS)
    assert found is not None
    return found


def clatter(seconds: float, seed: int) -> Samples:
    """Plates: bursts of a few high tones that die away within 30 ms, at odd moments."""
    chance = np.random.default_rng(seed)
    t = np.arange(round(0.15 * SAMPLE_RATE)) / SAMPLE_RATE
    sound = chance.normal(0, 2e-4, round(seconds * SAMPLE_RATE))
    for at in chance.integers(0, sound.size - t.size, round(6 * seconds)):
        tones = np.sin(2 * np.pi * np.outer(chance.uniform(1500, 7000, 5), t)).sum(axis=0)
        sound[at : at + t.size] += chance.uniform(0.02, 0.1) * tones * np.exp(-t / 0.03)
    return sound.astype(np.float32)


@pytest.mark.parametrize("text", ["stop", "no", "ready", "chest pain", "ten"])
@pytest.mark.parametrize("voice", ["en-us", "en-us+f3"])
def test_who_speaks_has_a_voice(say: Say, text: str, voice: str) -> None:
    assert likeliest(say(text, voice)) > 0.8


def test_a_voice_is_heard_over_clatter(say: Say) -> None:
    spoken = say("next set")
    assert likeliest(spoken + clatter(5.0, 0)[: spoken.size]) > 0.8


@pytest.mark.parametrize("seed", range(3))
def test_clatter_has_no_voice(seed: int) -> None:
    assert likeliest(clatter(5.0, seed)) < 0.3


def test_silence_and_noise_have_no_voice(
    silence: Callable[[float], Samples], noise: Callable[..., Samples]
) -> None:
    assert likeliest(silence(2.0)) < 0.1
    assert likeliest(noise(2.0, -30.0)) < 0.1


def test_what_came_before_is_forgotten(say: Say) -> None:
    detector = SileroDetector()

    def listen() -> list[float]:
        return [detector.process(block) for block in blocks_of(say("ready"))[:-1]]

    first = listen()
    detector.process(SILENCE)
    assert listen() != first
    detector.reset()
    assert listen() == first


@pytest.mark.parametrize("limit", [None, "3"])
def test_loading_it_leaves_other_libraries_their_threads(
    monkeypatch: pytest.MonkeyPatch, limit: str | None
) -> None:
    if limit is None:
        monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    else:
        monkeypatch.setenv("OMP_THREAD_LIMIT", limit)
    SileroDetector()
    assert os.environ.get("OMP_THREAD_LIMIT") == limit


def test_a_voice_lasts_a_tenth_of_a_second() -> None:
    """A click that resembles one for a moment is none."""
    needed = round(VOICED_SECONDS / SECONDS)
    for count, expected in ((1, 1 / needed), (needed, 1.0), (needed + 5, 1.0)):
        voice = VoiceActivity(ScriptedDetector(*[0.0] * 20, *[1.0] * count, 0.0))
        voice.add(1.0, [SILENCE] * (40 + count))
        assert voice.likeliest(0.0, 1.0) == pytest.approx(expected)


def test_a_voice_counts_only_at_its_time() -> None:
    """The blocks that are let through late count at the time at which they sounded."""
    voice = VoiceActivity(ScriptedDetector(*[1.0] * 10, 0.0))
    voice.add(1.6, [SILENCE] * 60)
    assert voice.likeliest(0.64, 0.8) == pytest.approx(1.0)
    assert voice.likeliest(0.82, 1.6) == 0.0
    assert voice.likeliest(2.0, 3.0) == 0.0, "nothing was let through"


def test_without_a_detector_nothing_is_known() -> None:
    voice = VoiceActivity()
    voice.add(1.0, [SILENCE])
    voice.ended()
    assert voice.likeliest(0.0, 1.0) is None


def test_the_next_utterance_begins_anew_and_the_last_is_remembered() -> None:
    detector = ScriptedDetector(1.0)
    voice = VoiceActivity(detector)
    voice.add(1.0, [SILENCE] * 20)
    voice.ended()
    assert detector.resets == 1
    assert voice.likeliest(0.7, 1.0) == pytest.approx(1.0)
    voice.add(60.0, [SILENCE])
    assert voice.likeliest(0.7, 1.0) == 0.0, "long ago"
