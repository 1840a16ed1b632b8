"""A session that was cut off, in the journal: what it leaves, and what becomes of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.coaching.checkpoint import Checkpoint, Kept
from assistant.coaching.history import RESUMED_WITHIN_SECONDS, PastSession
from assistant.coaching.plan import Plan
from assistant.journal.history import left_off
from assistant.journal.journal import SqliteJournal
from assistant.journal.memory import recall
from assistant.journal.recorder import JournalRecorder
from assistant.journal.rows import Beginning, LeftOff, LoadChange, Repetition, SessionState
from assistant.session.records import Entry
from tests.session import entries
from tests.session.entries import note, place, summary

STARTED = datetime.fromisoformat("2026-03-09T18:00:00+01:00")
LATER = STARTED + timedelta(minutes=20)
PLACE = Checkpoint(
    level=3,
    sets_left=1,
    planned="double-leg",
    exercise="double-leg",
    side=0,
    repetition=5,
    other_at=1,
    ahead=0,
    repetitions=10,
    range_step=2,
    tempo="3-0-2-0",
    halved=False,
    shift=0,
    cap=None,
    gentle=False,
    sets_done=1,
    repetitions_done=14,
    kept=(Kept("single-leg", 3, "3-0-2-0", "single-leg", 2, "3-0-2-0"),),
    halved_later=("single-leg",),
)
CUT_OFF = SessionState(level=3, sets=1, repetitions=14, place=PLACE)
DONE = tuple(
    Repetition(STARTED + timedelta(seconds=9 * n), 1 + n // 10, 1 + n % 10, "double-leg", None, 2, "3-0-2-0")
    for n in range(14)
)
EASED = LoadChange(STARTED, "range", "3", "2", "easier")
BEGINNING = Beginning(STARTED, "Leg lifts", "/somewhere/leg-lifts.yaml")
YES = note(9.0, "resume", True)


@pytest.fixture
def plan(plan_of: Callable[[str], Plan]) -> Plan:
    """Two sets of ten."""
    return replace(plan_of("exercise: double-leg, sets: 2, repetitions: 10"), level=3)


def phase(t: float, name: str, **fields: Any) -> Entry:
    """Make an entry of a phase in the second set."""
    told = {"exercise": "double-leg", "set": 2, "repetition": 0, "side": None, "sets_done": 1}
    return entries.phase(t, name, **{**told, **fields})


def test_a_place_is_written_with_the_repetition_before_it(plan: Plan) -> None:
    """Both or neither: the phase that comes next tells of it."""
    recorder = JournalRecorder(plan, STARTED)
    recorder.rows_of(phase(1.0, "lower", repetition=4, repetitions_done=13))
    assert recorder.rows_of(place(9.0, PLACE)) == ()
    repetition, state = recorder.rows_of(phase(9.0, "lower", repetition=5, repetitions_done=14))
    assert isinstance(repetition, Repetition)
    assert state == CUT_OFF


def test_a_change_in_the_middle_of_a_repetition_is_part_of_the_place_at_once(plan: Plan) -> None:
    """It would be harder than it stood otherwise."""
    recorder = JournalRecorder(plan, STARTED)
    recorder.rows_of(phase(1.0, "lower", repetition=5, repetitions_done=14))
    eased = replace(PLACE, range_step=1)
    [state] = recorder.rows_of(place(3.0, eased))
    assert state == replace(CUT_OFF, place=eased)


def test_after_the_last_set_there_is_no_place(plan: Plan) -> None:
    """Nothing is left to go on with."""
    recorder = JournalRecorder(plan, STARTED)
    recorder.rows_of(place(1.0, PLACE))
    recorder.rows_of(phase(1.0, "lower", repetition=10, repetitions_done=14))
    recorder.rows_of(place(3.0, None))
    recorder.rows_of(phase(3.0, "asking", repetition=0, sets_done=2, repetitions_done=15))
    assert recorder.state.place is None


def test_who_goes_on_takes_over_what_was_done(plan: Plan) -> None:
    """In one transaction with the yes: a session is never without it."""
    left = LeftOff(4, "x.yaml", replace(CUT_OFF, eased=True), PLACE, DONE, (EASED,))
    recorder = JournalRecorder(plan, LATER, left, plan)
    assert recorder.state == SessionState(level=3, offered=4)
    assert recorder.rows_of(YES)[-1] == replace(CUT_OFF, eased=True, offered=4, resumed=True)


def test_who_begins_anew_has_said_so(plan: Plan) -> None:
    """And nothing is taken over."""
    recorder = JournalRecorder(plan, LATER, LeftOff(4, "x.yaml", CUT_OFF, PLACE, DONE, ()), plan)
    assert recorder.rows_of(note(9.0, "resume", False))[-1] == SessionState(level=3, offered=4, resumed=False)


def test_both_parts_together_reach_the_top_of_the_range(plan: Plan) -> None:
    """Ten of the first set and four of the second, then the other six."""
    recorder = JournalRecorder(plan, LATER, LeftOff(4, "x.yaml", CUT_OFF, PLACE, DONE, ()), plan)
    recorder.rows_of(YES)
    for number in range(5, 11):
        recorder.rows_of(phase(9.0 * number, "lower", repetition=number, repetitions_done=9 + number))
    recorder.rows_of(phase(99.0, "asking", sets_done=2, repetitions_done=20))
    recorder.rows_of(summary(99.0, "completed", 2, 20))
    assert recorder.state.at_top


def test_a_session_that_was_cut_off_is_left_off(journal: SqliteJournal) -> None:
    """With everything that its end needs; by its last repetition, not by its beginning."""
    session = journal.begin(BEGINNING, CUT_OFF)
    journal.write(session, (*DONE, EASED))
    left = left_off(journal, LATER)
    assert left == LeftOff(session, BEGINNING.file, CUT_OFF, PLACE, DONE, (EASED,))
    end = DONE[-1].at + timedelta(seconds=RESUMED_WITHIN_SECONDS)
    assert left_off(journal, end) == left
    assert left_off(journal, end + timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    "state",
    [
        replace(CUT_OFF, ended="completed", ended_at=STARTED),
        replace(CUT_OFF, sore=True),
        replace(CUT_OFF, place=None),
        replace(CUT_OFF, repetitions=0),
    ],
    ids=["over", "sore", "nothing left", "nothing done"],
)
def test_other_sessions_are_not(state: SessionState, journal: SqliteJournal) -> None:
    """Nor one before them: what came last counts."""
    journal.begin(BEGINNING, state)
    assert left_off(journal, LATER) is None


def test_only_the_last_session_can_be_gone_on_with(journal: SqliteJournal) -> None:
    """One that was left before its first repetition does not hide it."""
    first = journal.begin(BEGINNING, CUT_OFF)
    journal.begin(BEGINNING, SessionState(level=3, offered=first))
    left = left_off(journal, LATER)
    assert left is not None
    assert left.number == first
    journal.begin(BEGINNING, replace(CUT_OFF, ended="completed"))
    assert left_off(journal, LATER) is None


def test_what_was_refused_is_not_offered_again(journal: SqliteJournal) -> None:
    """Even if nothing was done in the session that began instead."""
    first = journal.begin(BEGINNING, CUT_OFF)
    journal.begin(BEGINNING, SessionState(level=3, offered=first, resumed=False))
    assert left_off(journal, LATER) is None


def test_what_was_gone_on_with_is_one_session(tmp_path: Path) -> None:
    """The second part tells of both; and cut off again, it is offered with the repetitions of both."""
    with closing(SqliteJournal(tmp_path)) as journal:
        first = journal.begin(BEGINNING, CUT_OFF)
        journal.write(first, DONE[:10])
        second = journal.begin(
            replace(BEGINNING, started=LATER), replace(CUT_OFF, offered=first, resumed=True)
        )
        journal.write(second, DONE[10:])
    memory = recall(tmp_path, LATER)
    memory.close()
    assert memory.history.sessions == (PastSession(0, 3, "interrupted"),)
    assert memory.left_off is not None
    assert (memory.left_off.number, memory.left_off.repetitions) == (second, DONE)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"level": "3"}', "no json"])
def test_a_place_that_cannot_be_read_is_none(text: str, tmp_path: Path) -> None:
    """That of a later version, or of somebody who edited the file; all else is remembered."""
    with closing(SqliteJournal(tmp_path)) as journal:
        journal.begin(BEGINNING, CUT_OFF)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        other.execute("UPDATE sessions SET place = ?", (text,))
        other.commit()
    memory = recall(tmp_path, LATER)
    memory.close()
    assert memory.left_off is None
    assert memory.take_problems() == []
    assert len(memory.history.sessions) == 1


def test_a_journal_of_the_first_version_keeps_what_it_tells(tmp_path: Path) -> None:
    """Only that its sessions can't be gone on with."""
    from assistant.journal.tables import MIGRATIONS

    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        for statement in MIGRATIONS[0]:
            other.execute(statement)
        other.execute("PRAGMA user_version = 1")
        other.execute(
            "INSERT INTO sessions (started, routine, file, level, repetitions) "
            "VALUES (?, 'x', 'x.yaml', 3, 8)",
            (STARTED.isoformat(),),
        )
        other.commit()
    memory = recall(tmp_path, LATER)
    memory.close()
    assert memory.history.sessions == (PastSession(0, 3, "interrupted"),)
    assert memory.left_off is None
