"""Following an echo whose clock is not ours."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from assistant.hearing.echo.clock_skew import ClockSkew
from assistant.hearing.echo.delay_line import LEAST_DELAY, DelayLine
from assistant.sound import BLOCK, SAMPLE_RATE, Samples


def _through(line: DelayLine, samples: Samples, growth: float = 0.0) -> Samples:
    blocks = samples[: samples.size // BLOCK * BLOCK].reshape(-1, BLOCK)
    return np.concatenate([line.process(block, growth) for block in blocks])


def _tone(hertz: float, seconds: float, later: float = 0.0) -> Samples:
    times = np.arange(round(seconds * SAMPLE_RATE)) - later
    return np.sin(2 * np.pi * hertz * times / SAMPLE_RATE).astype(np.float32)


@pytest.mark.parametrize("delay", [LEAST_DELAY, 16.25, 100.5, 9_000.9])
@pytest.mark.parametrize("hertz", [300.0, 3000.0])
def test_a_sound_comes_out_later_by_a_fraction_of_a_sample(delay: float, hertz: float) -> None:
    """Within -40 dB of what it was."""
    out = _through(DelayLine(delay), _tone(hertz, 1.0))
    error = out[10_000:] - _tone(hertz, 1.0, delay)[10_000 : out.size]
    assert float(np.sqrt(np.mean(error**2))) < 0.007


def test_a_growing_delay_is_a_lower_pitch_without_a_step() -> None:
    """100 parts in a million, as a slower clock makes it."""
    line = DelayLine(50.0)
    out = _through(line, _tone(1000.0, 2.0), 100e-6)
    times = np.arange(out.size)
    wanted = np.sin(2 * np.pi * 1000.0 * (times - 50 - 100e-6 * (times + 1)) / SAMPLE_RATE)
    assert np.abs(out[200:] - wanted[200:]).max() < 0.02
    assert line.delay == pytest.approx(50 + 100e-6 * out.size)


@pytest.mark.parametrize("drift", [0.0, 50e-6, -150e-6, 300e-6])
def test_the_drift_of_a_path_is_found(drift: float) -> None:
    """A path that gets later by a share of every sample; within a few seconds, to some parts in a million."""
    rng = np.random.default_rng(2)
    still = np.fft.rfft(rng.standard_normal((4, BLOCK)), 2 * BLOCK, axis=1).astype(np.complex64)
    angles = np.arange(BLOCK + 1) * np.pi / BLOCK
    follower = ClockSkew()
    later = 0.0
    for _ in range(40 * SAMPLE_RATE // BLOCK):
        later += (drift - follower.skew) * BLOCK
        path = (still * np.exp(-1j * angles * later)).astype(np.complex64)
        follower.follow(path, active=True)
    assert follower.skew == pytest.approx(drift, abs=3e-6)


def test_a_skew_that_is_known_is_handed_over_once() -> None:
    """The capture makes it good from then on, so the far end has nothing of it left to follow."""
    rng = np.random.default_rng(2)
    still = np.fft.rfft(rng.standard_normal((4, BLOCK)), 2 * BLOCK, axis=1).astype(np.complex64)
    angles = np.arange(BLOCK + 1) * np.pi / BLOCK
    follower = ClockSkew()
    later = handed = 0.0
    for _ in range(40 * SAMPLE_RATE // BLOCK):
        later += (100e-6 - handed - follower.skew) * BLOCK
        follower.follow((still * np.exp(-1j * angles * later)).astype(np.complex64), active=True)
        handed += follower.hand_over()
    assert handed == pytest.approx(100e-6, abs=10e-6)
    assert handed + follower.skew == pytest.approx(100e-6, abs=3e-6)


def test_a_skew_that_hardly_matters_stays() -> None:
    """Resampling for it would change the sound for nothing."""
    follower = ClockSkew()
    still = np.ones((4, BLOCK + 1), np.complex64)
    for _ in range(1000):
        follower.skew = 10e-6
        follower.follow(still, active=True)
    assert follower.hand_over() == 0.0


def test_nothing_is_learnt_in_silence() -> None:
    """The path stands still then, whatever the clocks do."""
    rng = np.random.default_rng(2)
    path = np.fft.rfft(rng.standard_normal((4, BLOCK)), 2 * BLOCK, axis=1).astype(np.complex64)
    follower = ClockSkew()
    follower.skew = 80e-6
    for _ in range(1000):
        follower.follow(path, active=False)
    assert follower.skew == 80e-6


def test_a_path_that_was_moved_is_no_drift() -> None:
    """After a restart there is nothing to compare with."""
    rng = np.random.default_rng(2)
    path = np.fft.rfft(rng.standard_normal((4, BLOCK)), 2 * BLOCK, axis=1).astype(np.complex64)
    follower = ClockSkew()
    for block in range(200):
        if block == 100:
            path = np.roll(path, 1, axis=0) * np.exp(-1j * np.arange(BLOCK + 1) * 0.01).astype(np.complex64)
            follower.restart()
        follower.follow(path, active=True)
    assert abs(follower.skew) < 1e-9


def test_soxr_agrees_what_a_drift_is() -> None:
    """An echo that a slower clock took is what the delay line makes of the far end."""
    far = _tone(700.0, 3.0)
    slower = np.asarray(soxr.resample(far, SAMPLE_RATE * (1 - 200e-6), SAMPLE_RATE), np.float32)
    made = _through(DelayLine(LEAST_DELAY), far, 200e-6)
    size = min(made.size, slower.size) - 2 * SAMPLE_RATE // 10
    ours = made[LEAST_DELAY + SAMPLE_RATE : size]
    theirs = slower[SAMPLE_RATE : size - LEAST_DELAY]
    assert float(np.sqrt(np.mean((ours - theirs) ** 2))) < 0.02
