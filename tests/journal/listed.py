"""A journal in lists, which stands for the one in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.journal.database import JournalError
from assistant.journal.rows import (
    Beginning,
    JournalNote,
    LoadChange,
    Repetition,
    Row,
    SessionState,
    StoredSession,
)


class ListedJournal:
    """A journal in lists.

    Args:
        broken: Raised by `write` as long as it is not None.
    """

    def __init__(self, broken: JournalError | None = None) -> None:
        self.broken = broken
        self.closed = False
        self.written: list[StoredSession] = []
        """Every session as it began."""
        self.rows: list[tuple[int | None, Row]] = []
        """Every other row with its session, in order."""

    def begin(self, beginning: Beginning, state: SessionState) -> int:
        """Keep a session and number it."""
        self.written.append(StoredSession(len(self.written), beginning, state))
        return len(self.written) - 1

    def write(self, session: int | None, rows: Sequence[Row]) -> None:
        """Keep rows."""
        if self.broken is not None:
            raise self.broken
        self.rows += [(session, row) for row in rows]

    def sessions(self) -> list[StoredSession]:
        """Return every session as it stands."""
        states = {number: row for number, row in self.rows if isinstance(row, SessionState)}
        return [replace(one, state=states.get(one.number, one.state)) for one in self.written]

    def notes(self, session: int | None = None) -> list[JournalNote]:
        """Return every note, or every one of a session."""
        return [
            row for number, row in self.rows if session in (None, number) and isinstance(row, JournalNote)
        ]

    def repetitions(self, session: int) -> list[Repetition]:
        """Return every repetition of a session."""
        return [row for number, row in self.rows if number == session and isinstance(row, Repetition)]

    def changes(self, session: int) -> list[LoadChange]:
        """Return every change of the load in a session."""
        return [row for number, row in self.rows if number == session and isinstance(row, LoadChange)]

    def close(self) -> None:
        """Note that it was closed."""
        self.closed = True
