"""What a file is, told by where it lies or else by what is in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["routine", "exercise", "athlete", "pack", "cues", "commands"]

_OF_FOLDER: dict[str, Kind] = {"exercises": "exercise", "athletes": "athlete"}

_OF_NAME: dict[str, Kind] = {
    "pack.yaml": "pack",
    "cues.yaml": "cues",
    "movements.yaml": "cues",
    "commands.yaml": "commands",
}

_OF_FIELDS: tuple[tuple[frozenset[str], Kind], ...] = (
    (frozenset({"commands"}), "commands"),
    (frozenset({"work", "extends", "change"}), "routine"),
    (frozenset({"cycle", "tempo", "cues"}), "exercise"),
    (frozenset({"says", "answers"}), "athlete"),
    (frozenset({"numbers", "pitch"}), "pack"),
    (frozenset({"movement", "release", "talk", "question"}), "cues"),
)
"""Fields of which one is enough, and the kind of file that has it."""


def kind_by_place(name: str, folder: str) -> Kind | None:
    """Return a file's kind by its name and its folder's; None where they don't say."""
    return _OF_NAME.get(name) or _OF_FOLDER.get(folder)


def kind_by_fields(fields: Iterable[str]) -> Kind | None:
    """Return a file's kind by the fields in it; None where none is known."""
    there = set(fields)
    return next((kind for known, kind in _OF_FIELDS if known & there), None)
