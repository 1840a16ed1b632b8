"""What is written into the journal can be read again."""

from __future__ import annotations

import os
import select
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from assistant.journal.database import BusyError, JournalError
from assistant.journal.journal import SqliteJournal
from assistant.journal.rows import Beginning, JournalNote, LoadChange, Repetition, SessionState, StoredSession

STARTED = datetime(2026, 3, 9, 18, 0, tzinfo=timezone(timedelta(hours=1)))
BEGINNING = Beginning(STARTED, "Leg lifts", "/somewhere/leg-lifts.yaml")
REPETITION = Repetition(STARTED, 1, 4, "heel-taps", "left", 2, "3-0-2-0")
CHANGE = LoadChange(STARTED, "range", "2", "1", "easier")

WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from assistant.journal.journal import SqliteJournal
from assistant.journal.rows import Beginning, Repetition, SessionState

at = datetime.fromisoformat("2026-03-09T18:00:00+01:00")
journal = SqliteJournal(Path(sys.argv[1]))
session = journal.begin(Beginning(at, "Leg lifts", "leg-lifts.yaml"), SessionState(1))
for number in range(1, 100_000):
    repetition = Repetition(at, 1, number, "hover", None, 4, "3-0-2-0")
    journal.write(session, (repetition, SessionState(1, repetitions=number)))
    print(number, flush=True)
"""


def _count(folder: Path, table: str) -> int:
    with closing(sqlite3.connect(folder / "journal.db")) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_a_session_stands_as_it_was_left(journal: SqliteJournal) -> None:
    """Each column has its own value, the times their offsets from UTC."""
    first = journal.begin(BEGINNING, SessionState(2))
    second = journal.begin(replace(BEGINNING, routine="Hover"), SessionState(3))
    over = SessionState(1, 4, 44, True, False, True, 6, 0, "completed", STARTED + timedelta(seconds=900.5))
    journal.write(second, (SessionState(1, 2, 20), over))
    assert first != second
    assert journal.sessions() == [
        StoredSession(first, BEGINNING, SessionState(2)),
        StoredSession(second, replace(BEGINNING, routine="Hover"), over),
    ]
    ended_at = journal.sessions()[1].state.ended_at
    assert ended_at is not None
    assert ended_at.utcoffset() == timedelta(hours=1)


def test_repetitions_and_changes_are_rows_of_their_session(journal: SqliteJournal, tmp_path: Path) -> None:
    """As docs/journal.md tells those who read the file with something else."""
    session = journal.begin(BEGINNING, SessionState(2))
    journal.write(session, (REPETITION, CHANGE))
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        columns = 'session, at, "set", number, exercise, side, range, tempo'
        at = "2026-03-09T18:00:00.000+01:00"
        assert connection.execute(f"SELECT {columns} FROM repetitions").fetchall() == [
            (session, at, 1, 4, "heel-taps", "left", 2, "3-0-2-0")
        ]
        assert connection.execute('SELECT session, at, what, "from", "to", why FROM changes').fetchall() == [
            (session, at, "range", "2", "1", "easier")
        ]


@pytest.mark.parametrize("value", [True, False, 0, 7, -3.0, "bar", "café"])
def test_a_note_keeps_its_kind_of_value(value: str | float | bool, journal: SqliteJournal) -> None:
    """True is not 1, and 0 is not false."""
    journal.write(None, (JournalNote(STARTED, "x", value),))
    [note] = journal.notes()
    assert note == JournalNote(STARTED, "x", value)
    assert type(note.value) is type(value)


def test_notes_come_in_the_order_in_which_they_were_made(journal: SqliteJournal) -> None:
    """The last one holds, even where a clock was set back."""
    notes = [JournalNote(STARTED - timedelta(days=day), "volume_db", day) for day in range(3)]
    journal.write(None, notes)
    assert journal.notes() == notes


def test_what_happened_at_once_is_written_all_or_not_at_all(journal: SqliteJournal, tmp_path: Path) -> None:
    """A note of a session that does not exist takes the one before it along."""
    with pytest.raises(JournalError, match="FOREIGN KEY"):
        journal.write(99, (JournalNote(STARTED, "a", 1), REPETITION))
    assert journal.notes() == []
    journal.write(None, (JournalNote(STARTED, "b", 1),))
    assert _count(tmp_path, "notes") == 1


def test_a_kill_in_the_middle_of_writing_loses_nothing_that_was_written(tmp_path: Path) -> None:
    """Killed again and again at whatever it does, the file is whole and has every finished repetition."""
    for round_ in range(1, 4):
        child = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        with child:
            assert child.stdout is not None
            assert select.select([child.stdout], [], [], 60)[0]
            for _ in range(7 * round_):
                child.stdout.readline()
            os.kill(child.pid, signal.SIGKILL)
            finished = 7 * round_ + len(child.stdout.read().splitlines())
        with closing(SqliteJournal(tmp_path)) as opened:
            state = opened.sessions()[-1].state
        with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            written = connection.execute(
                "SELECT count(*) FROM repetitions WHERE session = ?", (round_,)
            ).fetchone()[0]
        assert finished <= written <= finished + 1
        assert state.repetitions == written
        assert state.ended is None


def test_two_programs_write_at_the_same_time(tmp_path: Path) -> None:
    """Each waits for the other; both sessions are there, whole."""
    program = WRITER.replace("100_000", "26")
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [child.wait(120) for child in children] == [0, 0]
    with closing(SqliteJournal(tmp_path)) as opened:
        assert [written.state.repetitions for written in opened.sessions()] == [25, 25]
    assert _count(tmp_path, "repetitions") == 50


def test_whoever_reads_meanwhile_is_in_nobodys_way(journal: SqliteJournal, tmp_path: Path) -> None:
    """`imprint history` beside a session: what happens is written all the same, and read by the next look."""
    session = journal.begin(BEGINNING, SessionState(1))
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM repetitions").fetchone()
        journal.write(session, (REPETITION,))
        assert other.execute("SELECT count(*) FROM repetitions").fetchone() == (0,)
        other.execute("COMMIT")
        assert other.execute("SELECT count(*) FROM repetitions").fetchone() == (1,)


def test_after_a_session_all_is_in_one_file_again(tmp_path: Path) -> None:
    """It may be copied, or read where nothing can be written; also where another program was in the way."""
    journal = SqliteJournal(tmp_path)
    journal.begin(BEGINNING, SessionState(1))
    assert {path.name for path in tmp_path.iterdir()} == {"journal.db", "journal.db-wal", "journal.db-shm"}
    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        other.execute("SELECT count(*) FROM sessions").fetchone()
        journal.close()
        assert other.execute("SELECT count(*) FROM sessions").fetchone() == (1,)
    with closing(SqliteJournal(tmp_path)) as reader:
        assert len(reader.sessions()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["journal.db"]
    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_journal_that_another_program_keeps_is_busy(journal: SqliteJournal, tmp_path: Path) -> None:
    """After two seconds it says so, and what could not be written can be written later."""
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError, match=r"journal\.db is being used by another program"):
            journal.write(None, (JournalNote(STARTED, "a", 1),))
    journal.write(None, (JournalNote(STARTED, "a", 1),))
    assert journal.notes() == [JournalNote(STARTED, "a", 1)]


def test_what_somebody_else_wrote_into_the_file_is_explained(journal: SqliteJournal, tmp_path: Path) -> None:
    """A value that is no JSON, a time that is none."""
    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        other.execute("INSERT INTO notes (at, what, value) VALUES ('yesterday', 'x', 'oh')")
        other.commit()
    with pytest.raises(JournalError, match=r"journal\.db holds something that can't be read"):
        journal.notes()
