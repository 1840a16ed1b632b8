"""From outcomes to figures."""

from __future__ import annotations

import pytest

from tests.benchmarks.hearing.figures import (
    ENDED,
    FalseActions,
    HeardRate,
    figure_fields,
    tally,
    wilson_interval,
)
from tests.benchmarks.hearing.trials import Found, Judged, Overheard, Place


@pytest.mark.parametrize(
    ("correct", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(correct: int, total: int, low: float, high: float) -> None:
    """R. G. Newcombe's examples (1998), the score method without continuity correction."""
    assert wilson_interval(correct, total) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_stays_between_none_and_all() -> None:
    """Not a hair's breadth beyond."""
    for total in range(1, 200):
        assert wilson_interval(total, total)[1] == 1.0
        assert wilson_interval(0, total)[0] == 0.0


def _judged(right: bool, condition: str = "clean", detail: str = "") -> Judged:
    return Judged(Place("commands", condition, detail), "imprint", "a.wav", "stop", (), right)


def test_each_condition_is_counted_by_itself_and_each_detail_once_more() -> None:
    """Rows of details come last."""
    outcomes = [_judged(True, detail="stop"), _judged(False, "quiet"), _judged(False, detail="pain")]
    assert tally(outcomes) == [
        HeardRate("commands", "clean", "imprint", 1, 2),
        HeardRate("commands", "quiet", "imprint", 0, 1),
        HeardRate("commands", "clean", "imprint", 1, 1, "stop"),
        HeardRate("commands", "clean", "imprint", 0, 1, "pain"),
    ]


def test_a_safety_command_heard_as_another_ends_the_exercise_all_the_same() -> None:
    """It is not right, and it is no miss."""
    place = Place("safety", "clean")
    outcomes = [
        Judged(place, "imprint", "a.wav", "ouch", (), right, ended)
        for right, ended in ((True, True), (False, True), (False, False))
    ]
    assert tally(outcomes) == [
        HeardRate("safety", "clean", "imprint", 1, 3),
        HeardRate("safety", "clean", "imprint", 2, 3, ENDED),
    ]


def test_stops_and_other_false_actions_are_counted_apart() -> None:
    """Over the same time, and also where there were none."""
    heard = (Found("ow", "stop", {}), Found("wait", "pause", {}))
    outcomes = [
        Overheard(Place("orders", "moving"), "imprint", "a", heard, 1, 2.5),
        Overheard(Place("orders", "moving"), "imprint", "b", (), 0, 4.0),
    ]
    assert tally(outcomes) == [
        FalseActions("orders", "moving: stops", "imprint", 1, 6.5),
        FalseActions("orders", "moving: anything else", "imprint", 1, 6.5),
    ]


def test_a_figure_is_written_with_its_rate_and_interval() -> None:
    """A detail is part of the condition's name."""
    assert figure_fields(HeardRate("commands", "clean", "imprint", 81, 263, "stop")) == {
        "set": "commands",
        "condition": "clean: stop",
        "system": "imprint",
        "correct": 81,
        "total": 263,
        "rate": 0.308,
        "low": 0.2553,
        "high": 0.3662,
    }
    assert figure_fields(FalseActions("coach", "moving: stops", "imprint", 2, 60.0)) == {
        "set": "coach",
        "condition": "moving: stops",
        "system": "imprint",
        "false_actions": 2,
        "seconds": 60.0,
    }
