"""What the coach does when the lower back comes off the floor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Finish, Say, Silence
from assistant.testing import Stage
from tests.coaching.told import changes_in, lowered_in, said_in

StageOf = Callable[[str], Stage]
STRAIGHT = "exercise: double-leg, repetitions: 6, range: 2, sets: 2, rest: 60"
ONE_LEG = "exercise: single-leg, repetitions: 4, range: 3, sets: 2, rest: 60"


@pytest.fixture
def stage(stage_of: StageOf) -> Stage:
    """Both legs straight, in the second lowering of two sets."""
    stage = stage_of(STRAIGHT)
    stage.reach("lower", repetition=2)
    return stage


def test_arching_ends_the_set_with_the_drill(stage: Stage) -> None:
    """Release, reason, a guided imprint of five seconds, less range; carry on leads to the next set."""
    actions = stage.hear("arching")
    assert isinstance(actions[0], Silence)
    assert stage.phase == "paused"
    said = [action for action in actions if isinstance(action, Say)]
    assert [say.cue.name for say in said] == [
        *("fault_arching", "drill_start", "imprint_long", "drill_keep", "drill_done"),
        *("from_here_higher", "settle"),
    ]
    keep = next(say for say in said if say.cue.name == "drill_keep")
    done = next(say for say in said if say.cue.name == "drill_done")
    assert done.due - keep.due - 0.06 * len(keep.cue.text) >= 5
    assert changes_in(stage) == [("range", "2", "1")]
    stage.wait(30)
    assert stage.phase == "paused"
    stage.hear("carry_on")
    assert stage.coach.position.set == 2
    stage.reach("lower")
    assert stage.coach.position.load.range_step == 1


def test_arching_at_the_shallowest_range_bends_the_knees(stage_of: StageOf) -> None:
    """Where there is no shallower step."""
    stage = stage_of("exercise: double-leg, repetitions: 6, range: 1, sets: 2")
    stage.reach("lower", repetition=2)
    stage.hear("arching")
    assert changes_in(stage) == [("exercise", "double-leg", "double-leg-bent")]


def test_after_arching_the_other_side_does_as_many(stage_of: StageOf) -> None:
    """The set is over for this one; equal repetitions on each side."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=3)
    stage.hear("arching")
    stage.hear("carry_on")
    assert (stage.coach.position.set, stage.coach.position.side) == (1, "right")
    stage.reach("rest")
    assert lowered_in(stage) == ["left"] * 3 + ["right"] * 2
    stage.reach("finished")
    assert lowered_in(stage, 2) == ["left"] * 4 + ["right"] * 4


def test_arching_on_the_second_side_goes_to_the_next_set(stage_of: StageOf) -> None:
    """Nothing is left to even out."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=4)
    stage.reach("lower", repetition=2)
    stage.hear("arching")
    stage.hear("carry_on")
    assert (stage.coach.position.set, stage.coach.position.side) == (2, "left")


def test_arching_in_the_last_set_ends_the_work(stage_of: StageOf) -> None:
    """Nothing follows that could be eased."""
    stage = stage_of("exercise: double-leg, repetitions: 4, range: 2")
    stage.reach("lower", repetition=2)
    assert "drill_done" in said_in(stage.hear("arching"))
    stage.reach("finished")
    assert next(a.ended for _, a in stage.actions if isinstance(a, Finish)) == "completed"


def test_arching_eases_no_lighter_exercise_that_follows(stage_of: StageOf) -> None:
    """What comes next is no reason to take back more."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 4, range: 2\nexercise: single-leg, repetitions: 2, range: 2"
    )
    stage.reach("lower", repetition=2)
    stage.hear("arching")
    assert changes_in(stage) == []


def test_a_wish_that_waited_when_the_set_ended_is_kept(stage: Stage) -> None:
    """Slower, then arching: the next set is slower and shallower."""
    stage.hear("slower")
    stage.hear("arching")
    stage.hear("carry_on")
    stage.reach("lower")
    load = stage.coach.position.load
    assert (load.tempo.lower, load.range_step) == (4, 1)


def test_arching_at_rest_is_drilled_there(stage: Stage) -> None:
    """The rest lasts until the drill is over, and the next set is shallower."""
    stage.reach("rest")
    stage.wait(50)
    said = said_in(stage.hear("arching"))
    assert said == ["fault_arching", "drill_start", "imprint_long", "drill_keep", "drill_done"]
    stage.wait(stage.coach.delivery.free_at - stage.now)
    assert stage.phase == "rest"
    stage.reach("lower")
    assert stage.coach.position.load.range_step == 1


def test_lost_it_is_drilled_and_the_set_goes_on_with_less(stage: Stage) -> None:
    """At the repetition that was lost."""
    actions = stage.hear("lost_it")
    assert isinstance(actions[0], Silence)
    assert "drill_keep" in said_in(actions)
    stage.hear("carry_on")
    stage.reach("lower")
    position = stage.coach.position
    assert (position.set, position.repetition, position.load.range_step) == (1, 2, 1)


def test_lost_again_a_trainer_is_advised(stage: Stage) -> None:
    """Not the first time."""
    assert "advise_trainer" not in said_in(stage.hear("lost_it"))
    stage.hear("carry_on")
    stage.reach("lower")
    assert "advise_trainer" in said_in(stage.hear("lost_it"))
