"""The journal's file: opened, migrated, set aside where it is damaged, and deleted."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Generator
from datetime import datetime
from pathlib import Path

from assistant.errors import AssistantError
from assistant.journal.tables import MIGRATIONS, VERSION

FILE_NAME = "journal.db"

WAIT_SECONDS = 2.0
"""How long another program that is writing is waited for. Chosen."""

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_COMPANIONS = ("", "-journal", "-wal", "-shm")
"""What SQLite may have left beside the file belongs to it: without it the damage would be greater."""


_OURS = re.compile(r"journal(-damaged[\d-]*)?\.db(-journal|-wal|-shm)?")
"""The journal, those that were kept aside, and what SQLite leaves beside each."""


class JournalError(AssistantError):
    """Raised when the journal can't be read or written; the message is one line for the person."""


class DamagedError(JournalError):
    """Raised when the file is no database, or a broken one."""


class BusyError(JournalError):
    """Raised when another program has not let go of the file in time."""


def open_database(folder: Path) -> sqlite3.Connection:
    """Open the journal of a folder, make both where they are missing, and bring it up to date.

    Raises:
        JournalError: it can't be had; `DamagedError` where the file itself is the reason.
    """
    path = folder / FILE_NAME
    with explained(path):
        folder.mkdir(parents=True, exist_ok=True)
        # StoredSession by one thread at a time, but not always by the one that opened it.
        connection = sqlite3.connect(path, WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        with explained(path):
            # A power cut right after a commit loses nothing: file and folder are on the disk by then.
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA foreign_keys = ON")
            version = _version(connection)
            if version > VERSION:
                raise JournalError(
                    f"{path} was written by a newer Imprint. Update Imprint, or choose another folder "
                    "with --data."
                )
            if version < VERSION:
                migrate(connection)
            if (problem := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise DamagedError(f"{path} is damaged ({problem}).")
    except BaseException:
        connection.close()
        raise
    return connection


def write_ahead(connection: sqlite3.Connection) -> None:
    """Write beside the file from now on (Write-Ahead Logging), for a session.

    What is committed is safe from a kill within hundredths of a millisecond, from a power cut after one wait
    for the disk instead of several, and other programs can read the file meanwhile. Source:
    https://sqlite.org/wal.html. Where the file system can't, it stays as it was.

    Raises:
        sqlite3.Error: the file can't be written, or another program has not let go of it.
    """
    connection.execute("PRAGMA journal_mode = WAL")


def write_back(connection: sqlite3.Connection) -> None:
    """Have everything in the one file again, that may be copied, or read where nothing can be written.

    Where another program uses it too, or the disk is full, it stays beside: nothing is lost by that.
    """
    with contextlib.suppress(sqlite3.Error):
        connection.execute("PRAGMA journal_mode = DELETE")


def identity(folder: Path) -> int | None:
    """Return the inode of a folder's journal, by which it is known after a rename; None without a journal."""
    try:
        return (folder / FILE_NAME).stat().st_ino
    except OSError:
        return None


def set_aside(folder: Path, damaged: int | None, now: datetime) -> Path | None:
    """Rename a damaged journal, so that a new one can begin; nothing is deleted or overwritten.

    Args:
        folder: Holds the journal.
        damaged: Its identity when it was found damaged; where another program has put a new one in its
            place since, that one stays, and the answer is None.
        now: Becomes part of the new name.

    Raises:
        JournalError: it can't be renamed.
    """
    path = folder / FILE_NAME
    if identity(folder) != damaged:
        return None
    stem, number = f"journal-damaged-{now:%Y-%m-%d-%H%M%S}", 1
    aside = folder / f"{stem}.db"
    while any((folder / f"{aside.name}{suffix}").exists() for suffix in _COMPANIONS):
        number += 1
        aside = folder / f"{stem}-{number}.db"
    with explained(path):
        for suffix in _COMPANIONS:
            with contextlib.suppress(FileNotFoundError):
                os.rename(folder / f"{FILE_NAME}{suffix}", folder / f"{aside.name}{suffix}")
    return aside


@contextlib.contextmanager
def explained(path: Path) -> Generator[None, None, None]:
    """Turn what goes wrong with the file into one line that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        # The high bits tell variants of one reason.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _DAMAGE:
            raise DamagedError(f"{path} is damaged ({error}).") from error
        if code in _BUSY:
            raise BusyError(
                f"{path} is being used by another program. Close that one before the next session."
            ) from error
        # What is missing in the file, a table say, has no code of its own.
        remedy = _UNREADABLE if code == sqlite3.SQLITE_ERROR else _REMEDY
        raise JournalError(f"{path}: {error}. {remedy}") from error
    except OSError as error:
        raise JournalError(f"{path}: {error.strerror or error}. {_REMEDY}") from error
    except (ValueError, TypeError) as error:
        raise JournalError(f"{path} holds something that can't be read ({error}). {_UNREADABLE}") from error


_UNREADABLE = "Rename it to begin a new one, or delete it with: imprint forget"
_REMEDY = "Make room and make it writable, or choose another folder with --data."


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables up to date, all the way or not at all; what is up to date stays as it is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another program may have done it while this one waited.
        for version in range(_version(connection), VERSION):
            for statement in MIGRATIONS[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def files_of_memory(folder: Path) -> list[Path]:
    """Return every file of the journal in a folder, in the order in which they can be deleted.

    What belongs beside a journal comes before it: left alone, it would be taken for the next one's.

    Raises:
        JournalError: the folder can't be read.
    """
    with explained(folder / FILE_NAME):
        if not folder.is_dir():
            return []
        found = [path for path in folder.iterdir() if path.is_file() and _OURS.fullmatch(path.name)]
    return sorted(found, key=lambda path: (path.name.endswith(".db"), path.name))


def forget(folder: Path) -> None:
    """Delete every file of the journal in a folder.

    Raises:
        JournalError: one can't be deleted.
    """
    for path in files_of_memory(folder):
        with explained(path):
            # What a link leads to is what was remembered.
            path.resolve().unlink(missing_ok=True)
            path.unlink(missing_ok=True)
