"""A folder of recordings: manifest.jsonl, one JSON object a line, checked before anything is measured."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InputError

MANIFEST = "manifest.jsonl"

RECORDED_SETS = ("keywords", "words", "digits", "orders", "noise")
"""Told by a file's first folder, or else by its source."""

SPOKEN_SETS = ("keywords", "words", "digits")
"""Sets whose lines must say what is said."""

_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?: [^\W\d_]+(?:['-][^\W\d_]+)*)*")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recording."""

    set: str
    name: str
    """As the manifest names it."""
    file: Path
    text: str
    """What is said in it, in lower case; empty where the manifest does not say."""
    line: int
    """In the manifest, counted from 1."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    file: str = Field(min_length=1)
    seconds: float | None = Field(default=None, gt=0)
    rate: int | None = Field(default=None, gt=0)
    split: Literal["train", "dev"]
    source: str | None = None
    text: str | None = None


def read_recordings(folder: Path) -> tuple[Recorded, ...]:
    """Read the recordings that are there for measuring: those of the split "dev".

    Raises:
        InputError: the folder or its manifest is missing, or a line is wrong; it names file, line and field.
    """
    manifest = folder / MANIFEST
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        problem = (
            f"there is no {MANIFEST} in the folder"
            if not manifest.is_file()
            else f"the manifest can't be read ({error})"
        )
        raise InputError(
            problem,
            remedy=f"Give a folder of recordings with a {MANIFEST}, one JSON object a line",
            file=str(folder),
        ) from error
    found = (_read(folder, line, number) for number, line in enumerate(lines, 1) if line.strip())
    return tuple(recorded for recorded in found if recorded is not None)


def of_set(recordings: Iterable[Recorded], name: str) -> list[Recorded]:
    """Return the recordings of one set, in the manifest's order."""
    return [recorded for recorded in recordings if recorded.set == name]


def _read(folder: Path, text: str, number: int) -> Recorded | None:
    """Check one line; None where it is not for measuring."""

    def wrong(problem: str, remedy: str, field: str | None = None) -> InputError:
        return InputError(problem, remedy=remedy, file=str(folder / MANIFEST), line=number, field=field)

    try:
        line = _Line.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or None
        remedy = "Write one JSON object with file, split, source and text"
        raise wrong(first["msg"][0].lower() + first["msg"][1:], remedy, field) from error
    path = PurePosixPath(line.file)
    if path.is_absolute() or ".." in path.parts:
        raise wrong(f"{line.file!r} is outside of the folder", "Name a file inside it", "file")
    sets = [name for name in (path.parts[0], line.source) if name in RECORDED_SETS]
    if line.split != "dev" or not sets:
        return None
    if not (folder / path).is_file():
        raise wrong(f"there is no file {line.file!r}", "Correct the name, or take the line out", "file")
    said = " ".join((line.text or "").lower().replace("\u2019", "'").split())
    if sets[0] in SPOKEN_SETS and not said:
        raise wrong(f"nothing tells what is said in {line.file!r}", "Write its words as text", "text")
    if said and sets[0] in SPOKEN_SETS and not _WORDS.fullmatch(said):
        raise wrong(f"{said!r} is no row of words", "Write numbers out, and no punctuation", "text")
    return Recorded(sets[0], line.file, folder / path, said, number)
