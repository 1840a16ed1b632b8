"""Deleting what is remembered, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.journal.database import FILE_NAME, explained

_OURS = re.compile(r"journal(-damaged[\d-]*)?\.db(-journal|-wal|-shm)?")
"""The journal, those that were kept aside, and what SQLite leaves beside each."""


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
