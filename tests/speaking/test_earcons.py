"""Tones that begin and end softly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.sound import SAMPLE_RATE
from assistant.speaking.earcons import heard, tone


@settings(deadline=None)
@given(frequency=st.floats(50, 4000), seconds=st.floats(0, 0.5), gain=st.floats(0, 1))
def test_a_tone_has_its_length_and_never_passes_its_gain(
    frequency: float, seconds: float, gain: float
) -> None:
    """However short it is."""
    samples = tone(frequency, seconds, gain)
    assert samples.dtype == np.float32
    assert samples.size == round(seconds * SAMPLE_RATE)
    assert np.abs(samples).max(initial=0) <= gain + 1e-6


def test_a_tone_has_its_frequency() -> None:
    """In hertz."""
    spectrum = np.abs(np.fft.rfft(tone(1000, 1.0, 0.5)))
    assert int(np.argmax(spectrum)) == 1000


def test_a_tone_fades_at_both_ends() -> None:
    """It does not click."""
    samples = np.abs(tone(1000, 0.2, 1.0))
    edge, middle = SAMPLE_RATE // 500, SAMPLE_RATE // 10
    assert samples[:edge].max() < 0.3
    assert samples[-edge:].max() < 0.3
    assert samples[middle:].max() == pytest.approx(1.0, abs=0.01)


def test_heard_is_soft_and_short() -> None:
    """It answers each command and must not be in the way."""
    assert np.abs(heard()).max() < 0.1
    assert heard().size < 0.15 * SAMPLE_RATE
    with pytest.raises(ValueError, match="read-only"):
        heard()[0] = 1
