"""A microphone that is overdriven."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.hearing.health import HealthChange, MicrophoneHealth
from assistant.rehearsal.room import SPEECH_DB
from assistant.sound import Samples

Changes = Callable[..., list[HealthChange]]
Sound = Callable[..., Samples]
Span = Callable[[float], int]

CLIPPING = HealthChange(began=("clipping",))
CLEAN = HealthChange(over=("clipping",))


@pytest.mark.parametrize("ceiling", [1.0, 0.4])
def test_an_overdriven_voice_clips(
    changes: Changes, span: Span, loud: Sound, person: Samples, ceiling: float
) -> None:
    health = MicrophoneHealth()
    overdriven = np.clip(30 * loud(person, SPEECH_DB), -1, 1) * np.float32(ceiling)
    clean = np.zeros_like(overdriven)
    early, later = span(5), span(6)
    assert changes(health, overdriven[:early], clean=clean[:early]) == []
    assert changes(health, overdriven[early:later], clean=clean[early:later]) == [CLIPPING]
    assert changes(health, overdriven[later:], clean=clean[later:]) == []
    assert changes(health, loud(person, SPEECH_DB)[: span(1.9)]) == []
    assert changes(health, loud(person, SPEECH_DB)[: span(2)]) == [CLEAN]


def test_full_scale_clips_where_no_top_is_quite_flat(
    changes: Changes, noise: Sound, loud: Sound, person: Samples
) -> None:
    """As after a change of the sample rate."""
    overdriven = np.clip(30 * loud(person, SPEECH_DB), -0.995, 0.995) + noise(30, -66)
    assert changes(MicrophoneHealth(), overdriven, clean=np.zeros_like(overdriven)) == [CLIPPING]


def test_zeros_between_loud_sounds_are_no_flat_tops(changes: Changes, loud: Sound, person: Samples) -> None:
    chopped = np.where(np.arange(person.size) % 64 < 8, 0, loud(person, -16))
    assert changes(MicrophoneHealth(), np.clip(chopped, -0.98, 0.98).astype(np.float32)) == []


def test_samples_that_are_held_are_no_flat_tops(changes: Changes, loud: Sound, person: Samples) -> None:
    """As where a lower sample rate was made higher without a filter."""
    held = np.repeat(loud(person, -16)[::2], 2)
    assert changes(MicrophoneHealth(), np.clip(held, -0.98, 0.98)) == []


def test_shouts_of_a_second_do_not_clip(
    changes: Changes, span: Span, noise: Sound, loud: Sound, person: Samples
) -> None:
    health = MicrophoneHealth()
    shout = np.clip(30 * loud(person, SPEECH_DB)[: span(1)], -1, 1)
    quiet = noise(3, -60)
    assert changes(health, np.concatenate([shout, quiet] * 8)) == []


def test_a_loud_voice_whose_peaks_touch_full_scale_does_not_clip(
    changes: Changes, loud: Sound, person: Samples
) -> None:
    assert changes(MicrophoneHealth(), np.clip(loud(person, -14), -1, 1)) == []


def test_quiet_quantized_sound_has_no_flat_tops(changes: Changes, loud: Sound, person: Samples) -> None:
    """Few bits make many equal samples."""
    coarse = np.round(loud(person, -50) * 4096) / np.float32(4096)
    assert changes(MicrophoneHealth(), coarse) == []
