"""The journal of somebody who knows the way, for sessions that are measured or tested."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from assistant.journal.journal import SqliteJournal
from assistant.journal.rows import JournalNote


def write_experienced(folder: Path, now: datetime) -> None:
    """Write a journal that says tutorial and screening are done, so that a session begins with its sets.

    Args:
        folder: Gets journal.db; made when it is not there.
        now: When they were done.

    Raises:
        JournalError: it can't be written.
    """
    journal = SqliteJournal(folder)
    try:
        journal.write(None, (JournalNote(now, "tutorial", True), JournalNote(now, "screening", False)))
    finally:
        journal.close()
