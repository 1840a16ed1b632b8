"""What `tests/benchmarks/endurance.py` makes of its readings."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from tests.benchmarks.endurance import Reading, read, summary

FLAT = [Reading(hours / 4, hours, 230.0 + (hours > 3), 250.0, 6, 2) for hours in range(1, 9)]


def test_memory_is_compared_once_everything_is_loaded() -> None:
    """What is cached in the first hour is no growth."""
    told = summary([replace(FLAT[0], memory_mb=100.0, handles=9), *FLAT[1:]])
    assert told["flat"] is True
    assert (told["sessions"], told["warm_sessions"], told["most_growth_mb"]) == (8, 5, 0.0)


@pytest.mark.parametrize("last", [{"memory_mb": 236.1}, {"memory_mb": 225.9}, {"handles": 7}, {"threads": 3}])
def test_whatever_grows_or_shrinks_is_not_flat(last: dict[str, float]) -> None:
    """By more than 5 MB, or by one open file or thread."""
    assert summary([*FLAT[:-1], replace(FLAT[-1], **last)])["flat"] is False


def test_a_reading_tells_of_this_process() -> None:
    """An open file is a handle more."""
    begun = time.monotonic()
    before = read(0.5, begun)
    with open(__file__, encoding="utf-8"):
        assert read(0.5, begun).handles == before.handles + 1
    assert before.memory_mb > 10
    assert before.threads >= 1
