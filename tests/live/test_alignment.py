"""The microphone by the loudspeaker's clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pytest
import soxr

from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.live.alignment import CaptureAlignment, JumpMeter
from assistant.live.start import ClockPace
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

TONE = 500.0


def _chunks(
    seconds: float, rate: int, drift: float, gap: tuple[float, float] = (0, 0)
) -> Iterator[tuple[Samples, int]]:
    """A tone of 500 Hz by the loudspeaker's clock, in a microphone whose clock is slower by `drift`.

    The microphone delivers nothing of the time in `gap`; both come in bursts of about 10 ms.
    """
    rng = np.random.default_rng(1)
    step = rate // 100
    true_rate = rate * (1 - drift)
    for start in range(0, round(seconds * true_rate), step):
        times = np.arange(start, start + step) / true_rate
        if gap[0] <= times[0] < gap[1]:
            continue
        played = int((times[-1] + rng.uniform(0, 0.012)) * SAMPLE_RATE)
        yield np.sin(2 * np.pi * TONE * times).astype(np.float32), played


def _paired(chunks: Iterable[tuple[Samples, int]], pairing: CaptureAlignment) -> Samples:
    blocks: list[Samples] = []
    for chunk, played in chunks:
        pairing.add(chunk, played)
        blocks += pairing.take(1000)
    return np.concatenate(blocks)


def _lag(samples: Samples, at: float) -> float:
    """How late a tone of the right frequency would have to be to be these samples, in seconds."""
    start = round(at * SAMPLE_RATE)
    times = np.arange(start, start + SAMPLE_RATE) / SAMPLE_RATE
    turn = np.angle(np.sum(samples[start : start + SAMPLE_RATE] * np.exp(-2j * np.pi * TONE * times)))
    return float(turn / (2 * np.pi * TONE))


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_rates_are_made_one(rate: int) -> None:
    """The tone is where it was, within the burst of the first chunk."""
    paired = _paired(_chunks(5, rate, 0.0), CaptureAlignment(rate))
    assert abs(paired.size / SAMPLE_RATE - 5) < 0.05
    assert np.abs(paired[SAMPLE_RATE:-SAMPLE_RATE]).max() == pytest.approx(1, abs=0.01)


def test_equal_clocks_are_left_alone() -> None:
    """A correction for nothing would only disturb the canceller."""
    pairing = CaptureAlignment(48_000)
    paired = _paired(_chunks(150, 48_000, 0.0), pairing)
    moved = [_lag(paired, at) - _lag(paired, 20) for at in range(60, 145, 5)]
    assert np.abs(moved).max() < 5e-6
    assert pairing.take_lost() == 0


def test_a_busy_computer_is_no_skew() -> None:
    """Counts that come later from some moment on resample nothing: the devices run on one clock."""
    pairing = CaptureAlignment(16_000)
    later = [
        (chunk, played + 64 * (played > 60 * SAMPLE_RATE)) for chunk, played in _chunks(150, 16_000, 0.0)
    ]
    paired = _paired(later, pairing)
    moved = [_lag(paired, at) - _lag(paired, 20) for at in range(60, 145, 5)]
    assert np.abs(moved).max() < 5e-6
    assert pairing.take_lost() == 0


@pytest.mark.parametrize("drift", [100e-6, -200e-6])
def test_a_skew_that_is_told_is_made_good(drift: float) -> None:
    """At once: the tone stays where it is, to some microseconds a second."""
    pairing = CaptureAlignment(16_000)
    pairing.keep_pace(-drift)
    paired = _paired(_chunks(60, 16_000, drift), pairing)
    moved = [_lag(paired, at) - _lag(paired, 20) for at in range(21, 55)]
    assert np.abs(moved).max() < 15e-6
    assert pairing.take_lost() == 0


def test_clocks_that_run_apart_unheard_are_set_again() -> None:
    """Where no echo tells the skew, before a tenth of a second has come together and a half."""
    pairing = CaptureAlignment(16_000)
    paired = _paired(_chunks(300, 16_000, 500e-6), pairing)
    assert pairing.take_lost() == pytest.approx(0.1 * SAMPLE_RATE, rel=0.1)
    assert abs(paired.size / SAMPLE_RATE - 300) < 0.15


def test_what_the_microphone_lost_is_silence() -> None:
    """So that what comes after it stays beside what was played with it."""
    pairing = CaptureAlignment(16_000)
    paired = _paired(_chunks(30, 16_000, 0.0, gap=(10.0, 10.4)), pairing)
    assert pairing.take_lost() == pytest.approx(0.4 * SAMPLE_RATE, rel=0.1)
    assert abs(paired.size / SAMPLE_RATE - 30) < 0.05


def test_while_there_is_no_microphone_there_is_silence() -> None:
    """And when it is back, its sound is where it belongs."""
    pairing = CaptureAlignment(16_000)
    pairing.add(np.ones(BLOCK, np.float32), BLOCK)
    pairing.absent(3 * SAMPLE_RATE)
    pairing.restart(48_000)
    for i in range(100):
        pairing.add(np.ones(480, np.float32), 3 * SAMPLE_RATE + 160 * (i + 20))
    paired = np.concatenate(pairing.take(1000))
    assert not paired[BLOCK : 3 * SAMPLE_RATE].any()
    begin = int(np.flatnonzero(paired[BLOCK:] > 0.5)[0]) + BLOCK
    assert 3 * SAMPLE_RATE < begin <= 3 * SAMPLE_RATE + 160 * 20 + 8


def test_what_comes_too_late_is_silence_of_the_same_length() -> None:
    """So that what comes after it stays where it belongs."""
    pairing = CaptureAlignment(16_000)
    for i in range(1, 101):
        pairing.add(np.ones(160, np.float32), 160 * i)
    pairing.forget()
    pairing.restart()
    pairing.add(np.ones(160, np.float32), 160 * 102)
    paired = np.concatenate(pairing.take(1000))
    assert not paired[: 160 * 100].any()
    assert paired.size > 160 * 100 - BLOCK


def test_one_burst_is_no_loss() -> None:
    """A late moment of the other device moves nothing."""
    meter = JumpMeter()
    jumps: list[int] = []
    for i in range(1, 2001):
        late = 800 if 1000 <= i < 1100 else 0
        jumps.append(meter.follow(160 * i, 160 * i + late))
    assert not any(jumps)


@pytest.mark.parametrize("drift", [0.0, 100e-6, -150e-6])
def test_the_echo_alone_tells_the_capture_how_fast_its_clock_is(drift: float) -> None:
    """Measured in one place and made good in one; devices on one clock are left alone."""
    seconds, chunk = 40, SAMPLE_RATE // 100
    far = (0.1 * np.random.default_rng(3).standard_normal(seconds * SAMPLE_RATE)).astype(np.float32)
    echo = np.asarray(soxr.resample(far, SAMPLE_RATE, SAMPLE_RATE * (1 - drift)), np.float32)
    mic = 0.5 * np.concatenate([np.zeros(700, np.float32), echo])
    canceller, pairing, skews = DelayTrackingCanceller(), CaptureAlignment(SAMPLE_RATE), list[float]()

    def keep_pace(skew: float) -> None:
        skews.append(skew)
        pairing.keep_pace(skew)

    pace = ClockPace(canceller, keep_pace)
    heard: list[float] = []
    left: list[float] = []
    position = 0
    for start in range(0, mic.size - chunk, chunk):
        pairing.add(mic[start : start + chunk], round((start + chunk) * (1 + drift)))
        for block in pairing.take(100):
            if position + BLOCK > far.size:
                break
            cancelled = canceller.process(block, far[position : position + BLOCK])
            position += BLOCK
            heard.append(float(np.mean(np.square(block))))
            left.append(float(np.mean(np.square(cancelled.clean))))
            pace.notice(position / SAMPLE_RATE)
    last = len(heard) // 4
    assert 10 * np.log10(sum(heard[-last:]) / sum(left[-last:])) > 25
    assert sum(skews) == pytest.approx(-drift, abs=20e-6)
    assert bool(skews) is (drift != 0)
