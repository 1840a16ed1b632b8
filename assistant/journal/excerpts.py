"""Excerpts of sessions on disk: sound and verdicts of what was misheard, in a folder beside the journal.

Each is two files of one name, the moment: `2026-03-09-180412.flac`, the coach left and the person right, and
`2026-03-09-180412.json`, which says what was heard in it. docs/helping.md describes them. The oldest make
room for the newest. They have the rights that the journal has.
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from pydantic import TypeAdapter, ValidationError

from assistant.errors import InputError
from assistant.files import replace_file
from assistant.journal.database import FILE_NAME, explained
from assistant.session.misheard import BothSides, Excerpt, Judged, Occasion
from assistant.sound import MICROPHONE_SECOND, SAMPLE_RATE

FOLDER_NAME = "misheard"

MOST_EXCERPTS = 100
"""Chosen: more than anybody looks through."""

MOST_BYTES = 50_000_000
"""Chosen; ten seconds take some 400 kB."""

_PRIVATE = 0o600
"""Rights where there is no journal to go by."""

_OURS = re.compile(r"(\d{4}-\d\d-\d\d-\d{6})(?:-(\d+))?\.(flac|json)|\w+\.part")
"""The two files of an excerpt, and what a kill left of one."""

_SOUND, _TOLD = ".flac", ".json"


@dataclass(frozen=True, slots=True)
class KeptExcerpt:
    """What is told of an excerpt that is on disk."""

    at: datetime
    """When it was handed on, with the offset from UTC: its end."""
    occasion: Occasion
    about: int
    """Which of the words is in question."""
    seconds: float
    words: tuple[Judged, ...]
    """Everything that was heard in it, in order of time; seconds from its beginning."""

    @property
    def word(self) -> Judged:
        """What is in question."""
        return self.words[self.about]


@dataclass(frozen=True, slots=True)
class Found:
    """An excerpt in its folder."""

    sound: Path
    kept: KeptExcerpt


_ADAPTER = TypeAdapter(KeptExcerpt)


def write_excerpt(data: Path, excerpt: Excerpt, at: datetime) -> None:
    """Write an excerpt, whole or not at all, and delete the oldest where there are too many.

    Args:
        data: The person's folder, in which the journal lies.
        excerpt: What was handed on.
        at: Now, with the offset from UTC.

    Raises:
        OSError: it can't be written.
    """
    folder = data / FOLDER_NAME
    folder.mkdir(parents=True, exist_ok=True)
    mode = _rights(data)
    seconds = excerpt.sound.shape[0] / SAMPLE_RATE
    kept = KeptExcerpt(at, excerpt.occasion, excerpt.about, round(seconds, 3), excerpt.words)
    name = _free(folder, f"{at:%Y-%m-%d-%H%M%S}")
    # What is told comes last: an excerpt that is listed can be heard.
    replace_file(folder / f"{name}{_SOUND}", _flac(excerpt.sound), mode=mode)
    replace_file(folder / f"{name}{_TOLD}", _ADAPTER.dump_json(kept, indent=1) + b"\n", mode=mode)
    _make_room(folder)


def read_excerpts(data: Path) -> tuple[list[Found], list[Path]]:
    """Return the excerpts beside a journal, the newest first, and the files of those that can't be read."""
    found: list[Found] = []
    broken: list[Path] = []
    for told in sorted(_files(data / FOLDER_NAME, _TOLD), key=_age, reverse=True):
        try:
            kept = _ADAPTER.validate_json(told.read_bytes())
            if not 0 <= kept.about < len(kept.words):
                raise ValueError("it is about nothing in it")
            found.append(Found(told.with_suffix(_SOUND), kept))
        except (OSError, ValidationError, ValueError):
            broken.append(told)
    return found, broken


def as_values(found: Found) -> dict[str, Any]:
    """Return an excerpt as values that JSON has, with its file."""
    return {"file": str(found.sound), **_ADAPTER.dump_python(found.kept, mode="json")}


def read_both(sound: Path) -> BothSides:
    """Return the sound of an excerpt.

    Raises:
        InputError: it can't be read.
    """
    try:
        with soundfile.SoundFile(str(sound)) as file:
            rate, samples = int(file.samplerate), file.read(file.frames, dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        remedy = "The sound of this one is lost; choose another"
        raise InputError(f"it can't be read as sound ({error})", remedy=remedy, file=str(sound)) from error
    if rate != SAMPLE_RATE or samples.shape[1] != 2:
        remedy = "It was changed by another program; choose another"
        raise InputError("it is no excerpt as Imprint writes it", remedy=remedy, file=str(sound))
    return np.asarray(samples, dtype=np.float32)


def files_of_excerpts(data: Path) -> list[Path]:
    """Return every file of the excerpts beside a journal, the oldest first.

    Raises:
        JournalError: the folder can't be read.
    """
    with explained(data / FOLDER_NAME):
        return sorted(_files(data / FOLDER_NAME), key=_age)


def forget_excerpts(data: Path) -> None:
    """Delete every excerpt beside a journal, and their folder where nothing else is in it.

    Raises:
        JournalError: one can't be deleted.
    """
    for path in files_of_excerpts(data):
        with explained(path):
            path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        (data / FOLDER_NAME).rmdir()


def _rights(data: Path) -> int:
    try:
        return (data / FILE_NAME).stat().st_mode & 0o666
    except OSError:
        return _PRIVATE


def _free(folder: Path, stem: str) -> str:
    name, number = stem, 1
    while any((folder / f"{name}{suffix}").exists() for suffix in (_SOUND, _TOLD)):
        number += 1
        name = f"{stem}-{number}"
    return name


def _flac(sound: BothSides) -> bytes:
    buffer = io.BytesIO()
    with soundfile.SoundFile(
        buffer, "w", samplerate=SAMPLE_RATE, channels=2, format="FLAC", subtype="PCM_16"
    ) as file:
        file.comment = MICROPHONE_SECOND
        file.write(sound)
    return buffer.getvalue()


def _files(folder: Path, suffix: str | None = None) -> list[Path]:
    if not folder.is_dir():
        return []
    ours = [path for path in folder.iterdir() if path.is_file() and _OURS.fullmatch(path.name)]
    return [path for path in ours if suffix in (None, path.suffix)]


def _age(path: Path) -> tuple[str, int, str]:
    """Return what sorts the oldest first: the moment, and the number of those within one second."""
    named = _OURS.fullmatch(path.name)
    moment, number = (named[1], named[2]) if named and named[1] else ("", None)
    return moment, int(number or 1), path.suffix


def _make_room(folder: Path) -> None:
    by_age: dict[tuple[str, int], list[Path]] = {}
    for path in sorted((*_files(folder, _SOUND), *_files(folder, _TOLD)), key=_age):
        by_age.setdefault(_age(path)[:2], []).append(path)
    sizes = {age: sum(path.stat().st_size for path in paths) for age, paths in by_age.items()}
    excerpts, held = len(by_age), sum(sizes.values())
    for age, paths in list(by_age.items())[:-1]:
        if excerpts <= MOST_EXCERPTS and held <= MOST_BYTES:
            return
        for path in paths:
            path.unlink(missing_ok=True)
        excerpts, held = excerpts - 1, held - sizes[age]
