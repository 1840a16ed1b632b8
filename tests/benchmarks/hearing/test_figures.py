"""From outcomes to figures."""

from __future__ import annotations

import pytest

from tests.benchmarks.hearing.figures import (
    FalseActions,
    HeardRate,
    figure_fields,
    poisson_interval,
    tally,
    wilson_interval,
)
from tests.benchmarks.hearing.trials import (
    ANYTHING,
    ENDED,
    PLEA,
    RED_FLAG,
    SAFETY,
    Found,
    Judged,
    Overheard,
    Place,
)


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


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39), (100, 81.36, 121.6)]
)
def test_the_interval_of_a_count_is_the_published_one(count: int, low: float, high: float) -> None:
    """The exact one, of tables of the Poisson distribution."""
    assert poisson_interval(count) == pytest.approx((low, high), rel=1e-3)


def _judged(right: bool, condition: str = "clean", detail: str = "") -> Judged:
    rows = {"": right, detail: right}
    return Judged(Place("commands", condition, detail), "imprint", "a.wav", "stop", (), right, rows, 1.25)


def test_each_condition_is_counted_by_itself_and_each_detail_once_more() -> None:
    """Rows of details come last; the seconds are those of all its clips."""
    outcomes = [_judged(True, detail="stop"), _judged(False, "quiet"), _judged(False, detail="pain")]
    assert tally(outcomes) == [
        HeardRate("commands", "clean", "imprint", 1, 2, seconds=2.5),
        HeardRate("commands", "quiet", "imprint", 0, 1, seconds=1.2),
        HeardRate("commands", "clean", "imprint", 1, 1, "stop", 1.2),
        HeardRate("commands", "clean", "imprint", 0, 1, "pain", 1.2),
    ]


def test_a_safety_command_heard_as_another_ends_the_exercise_all_the_same() -> None:
    """It is not right, and it is no miss."""
    place = Place("safety", "clean")
    outcomes = [
        Judged(place, "imprint", "a.wav", "ouch", (), right, {"": right, ENDED: ended})
        for right, ended in ((True, True), (False, True), (False, False))
    ]
    assert tally(outcomes) == [
        HeardRate("safety", "clean", "imprint", 1, 3),
        HeardRate("safety", "clean", "imprint", 2, 3, ENDED),
    ]


def test_false_actions_are_counted_and_those_about_safety_once_more() -> None:
    """Over the same time, and also where there were none."""
    heard = (
        Found("ow", "stop", {}, safety=True),
        Found("numb", "red_flag", {}, safety=True),
        Found("wait", "pause", {}),
    )
    outcomes = [
        Overheard(Place("orders", "moving"), "imprint", "a", heard, 2.5),
        Overheard(Place("orders", "moving"), "imprint", "b", (), 4.0),
    ]
    assert tally(outcomes) == [
        FalseActions("orders", "moving", "imprint", ANYTHING, 3, 6.5),
        FalseActions("orders", "moving", "imprint", SAFETY, 2, 6.5),
        FalseActions("orders", "moving", "imprint", RED_FLAG, 1, 6.5),
    ]


def test_pleas_are_counted_where_a_session_heard() -> None:
    """They are no commands; a recording has none."""
    place = Place("orders", "moving")
    outcomes = [
        Overheard(place, "imprint", "a", (), 2.5, pleas=2),
        Overheard(place, "imprint", "b", (), 4.0, pleas=1),
        Overheard(place, "recording", "a", (), 2.5),
    ]
    found = [figure for figure in tally(outcomes) if isinstance(figure, FalseActions)]
    assert [figure for figure in found if figure.what == PLEA] == [
        FalseActions("orders", "moving", "imprint", PLEA, 3, 6.5)
    ]
    assert {figure.false_actions for figure in found if figure.what != PLEA} == {0}


def test_noises_of_a_kind_are_counted_together_and_each_once_more() -> None:
    """Kitchens and others in one context."""
    stop = (Found("stop", "stop", {}, safety=True),)
    outcomes = [
        Overheard(Place("noise", "moving", kind), "recording", "a", heard, 5.0)
        for kind, heard in (("kitchen K", stop), ("household", ()))
    ]
    safety = [
        figure for figure in tally(outcomes) if isinstance(figure, FalseActions) and figure.what == SAFETY
    ]
    assert safety == [
        FalseActions("noise", "moving", "recording", SAFETY, 1, 10.0),
        FalseActions("noise", "moving: kitchen K", "recording", SAFETY, 1, 5.0),
        FalseActions("noise", "moving: household", "recording", SAFETY, 0, 5.0),
    ]


def test_a_figure_is_written_with_its_interval_and_what_was_learnt() -> None:
    """A detail is part of the condition's name."""
    rate = HeardRate("commands", "clean", "recording", 81, 263, "stop", 301.5)
    assert figure_fields(rate) == {
        "set": "commands",
        "condition": "clean: stop",
        "system": "recording",
        "correct": 81,
        "total": 263,
        "rate": 0.308,
        "low": 0.2553,
        "high": 0.3662,
        "seconds": 301.5,
        "counted": "heard right",
        "learnt": "words learnt, voices new",
    }
    assert figure_fields(FalseActions("coach", "moving", "imprint", SAFETY, 1, 60.0)) == {
        "set": "coach",
        "condition": "moving: safety",
        "system": "imprint",
        "false_actions": 1,
        "low": 0.0253,
        "high": 5.5716,
        "seconds": 60.0,
        "counted": "false actions",
        "learnt": "rooms made up",
    }
