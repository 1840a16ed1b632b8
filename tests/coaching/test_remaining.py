"""How long it still takes, where a set was ended before its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.plan import SETUP_SECONDS
from assistant.coaching.remaining import seconds_left
from assistant.testing import Stage
from tests.coaching.told import texts_in

TWO = "exercise: double-leg, range: 2, repetitions: 12, rest: 60, sets: 2"


def minutes_told(stage: Stage) -> str:
    return next(text for text in texts_in(stage.hear("how_long")) if "minute" in text)


def test_a_set_that_was_ended_takes_no_more_time(stage_of: Callable[[str], Stage]) -> None:
    """After the drill the next set follows at once."""
    stage = stage_of(TWO)
    stage.reach("lower")
    before = seconds_left(stage.coach.position)
    stage.hear("arching")
    stage.wait(30)
    assert stage.phase == "paused"
    assert minutes_told(stage) == "About two minutes to go."
    assert seconds_left(stage.coach.position, 0.0) < before / 2


def test_in_the_rest_only_what_is_left_of_it_counts(stage_of: Callable[[str], Stage]) -> None:
    """It goes down second by second."""
    stage = stage_of("exercise: double-leg, range: 2, repetitions: 2, rest: 60, sets: 2")
    stage.reach("rest")
    assert minutes_told(stage) == "About two minutes to go."
    stage.wait(45)
    assert minutes_told(stage) == "About one minute to go."


def test_getting_into_position_for_another_exercise_takes_time(stage_of: Callable[[str], Stage]) -> None:
    """As the timetable of the plan has it."""
    alike = stage_of("exercise: double-leg, repetitions: 4\nexercise: double-leg, repetitions: 4")
    other = stage_of("exercise: double-leg, repetitions: 4\nexercise: double-leg-bent, repetitions: 4")
    difference = seconds_left(other.coach.position) - seconds_left(alike.coach.position)
    assert difference == pytest.approx(SETUP_SECONDS)
