"""What the coach does about how the movement feels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.coaching.actions import Enter, Finish, Release, Say, Silence
from assistant.coaching.plan import Consequence, Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import accepted_in, changes_in, said_in

StageOf = Callable[[str], Stage]
STRAIGHT = "exercise: double-leg, repetitions: 6, range: 2, sets: 2, rest: 60"
ONE_LEG = "exercise: single-leg, repetitions: 4, range: 3, sets: 2, rest: 60"


@pytest.fixture
def stage(stage_of: StageOf) -> Stage:
    """Both legs straight, in the second lowering of two sets."""
    stage = stage_of(STRAIGHT)
    stage.reach("lower", repetition=2)
    return stage


def _lowerings(stage: Stage, number: int = 1) -> list[str | None]:
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    return [a.side for a in entered if a.phase == "lower" and a.set == number]


def _easier_than(stage: Stage, name: str) -> str:
    regression = stage.coach.plan.exercises[name].regression
    assert regression is not None
    return regression


# -- click


def test_a_click_makes_the_next_repetition_shallower_without_a_break(stage: Stage) -> None:
    """One step, with its reason between two beats; nothing is put down."""
    actions = stage.hear("click")
    assert not any(isinstance(action, Silence | Release) for action in actions)
    assert stage.coach.position.load.range_step == 2
    stage.reach("lower", repetition=3)
    assert stage.coach.position.load.range_step == 1
    assert changes_in(stage) == [("range", "2", "1")]
    assert "fault_click" in said_in([action for _, action in stage.actions])


def test_a_second_click_in_a_session_takes_an_easier_exercise(stage_of: StageOf) -> None:
    """Also where the range could still be less, and in another set."""
    stage = stage_of(STRAIGHT.replace("range: 2", "range: 3"))
    stage.reach("lower", repetition=2)
    stage.hear("click")
    stage.reach("rest")
    stage.reach("lower")
    stage.hear("click")
    assert changes_in(stage)[-1] == ("exercise", "double-leg", _easier_than(stage, "double-leg"))
    stage.reach("setup")
    assert "click_again" in said_in([action for _, action in stage.actions])
    level = stage.coach.plan.exercises[_easier_than(stage, "double-leg")].level
    assert stage.coach.position.level_cap == level


def test_a_click_at_the_shallowest_range_takes_an_easier_exercise(stage_of: StageOf) -> None:
    """There is no range left to take back."""
    stage = stage_of("exercise: double-leg, repetitions: 6, range: 1")
    stage.reach("lower", repetition=2)
    stage.hear("click")
    assert changes_in(stage) == [("exercise", "double-leg", _easier_than(stage, "double-leg"))]


def test_a_click_at_rest_changes_the_next_set(stage: Stage) -> None:
    """The one that is over stays as it was."""
    stage.reach("rest")
    assert said_in(stage.hear("click")) == ["fault_click"]
    assert stage.phase == "rest"
    stage.reach("lower")
    assert stage.coach.position.load.range_step == 1


# -- pinch


def test_a_pinch_puts_the_legs_down_and_takes_an_easier_exercise(stage: Stage) -> None:
    """Silence, release, the reason; then the person says when it goes on."""
    actions = stage.hear("pinch")
    assert isinstance(actions[0], Silence)
    assert any(isinstance(action, Release) for action in actions)
    assert stage.phase == "paused"
    assert said_in(actions) == ["fault_pinch", "from_here_easier", "settle"]
    assert changes_in(stage) == [("exercise", "double-leg", _easier_than(stage, "double-leg"))]
    stage.hear("carry_on")
    assert stage.phase == "setup"
    assert stage.coach.position.set == 1


def test_the_first_easier_exercise_is_said_to_be_as_good(stage: Stage) -> None:
    """One leg or bent knees; once a session, whatever led to it."""
    stage.hear("pinch")
    assert "equally_good" in said_in(stage.hear("carry_on"))
    stage.reach("lower", repetition=3)
    stage.hear("pinch")
    assert "equally_good" not in said_in(stage.hear("carry_on"))


def test_after_pain_the_easier_exercise_is_said_to_be_as_good_too(stage: Stage) -> None:
    """At its set-up, and not before "ready"."""
    stage.hear("pain", where="hip")
    stage.hear("number", number=2)
    stage.hear("carry_on")
    assert "equally_good" in said_in(stage.hear("ready"))


@pytest.mark.parametrize("fault", ["pinch", "click", "arching", "lost_it"])
def test_a_fault_takes_back_a_harder_step(fault: str, stage: Stage) -> None:
    """What was promised for the next set does not come."""
    stage.hear("harder")
    stage.hear(fault)
    assert ("range", "3", "2") in changes_in(stage)


# -- arching


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
    assert _lowerings(stage) == ["left"] * 3 + ["right"] * 2
    stage.reach("finished")
    assert _lowerings(stage, 2) == ["left"] * 4 + ["right"] * 4


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


# -- lost it


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


# -- what the exercise's file says


@pytest.mark.parametrize(
    ("consequence", "said"),
    [
        ("reassure", []),
        ("shallower", []),
        ("regress", ["fault_pinch", "from_here_easier", "settle"]),
        (
            "drill",
            [
                *("fault_pinch", "drill_start", "imprint_long", "drill_keep", "drill_done"),
                *("from_here_higher", "settle"),
            ],
        ),
    ],
)
def test_the_exercise_says_what_a_fault_leads_to(
    consequence: Consequence, said: list[str], plan_of: Callable[[str], Plan], pack: VoicePack
) -> None:
    """Its file wins over the usual."""
    plan = plan_of(STRAIGHT)
    exercise = replace(plan.exercises["double-leg"], faults={"pinch": consequence})
    stage = Stage(replace(plan, exercises={**plan.exercises, "double-leg": exercise}), pack)
    stage.reach("lower", repetition=2)
    assert said_in(stage.hear("pinch")) == said
    assert (stage.phase == "paused") == bool(said)
    assert (changes_in(stage) == []) == (consequence == "reassure")


@pytest.mark.parametrize("command", ["click", "pinch", "arching", "lost_it"])
def test_where_nothing_is_easier_a_fault_changes_nothing(command: str, stage_of: StageOf) -> None:
    """At the imprint hold."""
    stage = stage_of("exercise: imprint-hold, repetitions: 3, sets: 2")
    stage.reach("hold")
    stage.hear(command)
    assert changes_in(stage) == []


@pytest.mark.parametrize("command", ["click", "pinch", "arching", "lost_it"])
def test_a_fault_in_the_set_up_sets_up_with_less(command: str, stage_of: StageOf) -> None:
    """Nothing has to be put down; the reason comes first."""
    stage = stage_of(STRAIGHT)
    stage.reach("setup")
    actions = stage.hear(command)
    assert stage.phase == "setup"
    assert said_in(actions)[0] == f"fault_{command}"
    assert "drill_start" not in said_in(actions)
    assert len(changes_in(stage)) == 1


@pytest.mark.parametrize("command", ["click", "pinch", "arching", "lost_it", "burning"])
def test_a_fault_after_stop_waits(command: str, stage: Stage) -> None:
    """It says so, and leads nowhere."""
    stage.hear("stop")
    actions = stage.hear(command)
    assert not accepted_in(actions)
    assert stage.phase == "stopped"
    assert said_in(actions) == ["not_now"]


@pytest.mark.parametrize("command", ["click", "pinch", "arching", "lost_it"])
def test_a_fault_in_a_pause_holds_for_what_comes(command: str, stage: Stage) -> None:
    """Still paused, nothing drilled."""
    stage.hear("pause")
    actions = stage.hear(command)
    assert stage.phase == "paused"
    assert said_in(actions) == [f"fault_{command}"]
    assert len(changes_in(stage)) == 1


def test_clicks_in_the_middle_of_a_set_leave_both_sides_even(stage_of: StageOf) -> None:
    """The easier exercise works one side after the other, too."""
    stage = stage_of("exercise: single-leg, repetitions: 4, range: 2")
    stage.reach("lower", repetition=2)
    stage.hear("click")
    stage.reach("lower", repetition=3)
    stage.hear("click")
    stage.reach("finished")
    assert changes_in(stage)[-1] == ("exercise", "single-leg", "single-leg-bent")
    assert _lowerings(stage) == ["left"] * 4 + ["right"] * 4
