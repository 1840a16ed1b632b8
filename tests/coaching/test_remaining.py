"""How long it still takes, where a set was ended before its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Enter
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


def test_the_cool_down_is_all_that_is_left_only_after_the_last_work(
    stage_of_parts: Callable[[str], Stage],
) -> None:
    """Stopped before the second side, this set is still to do."""
    stage = stage_of_parts("exercise: single-leg, repetitions: 4")
    stage.reach("rest")
    stage.reach("lower", repetition=3)
    stage.hear("stop")
    stage.wait(8)
    assert texts_in(stage.hear("how_many_left")) == ["This is the last set."]
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("rest")
    assert texts_in(stage.hear("how_many_left")) == ["Only the cool-down is left."]


def test_what_is_next_knows_of_a_harder_wish(stage_of: Callable[[str], Stage]) -> None:
    """It is what will be set up, also in what is shown and said by itself."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 3, range: 3, sets: 2, rest: 60")
    stage.reach("lower", repetition=2)
    stage.hear("harder")
    harder = stage.coach.plan.exercises[str(stage.coach.plan.exercises["double-leg-bent"].progression)]
    before = len(stage.actions)
    stage.reach("rest")
    shown = [a.following for _, a in stage.actions[before:] if isinstance(a, Enter) and a.phase == "rest"]
    assert shown == [harder.title]
    stage.wait(10)
    assert f"Next comes {harder.title}." in texts_in([a for _, a in stage.actions[before:]])
    assert texts_in(stage.hear("what_is_next")) == [f"Next is {harder.title}."]
