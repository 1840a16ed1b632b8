"""Reading recordings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.errors import InputError
from assistant.sound import SAMPLE_RATE, read_sound, resample


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 96_000])
def test_any_rate_becomes_ours(tmp_path: Path, rate: int) -> None:
    """A tone keeps its length and pitch; of several channels the first is read."""
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    soundfile.write(str(tmp_path / "a.wav"), np.stack([tone, 0 * tone], axis=1), rate)
    samples = read_sound(tmp_path / "a.wav")
    assert samples.dtype == np.float32
    assert samples.size == pytest.approx(SAMPLE_RATE, abs=2)
    peak = np.argmax(np.abs(np.fft.rfft(samples[:SAMPLE_RATE])))
    assert peak == pytest.approx(440, abs=2)


def test_a_recording_beyond_full_scale_is_turned_down(tmp_path: Path) -> None:
    """Floating-point files may hold any number; none wraps round later."""
    soundfile.write(str(tmp_path / "a.wav"), np.linspace(-10, 10, 800), SAMPLE_RATE, subtype="FLOAT")
    samples = read_sound(tmp_path / "a.wav")
    assert np.abs(samples).max() == pytest.approx(1.0)
    assert samples[200] == pytest.approx(samples[0] / 2, abs=0.01)


def test_what_is_no_number_is_refused(tmp_path: Path) -> None:
    """With the file and what to do."""
    soundfile.write(str(tmp_path / "a.wav"), np.array([0.0, np.nan, 0.1]), SAMPLE_RATE, subtype="FLOAT")
    with pytest.raises(InputError, match=r"a\.wav.*no numbers"):
        read_sound(tmp_path / "a.wav")


def test_the_same_rate_is_left_alone() -> None:
    """To the bit."""
    samples = np.random.default_rng(0).standard_normal(100).astype(np.float32)
    assert resample(samples, SAMPLE_RATE) is samples
