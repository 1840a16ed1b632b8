"""The questions about health before a first session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.coaching.actions import Enter, Note, Say
from assistant.coaching.agenda import SCREENS
from assistant.coaching.events import TroubleBegan
from assistant.coaching.history import EXPERIENCED, History, PastSession
from assistant.coaching.phases import MOVING
from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import asked_in, ended_in, notes_in, said_in

UNSCREENED = replace(EXPERIENCED, screened_days_ago=None)

Begin = Callable[[History], Stage]


def _pass_screening(stage: Stage) -> None:
    for name in SCREENS:
        stage.reach_question(name)
        stage.hear("no")


def test_health_is_asked_one_question_at_a_time(begin: Begin) -> None:
    """Four times no leads on and is remembered; a longer form is named."""
    stage = begin(UNSCREENED)
    _pass_screening(stage)
    stage.reach("setup")
    assert [q for q in asked_in([a for _, a in stage.actions]) if q in SCREENS] == list(SCREENS)
    assert notes_in(stage) == [Note("screening", False)]
    assert any(isinstance(a, Say) and "PAR-Q" in a.cue.text for _, a in stage.actions)


@pytest.mark.parametrize("name", ["screen_heart", "screen_body"])
def test_a_yes_to_a_health_question_ends_with_the_advice_to_ask(begin: Begin, name: str) -> None:
    """A doctor first."""
    stage = begin(UNSCREENED)
    for before in SCREENS[: SCREENS.index(name)]:
        stage.reach_question(before)
        stage.hear("no")
    stage.reach_question(name)
    actions = stage.hear("yes")
    assert "doctor_first" in said_in(actions)
    assert ended_in(stage) == "not_today"
    assert notes_in(stage) == [Note("screening", True)]


def test_a_sign_of_the_nerves_is_a_red_flag(begin: Begin) -> None:
    """Emergency words, and the lock."""
    stage = begin(UNSCREENED)
    for _ in range(2):
        stage.reach_question(SCREENS[_])
        stage.hear("no")
    actions = stage.hear("yes")
    assert "emergency" in said_in(actions)
    assert ended_in(stage) == "red_flag"
    assert notes_in(stage) == [Note("screening", True), Note("red_flag", "saddle")]


@pytest.mark.parametrize("offered", [True, False])
def test_a_sore_back_gets_the_side_branch_or_no_session(
    pack: VoicePack, plan_of: Callable[[str], Plan], offered: bool
) -> None:
    """Never a leg lift."""
    plan = plan_of("exercise: single-leg, repetitions: 8")
    stage = Stage(plan if offered else replace(plan, side_branch=()), pack, history=UNSCREENED)
    for name in SCREENS[:-1]:
        stage.reach_question(name)
        stage.hear("no")
    actions = stage.hear("yes")
    assert Note("screening", True) in actions
    if offered:
        assert "gentle_back" in said_in(actions)
        stage.reach("setup")
        assert stage.coach.position.load.exercise.name == plan.side_branch[0].exercise
        assert stage.coach.position.set == 1
    else:
        assert "doctor_first" in said_in(actions)
        assert ended_in(stage) == "not_today"


def test_a_health_question_without_an_answer_waits_and_is_asked_again(begin: Begin) -> None:
    """Silence is no answer; after three minutes the session ends."""
    stage = begin(UNSCREENED)
    stage.reach_question("screen_heart")
    stage.wait(40)
    assert stage.phase == "paused"
    assert asked_in(stage.hear("carry_on")) == ["screen_heart"]
    stage.wait(400)
    assert ended_in(stage) == "silence"
    assert not {a.phase for _, a in stage.actions if isinstance(a, Enter)} & set(MOVING)


def test_pain_is_taken_care_of_before_the_questions_go_on(begin: Begin) -> None:
    """Nothing is forgotten."""
    stage = begin(UNSCREENED)
    stage.reach_question("screen_heart")
    stage.hear("pain", where="knee")
    stage.hear("number", number=1)
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.coach.question == "screen_heart"


def test_a_lost_microphone_leads_back_to_the_question(begin: Begin) -> None:
    """A pause like any other."""
    stage = begin(UNSCREENED)
    stage.reach_question("screen_heart")
    stage.happen(TroubleBegan("clipping"))
    assert stage.phase == "paused"
    assert asked_in(stage.hear("carry_on")) == ["screen_heart"]


def test_what_is_about_leg_lifts_is_not_asked_once_they_are_left_out(begin: Begin) -> None:
    """Neither how they felt last time nor whether to do them all the same."""
    yesterday = PastSession(days_ago=1, level=3, ended="completed")
    stage = begin(replace(UNSCREENED, sessions=(yesterday,)))
    for name in SCREENS[:-1]:
        stage.reach_question(name)
        stage.hear("no")
    stage.hear("yes")
    stage.wait(60)
    assert stage.phase == "setup"
    assert not {"yesterday", "rest_day"} & set(asked_in([a for _, a in stage.actions]))
