"""Near speech that is not understood while somebody moves: whether it was pain is asked, once and kindly."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coaching.actions import Count, Enter, Listen, Note, Release, Say, Silence
from assistant.coaching.events import Interrupted, TroubleBegan
from assistant.coaching.phases import MOVING, Context
from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from tests.coaching.given import PACK, StageOf, plans
from tests.coaching.told import asked_in, ended_in, notes_in, phases_in, said_in
from tests.stand_ins import Stage

QUESTION = "was_that_pain"
LONG = "exercise: double-leg, repetitions: 20, range: 2, tempo: 3-1-2-1, sets: 2, rest: 40"


@pytest.fixture
def work() -> str:
    """A set in which there is time to plead in every repetition."""
    return LONG


@pytest.fixture
def asked(stage: Stage) -> Stage:
    """Asked whether it was pain, in the second repetition."""
    stage.wait(0.8)
    stage.plead()
    stage.reach_question(QUESTION)
    return stage


def _questions(stage: Stage) -> int:
    return asked_in(stage).count(QUESTION)


def _answer(stage: Stage, command: str) -> None:
    """Answer once the question has been said."""
    stage.wait(max(stage.session.speech.free_at - stage.now, 0.0) + 0.5)
    stage.hear(command)


def _go_on(stage: Stage, phase: str = "lower") -> None:
    """Deny it, say ready, and move on."""
    _answer(stage, "no")
    _answer(stage, "ready")
    stage.reach(phase)


# -- when it is asked


@pytest.mark.parametrize("phase", ["lower", "return"])
def test_legs_that_are_on_their_way_go_on_to_where_they_turn(phase: str, stage: Stage) -> None:
    """The count goes on; there the release comes first, and the question after it."""
    stage.reach(phase)
    stage.wait(0.5)
    assert stage.plead() == []
    begun = next(action.at for _, action in reversed(stage.actions) if isinstance(action, Enter))
    seconds = {"lower": 3.0, "return": 2.0}[phase]
    until = stage.wait(begun + seconds - 0.01 - stage.now)
    assert not any(isinstance(action, Silence | Enter) for action in until)
    actions = stage.wait(0.01)
    silence = next(action for action in actions if isinstance(action, Silence))
    release = next(action for action in actions if isinstance(action, Release))
    question = next(action for action in actions if isinstance(action, Say))
    assert silence.at == pytest.approx(begun + seconds)
    assert silence.at < release.due < question.due
    assert question.cue.text == "Was that pain? Yes or no?"
    assert Listen(Context.ASKED_YES_NO) in actions


@pytest.mark.parametrize("phase", ["imprint", "get_ready", "top", "bottom", "hold"])
def test_where_nothing_is_on_its_way_it_is_asked_at_once(phase: str, stage_in: StageOf) -> None:
    """A hold may last half a minute."""
    stage = stage_in(phase)
    assert asked_in(stage.plead()) == [QUESTION]


def test_a_repetition_that_is_over_where_it_is_asked_counts(stage_of: StageOf) -> None:
    """It is not done again."""
    stage = stage_of("exercise: double-leg, repetitions: 5, range: 2, tempo: 3-0-2-0")
    stage.reach("return", repetition=2)
    stage.plead()
    stage.reach_question(QUESTION)
    _go_on(stage)
    assert stage.session.position.repetition == 3


def test_a_repetition_that_is_not_over_is_done_again(stage: Stage) -> None:
    """As after a stop."""
    stage.wait(0.5)
    stage.plead()
    stage.reach_question(QUESTION)
    _go_on(stage)
    assert stage.session.position.repetition == 2


@pytest.mark.parametrize("command", ["stop", "pain", "pause", "help"])
def test_whoever_stops_before_it_is_asked_is_not_asked(command: str, stage: Stage) -> None:
    """Nor later, when the set goes on."""
    stage.plead()
    stage.hear(command)
    stage.wait(5)
    assert _questions(stage) == 0


# -- how often


@settings(max_examples=60, deadline=None)
@given(plans(), st.lists(st.floats(0.0, 12.0), max_size=60))
def test_talk_that_goes_on_and_on_is_never_asked_about(plan: Plan, pauses: list[float]) -> None:
    """Whatever its rhythm: a television, or a partner. The hearing tells it from a plea."""
    stage = Stage(plan, PACK)
    stage.reach("lower" if "lower" in _cycle(stage) else "hold")
    for pause in pauses:
        stage.wait(pause)
        stage.mumble()
    assert _questions(stage) == 0
    assert "paused" not in phases_in(stage)


def _cycle(stage: Stage) -> str:
    return "hold" if stage.session.position.load.exercise.cycle == "hold" else "lower"


def test_one_plea_in_each_repetition_is_asked_about(stage: Stage) -> None:
    """They are seven seconds apart."""
    stage.wait(0.5)
    stage.plead()
    stage.wait(7.0)
    assert _questions(stage) == 1


def test_a_second_plea_within_20_seconds_is_asked_about_at_once(stage: Stage) -> None:
    """In the middle of a lowering, with the release."""
    stage.wait(0.2)
    stage.plead()
    stage.wait(0.5)
    actions = stage.plead()
    assert isinstance(actions[0], Silence)
    assert any(isinstance(action, Release) for action in actions)
    assert asked_in(actions) == [QUESTION]


@pytest.mark.parametrize(("apart", "times"), [(19.0, 2), (21.0, 1)])
def test_after_a_no_only_two_pleas_in_a_row_are_asked_about(apart: float, times: int, asked: Stage) -> None:
    """One alone is not, in that set."""
    _go_on(asked)
    asked.plead()
    asked.wait(apart)
    asked.plead()
    asked.wait(8.0)
    assert _questions(asked) == times


def test_pleas_before_a_no_do_not_count_with_those_after_it(asked: Stage) -> None:
    """The first was asked about, however soon the next one comes."""
    asked.hear("no")
    asked.hear("ready")
    assert asked.phase == "imprint"
    asked.plead()
    asked.wait(3.0)
    assert _questions(asked) == 1


def test_it_may_be_asked_again_in_the_next_set(asked: Stage) -> None:
    """Once."""
    _answer(asked, "no")
    _answer(asked, "ready")
    asked.reach("rest")
    asked.reach("lower")
    asked.plead()
    asked.wait(8.0)
    assert _questions(asked) == 2


# -- what follows


def test_yes_is_pain(asked: Stage) -> None:
    """Where it is, how much, and nothing gets harder any more."""
    asked.hear("yes")
    assert asked.coach.question == "where"
    asked.hear("place", where="hip")
    assert asked.coach.question == "how_sore"
    asked.hear("number", number=1)
    assert asked.phase == "stopped"
    assert Note("sore", "hip 1") in notes_in(asked)


def test_pain_instead_of_an_answer_is_pain(asked: Stage) -> None:
    """And takes the place of the question."""
    asked.hear("pain", where="knee")
    assert asked.coach.question == "how_sore"
    asked.hear("number", number=1)
    assert asked.session.questions.body is None


def test_who_does_not_know_may_have_pain(asked: Stage) -> None:
    """It is asked where."""
    asked.hear("unsure")
    assert asked.coach.question == "where"


def test_after_no_the_set_goes_on_with_ready(asked: Stage) -> None:
    """Through the imprint, as it always does; nothing moves before."""
    start = len(asked.actions)
    _answer(asked, "no")
    assert asked.coach.question == "ready"
    asked.wait(30)
    assert not any(isinstance(action, Count) for _, action in asked.actions[start:])
    assert not set(phases_in(action for _, action in asked.actions[start:])) & set(MOVING)
    asked.hear("ready")
    assert asked.phase == "imprint"
    assert "resume" in said_in(asked)


@pytest.mark.parametrize("said", ["i_didnt_say_that", "no", "fine"])
def test_whoever_did_not_say_that_or_is_fine_has_no_pain(said: str, asked: Stage) -> None:
    """It may have been somebody else."""
    asked.hear(said)
    assert asked.coach.question == "ready"


def test_silence_is_as_a_stop(asked: Stage) -> None:
    """It is asked twice; then only carry on and ready lead on, and without them the session ends."""
    start = len(asked.actions)
    asked.wait(40)
    assert _questions(asked) == 2
    assert asked.phase == "stopped"
    assert asked.session.body.needs_ready
    asked.hear("ready")
    assert asked.phase == "stopped"
    asked.hear("carry_on")
    assert asked.coach.question == "ready"
    assert not set(phases_in(action for _, action in asked.actions[start:])) & set(MOVING)


def test_whoever_says_nothing_at_all_is_not_left_waiting(asked: Stage) -> None:
    """Three minutes after a stop the session ends."""
    asked.wait(240)
    assert ended_in(asked) == "silence"


@pytest.mark.parametrize("word", ["stop", "red_flag"])
@pytest.mark.parametrize("repetitions", [1, 2])
def test_after_a_stop_a_plea_that_was_none_does_not_lead_on(
    word: str, repetitions: int, stage_of: StageOf
) -> None:
    """Only carry on and then ready do, at the end of a set as well."""
    stage = stage_of(f"exercise: double-leg, repetitions: {repetitions}, tempo: 3-1-2-0, sets: 2, rest: 5")
    stage.reach("return")
    stage.wait(0.8)
    stage.plead()
    stage.reach_question(QUESTION)
    assert stage.session.position.set_over is (repetitions == 1)
    stage.hear(word)
    start = len(stage.actions)
    if word == "stop":
        stage.hear("carry_on")
    _answer(stage, "no")
    if stage.coach.question == QUESTION:
        _answer(stage, "no")
    stage.wait(100)
    assert not set(phases_in(action for _, action in stage.actions[start:])) & set(MOVING)
    if stage.coach.question != "ready":
        stage.hear("carry_on")
    _answer(stage, "ready")
    stage.reach("get_ready")


@pytest.mark.parametrize("before", ["stop", "microphone_lost"])
def test_what_was_not_answered_is_asked_again_before_the_set_goes_on(before: str, asked: Stage) -> None:
    """A question about the body stays open."""
    if before == "stop":
        asked.hear("stop")
    else:
        asked.happen(TroubleBegan("asleep"))
    asked.hear("carry_on")
    assert asked.coach.question == QUESTION


def test_a_question_that_was_left_open_is_no_pain(asked: Stage) -> None:
    """It may have been anybody who was not understood."""
    asked.happen(Interrupted())
    assert [note for note in notes_in(asked) if note.what in ("sore", "hurt")] == []


def test_after_the_last_repetition_the_rest_follows(stage_of: StageOf) -> None:
    """As long as planned: a no costs nothing."""
    stage = stage_of("exercise: double-leg, repetitions: 2, range: 2, tempo: 3-0-2-0, sets: 2, rest: 40")
    stage.reach("return", repetition=2)
    stage.plead()
    stage.reach_question(QUESTION)
    assert stage.session.position.sets_done == 1
    _answer(stage, "no")
    assert stage.phase == "rest"
    assert stage.session.course.rest_until - stage.now > 39
    stage.reach("lower")
    assert stage.session.position.set == 2


def test_after_the_last_set_the_session_comes_to_its_end(stage_of: StageOf) -> None:
    """With the questions that belong to it."""
    stage = stage_of("exercise: double-leg, repetitions: 2, range: 2, tempo: 3-0-2-0")
    stage.reach("return", repetition=2)
    stage.plead()
    stage.reach_question(QUESTION)
    _answer(stage, "no")
    assert stage.coach.question == "effort"
    stage.reach("finished")
    assert ended_in(stage) == "completed"


def test_after_the_last_repetition_of_a_side_the_other_side_follows(stage_of: StageOf) -> None:
    """Once it is ready."""
    stage = stage_of("exercise: single-leg, repetitions: 2, range: 2, tempo: 3-0-2-0, sets: 1")
    stage.reach("return", repetition=2)
    stage.plead()
    stage.reach_question(QUESTION)
    _go_on(stage)
    assert stage.session.position.side == "right"


def test_the_question_is_short_in_every_voice(pack: VoicePack) -> None:
    """It is asked with the legs just put down."""
    assert len(pack.cues["ask_was_that_pain"].text.split()) <= 6
