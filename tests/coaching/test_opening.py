"""What comes before the first set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.coaching.actions import Change, Enter, Note
from assistant.coaching.agenda import SCREENS, steps
from assistant.coaching.history import EXPERIENCED, History, PastSession
from assistant.coaching.phases import MOVING
from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import asked_in, ended_in, notes_in, said_in

NEW = History()
UNSCREENED = replace(EXPERIENCED, screened_days_ago=None)
CLEAN = PastSession(days_ago=3, level=1, ended="completed", at_top=True, soreness=0)
CLEARED = replace(EXPERIENCED, red_flag_days_ago=2)
YESTERDAY = replace(EXPERIENCED, sessions=(replace(CLEAN, days_ago=1),))
LATELY = replace(EXPERIENCED, sessions=(CLEAN,))
READY_FOR_MORE = replace(EXPERIENCED, sessions=(CLEAN, CLEAN))

Begin = Callable[[History], Stage]


def _changes(stage: Stage) -> list[tuple[str, str, str]]:
    return [(a.before, a.after, a.why) for _, a in stage.actions if isinstance(a, Change)]


def _until_setup(stage: Stage) -> None:
    if stage.phase != "setup":
        stage.reach("setup")


@pytest.mark.parametrize(("things", "exercise"), [((), "t-arms"), (("ball",), "ball")])
def test_a_step_up_needs_its_equipment(
    things: tuple[str, ...], exercise: str, plan_of: Callable[[str], Plan], pack: VoicePack
) -> None:
    """Where it is not there, no step is offered that can't be taken."""
    history = replace(READY_FOR_MORE, equipment=frozenset(things))
    stage = Stage(plan_of("exercise: t-arms, repetitions: 4"), pack, history=history)
    stage.reach_question("yesterday")
    asked = asked_in(stage.hear("number", number=0))
    assert ("progress" in asked) is bool(things)
    if things:
        assert "step_up" in said_in(stage.hear("yes"))
    _until_setup(stage)
    assert stage.coach.position.load.exercise.name == exercise


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (EXPERIENCED, ()),
        (NEW, ("educational", "tutorial", "screening", *SCREENS)),
        (UNSCREENED, ("screening", *SCREENS)),
        (replace(NEW, red_flag_days_ago=0), ("locked",)),
        (CLEARED, ("well_again",)),
        (LATELY, ("yesterday",)),
        (replace(EXPERIENCED, sessions=(replace(CLEAN, days_ago=30),)), ()),
        (YESTERDAY, ("yesterday", "rest_day")),
        (READY_FOR_MORE, ("yesterday", "progress")),
        (
            replace(NEW, red_flag_days_ago=3, sessions=(CLEAN, replace(CLEAN, days_ago=0))),
            ("well_again", "educational", "tutorial", "screening", *SCREENS, "yesterday", "rest_day"),
        ),
    ],
)
def test_what_is_asked_follows_from_the_history_in_this_order(
    history: History, expected: tuple[str, ...]
) -> None:
    """Lock, tutorial, health, last session, day of rest, progress."""
    assert steps(history) == expected


def test_somebody_experienced_is_asked_nothing(begin: Begin) -> None:
    """The greeting leads into position."""
    stage = begin(EXPERIENCED)
    stage.reach("setup")
    assert said_in([a for _, a in stage.actions])[0] == "greeting"
    assert asked_in([a for _, a in stage.actions]) == ["ready"]


def test_nothing_is_trained_on_the_day_of_a_red_flag(begin: Begin) -> None:
    """Nobody is asked."""
    stage = begin(replace(EXPERIENCED, red_flag_days_ago=0))
    actions = stage.wait(60)
    assert "locked_today" in said_in(actions)
    assert ended_in(stage) == "not_today"


def test_on_a_later_day_a_red_flag_is_cleared_by_a_yes(begin: Begin) -> None:
    """And that is remembered."""
    stage = begin(CLEARED)
    stage.reach_question("well_again")
    stage.hear("yes")
    assert stage.phase == "setup"
    assert notes_in(stage) == [Note("red_flag", "cleared")]


@pytest.mark.parametrize("answer", ["no", None])
def test_a_red_flag_that_nobody_clears_ends_the_session(begin: Begin, answer: str | None) -> None:
    """No answer is a no."""
    stage = begin(CLEARED)
    stage.reach_question("well_again")
    actions = stage.wait(60) if answer is None else stage.hear(answer)
    assert "not_well_yet" in said_in(actions)
    assert ended_in(stage) == "not_today"
    assert notes_in(stage) == []


@pytest.mark.parametrize(("score", "level"), [(2, 3), (3, 2), (None, 2)])
def test_soreness_from_last_time_starts_one_level_lower(begin: Begin, score: int | None, level: int) -> None:
    """No answer counts as sore; the level is remembered."""
    stage = begin(READY_FOR_MORE)
    stage.reach_question("yesterday")
    if score is None:
        stage.wait(25)
    else:
        stage.hear("number", number=score)
    if score == 2:
        assert stage.coach.question == "progress"
        stage.hear("no")
    _until_setup(stage)
    assert stage.coach.position.load.exercise.level == level
    assert ("progress" in asked_in([a for _, a in stage.actions])) is (score == 2)
    told = [note.value for note in notes_in(stage) if note.what == "yesterday"]
    assert told == ([] if score is None else [score])
    assert (Note("level", 2) in notes_in(stage)) is (level == 2)
    assert bool(_changes(stage)) is (level == 2)


def test_after_a_session_that_pain_ended_the_level_is_lowered_only_once(begin: Begin) -> None:
    """It starts lower already."""
    stage = begin(replace(EXPERIENCED, sessions=(replace(CLEAN, level=4, ended="pain"),)))
    stage.reach_question("yesterday")
    assert "start_easier" in said_in(stage.hear("number", number=7))
    assert _changes(stage) == []


@pytest.mark.parametrize("score", [0, 7])
def test_after_pain_the_work_is_lowered_where_the_level_does_not_lower_it(begin: Begin, score: int) -> None:
    """However sore it left the person; what is said is so, and the level is remembered as it is."""
    ended = (replace(CLEAN, level=4, ended="pain"),)
    stage = begin(replace(EXPERIENCED, sessions=ended, still_as_hard=True))
    stage.reach_question("yesterday")
    said = said_in(stage.hear("number", number=score))
    assert ("start_easier" in said) is (score == 7)
    _until_setup(stage)
    exercises = stage.coach.plan.exercises
    assert stage.coach.position.load.exercise.name == exercises["single-leg"].regression
    assert _changes(stage) == [("single-leg", str(exercises["single-leg"].regression), "pain last time")]
    assert not [note for note in notes_in(stage) if note.what == "level"]


def test_where_nothing_is_lower_it_is_not_said(plan_of: Callable[[str], Plan], pack: VoicePack) -> None:
    """After pain at the lowest level, or of somebody who asked for the same level again."""
    history = replace(EXPERIENCED, sessions=(replace(CLEAN, level=0, ended="pain"),))
    for still_as_hard in (False, True):
        stage = Stage(
            replace(plan_of("exercise: imprint-hold"), level=0),
            pack,
            history=replace(history, still_as_hard=still_as_hard),
        )
        stage.reach_question("yesterday")
        assert "start_gently" in said_in(stage.hear("number", number=7))


@pytest.mark.parametrize("answer", ["yes", "no", None])
def test_a_day_of_rest_is_advised_and_the_person_decides(begin: Begin, answer: str | None) -> None:
    """With the reason; no answer is a gentle day."""
    stage = begin(YESTERDAY)
    stage.reach_question("yesterday")
    actions = stage.hear("number", number=0)
    assert said_in(actions) == ["rest_day_recent", "ask_rest_day"]
    if answer is None:
        stage.wait(40)
    else:
        stage.hear(answer)
    _until_setup(stage)
    plan = stage.coach.plan
    expected = "single-leg" if answer == "yes" else plan.side_branch[0].exercise
    assert stage.coach.position.load.exercise.name == expected
    assert bool(_changes(stage)) is (answer != "yes")


def test_without_a_side_branch_a_gentle_day_is_at_the_lowest_level(
    pack: VoicePack, plan_of: Callable[[str], Plan]
) -> None:
    """Breathing and the imprint."""
    plan = replace(plan_of("exercise: single-leg, repetitions: 8"), side_branch=())
    stage = Stage(plan, pack, history=YESTERDAY)
    stage.reach_question("yesterday")
    stage.hear("number", number=0)
    stage.hear("no")
    _until_setup(stage)
    assert stage.coach.position.load.exercise.level == 0


@pytest.mark.parametrize("answer", ["yes", "no", None])
def test_progress_is_taken_only_by_a_yes(begin: Begin, answer: str | None) -> None:
    """One level up from the first set on."""
    stage = begin(READY_FOR_MORE)
    stage.reach_question("yesterday")
    stage.hear("number", number=0)
    if answer is None:
        stage.wait(40)
    else:
        stage.hear(answer)
    _until_setup(stage)
    assert stage.coach.position.load.exercise.level == (4 if answer == "yes" else 3)
    assert (Note("level", 4) in notes_in(stage)) is (answer == "yes")


@pytest.mark.parametrize("equipment", [frozenset[str](), frozenset({"ball"})])
def test_progress_needs_its_equipment(
    pack: VoicePack, plan_of: Callable[[str], Plan], equipment: frozenset[str]
) -> None:
    """Without a ball there is no step up to it."""
    plan = plan_of("exercise: t-arms, repetitions: 8")
    stage = Stage(plan, pack, history=replace(READY_FOR_MORE, equipment=equipment))
    stage.reach_question("yesterday")
    stage.hear("number", number=0)
    stage.hear("yes")
    _until_setup(stage)
    assert stage.coach.position.load.exercise.name == ("ball" if equipment else "t-arms")


@pytest.mark.parametrize("history", [NEW, UNSCREENED, CLEARED, YESTERDAY, READY_FOR_MORE])
def test_nobody_moves_before_ready(begin: Begin, history: History) -> None:
    """Whatever is asked, silence moves nobody and ends the session."""
    stage = begin(history)
    stage.wait(1500)
    assert not {a.phase for _, a in stage.actions if isinstance(a, Enter)} & set(MOVING)
    assert ended_in(stage) in ("silence", "not_today")


@pytest.mark.parametrize("history", [UNSCREENED, CLEARED, YESTERDAY])
def test_stop_comes_back_to_the_question(begin: Begin, history: History) -> None:
    """Through carry on and ready, and finish ends it."""
    stage = begin(history)
    question = next(step for step in steps(history) if step != "screening")
    stage.reach_question(question)
    assert said_in(stage.hear("stop")) == ["stopped"]
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.coach.question == question
    stage.hear("stop")
    stage.hear("finish")
    assert ended_in(stage) == "asked"


@pytest.mark.parametrize(("score", "offered"), [(2, True), (3, False), (None, False)])
def test_no_step_up_is_offered_to_somebody_who_is_still_sore(
    score: int | None, offered: bool, begin: Begin
) -> None:
    """Nor to somebody who does not say; the rest of the way to the mat stays."""
    stage = begin(READY_FOR_MORE)
    stage.reach_question("yesterday")
    if score is None:
        stage.wait(60)
    else:
        stage.hear("number", number=score)
        stage.wait(60)
    _until_setup(stage)
    assert ("progress" in asked_in([action for _, action in stage.actions])) is offered


def test_who_is_still_sore_is_advised_to_rest_all_the_same(begin: Begin) -> None:
    """One step easier is no reason for a second day in a row."""
    stage = begin(YESTERDAY)
    stage.reach_question("yesterday")
    stage.hear("number", number=5)
    stage.reach_question("rest_day")
    assert _changes(stage)[-1][-1] == "yesterday 5"
