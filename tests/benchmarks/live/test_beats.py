"""Counts in a synthetic recording of the loudspeaker."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.errors import AssistantError
from assistant.sound import SAMPLE_RATE, Samples, resample
from tests.benchmarks.live.beats import compare
from tests.benchmarks.live.recording import RATE

STARTS = [3.0 + i for i in range(25)]
AHEAD = RATE // 2


@pytest.fixture(scope="module")
def left() -> Samples:
    """Thirty seconds in which three clips are said in turn, once a second."""
    chance = np.random.default_rng(1)
    shape = np.hanning(9)
    clips = [np.convolve(chance.standard_normal(6_400), shape, "same") * 0.05 for _ in range(3)]
    sound = np.zeros(30 * SAMPLE_RATE, np.float32)
    for i, start in enumerate(STARTS):
        first = round(start * SAMPLE_RATE)
        # A little of the room's own, so that no two seconds are quite alike.
        sound[first : first + 6_400] = clips[i % 3] + chance.standard_normal(6_400) * 1e-4
    return sound


@pytest.fixture(scope="module")
def played(left: Samples) -> Samples:
    """The same at the loudspeaker, half a second after its recording began."""
    return np.concatenate([np.zeros(AHEAD, np.float32), resample(left, SAMPLE_RATE, RATE)])


def test_what_is_played_as_recorded_deviates_by_nothing(left: Samples, played: Samples) -> None:
    """To a hundredth of a millisecond."""
    timing = compare(left, STARTS, played)
    assert timing.counts == 25
    assert timing.minutes == 0.4
    assert timing.max_ms < 0.01
    assert abs(timing.drift_ms) < 0.01
    assert timing.stutters == 0


def test_drift_is_how_much_later_the_last_count_is(left: Samples, played: Samples) -> None:
    """100 ppm over 24 s are 2.4 ms; there is no stutter in it."""
    slower = resample(played, 10_000, 10_001)
    timing = compare(left, STARTS, slower)
    assert timing.drift_ms == pytest.approx(2.4, abs=0.05)
    assert timing.max_ms == pytest.approx(2.4, abs=0.05)
    assert timing.p50_ms == pytest.approx(1.2, abs=0.05)
    assert timing.stutters == 0


def test_a_gap_between_counts_is_one_jump(left: Samples, played: Samples) -> None:
    """Everything behind it is late, but only one count jumped."""
    at = AHEAD + round(12.7 * RATE)
    gap = np.concatenate([played[:at], np.zeros(RATE // 100, np.float32), played[at:]])
    timing = compare(left, STARTS, gap)
    assert timing.max_ms == pytest.approx(10.0, abs=0.05)
    assert timing.stutters == 1


def test_a_count_that_is_torn_is_a_stutter(left: Samples, played: Samples) -> None:
    """Sound that was lost in its middle is not like what was meant."""
    torn = played.copy()
    at = AHEAD + round(12.05 * RATE)
    torn[at : at + RATE // 20] = 0
    timing = compare(left, STARTS, torn)
    assert timing.stutters == 1
    assert timing.counts == 24


def test_counts_after_the_end_of_the_recording_are_left_out(left: Samples, played: Samples) -> None:
    """The recorder may end before the session."""
    assert compare(left, STARTS, played[: 15 * RATE]).counts == 12


def test_a_session_without_counts_is_an_error(left: Samples, played: Samples) -> None:
    """One count has nothing to be compared with, either."""
    for starts in ([], STARTS[:1]):
        with pytest.raises(AssistantError, match="Measure for longer"):
            compare(left, starts, played)
