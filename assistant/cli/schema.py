"""`imprint schema`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from assistant.cli.app import OUT, app
from assistant.errors import InputError


@app.command
def schema(
    kind: Literal["routine", "exercise", "pack", "cues", "commands", "athlete"] = "routine",
    /,
    *,
    out: Path | None = None,
) -> int:
    """Print the JSON Schema of a kind of file, with which editors complete and check it.

    Parameters
    ----------
    kind
        Of which file: a routine, an exercise, a simulated athlete, or a voice's pack, cues or commands.
    out
        A file to write it to instead, such as routine.schema.json.
    """
    from assistant.library.schemas import schema_of

    text = json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        OUT.file.write(text)
        return 0
    if out.suffix != ".json":
        remedy = "Give another name, so that no routine is overwritten"
        raise InputError(f"{str(out)!r} does not end in .json", remedy=remedy)
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        problem = error.strerror or error
        raise InputError(f"it can't be written ({problem})", remedy="Give another", file=str(out)) from error
    OUT.print(f"{out}: the schema of {kind} files. The line with which editors use it:")
    OUT.print(f"# yaml-language-server: $schema={out.resolve().as_uri()}")
    return 0
