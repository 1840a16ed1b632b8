"""The manifest: which models can be downloaded, and what their files must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, field_validator

from assistant.errors import InputError
from assistant.hearing.recognition.model import fetched_models
from assistant.models.address import refusal
from assistant.places import shipped
from assistant.programme.reading import Document, FileModel
from assistant.text_files import read_text

MANIFEST = "manifest.yaml"
"""The manifest's name, in the shipped models and among the fetched ones."""

LARGEST_BYTES = 4 * 10**9
"""Bytes of the largest file that is downloaded."""


@dataclass(frozen=True, slots=True)
class Downloadable:
    """One model of a manifest."""

    name: str
    language: str
    address: str
    licence: str
    about: str
    bytes: int | None
    """Size of the zip file; None where it is not known."""
    sha256: str | None
    """Hexadecimal digest of the zip file; None where it is not known."""
    file: str
    """The manifest that names it."""
    line: int


class _EntryModel(FileModel):
    name: str
    language: str = Field(min_length=2, max_length=35)
    address: str
    licence: str = Field(min_length=1, max_length=200)
    about: str = Field(min_length=1, max_length=200)
    bytes: int | None = Field(default=None, gt=0, le=LARGEST_BYTES)
    sha256: str | None = None

    @field_validator("name")
    @classmethod
    def _can_name_a_folder(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", name):
            raise ValueError(f"{name!r} should be up to 100 letters, digits, dots, - and _")
        return name

    @field_validator("address")
    @classmethod
    def _can_be_asked(cls, address: str) -> str:
        problem = refusal(address)
        if problem is not None:
            raise ValueError(problem)
        return address

    @field_validator("sha256")
    @classmethod
    def _is_a_digest(cls, digest: str | None) -> str | None:
        if digest is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", digest):
            raise ValueError("a SHA-256 has 64 hexadecimal digits")
        return None if digest is None else digest.lower()


class _ManifestModel(FileModel):
    models: list[_EntryModel] = Field(min_length=1)


def parse_manifest(text: str, file: str) -> tuple[Downloadable, ...]:
    """Check the text of a manifest.

    Raises:
        InputError: naming the file, line and field, when something in it is wrong.
    """
    document = Document(text, file)
    found: dict[str, Downloadable] = {}
    for i, entry in enumerate(document.check(_ManifestModel).models):
        if entry.name in found:
            raise document.error(("models", i, "name"), f"{entry.name!r} is there twice", "Remove one")
        found[entry.name] = Downloadable(
            entry.name,
            entry.language,
            entry.address,
            entry.licence,
            entry.about,
            entry.bytes,
            entry.sha256,
            file,
            document.line(("models", i)),
        )
    return tuple(found.values())


def load_manifest(path: Path | None = None) -> Mapping[str, Downloadable]:
    """Read the models that can be downloaded, by name.

    Args:
        path: The only manifest to read; by default the shipped one and the person's own, which wins.

    Raises:
        InputError: naming the file, line and field, when something in it is wrong.
    """
    if path is not None:
        files = [path]
    else:
        own = fetched_models() / MANIFEST
        files = [shipped("models") / MANIFEST, *([own] if own.exists() else [])]
    return {entry.name: entry for file in files for entry in parse_manifest(read_text(file), str(file))}


def choose(name: str, known: Mapping[str, Downloadable]) -> Downloadable:
    """Give the model of a name.

    Raises:
        InputError: there is none; it lists the names.
    """
    if name not in known:
        raise InputError(f"no manifest names a model {name!r}", remedy=f"Give one of: {', '.join(known)}")
    return known[name]
