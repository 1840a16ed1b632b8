"""The time of a sample, told from chunks that arrive late."""

from __future__ import annotations

import random

import pytest

from tests.benchmarks.live.arrivals import Arrivals

RATE = 1000


def late_by(delays: list[float], started: float = 100.0, stray: float = 0.0) -> Arrivals:
    """Chunks of 10 ms, each late by so much, of a stream whose clock may stray."""
    arrivals = Arrivals(RATE)
    for i, delay in enumerate(delays):
        arrivals.add(i * 10, started + i * 0.01 * (1 + stray) + delay)
    return arrivals


def test_a_late_chunk_does_not_move_the_samples() -> None:
    """The least delayed chunk tells the time of all nearby."""
    chance = random.Random(1)
    delays = [chance.uniform(0.0, 0.05) for _ in range(300)]
    delays[100] = 0.0
    assert late_by(delays).time_of(1234) == pytest.approx(100.0 + 1.234)


def test_sample_and_time_are_each_others_inverse() -> None:
    """Also between two chunks."""
    arrivals = late_by([0.003, 0.0, 0.02, 0.01])
    assert arrivals.sample_at(arrivals.time_of(17.25)) == pytest.approx(17.25)


def test_a_stream_that_strays_is_followed() -> None:
    """200 ppm over five minutes are 60 ms; a chunk from long before says nothing of now."""
    arrivals = late_by([0.0] * 30_000, stray=200e-6)
    assert arrivals.time_of(299_000) == pytest.approx(100.0 + 299.0 * 1.0002, abs=0.0015)
    assert arrivals.sample_at(100.0 + 299.0 * 1.0002) == pytest.approx(299_000, abs=1.5)


def test_outside_the_recording_its_edge_tells_the_time() -> None:
    """A moment long before it began or after it ended."""
    arrivals = late_by([0.0] * 10)
    assert arrivals.time_of(60_000) == pytest.approx(160.0)
    assert arrivals.sample_at(40.0) == pytest.approx(-60_000)


def test_nothing_tells_no_time() -> None:
    """Before the first chunk there is no answer."""
    with pytest.raises(ValueError, match="nothing has arrived"):
        Arrivals(RATE).time_of(0)
