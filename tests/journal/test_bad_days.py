"""Whole sessions on a journal that goes wrong: the workout goes on, and one line says what is not kept."""

from __future__ import annotations

import math
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.cli.memory import now_here
from assistant.coaching.actions import Enter, Finish, Note
from assistant.journal.database import open_database
from assistant.journal.journal import SqliteJournal
from assistant.journal.memory import recall
from assistant.journal.rows import Beginning, Repetition, SessionState
from assistant.journal.tables import VERSION
from assistant.session.records import Entry
from tests.benchmarks.keyed import run
from tests.benchmarks.kill_tally import REPETITIONS, ROUTINE
from tests.journal.experienced import write_experienced

CHILD = """
import json, resource, sys
from pathlib import Path
from tests.benchmarks.keyed import run

routine, data, limit = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
ended = []
# Who starts late does not go on with what the other has begun.
anew = {"resume": "no"}
run(routine, data, None, 1e9, anew, lambda entry: ended.append(getattr(entry.record, "ended", None)))
print(*[one for one in ended if one])
"""

Meanwhile = Callable[[Entry], None]


@pytest.fixture
def routine(tmp_path: Path) -> str:
    """Three short sets."""
    path = tmp_path / "sided.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return str(path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of somebody who knows the way."""
    folder = tmp_path / "data"
    write_experienced(folder, now_here())
    return folder


def train(
    routine: str, data: Path, capsys: pytest.CaptureFixture[str], meanwhile: Meanwhile = lambda entry: None
) -> list[str]:
    """Do a session to its end, and give how it ended and the lines that were printed about its journal."""
    ended: list[str] = []

    def see(entry: Entry) -> None:
        if isinstance(entry.record, Finish):
            ended.append(entry.record.ended)
        meanwhile(entry)

    run(routine, data, None, math.inf, {}, see)
    return [*ended, *capsys.readouterr().err.splitlines()]


def at_repetition(number: int, then: Callable[[], object]) -> Meanwhile:
    """Do something once, when so many repetitions are done."""
    waiting = [then]

    def see(entry: Entry) -> None:
        if waiting and isinstance(entry.record, Enter) and entry.record.repetitions_done >= number:
            waiting.pop()()

    return see


def repetitions(data: Path) -> list[int]:
    """Give how many repetitions each session has, as rows and as it stands."""
    with closing(SqliteJournal(data)) as journal:
        sessions = journal.sessions()
        counts = [len(journal.repetitions(written.number)) for written in sessions]
    assert counts == [written.state.repetitions for written in sessions]
    return counts


def child(routine: str, data: Path, limit: int = 0) -> subprocess.Popen[str]:
    """Begin a session in a process of its own, in which no file may grow beyond some bytes."""
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, routine, str(data), str(limit)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def fill_up(data: Path) -> tuple[int, int]:
    """Write repetitions until few more fit without another page; give the file's size and their number."""
    at, written, grown_at = now_here(), 0, list[int]()
    with closing(SqliteJournal(data)) as journal:
        session = journal.begin(Beginning(at, "x", "x.yaml"), SessionState(3, ended="completed", ended_at=at))

        def write(count: int) -> None:
            nonlocal written
            written += count
            rows = [Repetition(at, 1, 1, "single-leg", "left", 2, "3-0-2-1")] * count
            state = SessionState(3, 1, written, ended="completed", ended_at=at)
            journal.write(session, [*rows, state])

        while len(grown_at) < 3:
            before = (data / "journal.db").stat().st_size
            write(1)
            if (data / "journal.db").stat().st_size > before:
                grown_at.append(written)
        write(grown_at[2] - grown_at[1] - 6)
    return (data / "journal.db").stat().st_size, written


def test_a_session_on_a_good_day_is_remembered_whole(
    routine: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As all others here would be."""
    assert train(routine, data, capsys) == ["completed"]
    assert repetitions(data) == [REPETITIONS]


def test_two_sessions_at_once_are_both_remembered(routine: str, data: Path) -> None:
    """In two programs; neither loses a repetition."""
    children = [child(routine, data) for _ in range(2)]
    told = [one.communicate(timeout=200) for one in children]
    assert told == [("completed\n", ""), ("completed\n", "")]
    assert repetitions(data) == [REPETITIONS, REPETITIONS]


def test_a_program_that_keeps_the_journal_for_a_while_costs_nothing(
    routine: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What happened meanwhile is written when it lets go."""
    with closing(sqlite3.connect(data / "journal.db", isolation_level=None)) as other:

        def take_and_give(entry: Entry) -> None:
            take(entry)
            if isinstance(entry.record, Note) and entry.record.what == "effort":
                other.execute("ROLLBACK")

        take = at_repetition(3, lambda: other.execute("BEGIN IMMEDIATE"))
        assert train(routine, data, capsys, take_and_give) == ["completed"]
    assert repetitions(data) == [REPETITIONS]


def test_a_disk_that_fills_up_keeps_what_came_before(routine: str, data: Path) -> None:
    """The session is done to its end; the journal is whole, up to where there was no room."""
    full, earlier = fill_up(data)
    out, err = child(routine, data, full).communicate(timeout=200)
    assert out == "completed\n"
    [line] = err.splitlines()
    assert "journal.db: " in line
    assert "Make room and make it writable, or choose another folder with --data." in line
    assert line.endswith("What came after that is not remembered.")
    assert full == (data / "journal.db").stat().st_size
    *before, kept = repetitions(data)
    assert before == [earlier]
    assert 0 < kept < REPETITIONS
    with closing(open_database(data)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_disk_that_is_really_full_keeps_what_came_before(routine: str, tmp_path: Path) -> None:
    """A file system with hardly any room; needs the right to mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160k", "none", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        write_experienced(disk, now_here())
        out, err = child(routine, disk).communicate(timeout=200)
        assert out == "completed\n"
        [line] = err.splitlines()
        assert "journal.db: database or disk is full. Make room" in line
        [kept] = repetitions(disk)
        assert 0 <= kept < REPETITIONS
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_journal_that_is_damaged_meanwhile_is_kept_aside_by_the_next_session(
    routine: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """This one goes on all the same."""
    path = data / "journal.db"
    damage = at_repetition(3, lambda: path.write_bytes(b"no database at all " * 3000))
    assert train(routine, data, capsys, damage)[0] == "completed"
    memory = recall(data, now_here())
    memory.close()
    [problem] = memory.take_problems()
    assert "is damaged" in problem
    assert "a new one is begun" in problem
    assert len(list(data.glob("journal-damaged-*.db"))) == 1


def test_a_folder_that_is_deleted_meanwhile_does_not_end_the_session(
    routine: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line at the end says what is not remembered."""
    delete = at_repetition(3, lambda: shutil.rmtree(data, ignore_errors=True))
    told = train(routine, data, capsys, delete)
    assert told[0] == "completed"
    assert len(told) <= 2


def test_a_journal_of_a_newer_version_does_not_keep_anybody_from_training(
    routine: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is known and nothing kept: the tutorial comes first, and the file stays as it is."""
    with closing(sqlite3.connect(data / "journal.db")) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = (data / "journal.db").read_bytes()
    ended, line = train(routine, data, capsys)
    assert "newer Imprint" in line
    # Asked everything that somebody new is asked, whoever says yes to all of it had better see a doctor.
    assert ended == "not_today"
    assert (data / "journal.db").read_bytes() == before
