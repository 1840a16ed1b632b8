"""How the coach gets softer, and comes back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.giving_way import DOWN, LOWERED, UP, GivingWay


def _gains(way: GivingWay, count: int) -> Samples:
    return way.process(np.ones(count, np.float32))


def test_it_is_fifteen_decibels_down_within_twenty_milliseconds() -> None:
    """And stays there."""
    way = GivingWay()
    assert np.all(_gains(way, 100) == 1)
    way.lowered = True
    gains = _gains(way, SAMPLE_RATE)
    assert 20 * np.log10(gains[SAMPLE_RATE // 50]) == pytest.approx(-15, abs=0.01)
    assert np.all(gains[DOWN:] == np.float32(LOWERED))
    assert np.all(_gains(way, 100) == np.float32(LOWERED))


def test_it_comes_back_slowly_and_wholly() -> None:
    """What was said is heard as it was."""
    way = GivingWay()
    way.lowered = True
    _gains(way, DOWN)
    way.lowered = False
    gains = _gains(way, UP + 10)
    assert gains[UP // 2] < 0.7
    assert np.all(gains[UP:] == 1)
    assert np.all(_gains(way, 10) == 1)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 700)), max_size=30))
def test_it_never_clicks(turns: list[tuple[bool, int]]) -> None:
    """However it is turned, and in whatever pieces, the gain moves by small steps between the two values."""
    way, parts = GivingWay(), [np.ones(1, np.float32)]
    for way.lowered, count in turns:
        parts.append(_gains(way, count))
    gains = np.concatenate(parts)
    assert np.all(np.abs(np.diff(gains)) <= (1 - LOWERED) / DOWN + 1e-5)
    assert gains.min() >= LOWERED - 1e-5
    assert gains.max() <= 1
