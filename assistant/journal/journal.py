"""The journal as the rest of the product knows it, and in SQLite."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

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

_STATE = tuple(field.name for field in fields(SessionState))
"""Columns of `sessions` that hold how it stands."""

_TABLES: Mapping[type[Row], tuple[str, str]] = {
    Repetition: ("repetitions", 'at, "set", number, exercise, side, range, tempo'),
    LoadChange: ("changes", 'at, what, "from", "to", why'),
    JournalNote: ("notes", "at, what, value"),
}
"""Rows that are only added, with their table and its columns in the order of their fields."""

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

    def notes(self) -> list[JournalNote]:
        """Return every note, oldest first."""
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
            cursor = self._connection.execute(
                f"INSERT INTO sessions (started, routine, file, {', '.join(_STATE)}) "
                f"VALUES ({', '.join('?' * (3 + len(_STATE)))})",
                (_written(beginning.started), beginning.routine, beginning.file, *_values(state)),
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
            return [
                _session(row)
                for row in self._connection.execute(
                    f"SELECT id, started, routine, file, {', '.join(_STATE)} FROM sessions ORDER BY id"
                )
            ]

    def notes(self) -> list[JournalNote]:
        """Return every note, oldest first."""
        with explained(self._path):
            rows = self._rows(JournalNote)
            return [JournalNote(_time(at), what, json.loads(value)) for at, what, value in rows]

    def repetitions(self, session: int) -> list[Repetition]:
        """Return every repetition of a session, oldest first."""
        with explained(self._path):
            return [Repetition(_time(at), *told) for at, *told in self._rows(Repetition, session)]

    def changes(self, session: int) -> list[LoadChange]:
        """Return every change of the load in a session, oldest first."""
        with explained(self._path):
            return [LoadChange(_time(at), *told) for at, *told in self._rows(LoadChange, session)]

    def _rows(self, of: type[Row], session: int | None = None) -> list[Any]:
        table, columns = _TABLES[of]
        where = "" if session is None else f"WHERE session = {session:d}"
        return self._connection.execute(f"SELECT {columns} FROM {table} {where} ORDER BY id").fetchall()

    def close(self) -> None:
        """Let go of the file."""
        write_back(self._connection)
        self._connection.close()


def _statement(session: int | None, row: Row) -> tuple[str, tuple[object, ...]]:
    if isinstance(row, SessionState):
        columns = ", ".join(f"{name} = ?" for name in _STATE)
        return f"UPDATE sessions SET {columns} WHERE id = ?", (*_values(row), session)
    table, columns = _TABLES[type(row)]
    told = (row.what, json.dumps(row.value)) if isinstance(row, JournalNote) else astuple(row)[1:]
    values = (session, _written(row.at), *told)
    return f"INSERT INTO {table} (session, {columns}) VALUES ({', '.join('?' * len(values))})", values


def _values(state: SessionState) -> tuple[object, ...]:
    told = {name: getattr(state, name) for name in _STATE}
    if state.ended_at is not None:
        told["ended_at"] = _written(state.ended_at)
    if state.place is not None:
        told["place"] = json.dumps(asdict(state.place))
    return tuple(told.values())


def _session(row: tuple[Any, ...]) -> StoredSession:
    number, started, routine, file, *columns = row
    told = dict(zip(_STATE, columns, strict=True))
    if not isinstance(routine, str):
        raise TypeError("a routine's name is no text")
    for name, most in _MOST.items():
        if not isinstance(value := told[name], int | None) or not 0 <= (value or 0) <= most:
            raise ValueError(f"{name} {value!r} is no number that there can be")
    told |= {name: bool(told[name]) for name in ("sore", "eased", "at_top")}
    if (ended_at := told["ended_at"]) is not None:
        told["ended_at"] = _time(ended_at)
    told["place"] = _place(told["place"])
    if told["resumed"] is not None:
        told["resumed"] = bool(told["resumed"])
    return StoredSession(number, Beginning(_time(started), routine, file), SessionState(**told))


def _place(text: str | None) -> Checkpoint | None:
    """Read a place; what is none, or that of a later version, can't be gone on from."""
    try:
        return None if text is None else _PLACE.validate_json(text, strict=True)
    except ValidationError:
        return None


def _time(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.utcoffset() is None:
        raise ValueError(f"the time {text!r} has no offset from UTC")
    return at


def _written(at: datetime) -> str:
    """Write a time with its offset from UTC, so that its calendar day is the person's for ever."""
    return at.isoformat(timespec="milliseconds")
