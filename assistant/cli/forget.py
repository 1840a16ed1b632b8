"""`imprint forget`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from assistant.cli.app import OUT, app, can_ask
from assistant.errors import InputError


@app.command
def forget(*, data: Path | None = None, yes: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Delete the journal: every session, and everything that is remembered of you. It asks first.

    Parameters
    ----------
    data
        Folder of what is remembered between sessions; by default the system's place for it.
    yes
        Do not ask.
    """
    from assistant.cli.past import read_past
    from assistant.journal.database import JournalError, files_of_memory
    from assistant.journal.database import forget as forget_all
    from assistant.places import data_folder

    folder = data or data_folder()
    files = files_of_memory(folder)
    if not files:
        OUT.print("There is nothing to forget.")
        return 0
    try:
        sessions, notes = read_past(folder)
        told = f"{len(sessions)} session{'' if len(sessions) == 1 else 's'} and {len(notes)} notes"
    except JournalError:
        told = "a journal that can't be read"  # All the more reason to be rid of it.
    OUT.print(f"This deletes {told}, for good:")
    for file in files:
        OUT.print(f"  {file}{f', and {file.resolve()}, where it leads' if file.is_symlink() else ''}")
    OUT.print("Recordings, fetched models and files that you exported stay.")
    if not yes:
        if not can_ask():
            raise InputError("nobody can be asked here", remedy="Add --yes to delete it all the same")
        if _asked("Type yes to delete it: ") != "yes":
            OUT.print("Nothing was deleted.")
            return 1
    forget_all(folder)
    OUT.print("Forgotten. The next session is your first.")
    return 0


def _asked(question: str) -> str:
    try:
        return input(question).strip().lower()
    except EOFError:
        return ""
