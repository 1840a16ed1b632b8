"""What once went wrong, each with the shortest way to it."""

from __future__ import annotations

from collections.abc import Callable

from assistant.testing import Stage
from tests.coaching.told import changes_in

StageOf = Callable[[str], Stage]


# -- pain and what is unwell


# -- before and after the work


# -- wishes


def test_what_is_promised_is_what_comes(stage_of: StageOf) -> None:
    """Harder right after a click: it starts from what the click has left."""
    stage = stage_of("exercise: double-leg, repetitions: 3, sets: 2, range: 3, rest: 20")
    stage.reach("lower")
    stage.hear("click")
    stage.hear("harder")
    stage.reach("rest")
    stage.reach("lower")
    assert changes_in(stage) == [("range", "3", "2"), ("range", "2", "3")]
    assert (stage.coach.position.load.exercise.name, stage.coach.position.load.range_step) == (
        "double-leg",
        3,
    )


def test_a_step_up_that_was_not_to_be_had_does_not_swallow_a_step_down(stage_of: StageOf) -> None:
    """At the top of the ladder the shift stays what it was."""
    position = stage_of("exercise: t-arms, repetitions: 2").coach.position
    assert position.shift_work(1, frozenset()) is None
    assert position.shift_work(-1, frozenset()) == ("t-arms", "double-leg")
