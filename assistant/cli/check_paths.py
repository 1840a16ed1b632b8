"""Which files `imprint check` means, and how they are named."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import InputError
from assistant.library.kinds import Kind
from assistant.places import searched, shipped, shown


def everything() -> list[Path]:
    """Return the folders that are looked at where no others are named."""
    folders = [folder for name in ("scripts", "voices") for folder in searched(name)]
    return [shipped("scripts"), shipped("voices"), *(path for path in folders if path.is_dir())]


def programme_files(paths: Iterable[Path]) -> dict[Path, Kind]:
    """Return the routines and exercises of scripts/, which a voice is looked at with."""
    found: dict[Path, Kind] = {}
    for path in paths:
        if path.name == "scripts":
            found.update((shown(file), "routine") for file in sorted(path.glob("[!.]*.yaml")))
            exercises = sorted((path / "exercises").glob("[!.]*.yaml"))
            found.update((shown(file), "exercise") for file in exercises)
    return found


def files_in(path: Path) -> list[Path]:
    """Return the YAML files of a folder and those below it, or the file itself.

    Raises:
        InputError: there is no such file or folder.
    """
    if not path.exists():
        raise InputError("there is no such file or folder", remedy="Check the name", file=str(path))
    if not path.is_dir():
        return [shown(path)]
    inside = (file for file in sorted(path.rglob("*.y*ml")) if file.suffix in (".yaml", ".yml"))
    return [
        shown(file)
        for file in inside
        if not any(part.startswith(".") for part in file.relative_to(path).parts)
    ]
