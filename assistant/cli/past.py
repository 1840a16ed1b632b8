"""What the commands that look back read, and what they say where there is nothing yet."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from assistant.coaching.tempo import CycleName
from assistant.journal.database import FILE_NAME, DamagedError, JournalError
from assistant.journal.journal import SqliteJournal
from assistant.journal.rows import JournalNote
from assistant.journal.summaries import SessionSummary, session_summaries
from assistant.library.text_files import read_text
from assistant.places import data_folder, shipped
from assistant.programme.exercise import as_exercise
from assistant.programme.reading import Document

NOTHING_YET = "Nothing here yet. After your first session this is where you will see it: imprint start"


def read_past(data: Path | None) -> tuple[list[SessionSummary], list[JournalNote]]:
    """Return every session and every note; a missing journal is not made.

    Args:
        data: Folder of what is remembered; None for the person's own.

    Raises:
        JournalError: it can't be read.
    """
    folder = data or data_folder()
    if not (folder / FILE_NAME).exists():
        return [], []
    try:
        with closing(SqliteJournal(folder)) as journal:
            return session_summaries(journal, _cycles()), journal.notes()
    except DamagedError as error:
        raise JournalError(f"{error} The next session keeps it aside and begins a new one.") from error


def _cycles() -> dict[str, CycleName]:
    """Return the cycle of each exercise that comes with Imprint, whatever a person is still writing."""
    files = (shipped("scripts") / "exercises").glob("*.yaml")
    return {file.stem: as_exercise(Document(read_text(file), str(file)), None).cycle for file in files}
