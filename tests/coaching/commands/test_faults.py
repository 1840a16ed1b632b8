"""What the coach does about how the movement feels, and when the lower back comes off the floor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.actions import Ask, Finish, Note, Release, Say, Silence
from assistant.coaching.plan import Consequence
from assistant.programme.voice import VoicePack
from tests.coaching.given import DEEP, STRAIGHT, PlanOf, StageOf
from tests.coaching.told import accepted_in, asked_in, changes_in, lowered_in, notes_in, said_in, spoken_until
from tests.stand_ins import Stage

ONE_LEG = "exercise: single-leg, repetitions: 4, range: 3, sets: 2, rest: 60"


def _easier_than(stage: Stage, name: str) -> str:
    regression = stage.session.position.plan.exercises[name].regression
    assert regression is not None
    return regression


@pytest.fixture
def work() -> str:
    """Both legs straight."""
    return STRAIGHT


# -- click


def test_a_click_makes_the_next_repetition_shallower_without_a_break(stage: Stage) -> None:
    """One step, with its reason between two beats; nothing is put down."""
    actions = stage.hear("click")
    assert not any(isinstance(action, Silence | Release) for action in actions)
    assert stage.session.position.load.range_step == 2
    stage.reach("lower", repetition=3)
    assert stage.session.position.load.range_step == 1
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
    level = stage.session.position.plan.exercises[_easier_than(stage, "double-leg")].level
    assert stage.session.position.level_cap == level


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
    assert stage.session.position.load.range_step == 1


def test_a_click_before_something_lighter_withdraws_harder(stage_of: StageOf) -> None:
    """And is not told that nothing gentler is there."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 1, rest: 40\nexercise: single-leg, repetitions: 3, range: 1"
    )
    stage.reach("rest")
    stage.hear("harder")
    said = said_in(stage.hear("click"))
    stage.reach("lower")
    assert stage.session.position.load.range_step == 1
    assert "easiest" not in said


def test_a_click_after_easier_is_not_at_the_limit(stage_of: StageOf) -> None:
    """What was promised is lighter already."""
    stage = stage_of("exercise: double-leg, repetitions: 6, range: 1, tempo: 3-0-3-1")
    stage.reach("lower", repetition=2)
    stage.hear("easier")  # double-leg-bent, six rungs above the gentlest
    stage.hear("click")
    assert "easiest" not in said_in(stage.wait(10))


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
    assert stage.session.position.set == 1


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


def test_pinching_before_the_cool_down_is_not_told_that_nothing_is_gentler(stage_of_parts: StageOf) -> None:
    """What comes is lighter already."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2, rest: 40")
    for _ in range(2):
        stage.reach("rest")
    stage.wait(8)
    assert "easiest" not in said_in(stage.hear("pinch"))


# -- any fault


@pytest.mark.parametrize("fault", ["pinch", "click", "arching", "lost_it"])
def test_a_fault_takes_back_a_harder_step(fault: str, stage: Stage) -> None:
    """What was promised for the next set does not come."""
    stage.hear("harder")
    stage.hear(fault)
    assert ("range", "3", "2") in changes_in(stage)


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
    consequence: Consequence, said: list[str], plan_of: PlanOf, pack: VoicePack
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


# -- arching and lost it: the drill


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
    assert stage.session.position.set == 2
    stage.reach("lower")
    assert stage.session.position.load.range_step == 1


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
    assert (stage.session.position.set, stage.session.position.side) == (1, "right")
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
    assert (stage.session.position.set, stage.session.position.side) == (2, "left")


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
    load = stage.session.position.load
    assert (load.tempo.lower, load.range_step) == (4, 1)


def test_arching_at_rest_is_drilled_there(stage: Stage) -> None:
    """The rest lasts until the drill is over, and the next set is shallower."""
    stage.reach("rest")
    stage.wait(50)
    said = said_in(stage.hear("arching"))
    assert said == ["fault_arching", "drill_start", "imprint_long", "drill_keep", "drill_done"]
    stage.wait(spoken_until(stage) - stage.now)
    assert stage.phase == "rest"
    stage.reach("lower")
    assert stage.session.position.load.range_step == 1


def test_lost_it_is_drilled_and_the_set_goes_on_with_less(stage: Stage) -> None:
    """At the repetition that was lost."""
    actions = stage.hear("lost_it")
    assert isinstance(actions[0], Silence)
    assert "drill_keep" in said_in(actions)
    stage.hear("carry_on")
    stage.reach("lower")
    position = stage.session.position
    assert (position.set, position.repetition, position.load.range_step) == (1, 2, 1)


def test_lost_again_a_trainer_is_advised(stage: Stage) -> None:
    """Not the first time."""
    assert "advise_trainer" not in said_in(stage.hear("lost_it"))
    stage.hear("carry_on")
    stage.reach("lower")
    assert "advise_trainer" in said_in(stage.hear("lost_it"))


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
    over = spoken_until(stage)
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
    assert "harder_refused" in said_in(stage.hear("harder"))


def test_a_burning_joint_is_remembered_at_once(stage_of: StageOf) -> None:
    """Nobody has said "pain", and the question how sore it is may stay without an answer."""
    stage = stage_of(DEEP)
    stage.reach("lower")
    stage.hear("burning")
    stage.reach_question("kind")
    assert Note("hurt", True) in notes_in(stage.hear("joint"))


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
    assert stage.session.position.load.repetitions == 6


def test_shaking_in_the_last_set_offers_nothing(stage_of: StageOf) -> None:
    """There is no next set to halve."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("lower")
    stage.hear("shaking")
    stage.wait(15)
    assert "half" not in [a.question for _, a in stage.actions if isinstance(a, Ask)]


def test_one_repetition_is_not_halved(stage_of: StageOf) -> None:
    """There is nothing to offer."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 2, rest: 30")
    stage.reach("lower")
    stage.hear("shaking")
    stage.reach("rest")
    stage.wait(20)
    assert stage.phase == "rest"


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
    assert stage.session.position.repetitions == 3
    stage.hear("shaking")
    stage.reach("rest")
    assert stage.coach.question is None
    stage.reach("lower")
    assert "half" not in asked_in([a for at, a in stage.actions if at > stage.now - 100])


def test_shaking_halves_no_cool_down(stage_of_parts: StageOf) -> None:
    """The question is dropped where no work follows."""
    stage = stage_of_parts("exercise: double-leg, range: 2, repetitions: 6, rest: 20, sets: 2")
    stage.reach("lower")
    stage.hear("shaking")
    stage.hear("next_set")
    stage.reach("lower")
    stage.reach("finished")
    assert "half" not in asked_in(stage)
    assert changes_in(stage) == []
