"""A session's memory, whatever is wrong with the journal."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.coaching.history import EXPERIENCED, History, PastSession, locked_today, needs_clearing
from assistant.coaching.plan import Plan
from assistant.journal.database import JournalError
from assistant.journal.journal import SqliteJournal
from assistant.journal.memory import Memory, look_back, recall
from assistant.journal.tables import VERSION
from tests.journal.experienced import write_experienced
from tests.journal.listed import ListedJournal
from tests.session.entries import note, summary

NOW = datetime.fromisoformat("2026-03-09T18:00:00+01:00")

EFFORT = note(1.0, "effort", 5)
END = summary(2.0, "completed", 1, 8)


@pytest.fixture
def plan(plan_of: Callable[[str], Plan]) -> Plan:
    """One set."""
    return plan_of("exercise: double-leg")


def hold(memory: Memory, plan: Plan) -> list[str]:
    """Run a short session, and give what was wrong with its memory."""
    memory.begin(plan, Path("leg-lifts.yaml"), NOW)
    memory.keep(EFFORT)
    memory.keep(END)
    memory.close()
    return memory.take_problems()


def test_a_session_is_remembered_by_the_next(tmp_path: Path, plan: Plan) -> None:
    """Nothing is wrong, and the file is let go of."""
    memory = recall(tmp_path / "data", NOW)
    assert memory.history == History()
    assert hold(memory, plan) == []
    later = recall(tmp_path / "data", NOW + timedelta(days=3))
    assert later.history.sessions == (PastSession(3, plan.level, "completed", effort=5),)
    later.close()
    with closing(SqliteJournal(tmp_path / "data")) as journal:
        [written] = journal.sessions()
        assert written.beginning.file == str(Path("leg-lifts.yaml").resolve())


def test_a_session_of_a_day_to_come_is_told_and_locks_nothing(tmp_path: Path, plan: Plan) -> None:
    """A clock that was set back, or had run ahead once."""
    memory = recall(tmp_path, NOW)
    memory.begin(plan, Path("leg-lifts.yaml"), NOW)
    for entry in (note(0.5, "red_flag", "chest"), END):
        memory.keep(entry)
    memory.close()
    later = recall(tmp_path, NOW - timedelta(days=30))
    [problem] = later.take_problems()
    assert "2026-02-07" in problem
    assert "2026-03-09" in problem
    assert not locked_today(later.history)
    assert needs_clearing(later.history)
    later.close()


def test_nobodys_memory_keeps_nothing(tmp_path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rehearsal of somebody who knows the way."""
    monkeypatch.chdir(tmp_path)
    memory = Memory(None, EXPERIENCED)
    assert hold(memory, plan) == []
    assert memory.history == EXPERIENCED
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_journal_is_kept_aside_and_a_new_one_begun(tmp_path: Path, plan: Plan) -> None:
    """One line says so; the session after that remembers this one."""
    (tmp_path / "journal.db").write_bytes(b"no database at all " * 300)
    memory = recall(tmp_path, NOW)
    assert memory.history == History()
    [problem] = hold(memory, plan)
    assert "journal.db is damaged (file is not a database). It is kept as journal-damaged-2026-" in problem
    assert (tmp_path / "journal-damaged-2026-03-09-180000.db").read_bytes() == b"no database at all " * 300
    later = recall(tmp_path, NOW)
    assert len(later.history.sessions) == 1
    assert later.take_problems() == []
    later.close()


def test_a_newer_journal_is_left_alone(tmp_path: Path, plan: Plan) -> None:
    """The session goes on as with somebody new."""
    write_experienced(tmp_path, NOW)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = (tmp_path / "journal.db").read_bytes()
    memory = recall(tmp_path, NOW)
    assert memory.history == History()
    [problem] = hold(memory, plan)
    assert "newer Imprint" in problem
    assert problem.endswith("This session is not remembered.")
    assert (tmp_path / "journal.db").read_bytes() == before


def test_a_journal_that_another_program_keeps_is_done_without(tmp_path: Path, plan: Plan) -> None:
    """From the beginning; nothing is written later either."""
    write_experienced(tmp_path, NOW)
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        memory = recall(tmp_path, NOW)
    assert memory.history == History()
    [problem] = hold(memory, plan)
    assert "used by another program" in problem
    with closing(SqliteJournal(tmp_path)) as journal:
        assert journal.sessions() == []


def test_a_problem_is_given_once() -> None:
    """Whoever prints it does not print it again."""
    memory = Memory(None, History(), ("one.",))
    assert memory.take_problems() == ["one."]
    assert memory.take_problems() == []


def test_a_disk_that_fills_up_meanwhile_is_one_line_at_the_end(plan: Plan) -> None:
    """The session itself notices nothing."""
    journal = ListedJournal()
    memory = Memory(journal, History())
    memory.begin(plan, Path("x.yaml"), NOW)
    journal.broken = JournalError("The disk is full.")
    for _ in range(3):
        memory.keep(EFFORT)
    memory.close()
    assert memory.take_problems() == ["The disk is full. What came after that is not remembered."]
    assert journal.closed


def test_the_journal_of_somebody_experienced_is_that_of_rehearsals(tmp_path: Path) -> None:
    """Nothing is asked before the first set."""
    write_experienced(tmp_path, NOW)
    memory = recall(tmp_path, NOW)
    memory.close()
    assert memory.history == EXPERIENCED


@pytest.mark.parametrize("value", ["[1]", '"loud"', "{}"])
def test_an_odd_note_is_one_line_and_the_session_goes_on(value: str, tmp_path: Path, plan: Plan) -> None:
    """Somebody has edited the file."""
    write_experienced(tmp_path, NOW)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        other.execute(
            "INSERT INTO notes (at, what, value) VALUES (?, 'volume_db', ?)", (NOW.isoformat(), value)
        )
        other.commit()
    memory = recall(tmp_path, NOW)
    assert memory.history == History()
    [problem] = hold(memory, plan)
    assert "holds something that can't be read" in problem


def test_looking_back_leaves_a_damaged_journal_where_it_is(tmp_path: Path) -> None:
    """Only a session puts it aside."""
    (tmp_path / "journal.db").write_bytes(b"no database at all " * 300)
    with pytest.raises(JournalError, match="is damaged"):
        look_back(tmp_path, NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["journal.db"]


def test_a_routine_in_a_folder_of_any_name_is_remembered(tmp_path: Path, plan: Plan) -> None:
    """Names of files are bytes, and need be no UTF-8."""
    memory = recall(tmp_path / "data", NOW)
    memory.begin(plan, Path(os.fsdecode(b"/na\xefve/mine.yaml")), NOW)
    memory.close()
    assert memory.take_problems() == []
    with closing(SqliteJournal(tmp_path / "data")) as journal:
        assert [written.beginning.file for written in journal.sessions()] == ["/na\\udcefve/mine.yaml"]
