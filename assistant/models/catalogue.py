"""Every model there is: the shipped ones, the fetched ones, and those that can be fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from assistant.hearing.recognition.model import ACOUSTIC, fetched_models
from assistant.models.manifest import Downloadable, read_pins
from assistant.places import shipped

State: TypeAlias = Literal["shipped", "fetched", "can be fetched"]


@dataclass(frozen=True, slots=True)
class ListedModel:
    """One model and what is known of it."""

    name: str
    state: State
    where: str
    """Its folder, or the address it can be fetched from."""
    bytes: int | None
    """Size of its folder, or of the zip file at the address; None where that is not known."""
    pinned: bool
    """Whether only one known file is taken for it."""
    language: str | None = None
    licence: str | None = None
    about: str | None = None


def list_models(known: Mapping[str, Downloadable]) -> list[ListedModel]:
    """Return the models, those that are here first.

    Raises:
        InputError: the list of pins is damaged.
    """
    pins = read_pins()
    about = "Imprint's own, used unless --model names another"
    listed = [
        ListedModel(folder.name, "shipped", str(folder), _size(folder), True, folder.name, None, about)
        for folder in _folders(shipped("models"))
    ]
    here = {folder.name: folder for folder in _folders(fetched_models())}
    for name in dict.fromkeys([*here, *known]):
        entry, folder = known.get(name), here.get(name)
        pinned = name in pins or (entry is not None and entry.sha256 is not None)
        facts = (entry.language, entry.licence, entry.about) if entry else ()
        if folder is not None:
            listed.append(ListedModel(name, "fetched", str(folder), _size(folder), pinned, *facts))
        elif entry is not None:
            listed.append(ListedModel(name, "can be fetched", entry.address, entry.bytes, pinned, *facts))
    return listed


def _folders(home: Path) -> list[Path]:
    return sorted(file.parents[len(ACOUSTIC.parts) - 1] for file in home.glob(f"[!.]*/{ACOUSTIC}"))


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
