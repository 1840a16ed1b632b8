"""A routine that extends another: what it writes itself wins, and every field keeps its place."""

from __future__ import annotations

import re
from typing import Any, Literal, TypeAlias, cast

from pydantic import Field, field_validator
from pydantic.config import JsonDict

from assistant.programme.entry import SECTIONS, ChangedEntryModel, Section
from assistant.programme.reading import Document, FileModel, Spot
from assistant.programme.yaml_text import Path

LEAVE_OUT = "leave out"

NUMBER = "[1-9][0-9]{0,2}"
"""An entry's number, from 1; no part of a routine has as many as it allows."""

_Changes: TypeAlias = dict[str, ChangedEntryModel | Literal["leave out"]]

_CHANGES = (
    "Number of an entry of the extended routine, from 1, to the fields that are different, or `leave out`."
)

_NUMBERS: JsonDict = {"propertyNames": {"pattern": f"^{NUMBER}$"}}
"""What the names in such a mapping are, for editors."""


class ChangeModel(FileModel):
    """What is different in the entries of the routine that is extended."""

    warm_up: _Changes = Field(default_factory=dict, description=_CHANGES, json_schema_extra=_NUMBERS)
    work: _Changes = Field(default_factory=dict, description=_CHANGES, json_schema_extra=_NUMBERS)
    cool_down: _Changes = Field(default_factory=dict, description=_CHANGES, json_schema_extra=_NUMBERS)

    @field_validator("warm_up", "work", "cool_down")
    @classmethod
    def _numbered(cls, changes: _Changes) -> _Changes:
        for name in changes:
            if not re.fullmatch(NUMBER, name):
                raise ValueError(f"{name!r} should be the number of an entry, from 1")
        return changes


_Entry: TypeAlias = tuple[dict[str, Any], dict[Path, Spot]]
"""Fields of an entry, and where they were written, by their paths inside it."""


def extended(own: Document, base: Document) -> Document:
    """Put a routine together from what it says itself and what the one that it extends says.

    Args:
        own: A checked routine that extends another, its sets taken apart.
        base: The whole of the other, put together already.

    A change of an entry that is not there is complained about, and left out.
    """
    value = {**base.value, **{name: inner for name, inner in own.value.items() if name not in _OF_EXTENSION}}
    spots = {path: spot for path, spot in base.spots.items() if path and path[0] not in own.value}
    spots |= {path: spot for path, spot in own.spots.items() if not path or path[0] not in _OF_EXTENSION}
    changes = cast(dict[str, dict[str, Any]], own.value.get("change") or {})
    for section in SECTIONS:
        if not (changed := changes.get(section)):
            continue
        if section in own.value:
            problem = f"all of {section} is written anew in this file"
            own.complain(("change", section), problem, "Change it there, or leave that out")
            continue
        written = enumerate(base.value.get(section) or ())
        entries: list[_Entry | None] = [(inner, _below((section, i), base)) for i, inner in written]
        for number, fields in changed.items():
            path = ("change", section, number)
            if int(number) > len(entries):
                count = "1 entry" if len(entries) == 1 else f"{len(entries)} entries"
                own.complain(path, f"the {section} that is extended has {count}", "Correct the number")
                continue
            there = entries[int(number) - 1]
            assert there is not None, "every number is there once"
            entries[int(number) - 1] = None if fields == LEAVE_OUT else _changed(there, own, path, fields)
        _put(value, spots, section, [entry for entry in entries if entry is not None])
        if not value[section] and section == "work":
            own.complain(("change", section), "no work is left", "Keep an entry")
    return Document.of(value, spots, own.file, own.wrong)


_OF_EXTENSION = ("extends", "change")


def _below(path: Path, document: Document) -> dict[Path, Spot]:
    return {inner[len(path) :]: spot for inner, spot in document.spots.items() if inner[: len(path)] == path}


def _changed(entry: _Entry, own: Document, path: Path, fields: dict[str, Any]) -> _Entry:
    replaced = set(fields)
    # An entry is either of the two, so naming one takes the place of the other; a note was written for it.
    if replaced & {"exercise", "step"}:
        replaced |= {"exercise", "step", "say"}
    kept, spots = entry
    kept = {name: inner for name, inner in kept.items() if name not in replaced}
    spots = {inner: spot for inner, spot in spots.items() if not inner or inner[0] not in replaced}
    written = {inner: spot for inner, spot in _below(path, own).items() if inner}
    return {**kept, **fields}, {**spots, **written}


def _put(value: dict[str, Any], spots: dict[Path, Spot], section: Section, entries: list[_Entry]) -> None:
    value[section] = [fields for fields, _ in entries]
    for path in [path for path in spots if path[:1] == (section,) and len(path) > 1]:
        del spots[path]
    for i, (_, written) in enumerate(entries):
        spots.update({(section, i, *inner): spot for inner, spot in written.items()})
