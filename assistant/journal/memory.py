"""What a session knows of those before it, and how it is remembered: with a journal, or without."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from assistant.coaching.history import History
from assistant.coaching.plan import Plan
from assistant.journal.database import FILE_NAME, DamagedError, JournalError, explained, identity, set_aside
from assistant.journal.history import history_of, left_off
from assistant.journal.journal import Journal, SqliteJournal
from assistant.journal.recorder import JournalRecorder
from assistant.journal.rows import Beginning, LeftOff
from assistant.journal.writer import JournalWriter
from assistant.session.records import Entry

_UNREMEMBERED = "This session is not remembered."


@dataclass(slots=True)
class Memory:
    """One session's journal; whatever is wrong with it, the session goes on.

    Args:
        journal: Where sessions are remembered; None where that is not possible.
        history: What a session has to know about those before it.
        problems: What was wrong until now, a line each.
        left_off: The session that it can be offered to go on with.
    """

    journal: Journal | None
    history: History
    problems: tuple[str, ...] = ()
    left_off: LeftOff | None = None
    _recorder: JournalRecorder | None = field(default=None, init=False)
    _writer: JournalWriter | None = field(default=None, init=False)

    def begin(self, plan: Plan, file: Path, started: datetime, left_plan: Plan | None = None) -> None:
        """Write that a session begins.

        Args:
            plan: What is coached.
            file: The routine's file.
            started: Second 0 of its record, with the offset from UTC.
            left_plan: What is coached where it is gone on with the session that was left; None where that is
                not offered.
        """
        if self.journal is None:
            return
        recorder = JournalRecorder(plan, started, None if left_plan is None else self.left_off, left_plan)
        try:
            session = self.journal.begin(Beginning(started, plan.name, known_as(file)), recorder.state)
        except JournalError as error:
            self.problems += (f"{error} {_UNREMEMBERED}",)
            return
        self._recorder, self._writer = recorder, JournalWriter(self.journal, session)

    def keep(self, entry: Entry) -> None:
        """Remember what one entry of the record tells; never waits."""
        if self._recorder and self._writer and (rows := self._recorder.rows_of(entry)):
            self._writer.put(rows)

    def settle(self) -> None:
        """Wait until what was kept is safe from a kill, but not for ever; for sessions that may be slow."""
        if self._writer is not None:
            self._writer.settle()

    def close(self) -> None:
        """Write what is left and let go of the file."""
        free = self._writer is None or self._writer.close()
        if self._writer is not None and self._writer.problem is not None:
            self.problems += (f"{self._writer.problem} What came after that is not remembered.",)
        if self.journal is not None and free:
            self.journal.close()
        self.journal = self._recorder = self._writer = None

    def take_problems(self) -> list[str]:
        """Return what is wrong and has not been given yet, a line each."""
        taken, self.problems = self.problems, ()
        return list(taken)


def known_as(file: Path) -> str:
    """Return a routine's file as the journal holds it: the whole path, even where its name is not UTF-8."""
    return str(file.resolve()).encode(errors="backslashreplace").decode()


def recall(folder: Path, now: datetime) -> Memory:
    """Open the journal of a folder and read what a session now has to know.

    A damaged file is kept aside and a new one begun; with any other trouble the session has no memory, and
    everything is asked that is asked in a first session.

    Args:
        folder: The person's own; made when it is not there.
        now: With the offset from UTC; its date is the person's day.
    """
    found = identity(folder)
    problems: tuple[str, ...] = ()
    try:
        try:
            journal, history, left = _opened(folder, now)
        except DamagedError as error:
            if aside := set_aside(folder, found, now):
                problems = (f"{error} It is kept as {aside.name}, and a new one is begun.",)
            journal, history, left = _opened(folder, now)
    except JournalError as error:
        return Memory(None, History(), (*problems, f"{error} {_UNREMEMBERED}"))
    ahead = [session.days_ago for session in history.sessions if session.days_ago < 0]
    if ahead:
        later = now + timedelta(days=-min(ahead))
        problems += (
            f"This computer's clock says {now:%Y-%m-%d}, but a session was remembered on {later:%Y-%m-%d}. "
            "When that was counts as unknown. If the clock is wrong, set it.",
        )
    return Memory(journal, history, problems, left)


def look_back(folder: Path, now: datetime) -> History:
    """Read what a session now would have to know, and leave the journal as it is.

    Raises:
        JournalError: it can't be read.
    """
    journal, history, _ = _opened(folder, now)
    journal.close()
    return history


def _opened(folder: Path, now: datetime) -> tuple[Journal, History, LeftOff | None]:
    journal = SqliteJournal(folder)
    try:
        with explained(folder / FILE_NAME):
            return journal, history_of(journal, now.date()), left_off(journal, now)
    except BaseException:
        journal.close()
        raise
