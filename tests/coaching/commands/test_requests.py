"""What the coach does about wishes for more or less."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from assistant.coaching.actions import Answer, Chime, Enter, Note, Release, Silence
from assistant.coaching.history import EXPERIENCED
from assistant.hearing.recognition.matcher import Matcher
from assistant.programme.voice import VoicePack
from tests.coaching.given import PlanOf, StageOf
from tests.coaching.told import accepted_in, changes_in, entered_in, said_in
from tests.stand_ins import Stage

TOP = "exercise: t-arms, repetitions: 3, range: 4, sets: 3, rest: 60"


@pytest.fixture
def before_ball(stage_of: StageOf) -> Stage:
    """An exercise whose next step up is done with a ball."""
    stage = stage_of(TOP)
    progression = stage.session.position.plan.exercises["t-arms"].progression
    assert progression is not None
    assert stage.session.position.plan.exercises[progression].equipment == ("ball",)
    stage.reach("lower")
    return stage


def test_easier_changes_one_thing_at_a_time_in_its_order(stage: Stage) -> None:
    """Range, then the tempo of the return, then the exercise; never two at once."""
    for _ in range(3):
        assert accepted_in(stage.hear("easier"))
    assert changes_in(stage) == [
        ("range", "2", "1"),
        ("tempo", "3-0-2-1", "3-0-3-1"),
        ("exercise", "double-leg", "double-leg-bent"),
    ]


def test_easier_at_the_hover_raises_the_legs(stage_of: StageOf) -> None:
    """And never makes the return longer while they are low."""
    stage = stage_of("exercise: hover, repetitions: 10")
    stage.reach("lower")
    for _ in range(3):
        assert accepted_in(stage.hear("easier"))
    assert changes_in(stage) == [
        ("range", "4", "3"),
        ("exercise", "hover", "double-leg"),
        ("tempo", "3-0-2-1", "3-0-3-1"),
    ]


def test_easier_holds_from_the_next_repetition(stage: Stage) -> None:
    """Nothing changes in the middle of one, and the beat goes on."""
    stage.hear("easier")
    assert stage.session.position.load.range_step == 2
    stage.reach("lower", repetition=3)
    assert stage.session.position.load.range_step == 1
    assert "easier_range" in said_in([action for _, action in stage.actions])


def test_an_easier_exercise_is_set_up_for_what_is_left_of_the_set(stage: Stage) -> None:
    """Legs down, set up, ready; then the remaining repetitions."""
    for _ in range(3):
        stage.hear("easier")
    stage.reach("setup")
    assert any(isinstance(a, Release) for _, a in stage.actions)
    stage.reach("lower")
    entered = [a for _, a in stage.actions if isinstance(a, Enter)][-1]
    assert (entered.exercise, entered.set, entered.repetition) == ("double-leg-bent", 1, 3)


def test_easier_on_the_gentlest_says_so(stage_of: StageOf) -> None:
    """There is nothing below the imprint hold."""
    stage = stage_of("exercise: imprint-hold")
    stage.reach("hold")
    assert not accepted_in(stage.hear("easier"))


def test_harder_holds_from_the_next_set_and_once_a_set(stage: Stage) -> None:
    """One step; the second wish in a set has to wait."""
    assert accepted_in(stage.hear("harder"))
    assert not accepted_in(stage.hear("harder"))
    assert stage.session.position.load.range_step == 2
    stage.reach("rest")
    stage.reach("lower")
    assert stage.session.position.load.range_step == 3


def test_slower_and_faster_stay_within_three_to_five_seconds(stage: Stage) -> None:
    """3, 4, 5 and no further; back to 3 and never below."""
    assert [accepted_in(stage.hear("slower")) for _ in range(3)] == [True, True, False]
    assert [accepted_in(stage.hear("faster")) for _ in range(3)] == [True, True, False]
    assert [after for _, _, after in changes_in(stage)] == ["4-0-2-1", "5-0-2-1", "4-0-2-1", "3-0-2-1"]


def test_faster_never_makes_the_lift_slower_than_the_lowering(stage_of: StageOf) -> None:
    """A lift of 4 s keeps the lowering at 4 s."""
    stage = stage_of("exercise: double-leg, tempo: 4-0-4-1")
    stage.reach("lower")
    assert not accepted_in(stage.hear("faster"))


def test_faster_than_a_very_slow_routine_is_allowed(stage_of: StageOf) -> None:
    """Only the three seconds are a limit downwards."""
    stage = stage_of("exercise: double-leg, tempo: 8-0-2-1")
    stage.reach("lower")
    assert next(a for a in stage.hear("faster") if isinstance(a, Answer)).accepted
    assert not next(a for a in stage.hear("slower") if isinstance(a, Answer)).accepted


@pytest.mark.parametrize(("command", "seconds"), [("slower", 4), ("faster", 3)])
def test_another_pace_begins_with_the_next_repetition(command: str, seconds: int, stage_of: StageOf) -> None:
    """The one that is going on keeps its beat."""
    stage = stage_of(f"exercise: double-leg, repetitions: 5, tempo: {7 - seconds}-0-2-1")
    stage.reach("lower", repetition=2)
    stage.hear(command)
    stage.reach("lower", repetition=4)
    entered = entered_in(stage)
    lowerings = [b.at - a.at for a, b in pairwise(entered) if a.phase == "lower"]
    assert lowerings == pytest.approx([7 - seconds, 7 - seconds, seconds])


def test_a_wish_is_chimed_and_answered_in_a_slot(stage: Stage) -> None:
    """The earcon comes at once, the words when they fit between the beats."""
    actions = stage.hear("slower")
    assert any(isinstance(action, Chime) and action.due == stage.now for action in actions)
    assert not any(isinstance(action, Silence) for action in actions)
    assert said_in(actions) == []
    assert "slower" in said_in(stage.wait(6))


def test_an_easier_exercise_keeps_the_tempo(stage_of: StageOf) -> None:
    """One thing changes at a time."""
    stage = stage_of("exercise: double-leg, repetitions: 8, range: 1, tempo: 5-0-3-1")
    stage.reach("lower", repetition=2)
    stage.hear("easier")
    stage.reach("setup")
    assert str(stage.session.position.load.tempo) == "5-0-3-1"


def test_an_easier_exercise_in_a_set_takes_nothing_from_others(stage_of: StageOf) -> None:
    """Only the sets of the same exercise get easier with it."""
    stage = stage_of("exercise: single-leg, repetitions: 1, range: 1\nexercise: double-leg, repetitions: 1")
    stage.reach("imprint")
    stage.hear("easier")
    stage.hear("easier")
    assert changes_in(stage)[-1][0] == "exercise"
    stage.hear("next_exercise")
    assert stage.session.position.load.exercise.name == "double-leg"


def test_the_first_easier_exercise_of_a_session_is_said_to_be_as_good(
    stage_of: StageOf,
) -> None:
    """At its set-up, once; less range or more time say nothing of the kind."""
    stage = stage_of("exercise: double-leg, repetitions: 8, range: 1, tempo: 3-0-2-1")
    stage.reach("lower", repetition=2)
    stage.hear("easier")
    stage.reach("lower", repetition=3)
    assert "equally_good" not in said_in([action for _, action in stage.actions])
    for _ in range(2):
        stage.hear("easier")
        stage.reach("setup")
        stage.reach("lower")
    assert said_in([action for _, action in stage.actions]).count("equally_good") == 1


def test_the_imprint_hold_is_no_leg_lift_that_is_as_good(stage_of: StageOf) -> None:
    """Below the one-legged exercises the sentence would be untrue."""
    stage = stage_of("exercise: single-leg-bent, repetitions: 8, range: 1, tempo: 3-0-3-1")
    stage.reach("lower", repetition=2)
    stage.hear("easier")
    stage.reach("setup")
    assert stage.session.position.load.exercise.name == "imprint-hold"
    assert "equally_good" not in said_in([action for _, action in stage.actions])


# -- when harder is refused or taken back


def test_the_cool_down_does_not_get_harder(plan_of: PlanOf, pack: VoicePack) -> None:
    """After the last work set there is nothing to make harder."""
    plan = plan_of("exercise: double-leg-bent, repetitions: 3, sets: 2")
    plan = replace(plan, sets=(plan.sets[0], replace(plan.sets[1], part="cool-down")))
    stage = Stage(plan, pack)
    stage.reach("lower")
    assert not accepted_in(stage.hear("harder"))
    assert changes_in(stage) == []
    assert "only_cool_down" in said_in(stage.wait(6))


def test_nothing_above_what_was_eased_today_comes_back_by_harder(stage_of: StageOf) -> None:
    """A pinch takes an easier exercise, and nothing above it comes later in the session."""
    stage = stage_of("exercise: single-leg, repetitions: 3, rest: 20, sets: 3")
    stage.reach("lower")
    stage.hear("pinch")
    stage.wait(20)
    stage.hear("carry_on")
    stage.reach("rest")
    actions = stage.hear("harder")
    assert not accepted_in(actions)
    assert said_in(actions) == ["hardest"]
    stage.reach("finished")
    assert changes_in(stage) == [("exercise", "single-leg", "heel-taps")]


def test_in_the_warm_up_harder_is_not_told_that_this_is_the_last_set(
    stage_of_parts: StageOf, pack: VoicePack
) -> None:
    """Work sets are still to come; so nothing is said about the end."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2, sets: 2, rest: 20")
    plan = stage.session.position.plan
    stage = Stage(replace(plan, sets=(plan.sets[0], *plan.sets)), pack)
    stage.reach("setup")
    actions = stage.hear("harder")
    assert not accepted_in(actions)
    assert said_in(actions) == ["not_now"]


@pytest.mark.parametrize("against", ["pain", "red_flag", "easier"])
def test_harder_is_withdrawn_when_something_speaks_against_it(stage_of: StageOf, against: str) -> None:
    """A step that is not in force yet is taken back, and that is recorded."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 3, rest: 5, range: 1, sets: 2")
    stage.reach("lower")
    stage.hear("harder")
    if against == "pain":
        stage.hear("pain", where="knee")
        stage.hear("number", number=2)
        stage.hear("carry_on")
        stage.hear("ready")
    elif against == "red_flag":
        stage.hear("red_flag", flag="numb")
        stage.hear("fine")
        stage.hear("carry_on")
        stage.hear("ready")
    else:
        stage.hear("easier")
    assert ("range", "2", "1") in changes_in(stage)
    stage.reach("rest")
    stage.reach("lower")
    assert stage.session.position.load.range_step == 1


@pytest.mark.parametrize("word", ["easier", "click"])
def test_too_hard_takes_back_what_was_to_get_harder(word: str, stage_of: StageOf) -> None:
    """Though nothing gentler is left for now."""
    stage = stage_of(
        "exercise: imprint-hold, repetitions: 3, rest: 20\nexercise: double-leg, repetitions: 3, range: 1"
    )
    stage.reach("hold")
    stage.hear("harder")  # the next set goes to range 2
    stage.wait(1)
    stage.hear(word)  # "This is the gentlest I have."
    stage.reach("lower")
    assert stage.session.position.load.range_step == 1


@pytest.mark.parametrize("answer", ["no", "i_didnt_say_that"])
def test_harder_that_did_not_come_about_was_no_step(answer: str, stage_of: StageOf) -> None:
    """So it can be asked for again."""
    stage = stage_of("exercise: t-arms, repetitions: 2, range: 4, sets: 2, rest: 60")
    stage.reach("rest")
    stage.wait(15)
    stage.hear("harder")
    stage.wait(5)
    stage.hear(answer)
    stage.wait(4)
    assert "harder_wait" not in said_in(stage.hear("harder"))


# -- equipment


def test_what_a_step_up_needs_is_asked_for_in_the_rest(before_ball: Stage) -> None:
    """Nothing is promised before; yes is remembered and the next set is harder."""
    before_ball.hear("harder")
    assert changes_in(before_ball) == []
    assert "ask_later" in said_in(before_ball.wait(8))
    before_ball.reach("asking")
    assert before_ball.coach.question == "equipment"
    assert {"needs_ball", "ask_equipment"} <= set(said_in([a for _, a in before_ball.actions]))
    actions = before_ball.hear("yes")
    assert Note("equipment", "ball") in actions
    assert changes_in(before_ball) == [("exercise", "t-arms", "ball")]
    assert before_ball.phase == "rest"
    before_ball.reach("lower")
    assert before_ball.session.position.load.exercise.name == "ball"


@pytest.mark.parametrize("answered", [True, False])
def test_without_the_equipment_it_stays_as_it_is(before_ball: Stage, answered: bool) -> None:
    """No answer is never a yes; who said no is not asked again."""
    before_ball.hear("harder")
    before_ball.reach("asking")
    actions = before_ball.hear("no") if answered else before_ball.wait(30)
    assert "without_it" in said_in(actions)
    assert not any(isinstance(action, Note) for action in actions)
    before_ball.reach("lower")
    assert before_ball.session.position.load.exercise.name == "t-arms"
    assert accepted_in(before_ball.hear("harder")) is not answered


def test_what_the_person_has_is_not_asked_for(plan_of: PlanOf, pack: VoicePack) -> None:
    """It was said in an earlier session."""
    stage = Stage(plan_of(TOP), pack, history=replace(EXPERIENCED, equipment=frozenset({"ball"})))
    stage.reach("lower")
    stage.hear("harder")
    assert changes_in(stage) == [("exercise", "t-arms", "ball")]


@pytest.mark.parametrize("against", ["easier", "pinch", "pain"])
def test_the_question_for_equipment_is_dropped_when_something_speaks_against_it(
    before_ball: Stage, against: str
) -> None:
    """Nothing harder is offered after it."""
    before_ball.hear("harder")
    if against == "pain":
        before_ball.hear("pain", where="knee")
        before_ball.hear("number", number=1)
        before_ball.hear("carry_on")
        before_ball.hear("ready")
    else:
        before_ball.hear(against)
        before_ball.hear("carry_on")
    before_ball.reach("rest")
    before_ball.wait(20)
    assert "needs_ball" not in said_in([action for _, action in before_ball.actions])


def test_the_question_for_equipment_is_dropped_with_its_exercise(stage_of: StageOf) -> None:
    """Nobody wished for more of what comes later."""
    stage = stage_of(
        "exercise: t-arms, repetitions: 1, range: 4, sets: 2\n"
        "exercise: double-leg, repetitions: 1, rest: 60\nexercise: t-arms, repetitions: 1, range: 4"
    )
    stage.reach("lower")
    stage.hear("harder")
    stage.hear("next_exercise")
    stage.reach("rest")
    stage.wait(20)
    assert stage.phase == "rest"


def test_equipment_that_nothing_needs_any_more_is_not_asked_for(stage_of: StageOf) -> None:
    """The set that it was for has been left out."""
    stage = stage_of(
        "exercise: t-arms, repetitions: 1, range: 4, sets: 2, rest: 60\nexercise: double-leg, repetitions: 1"
    )
    stage.reach("lower")
    stage.hear("harder")
    stage.hear("next_set")
    stage.reach("rest")
    stage.wait(20)
    assert stage.phase == "rest"


def test_the_question_for_equipment_says_again_what_is_needed(before_ball: Stage) -> None:
    """Whoever did not catch it can still answer."""
    before_ball.hear("harder")
    before_ball.reach("asking")
    assert said_in(before_ball.hear("say_that_again")) == ["needs_ball", "ask_equipment"]


@pytest.mark.parametrize("words", ["no bar here", "no ball here", "no bench here"])
def test_what_is_missing_can_be_said_as_it_is(words: str, pack: VoicePack) -> None:
    """As an answer, where yes or no was asked."""
    matches = Matcher(pack.commands).match(words.split(), "asked_yes_no")
    assert [match.command for match in matches] == ["no"]
