"""Writing beside the session."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime

import pytest

from assistant.journal.database import BusyError, JournalError
from assistant.journal.rows import JournalNote, Row
from assistant.journal.writer import JournalWriter
from tests.journal.listed import ListedJournal

AT = datetime.fromisoformat("2026-03-09T18:00:00+01:00")


class SlowJournal(ListedJournal):
    """A journal on a disk that answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = threading.Event()

    def write(self, session: int | None, rows: Sequence[Row]) -> None:
        assert self.answers.wait(60)
        super().write(session, rows)


class OnceBrokenJournal(ListedJournal):
    """A journal in which the second write succeeds."""

    def __init__(self, broken: JournalError) -> None:
        super().__init__(broken)
        self.mended = threading.Event()

    def write(self, session: int | None, rows: Sequence[Row]) -> None:
        if self.broken is None:
            self.mended.set()
        try:
            super().write(session, rows)
        finally:
            self.broken = None


def rows(*values: int) -> list[JournalNote]:
    """Make a row of each value."""
    return [JournalNote(AT, "x", value) for value in values]


def test_the_session_does_not_wait_for_the_disk() -> None:
    """What is handed over while the disk is busy is written in its order, at the end at the latest."""
    journal = SlowJournal()
    writer = JournalWriter(journal, 7)
    for value in range(5):
        writer.put(rows(value))
    assert journal.rows == []
    journal.answers.set()
    assert writer.close()
    assert journal.rows == [(7, row) for row in rows(0, 1, 2, 3, 4)]
    assert writer.problem is None


def test_a_session_that_nobody_hears_waits_for_the_disk() -> None:
    """What was handed over before is written by then."""
    journal = SlowJournal()
    writer = JournalWriter(journal, 7)
    threading.Timer(0.05, journal.answers.set).start()
    for value in range(3):
        writer.put(rows(value))
    writer.settle()
    assert journal.rows == [(7, row) for row in rows(0, 1, 2)]
    assert writer.close()


def test_it_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program may hold the file for hours."""
    monkeypatch.setattr("assistant.journal.writer.SETTLING_SECONDS", 0.05)
    journal = SlowJournal()
    writer = JournalWriter(journal, 7)
    writer.put(rows(1))
    writer.settle()
    assert journal.rows == []
    journal.answers.set()
    assert writer.close()
    assert journal.rows == [(7, row) for row in rows(1)]


def test_a_journal_that_is_in_use_is_tried_again() -> None:
    """Nothing is lost."""
    journal = OnceBrokenJournal(BusyError("in use."))
    writer = JournalWriter(journal, 1)
    writer.put(rows(1))
    assert journal.mended.wait(60)
    assert writer.close()
    assert journal.notes() == rows(1)


def test_a_journal_that_stays_in_use_does_not_keep_the_session_from_ending() -> None:
    """It says why the end is missing."""
    writer = JournalWriter(ListedJournal(BusyError("in use.")), 1)
    writer.put(rows(1))
    writer.put(rows(2))
    assert writer.close()
    assert writer.problem == "in use."


def test_a_full_disk_ends_the_writing() -> None:
    """Nothing is written with a hole before it, even if there is room again."""
    journal = OnceBrokenJournal(JournalError("full."))
    writer = JournalWriter(journal, 1)
    writer.put(rows(1))
    writer.put(rows(2))
    assert writer.close()
    assert writer.problem == "full."
    assert journal.rows == []
