"""Letting a person edit a text in the editor of their choice."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from pathlib import Path

from assistant.errors import AssistantError, InputError
from assistant.library.text_files import read_text


@contextlib.contextmanager
def copied(text: str) -> Generator[Path, None, None]:
    """Yield a file that holds a text, to be edited, and is deleted afterwards.

    Where an error ends it and somebody has written something, it stays.

    Raises:
        AssistantError: the error, and where what was written is kept.
    """
    folder = Path(tempfile.mkdtemp(prefix="imprint-"))
    copy = folder / "settings.yaml"
    copy.write_text(text, encoding="utf-8")
    try:
        yield copy
    except AssistantError as error:
        if copy.read_bytes() != text.encode():
            raise AssistantError(f"{error} What you wrote is kept in {copy}") from error
        shutil.rmtree(folder)
        raise
    shutil.rmtree(folder)


def edited(copy: Path) -> str:
    """Open a file in $VISUAL, $EDITOR or a usual editor, and give what became of it.

    Raises:
        InputError: there is no editor, it failed, or what it left can't be read.
    """
    command = _editor()
    try:
        status = subprocess.run([*command, str(copy)], check=False).returncode
    except OSError as error:
        problem = f"the editor {command[0]!r} can't be started ({error.strerror or error})"
        raise InputError(problem, remedy="Set EDITOR to one that is installed, such as nano") from error
    if status != 0:
        problem = f"the editor {command[0]!r} ended with status {status}, so nothing was changed"
        raise InputError(problem, remedy="Try again, or set EDITOR to another")
    return read_text(copy)


def _editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        if chosen := os.environ.get(name, "").strip():
            try:
                return shlex.split(chosen)
            except ValueError as error:
                problem = f"{name} can't be read as a command ({error})"
                raise InputError(problem, remedy="Correct its quotes") from error
    usual = [name for name in ("editor", "nano", "vi") if shutil.which(name)]
    if not usual:
        raise InputError("there is no editor", remedy="Set EDITOR to one, such as: EDITOR=nano")
    return usual[:1]
