"""Folders of recordings: manifest.jsonl, one JSON object a line, and sound, checked before it is measured."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import InputError
from assistant.sound import SAMPLE_RATE, read_sound

MANIFEST = "manifest.jsonl"

PHRASE_CORPORA = ("keywords", "words", "digits")
"""Corpora whose texts are listened for beside the commands."""

SPOKEN_CORPORA = (*PHRASE_CORPORA, "speech_commands", "an4")
"""Corpora whose lines must say what is said."""

CORPORA = (*SPOKEN_CORPORA, "orders", "noise", "kitchens", "esc50", "esc10", "household")
"""Told by a file's first folder, or else by its source."""

_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?: [^\W\d_]+(?:['-][^\W\d_]+)*)*")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recording."""

    corpus: str
    """One of CORPORA."""
    name: str
    """As the manifest names it."""
    file: Path
    text: str
    """What is said in it, in lower case; empty where the manifest does not say."""
    manifest: str
    """File name of the manifest."""
    line: int
    """In the manifest, counted from 1."""
    recorder: str = ""
    """Who recorded it; empty where the manifest does not say."""
    seconds: float = 0.0
    """How long it is, once it has been checked."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    file: str = Field(min_length=1)
    seconds: float | None = Field(default=None, gt=0)
    rate: int | None = Field(default=None, gt=0)
    split: Literal["train", "dev"]
    source: str | None = None
    text: str | None = None
    recorder: str | None = None


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


def of_corpora(recordings: Iterable[Recorded], *names: str) -> list[Recorded]:
    """Return the recordings of some corpora, in the order in which they were read."""
    return [recorded for recorded in recordings if recorded.corpus in names]


def checked(
    recordings: Sequence[Recorded], skip_broken: bool, remark: Callable[[str], None]
) -> tuple[Recorded, ...]:
    """Decode every recording, and return them with their lengths.

    Args:
        recordings: What is to be measured.
        skip_broken: Leave out what can't be decoded, each with a remark, instead of refusing all.
        remark: Called with a sentence for each that is left out.

    Raises:
        InputError: some can't be decoded; it names the first one's manifest and line.
    """
    whole: list[Recorded] = []
    broken: list[tuple[Recorded, InputError]] = []
    for recorded in recordings:
        try:
            whole.append(replace(recorded, seconds=read_sound(recorded.file).size / SAMPLE_RATE))
        except InputError as error:
            broken.append((recorded, error))
    if broken and not skip_broken:
        recorded, error = broken[0]
        others = f"; {len(broken) - 1} more can't be heard either" if len(broken) > 1 else ""
        raise InputError(
            f"{recorded.name}: {error.problem}{others}",
            remedy="Mend or replace it, or leave out what is broken with --skip-broken",
            file=recorded.manifest,
            line=recorded.line,
            field="file",
        ) from error
    for recorded, error in broken:
        remark(f"Left out: {recorded.manifest}, line {recorded.line}: {recorded.name}: {error.problem}.")
    return tuple(whole)


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
    corpora = [name for name in (path.parts[0], line.source) if name in CORPORA]
    if line.split != "dev" or not corpora:
        return None
    said = " ".join((line.text or "").lower().replace("\u2019", "'").split())
    if corpora[0] in SPOKEN_CORPORA and not said:
        raise wrong(f"nothing tells what is said in {line.file!r}", "Write its words as text", "text")
    if said and corpora[0] in SPOKEN_CORPORA and not _WORDS.fullmatch(said):
        raise wrong(f"{said!r} is no row of words", "Write numbers out, and no punctuation", "text")
    manifest = str(folder / MANIFEST)
    return Recorded(corpora[0], line.file, folder / path, said, manifest, number, line.recorder or "")
