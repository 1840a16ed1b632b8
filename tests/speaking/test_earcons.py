"""Tones that begin and end softly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.sound import SAMPLE_RATE, active_db
from assistant.speaking.earcons import beat, breath, heard, tone


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


def test_the_tones_of_a_lowering_fall_to_a_low_and_longer_one() -> None:
    """Nobody has to count along; however many beats there are, each has a tone."""
    pitches = [int(np.argmax(np.abs(np.fft.rfft(beat(value), SAMPLE_RATE)))) for value in (5, 4, 3, 2, 1)]
    assert pitches == sorted(set(pitches), reverse=True)
    assert pitches[-1] == 440
    assert all(beat(value).size < beat(1).size < SAMPLE_RATE // 4 for value in (2, 3, 4, 5))
    assert beat(60).size == beat(6).size


def test_a_tone_of_a_lowering_begins_on_its_beat() -> None:
    """It is clear within a millisecond, as a word is."""
    for value in (1, 2, 3, 4, 5):
        assert np.abs(beat(value)[: SAMPLE_RATE // 1000]).max() > 0.05 * np.abs(beat(value)).max()
        with pytest.raises(ValueError, match="read-only"):
            beat(value)[0] = 1


def test_the_breath_holds_what_speech_holds_and_is_softer() -> None:
    """Every third of an octave from 125 Hz to 7 kHz; it swells and fades, and a moment of quiet follows."""
    samples = breath()
    assert active_db(samples) == pytest.approx(-30, abs=1)
    assert np.abs(samples[:10]).max() < 0.001
    assert not samples[-SAMPLE_RATE // 8 :].any()
    power = np.abs(np.fft.rfft(samples)) ** 2
    hertz = np.fft.rfftfreq(samples.size, 1 / SAMPLE_RATE)
    bands = [power[(hertz >= low) & (hertz < 1.26 * low)].sum() for low in 125 * 1.26 ** np.arange(17)]
    assert max(bands) / min(bands) < 10
