"""The journal as the rest of the product knows it, and in SQLite."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from assistant.coaching.checkpoint import Checkpoint
from assistant.journal.database import FILE_NAME, explained, open_database, write_ahead, write_back
from assistant.journal.rows import (
    Beginning,
    JournalNote,
    LoadChange,
    Repetition,
    Row,
    SessionState,
    StoredSession,
)

_STATE = ", ".join(field.name for field in fields(SessionState))
"""Columns of `sessions` that hold how it stands."""

_TABLES: Mapping[type[Row], tuple[str, str]] = {
    Repetition: ("repetitions", 'at, "set", number, exercise, side, range, tempo'),
    LoadChange: ("changes", 'at, what, "from", "to", why'),
    JournalNote: ("notes", "at, what, value"),
}
"""Rows that are only added, with their table and its columns in the order of their fields."""

_Added = TypeVar("_Added", Repetition, LoadChange, JournalNote)

_PLACE = TypeAdapter(Checkpoint)
_MOST = {"level": 100_000, "sets": 100_000, "repetitions": 100_000, "effort": 10, "soreness": 10}
"""The highest numbers that there can be in a session."""


class Journal(Protocol):
    """Where sessions are remembered; a port because a person's file may be missing, broken or locked.

    Every method raises `JournalError` where that is so.
    """

    def begin(self, beginning: Beginning, state: SessionState) -> int:
        """Write that a session begins, and return the number by which it is known."""
        ...

    def write(self, session: int | None, rows: Sequence[Row]) -> None:
        """Add what has happened in a session, or outside of any, all of it or nothing."""
        ...

    def sessions(self) -> list[StoredSession]:
        """Return every session, oldest first."""
        ...

    def notes(self, session: int | None = None) -> list[JournalNote]:
        """Return every note, or every one of a session, oldest first."""
        ...

    def repetitions(self, session: int) -> list[Repetition]:
        """Return every repetition of a session, oldest first."""
        ...

    def changes(self, session: int) -> list[LoadChange]:
        """Return every change of the load in a session, oldest first."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class SqliteJournal:
    """The journal in a folder.

    Args:
        folder: Holds journal.db; made when it is not there.

    Raises:
        JournalError: it can't be opened.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._connection = open_database(folder)

    def begin(self, beginning: Beginning, state: SessionState) -> int:
        """Write that a session begins, and return the number by which it is known."""
        with explained(self._path):
            write_ahead(self._connection)
            cells = (*_cells(beginning), *_cells(state))
            cursor = self._connection.execute(
                *_insertion("sessions", f"started, routine, file, {_STATE}", cells)
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def write(self, session: int | None, rows: Sequence[Row]) -> None:
        """Add what has happened in a session, or outside of any, all of it or nothing."""
        with explained(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for row in rows:
                    self._connection.execute(*_statement(session, row))
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def sessions(self) -> list[StoredSession]:
        """Return every session, oldest first."""
        with explained(self._path):
            query = f"SELECT id, started, routine, file, {_STATE} FROM sessions ORDER BY id"
            return [_session(*row) for row in self._connection.execute(query)]

    def notes(self, session: int | None = None) -> list[JournalNote]:
        """Return every note, or every one of a session, oldest first."""
        with explained(self._path):
            notes = self._rows(JournalNote, session)
            return [replace(note, value=json.loads(str(note.value))) for note in notes]

    def repetitions(self, session: int) -> list[Repetition]:
        """Return every repetition of a session, oldest first."""
        return self._rows(Repetition, session)

    def changes(self, session: int) -> list[LoadChange]:
        """Return every change of the load in a session, oldest first."""
        return self._rows(LoadChange, session)

    def _rows(self, of: type[_Added], session: int | None = None) -> list[_Added]:
        table, columns = _TABLES[of]
        where = "" if session is None else f"WHERE session = {session:d}"
        query = f"SELECT {columns} FROM {table} {where} ORDER BY id"
        with explained(self._path):
            return [of(_time(at), *cells) for at, *cells in self._connection.execute(query)]

    def close(self) -> None:
        """Let go of the file."""
        write_back(self._connection)
        self._connection.close()


def _statement(session: int | None, row: Row) -> tuple[str, tuple[object, ...]]:
    if isinstance(row, SessionState):
        cells = _cells(row)
        return f"UPDATE sessions SET ({_STATE}) = ({_marks(cells)}) WHERE id = ?", (*cells, session)
    table, columns = _TABLES[type(row)]
    if isinstance(row, JournalNote):
        row = replace(row, value=json.dumps(row.value))
    return _insertion(table, f"session, {columns}", (session, *_cells(row)))


def _insertion(table: str, columns: str, cells: tuple[object, ...]) -> tuple[str, tuple[object, ...]]:
    return f"INSERT INTO {table} ({columns}) VALUES ({_marks(cells)})", cells


def _marks(cells: tuple[object, ...]) -> str:
    return ", ".join("?" * len(cells))


def _cells(row: Beginning | Row) -> tuple[object, ...]:
    """Return the fields of a row as SQLite holds them."""
    return tuple(_cell(getattr(row, field.name)) for field in fields(row))


def _cell(value: object) -> object:
    match value:
        case datetime():
            # With its offset from UTC, so that its calendar day is the person's for ever.
            return value.isoformat(timespec="milliseconds")
        case Checkpoint():
            return json.dumps(asdict(value))
        case _:
            return value


def _session(number: int, started: str, routine: object, file: str, *cells: Any) -> StoredSession:
    told = {field.name: cell for field, cell in zip(fields(SessionState), cells, strict=True)}
    if not isinstance(routine, str):
        raise TypeError("a routine's name is no text")
    for name, most in _MOST.items():
        if not isinstance(value := told[name], int | None) or not 0 <= (value or 0) <= most:
            raise ValueError(f"{name} {value!r} is no number that there can be")
    for name, read in _READ.items():
        if told[name] is not None:
            told[name] = read(told[name])
    return StoredSession(number, Beginning(_time(started), routine, file), SessionState(**told))


def _place(text: str) -> Checkpoint | None:
    """Read a place; what is none, or that of a later version, can't be gone on from."""
    try:
        return _PLACE.validate_json(text, strict=True)
    except ValidationError:
        return None


def _time(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.utcoffset() is None:
        raise ValueError(f"the time {text!r} has no offset from UTC")
    return at


_READ: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(("sore", "eased", "at_top", "resumed"), bool),
    "ended_at": _time,
    "place": _place,
}
"""How a session's cells are read, where they are not as in its fields."""
