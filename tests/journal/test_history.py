"""What the next session learns from the journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from assistant.coaching.complaint import Complaint, RatedPain
from assistant.coaching.history import History, PastSession
from assistant.journal.history import days_ago, history_of
from assistant.journal.rows import Beginning, JournalNote, SessionState, Value
from tests.journal.listed import ListedJournal

TODAY = date(2026, 3, 29)
NOON = datetime.fromisoformat("2026-03-29T12:00:00+02:00")
DONE = SessionState(level=3, sets=2, repetitions=20, ended="completed")


def noted(*notes: tuple[str, Value, int]) -> History:
    """Give the history of notes: what, value, and how many days before today."""
    journal = ListedJournal()
    journal.write(
        None, [JournalNote(NOON - timedelta(days=days), what, value) for what, value, days in notes]
    )
    return history_of(journal, TODAY)


def trained(*sessions: SessionState, days: int = 2) -> tuple[PastSession, ...]:
    """Give what is known of sessions that were so many days ago."""
    journal = ListedJournal()
    for state in sessions:
        journal.begin(Beginning(NOON - timedelta(days=days), "Leg lifts", "x.yaml"), state)
    return history_of(journal, TODAY).sessions


def test_an_empty_journal_knows_nothing() -> None:
    """Everything is asked that is asked of somebody new."""
    assert history_of(ListedJournal(), TODAY) == History()


def test_a_session_is_known_by_how_it_stood() -> None:
    """Each of its columns."""
    state = replace(DONE, sore=True, eased=True, at_top=True, effort=7, soreness=2, ended="pain")
    assert trained(state) == (PastSession(2, 3, "pain", True, True, True, 7, 2),)
    assert trained(DONE) == (PastSession(2, 3, "completed"),)


def test_a_session_is_known_by_its_worst_pain_and_its_reserve() -> None:
    """Where lifts load the body first; another session's is not its own."""
    journal = ListedJournal()
    for notes in (
        [("sore", "knee 9"), ("sore", "back 2"), ("sore", "hip 4"), ("reserve", 3)],
        [("sore", "oh"), ("effort", 5)],
        [("sore", "left knee 1"), ("sore", "right knee 3")],
    ):
        number = journal.begin(Beginning(NOON, "Leg lifts", "x.yaml"), DONE)
        journal.write(number, [JournalNote(NOON, what, value) for what, value in notes])
    first, second, third = history_of(journal, TODAY).sessions
    assert (first.pain, first.reserve) == (RatedPain(Complaint("hip"), 4), 3)
    assert (second.pain, second.reserve) == (None, None)
    assert third.pain == RatedPain(Complaint("knee", "right"), 3)


def test_the_last_range_and_the_last_exercise_in_place_of_another_are_known() -> None:
    """What was made as hard again is as planned; what can't be read counts for nothing."""
    history = noted(
        *(("range", "hover 3", 9), ("range", "hover 4", 8), ("range", "t-arms 2", 7), ("range", "x y", 6)),
        *(("instead", "hover double-leg", 5), ("instead", "ball t-arms", 4), ("instead", "hover hover", 3)),
    )
    assert history.ranges == {"hover": 4, "t-arms": 2}
    assert history.instead == {"ball": "t-arms"}


def test_sessions_are_known_oldest_first() -> None:
    """As they were written."""
    assert [past.level for past in trained(DONE, replace(DONE, level=4))] == [3, 4]


def test_a_session_that_never_ended_was_interrupted() -> None:
    """A crash or a power cut; what had been done by then counts."""
    assert trained(SessionState(level=3, repetitions=5)) == (PastSession(2, 3, "interrupted"),)


def test_a_session_in_which_nothing_was_done_is_none() -> None:
    """No day of rest follows from it; but pain before the first repetition does count."""
    assert trained(SessionState(level=3, ended="asked")) == ()
    assert len(trained(SessionState(level=3, sore=True, ended="pain"))) == 1


@pytest.mark.parametrize(
    ("at", "days"),
    [
        ("2026-03-29T00:00:00+01:00", 0),
        ("2026-03-28T23:59:59+01:00", 1),
        ("2026-03-29T01:59:00+01:00", 0),
        ("2026-03-29T03:01:00+02:00", 0),
        ("2025-03-29T12:00:00+01:00", 365),
        ("2026-03-28T23:30:00-08:00", 1),
        ("2026-03-30T08:00:00+02:00", -1),
    ],
    ids=[
        *("midnight", "before midnight", "before summer time", "in summer time", "a year"),
        *("far away", "clock set back"),
    ],
)
def test_days_are_those_of_the_calendar_on_the_wall(at: str, days: int) -> None:
    """By the date where the person was, not by hours; below nought it lies ahead."""
    assert days_ago(datetime.fromisoformat(at), TODAY) == days


@pytest.mark.parametrize("value", ["done", "skipped", True])
def test_a_tutorial_that_was_skipped_is_done(value: Value) -> None:
    """It is offered once."""
    assert noted(("tutorial", value, 3)) == History(tutorial_done=True)


def test_the_last_screening_holds() -> None:
    """With its day and its answer."""
    assert noted(("screening", True, 400), ("screening", False, 30)) == History(screened_days_ago=30)
    assert noted(("screening", False, 400), ("screening", True, 30)) == History(
        screened_days_ago=30, screening_yes=True
    )


def test_a_red_flag_holds_until_it_is_cleared() -> None:
    """The last one counts."""
    assert noted(("red_flag", "chest", 9), ("red_flag", "dizzy", 1)).red_flag_days_ago == 1
    assert noted(("red_flag", "chest", 9), ("red_flag", "cleared", 1)).red_flag_days_ago is None
    assert noted(("red_flag", "cleared", 9), ("red_flag", "chest", 0)).red_flag_days_ago == 0


def test_a_red_flag_without_an_answer_is_asked_about_until_there_is_one() -> None:
    """It locks nothing by itself; a later answer, or a later red flag that was confirmed, is what counts."""
    heard = ("red_flag_heard", "numb", 2)
    assert noted(heard) == History(unanswered_flag="numb", unanswered_days_ago=2)
    assert noted(heard, ("red_flag_heard", "cleared", 1)).unanswered_flag is None
    assert noted(heard, ("red_flag", "numb", 1)).unanswered_flag is None
    assert noted(heard, ("red_flag", "numb", 1)).red_flag_days_ago == 1
    assert noted(("red_flag", "cleared", 9), heard).unanswered_flag == "numb"
    both = noted(("red_flag", "chest", 9), heard)
    assert (both.red_flag_days_ago, both.unanswered_flag) == (9, "numb")
    assert noted(("red_flag", "chest", 9), heard, ("red_flag_heard", "cleared", 0)).red_flag_days_ago == 9


def test_what_was_explained_and_what_is_there_adds_up() -> None:
    """Each by its name."""
    history = noted(
        ("explained", "hover", 3),
        ("explained", "double-leg", 1),
        ("equipment", "bar", 1),
        ("equipment", "ball", 0),
    )
    assert history.explained == {"hover", "double-leg"}
    assert history.equipment == {"bar", "ball"}


def test_the_last_wish_about_the_voice_holds() -> None:
    """Volume and talk."""
    history = noted(
        ("volume_db", 3, 3), ("talkative", True, 2), ("volume_db", -6, 1), ("talkative", False, 0)
    )
    assert (history.volume_db, history.talkative) == (-6.0, False)
    assert noted(("talkative", False, 1), ("talkative", True, 0)) == History(talkative=True)
