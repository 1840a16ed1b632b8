"""What once went wrong, each with the shortest way to it."""

from __future__ import annotations

from collections.abc import Callable

from assistant.coaching.history import History, PastSession
from assistant.testing import Stage
from tests.coaching.told import asked_in, changes_in, said_in

StageOf = Callable[[str], Stage]
ONE_LEG = "exercise: single-leg, repetitions: 4, range: 1, rest: 20, tempo: 3-0-3-1, sets: 2"


# -- pain and what is unwell


# -- before and after the work


def test_ready_while_stop_is_tried_out_loses_no_lesson(begin: Callable[[History], Stage]) -> None:
    """The next one is about ready, of all things."""
    stage = begin(History(screened_days_ago=0))
    while "teach_try" not in said_in([action for _, action in stage.actions]):
        stage.wait(1)
    stage.hear("ready")
    assert said_in([action for _, action in stage.actions])[-2:] == ["heard_you", "teach_ready"]


def test_nothing_gets_harder_after_pain_before_the_first_set(begin: Callable[[History], Stage]) -> None:
    """A step up is not offered any more."""
    clean = PastSession(days_ago=3, level=3, ended="completed", at_top=True, soreness=0)
    stage = begin(History(sessions=(clean, clean), tutorial_done=True, screened_days_ago=0))
    stage.reach_question("yesterday")
    stage.hear("pain", where="knee")
    stage.hear("number", number=1)
    stage.hear("carry_on")
    stage.hear("ready")
    assert asked_in(stage.hear("number", number=0)) == []
    stage.reach("setup")


def test_a_question_at_the_end_is_no_set_that_is_resumed(stage_of: StageOf) -> None:
    """ "From where you left off" would be untrue."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=2)
    stage.hear("stop")
    stage.hear("finish")
    stage.hear("stop")
    stage.hear("carry_on")
    assert "resume" not in said_in(stage.hear("ready"))
    assert stage.coach.question == "effort"


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
