"""The manifest: which models can be downloaded, and what their files must be.

Where it has no SHA-256 of a file, the first one that comes is taken and pinned: `pins.json` among the fetched
models says which it was, and every later one has to be the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from assistant.errors import InputError
from assistant.hearing.recognition.model import fetched_models
from assistant.library.text_files import read_text
from assistant.places import shipped
from assistant.programme.reading import Document, FileModel

MANIFEST = "manifest.yaml"
"""The manifest's name, in the shipped models and among the fetched ones."""

LARGEST_BYTES = 4 * 10**9
"""Bytes of the largest file that is downloaded; chosen: the largest English Vosk model has 2.3 * 10**9."""


class Pin(BaseModel):
    """The file that was fetched first for a model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    address: str


PINS = TypeAdapter(dict[str, Pin])
"""What `pins.json` holds: pins by the name of their model."""


class _EntryModel(FileModel):
    name: str
    language: str = Field(min_length=2, max_length=35)
    address: str
    licence: str = Field(min_length=1, max_length=200)
    about: str = Field(min_length=1, max_length=200)
    bytes: int | None = Field(default=None, gt=0, le=LARGEST_BYTES)
    """Size of the zip file; None where it is not known."""
    sha256: str | None = None
    """Hexadecimal digest of the zip file; None where it is not known."""

    @field_validator("name")
    @classmethod
    def _can_name_a_folder(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", name):
            raise ValueError(f"{name!r} should be up to 100 letters, digits, dots, - and _")
        return name

    @field_validator("address")
    @classmethod
    def _can_be_asked(cls, address: str) -> str:
        if problem := address_problem(address):
            raise ValueError(problem)
        return address

    @field_validator("sha256")
    @classmethod
    def _is_a_digest(cls, digest: str | None) -> str | None:
        if digest is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", digest):
            raise ValueError("a SHA-256 has 64 hexadecimal digits")
        return digest and digest.lower()


class Downloadable(_EntryModel):
    """One model of a manifest."""

    file: str
    """The manifest that names it."""
    line: int


class _ManifestModel(FileModel):
    models: list[_EntryModel] = Field(min_length=1)


def address_problem(address: str, before: str | None = None) -> str | None:
    """Return why a file is not fetched from an address; None if it is.

    Args:
        address: Where the file should be.
        before: The address that redirected to it, if one did.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"{address!r} is not an address"
    if parts.scheme not in ("http", "https"):
        return f"only http and https addresses are fetched, not {address!r}"
    if not host or not address.isascii() or not address.isprintable() or " " in address:
        return f"{address!r} is not an address"
    if before is not None and parts.scheme == "http" and urlsplit(before).scheme == "https":
        return f"it leads from https to {address!r}, which anybody on the way could change"
    return None


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
        line = document.line(("models", i))
        found[entry.name] = Downloadable(**entry.model_dump(), file=file, line=line)
    return tuple(found.values())


def load_manifest(path: Path | None = None) -> Mapping[str, Downloadable]:
    """Read the models that can be downloaded, by name.

    Args:
        path: The only manifest to read; by default the shipped one and the person's own, which wins.

    Raises:
        InputError: naming the file, line and field, when something in it is wrong.
    """
    shipped_one, own = shipped("models") / MANIFEST, fetched_models() / MANIFEST
    files = [path] if path else [shipped_one, own] if own.exists() else [shipped_one]
    return {entry.name: entry for file in files for entry in parse_manifest(read_text(file), str(file))}


def choose(name: str, known: Mapping[str, Downloadable]) -> Downloadable:
    """Return the model of a name.

    Raises:
        InputError: no model has the name; it lists the names.
    """
    if name not in known:
        raise InputError(f"no manifest names a model {name!r}", remedy=f"Give one of: {', '.join(known)}")
    return known[name]


def pins_path() -> Path:
    """Return the file of the pins."""
    return fetched_models() / "pins.json"


def read_pins() -> dict[str, Pin]:
    """Return every pin by the name of its model.

    Raises:
        InputError: the file is damaged.
    """
    path = pins_path()
    try:
        return PINS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        place = error.errors(include_url=False)[0]["loc"] if isinstance(error, ValidationError) else ()
        field = ".".join(map(str, place)) or None
        problem = "the list of known files can't be read"
        remedy = "Correct it; or delete it, and the next fetch of each model is taken as it comes"
        raise InputError(problem, remedy=remedy, file=str(path), field=field) from error
