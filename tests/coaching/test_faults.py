"""What the coach does about how the movement feels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.coaching.actions import Release, Silence
from assistant.coaching.plan import Consequence, Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import accepted_in, changes_in, said_in

StageOf = Callable[[str], Stage]
STRAIGHT = "exercise: double-leg, repetitions: 6, range: 2, sets: 2, rest: 60"


@pytest.fixture
def stage(stage_of: StageOf) -> Stage:
    """Both legs straight, in the second lowering of two sets."""
    stage = stage_of(STRAIGHT)
    stage.reach("lower", repetition=2)
    return stage


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
