"""Voices under strain."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from assistant.rehearsal.room import SPEECH_DB
from assistant.sound import SAMPLE_RATE, active_db, power_db
from assistant.speaking.rendering import Renderer
from assistant.speaking.shaping import shape
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.held_out import held_out_voices
from tests.benchmarks.hearing.strained import (
    LOUDER_DB,
    MANNERS,
    Manner,
    strain,
    strained_voice,
    strained_words,
)

VOICES = list(islice(held_out_voices(chance_of("strained")), 6))


@pytest.mark.parametrize("manner", MANNERS)
def test_the_speech_engine_has_the_voices(speech: Renderer, manner: Manner) -> None:
    """And what they say is as much louder or softer as they speak, the same each time."""
    for voice in VOICES:
        clip = shape(speech.render(strained_words(manner, "it hurts"), strained_voice(manner, voice)))
        taken = strain(clip, manner, chance_of(voice.name))
        if manner != "shouted":
            assert active_db(taken) == pytest.approx(SPEECH_DB + LOUDER_DB[manner], abs=0.1)
        assert np.array_equal(taken, strain(clip, manner, chance_of(voice.name)))


def _hum(seconds: float = 0.5) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.sign(np.sin(2 * np.pi * 150 * times)).astype(np.float32) * np.float32(0.1)


def test_a_shout_overdrives_the_microphone() -> None:
    """As far as the peaks of a voice stand out of it."""
    spiky = _hum()
    spiky[::100] *= 10
    shouted = strain(spiky, "shouted", chance_of())
    assert np.count_nonzero(np.abs(shouted) == 1.0) > 50


def test_breath_comes_before_under_and_after_the_words() -> None:
    """Softer than these, and softest under them."""
    clip = _hum()
    taken = strain(clip, "breathless", chance_of())
    quiet = strain(clip, "whispered", chance_of())
    half = SAMPLE_RATE // 2
    assert taken.size == clip.size + 2 * half
    before, words, after = taken[:half], taken[half:-half], taken[-half:]
    for breath in (before, after):
        assert -25 < power_db(breath) - power_db(words) < -3
    assert power_db(words / np.abs(words).max() - quiet / np.abs(quiet).max()) > -40


def test_a_groan_is_slow_and_low() -> None:
    """A word takes longer and sounds deeper."""
    clip = _hum()
    groaned = strain(clip, "groaned", chance_of())
    assert groaned.size == round(clip.size * 1.2)
    assert np.argmax(np.abs(np.fft.rfft(groaned))) * SAMPLE_RATE / groaned.size == pytest.approx(125, abs=3)
    assert all(strained_voice("groaned", voice).pitch <= 10 for voice in VOICES)
