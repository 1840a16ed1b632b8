"""Opening the journal's file: new, old, newer, damaged, out of reach."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from assistant.journal.database import (
    BusyError,
    DamagedError,
    JournalError,
    identity,
    migrate,
    open_database,
    set_aside,
)
from assistant.journal.journal import SqliteJournal
from assistant.journal.rows import Beginning, JournalNote, SessionState
from assistant.journal.tables import MIGRATIONS, VERSION

NOW = datetime.fromisoformat("2026-03-09T18:00:00+01:00")

READ_ONLY = """
import sys
from datetime import datetime
from pathlib import Path
from assistant.coaching.plan import Plan
from assistant.journal.memory import recall

now = datetime.fromisoformat("2026-03-10T18:00:00+01:00")
memory = recall(Path(sys.argv[1]), now)
memory.begin(Plan("Leg lifts", {}, ()), Path("leg-lifts.yaml"), now)
memory.close()
print(memory.history.tutorial_done)
print(*memory.take_problems(), sep="\\n")
"""


def _fill(folder: Path) -> None:
    with closing(SqliteJournal(folder)) as journal:
        journal.write(None, [JournalNote(NOW, "tutorial", True)] * 400)


def test_a_new_journal_has_the_version_that_it_was_written_for(tmp_path: Path) -> None:
    """In a folder that is made for it; opened again, it is the same file."""
    folder = tmp_path / "deep" / "data"
    open_database(folder).close()
    first = identity(folder)
    with closing(open_database(folder)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA synchronous").fetchone() == (3,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert identity(folder) == first
    assert [path.name for path in folder.iterdir()] == ["journal.db"]


def test_an_empty_file_becomes_a_journal(tmp_path: Path) -> None:
    """Version 0, as a power cut right after its making leaves it."""
    (tmp_path / "journal.db").touch()
    with closing(open_database(tmp_path)) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (0,)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """All tables and the version, or none of them."""
    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        other.execute("CREATE TABLE changes (mine)")
        other.commit()
    with pytest.raises(JournalError, match=r"changes already exists"):
        open_database(tmp_path)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("changes",)]
        assert other.execute("PRAGMA user_version").fetchone() == (0,)


def test_a_migration_that_another_program_has_done_is_not_done_again(tmp_path: Path) -> None:
    """Its own look at the version may be older than the tables."""
    with closing(open_database(tmp_path)) as connection:
        migrate(connection)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_a_journal_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """It says what to do."""
    _fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / "journal.db")) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = (tmp_path / "journal.db").read_bytes()
    with pytest.raises(JournalError, match=r"was written by a newer Imprint\. Update Imprint") as raised:
        open_database(tmp_path)
    assert not isinstance(raised.value, DamagedError)
    assert (tmp_path / "journal.db").read_bytes() == before


@pytest.mark.parametrize("page", [0, -1])
def test_a_damaged_journal_is_told_from_a_whole_one(page: int, tmp_path: Path) -> None:
    """In its first bytes, or in the middle of a table."""
    _fill(tmp_path)
    path = tmp_path / "journal.db"
    content = bytearray(path.read_bytes())
    at = page * 4096 % len(content)
    content[at : at + 3000] = b"\x55" * 3000
    path.write_bytes(content)
    with pytest.raises(DamagedError, match=r"journal\.db is damaged"):
        open_database(tmp_path)
    assert path.read_bytes() == content


def test_a_damaged_journal_is_kept_with_what_belongs_to_it(tmp_path: Path) -> None:
    """Nothing that was kept aside in the same second is overwritten."""
    for content in (b"one", b"two"):
        (tmp_path / "journal.db").write_bytes(content)
        (tmp_path / "journal.db-journal").write_bytes(content * 2)
        assert set_aside(tmp_path, identity(tmp_path), NOW) is not None
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "journal-damaged-2026-03-09-180000.db": b"one",
        "journal-damaged-2026-03-09-180000.db-journal": b"oneone",
        "journal-damaged-2026-03-09-180000-2.db": b"two",
        "journal-damaged-2026-03-09-180000-2.db-journal": b"twotwo",
    }


def test_a_journal_that_has_been_replaced_meanwhile_stays(tmp_path: Path) -> None:
    """Two programs find the same damage: the second does not take the first one's new journal away."""
    path = tmp_path / "journal.db"
    path.write_bytes(b"damaged")
    damaged = identity(tmp_path)
    path.rename(tmp_path / "aside.db")
    path.write_bytes(b"new")
    assert set_aside(tmp_path, damaged, NOW) is None
    assert path.read_bytes() == b"new"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """With what to do."""
    (tmp_path / "data").touch()
    with pytest.raises(JournalError, match=r"data/journal\.db: File exists\. .*--data"):
        open_database(tmp_path / "data")


def test_a_journal_that_is_a_folder_is_named(tmp_path: Path) -> None:
    """It stays one."""
    (tmp_path / "journal.db").mkdir()
    with pytest.raises(JournalError, match=r"journal\.db: unable to open database file\. .*--data"):
        open_database(tmp_path)


def test_a_journal_that_another_program_keeps_is_waited_for_and_given_up(tmp_path: Path) -> None:
    """It is not taken for a damaged one."""
    _fill(tmp_path)
    with closing(sqlite3.connect(tmp_path / "journal.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError, match="used by another program"):
            open_database(tmp_path)


def test_a_program_that_makes_the_tables_is_waited_for(tmp_path: Path) -> None:
    """Neither of the two fails, and the tables are made once."""
    with closing(
        sqlite3.connect(tmp_path / "journal.db", isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("BEGIN IMMEDIATE")
        for statement in MIGRATIONS[0]:
            other.execute(statement)
        other.execute("PRAGMA user_version = 1")
        timer = threading.Timer(0.2, other.execute, ("COMMIT",))
        timer.start()
        open_database(tmp_path).close()
        timer.join()
        assert not other.in_transaction


def test_two_programs_make_the_same_new_journal(tmp_path: Path) -> None:
    """The one that comes second finds the tables."""
    program = (
        "import sys; from pathlib import Path; from assistant.journal.database import open_database; "
        "sys.stdin.read(1); open_database(Path(sys.argv[1])).close()"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdin=subprocess.PIPE)
        for _ in range(3)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"g")
        child.stdin.flush()
    for child in children:
        child.communicate(timeout=120)
    assert [child.returncode for child in children] == [0, 0, 0]
    with closing(SqliteJournal(tmp_path)) as journal:
        journal.begin(Beginning(NOW, "x", "x.yaml"), SessionState(0))


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="root ignores permissions unless it is tied")
@pytest.mark.parametrize(("of_file", "of_folder"), [(0o600, 0o500), (0o400, 0o700)])
def test_a_journal_that_cannot_be_written_is_read(of_file: int, of_folder: int, tmp_path: Path) -> None:
    """What is remembered holds; that nothing is added is one line."""
    folder = tmp_path / "data"
    _fill(folder)
    path = folder / "journal.db"
    before = path.read_bytes()
    path.chmod(of_file)
    folder.chmod(of_folder)
    tied = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
    run = subprocess.run(
        [*tied, sys.executable, "-c", READ_ONLY, str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    folder.chmod(0o700)
    assert run.returncode == 0, run.stderr
    told, *problems = run.stdout.splitlines()
    assert told == "True"
    assert len(problems) == 1
    assert "journal.db" in problems[0]
    assert "--data. This session is not remembered." in problems[0]
    assert path.read_bytes() == before
