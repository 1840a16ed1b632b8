"""`imprint export`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from assistant.cli.app import OUT, app
from assistant.errors import AssistantError, InputError
from assistant.files import replace_file


@app.command
def export(
    *,
    form: Annotated[Literal["csv", "json"], Parameter(name="--format")] = "csv",
    table: Literal["sessions", "repetitions", "changes", "notes"] = "sessions",
    out: Path | None = None,
    data: Path | None = None,
) -> int:
    """Write what is remembered for other programs; docs/journal.md describes the columns.

    Parameters
    ----------
    form
        csv for one table, json for all of them.
    table
        What the CSV holds.
    out
        The file; by default it is printed.
    data
        Folder of what is remembered between sessions; by default the system's place for it.
    """
    from assistant.cli.past import read_past
    from assistant.journal.export import as_csv, as_json, tables

    found = tables(*read_past(data))
    text = as_csv(found[table], table) if form == "csv" else as_json(found)
    if out is None:
        OUT.file.write(text)
    elif out.suffix.lower() != f".{form}":
        raise InputError(
            f"{str(out)!r} does not end in .{form}",
            remedy="Give another name, so that nothing else is overwritten",
            field="--out",
        )
    else:
        _write(out, text)
    return 0


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all: an older export is not lost to a full disk."""
    try:
        replace_file(Path(os.path.realpath(path)), text.encode())
    except OSError as error:
        raise AssistantError(
            f"{path}: it can't be written ({error.strerror or error}). "
            "Free some space or choose another file with --out."
        ) from error
