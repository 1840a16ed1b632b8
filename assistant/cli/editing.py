"""Letting a person edit a text in the editor of their choice."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from assistant.errors import InputError
from assistant.text_files import read_text

_USUAL = ("editor", "nano", "vi")


def edited(text: str) -> str:
    """Open a text in $VISUAL, $EDITOR or a usual editor, and give what became of it.

    Raises:
        InputError: there is no editor, it failed, or what it left can't be read.
    """
    command = _editor()
    with tempfile.TemporaryDirectory(prefix="imprint-") as folder:
        copy = Path(folder) / "settings.yaml"
        copy.write_text(text, encoding="utf-8")
        try:
            status = subprocess.run([*command, str(copy)], check=False).returncode
        except OSError as error:
            raise InputError(
                f"the editor {command[0]!r} can't be started ({error.strerror or error})",
                remedy="Set EDITOR to one that is installed, such as nano",
            ) from error
        if status != 0:
            raise InputError(
                f"the editor {command[0]!r} ended with status {status}, so nothing was changed",
                remedy="Try again, or set EDITOR to another",
            )
        return read_text(copy)


def _editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        if chosen := os.environ.get(name, "").strip():
            try:
                return shlex.split(chosen)
            except ValueError as error:
                raise InputError(
                    f"{name} can't be read as a command ({error})", remedy="Correct its quotes"
                ) from error
    for name in _USUAL:
        if shutil.which(name):
            return [name]
    raise InputError("there is no editor", remedy="Set EDITOR to one, such as: EDITOR=nano")
