"""What a file is."""

from __future__ import annotations

import pytest

from assistant.library.schemas import Kind, kind_by_fields, kind_by_place
from assistant.places import shipped
from assistant.programme.reading import Document


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("scripts/exercises/mine.yaml", "exercise"),
        ("scripts/athletes/mine.yaml", "athlete"),
        ("voices/mine/pack.yaml", "pack"),
        ("voices/mine/cues.yaml", "cues"),
        ("voices/mine/movements.yaml", "cues"),
        ("anywhere/commands.yaml", "commands"),
        ("scripts/mine.yaml", None),
    ],
)
def test_a_place_tells_the_kind(place: str, kind: Kind | None) -> None:
    """The name, or else the folder."""
    folder, name = place.split("/")[-2:]
    assert kind_by_place(name, folder) == kind


def test_every_shipped_file_is_told_by_its_fields_too() -> None:
    """Wherever it lies."""
    kinds: list[Kind | None] = []
    for file in [*shipped("scripts").rglob("*.yaml"), *shipped("voices").rglob("*.yaml")]:
        kind = kind_by_fields(Document(file.read_text(encoding="utf-8"), file.name).value)
        assert kind == (kind_by_place(file.name, file.parent.name) or "routine"), file
        kinds.append(kind)
    assert set(kinds) == {"routine", "exercise", "athlete", "pack", "cues", "commands"}


def test_a_file_of_something_else_is_none_of_them() -> None:
    """Nor is an empty one."""
    assert kind_by_fields({"services": 1, "version": 2}) is None
    assert kind_by_fields({}) is None
