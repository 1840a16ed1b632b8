"""What is asked in the rest about how the movement felt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Ask, Silence
from assistant.coaching.events import TroubleBegan
from assistant.testing import Stage
from tests.coaching.told import asked_in, changes_in, lowered_in, said_in

StageOf = Callable[[str], Stage]
STRAIGHT = "exercise: double-leg, repetitions: 6, range: 2, sets: 2, rest: 60"
ONE_LEG = "exercise: single-leg, repetitions: 4, range: 3, sets: 2, rest: 60"


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


# -- burning


def test_burning_goes_on_and_is_asked_about_in_the_rest(stage: Stage) -> None:
    """Not in the middle of the movement."""
    actions = stage.hear("burning")
    assert stage.phase == "lower"
    assert not any(isinstance(action, Silence | Ask) for action in actions)
    stage.reach("rest")
    assert [a.question for a in stage.wait(12) if isinstance(a, Ask)] == ["kind"]


def test_a_burning_muscle_is_explained_and_the_rest_goes_on(stage: Stage) -> None:
    """For what is left of it, and once."""
    stage.hear("burning")
    stage.reach("rest")
    start = stage.now
    stage.reach("asking")
    stage.wait(5)
    assert said_in(stage.hear("muscle")) == ["muscle_tired"]
    assert stage.phase == "rest"
    stage.reach("imprint")
    assert stage.now - start == pytest.approx(60, abs=0.5)
    assert [a.question for _, a in stage.actions if isinstance(a, Ask)].count("kind") == 1


def test_an_answer_late_in_the_rest_leaves_some_seconds(stage_of: StageOf) -> None:
    """Nobody is rushed from the question into the set."""
    stage = stage_of(STRAIGHT.replace("rest: 60", "rest: 5"))
    stage.reach("lower", repetition=2)
    stage.hear("burning")
    stage.reach("asking")
    stage.wait(7)
    stage.hear("muscle")
    over = stage.coach.delivery.free_at
    stage.reach("imprint")
    assert stage.now - over >= 5


@pytest.mark.parametrize("answered", [True, False])
def test_a_burning_joint_is_taken_as_hip_pain(answered: bool, stage: Stage) -> None:
    """No answer counts as one: it is rated, and nothing moves before carry on and ready."""
    stage.hear("burning")
    stage.reach("asking")
    actions = stage.hear("joint") if answered else stage.wait(35)
    assert [a.question for a in actions if isinstance(a, Ask)][-1] == "how_sore"
    stage.hear("number", number=4)
    assert changes_in(stage)[-1] == ("exercise", "double-leg", _easier_than(stage, "double-leg"))
    assert stage.phase == "stopped"
    stage.hear("carry_on")
    assert stage.coach.question == "ready"
    assert stage.coach.sore


@pytest.mark.parametrize("phase", ["rest", "paused"])
def test_burning_is_asked_about_at_once_while_nothing_moves(phase: str, stage: Stage) -> None:
    """And the answer leads back to where it was."""
    if phase == "rest":
        stage.reach("rest")
    else:
        stage.hear("pause")
    stage.hear("burning")
    assert stage.coach.question == "kind"
    stage.hear("muscle")
    assert stage.phase == phase


def test_a_question_that_was_interrupted_comes_back_in_the_next_rest(stage_of: StageOf) -> None:
    """Stop in the middle of it does not answer it."""
    stage = stage_of(STRAIGHT.replace("sets: 2", "sets: 3"))
    stage.reach("lower", repetition=2)
    stage.hear("burning")
    stage.reach("asking")
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("rest")
    stage.reach("asking")
    assert stage.coach.question == "kind"


def test_burning_in_the_last_set_is_asked_about_after_it(stage_of: StageOf) -> None:
    """There is no rest to ask in."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("lower")
    stage.hear("burning")
    stage.reach("asking")
    assert stage.coach.question == "kind"
    stage.hear("muscle")
    assert stage.coach.question != "kind"
    stage.reach("finished")


# -- shaking


def test_shaking_is_reassured_and_half_is_offered_in_the_rest(stage: Stage) -> None:
    """The movement goes on meanwhile."""
    stage.hear("shaking")
    assert stage.phase == "lower"
    stage.reach("asking")
    assert stage.coach.question == "half"
    assert "muscle_working" in said_in([action for _, action in stage.actions])


def test_half_the_repetitions_from_the_next_set_on(stage_of: StageOf) -> None:
    """Said, recorded, and on both sides."""
    stage = stage_of(ONE_LEG.replace("repetitions: 4", "repetitions: 5"))
    stage.reach("lower", repetition=2)
    stage.hear("shaking")
    stage.reach("asking")
    assert "half" in said_in(stage.hear("yes"))
    assert changes_in(stage) == [("repetitions", "5", "3")]
    assert stage.phase == "rest"
    stage.reach("finished")
    assert lowered_in(stage) == ["left"] * 5 + ["right"] * 5
    assert lowered_in(stage, 2) == ["left"] * 3 + ["right"] * 3


@pytest.mark.parametrize("answered", [True, False])
def test_without_a_yes_nothing_is_halved(answered: bool, stage: Stage) -> None:
    """No answer is never a yes."""
    stage.hear("shaking")
    stage.reach("asking")
    actions = stage.hear("no") if answered else stage.wait(35)
    assert "as_planned" in said_in(actions)
    assert stage.phase == "rest"
    stage.reach("lower")
    assert stage.coach.position.load.repetitions == 6


def test_shaking_in_the_last_set_offers_nothing(stage_of: StageOf) -> None:
    """There is no next set to halve."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("lower")
    stage.hear("shaking")
    stage.wait(15)
    assert "half" not in [a.question for _, a in stage.actions if isinstance(a, Ask)]


def test_two_questions_are_asked_one_after_the_other(stage: Stage) -> None:
    """In the same rest."""
    stage.hear("shaking")
    stage.hear("burning")
    stage.reach("asking")
    assert stage.coach.question == "half"
    stage.hear("no")
    stage.reach("asking")
    assert stage.coach.question == "kind"


def test_one_repetition_is_not_halved(stage_of: StageOf) -> None:
    """There is nothing to offer."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 2, rest: 30")
    stage.reach("lower")
    stage.hear("shaking")
    stage.reach("rest")
    stage.wait(20)
    assert stage.phase == "rest"


def test_an_open_question_about_pain_goes_before_one_about_burning(stage: Stage) -> None:
    """Also after a device that failed in the middle of it."""
    stage.hear("pain")
    stage.happen(TroubleBegan("clipping"))
    stage.hear("burning")
    assert stage.phase == "paused"
    stage.hear("carry_on")
    assert stage.coach.question == "where"


def test_stop_after_the_last_set_does_not_skip_its_questions(stage_of: StageOf) -> None:
    """How hard it was is asked again after "carry on" and "ready"."""
    stage = stage_of("exercise: double-leg, repetitions: 1")
    stage.reach("asking")
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.coach.question == "effort"


def test_who_shakes_twice_in_a_set_is_asked_once(stage: Stage) -> None:
    """Half of half was not meant."""
    stage.hear("shaking")
    stage.wait(3)
    stage.hear("shaking")
    stage.reach_question("half")
    stage.hear("no")
    stage.reach("imprint")
    assert [q for q in asked_in(stage) if q == "half"] == ["half"]


def test_shaking_in_a_pause_is_only_reassured(stage: Stage) -> None:
    """It is the muscle that worked; nothing is asked about it then, nor later."""
    stage.hear("pause")
    assert "muscle_working" in said_in(stage.hear("shaking"))
    stage.hear("carry_on")
    stage.reach("rest")
    stage.reach("imprint")
    assert "half" not in asked_in(stage)


def test_what_is_halved_already_is_not_offered_again(stage_of: StageOf) -> None:
    """The answer could change nothing."""
    stage = stage_of("exercise: double-leg, repetitions: 6, sets: 3, rest: 60")
    stage.reach("lower", repetition=2)
    stage.hear("shaking")
    stage.reach_question("half")
    stage.hear("yes")
    stage.reach("lower", repetition=2)
    assert stage.coach.position.repetitions == 3
    stage.hear("shaking")
    stage.reach("rest")
    assert stage.coach.question is None
    stage.reach("lower")
    assert "half" not in asked_in([a for at, a in stage.actions if at > stage.now - 100])
