"""JSON Schema of what people edit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.library.schemas import DIALECT, MODELS, Kind, schema_of
from assistant.library.text_files import read_text
from assistant.places import shipped
from assistant.programme.reading import Document

KINDS: tuple[Kind, ...] = tuple(MODELS)
SCRIPTS, VOICES = shipped("scripts"), shipped("voices")
FILES: list[tuple[Kind, Path]] = [
    *(("routine", path) for path in sorted(SCRIPTS.glob("*.yaml"))),
    *(("exercise", path) for path in sorted((SCRIPTS / "exercises").glob("*.yaml"))),
    *(("athlete", path) for path in sorted((SCRIPTS / "athletes").glob("*.yaml"))),
    *(("pack", path) for path in sorted(VOICES.glob("*/pack.yaml"))),
    *(("cues", path) for name in ("cues", "movements") for path in sorted(VOICES.glob(f"*/{name}.yaml"))),
    *(("commands", path) for path in sorted(VOICES.glob("*/commands.yaml"))),
]
TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
NOTES = {"title", "description", "default", "examples", "$schema", "$defs"}


def complaints(value: Any, schema: dict[str, Any], whole: dict[str, Any], at: str = "") -> Iterator[str]:
    """Give what a validator of the draft says, for the words of it that these schemas use.

    Raises:
        KeyError: a schema uses another word.
    """
    for word, wanted in schema.items():
        if word not in NOTES:
            for said in WORDS[word](value, wanted, schema, whole, at):
                yield f"{at}: {word}: {said}"


def _fits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    return not list(complaints(value, schema, whole))


def _type(value: Any, wanted: str, *_: Any) -> Iterator[str]:
    if not TYPES[wanted](value):
        yield repr(value)


def _properties(value: Any, wanted: dict[str, Any], _: Any, whole: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name in wanted.keys() & value.keys():
            yield from complaints(value[name], wanted[name], whole, f"{at}.{name}")


def _additional(value: Any, wanted: Any, schema: dict[str, Any], whole: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name in value.keys() - schema.get("properties", {}).keys():
            if wanted is False:
                yield name
            elif wanted is not True:
                yield from complaints(value[name], wanted, whole, f"{at}.{name}")


def _items(value: Any, wanted: dict[str, Any], _: Any, whole: Any, at: str) -> Iterator[str]:
    if isinstance(value, list):
        for i, item in enumerate(cast(list[Any], value)):
            yield from complaints(item, wanted, whole, f"{at}[{i}]")


def _names(value: Any, wanted: dict[str, Any], _: Any, whole: Any, at: str) -> Iterator[str]:
    for name in value:
        yield from complaints(name, wanted, whole, at)


def _ref(value: Any, wanted: str, _: Any, whole: dict[str, Any], at: str) -> Iterator[str]:
    yield from complaints(value, whole["$defs"][wanted.removeprefix("#/$defs/")], whole, at)


def _count(fewest: int, most: int | None) -> Callable[..., Iterator[str]]:
    def count(value: Any, wanted: list[dict[str, Any]], _: Any, whole: Any, at: str) -> Iterator[str]:
        fitting = sum(_fits(value, one, whole) for one in wanted)
        if fitting < fewest or (most is not None and fitting > most):
            yield repr(value)

    return count


def _says(wrong: Callable[[Any, Any], bool], *types: type) -> Callable[..., Iterator[str]]:
    def says(value: Any, wanted: Any, *_: Any) -> Iterator[str]:
        if (not types or (isinstance(value, types) and not isinstance(value, bool))) and wrong(value, wanted):
            yield repr(value)

    return says


WORDS: dict[str, Callable[..., Iterator[str]]] = {
    "type": _type,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "items": _items,
    "$ref": _ref,
    "anyOf": _count(1, None),
    "oneOf": _count(1, 1),
    "required": _says(lambda value, wanted: not value.keys() >= set(wanted), dict),
    "const": _says(lambda value, wanted: value != wanted),
    "enum": _says(lambda value, wanted: value not in wanted),
    "minimum": _says(lambda value, wanted: value < wanted, int, float),
    "maximum": _says(lambda value, wanted: value > wanted, int, float),
    "minLength": _says(lambda value, wanted: len(value) < wanted, str),
    "maxLength": _says(lambda value, wanted: len(value) > wanted, str),
    "minItems": _says(lambda value, wanted: len(value) < wanted, list),
    "maxItems": _says(lambda value, wanted: len(value) > wanted, list),
    "minProperties": _says(lambda value, wanted: len(value) < wanted, dict),
    "pattern": _says(lambda value, wanted: not re.search(wanted, value), str),
}


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda one: one.stem if isinstance(one, Path) else one)
def test_every_shipped_file_fits_its_schema(kind: Kind, path: Path) -> None:
    """So an editor underlines nothing in it."""
    schema = schema_of(kind)
    assert list(complaints(Document(read_text(path), str(path)).value, schema, schema)) == []


@pytest.mark.parametrize(
    "text",
    [
        "work: [{step: 0}]",
        "name: a",
        "name: a\nwork: [{exercise: hover, step: 0}]",
        "name: a\nwork: [{sets: 2}]",
        "name: a\nwork: [{step: 0, sets: 4}]",
        "name: a\nwork: [{step: 0, sets: 3x}]",
        "name: a\nwork: [{step: 0, sets: 2x8 rest soon}]",
        "name: a\nwork: [{step: 0, repetitions: 26}]",
        "name: a\nwork: [{step: 0, repetitions: lots}]",
        "name: a\nwork: [{step: 0, wrong: 1}]",
        "name: a\nextends: b\nchange: {work: {0: {sets: 2}}}",
        "name: a\nextends: b\nchange: {work: {1: drop}}",
    ],
)
def test_what_the_coach_would_refuse_an_editor_underlines(text: str) -> None:
    """As far as a schema can say it."""
    schema = schema_of("routine")
    assert list(complaints(Document(text, "x").value, schema, schema))


@pytest.mark.parametrize(
    "text",
    [
        "name: a\nwork: [{step: 0, sets: 3x10 @3-0-2-1 rest 1m30s, say: Slowly.}]",
        "name: a\nextends: b\nchange: {work: {2: leave out, 3: {sets: 1xmost, repetitions: 3}}}",
    ],
)
def test_all_that_can_be_written_fits(text: str) -> None:
    """Sets in one line, and what is changed of another routine."""
    schema = schema_of("routine")
    assert list(complaints(Document(text, "x").value, schema, schema)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_described(kind: Kind) -> None:
    """In the words that an editor shows; and the dialect is named."""
    schema = schema_of(kind)
    assert schema["$schema"] == DIALECT
    for name, field in schema.get("properties", {}).items():
        assert field.get("description"), name
    if kind == "routine":
        for name, field in schema["$defs"]["EntryModel"]["properties"].items():
            assert field.get("description"), name


def test_it_is_printed_or_written(
    imprint: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never over anything but JSON."""
    monkeypatch.chdir(tmp_path)
    status, out, _ = imprint("schema")
    assert (status, json.loads(out)) == (0, schema_of("routine"))
    status, out, _ = imprint("schema", "cues", "--out", "cues.schema.json")
    assert status == 0
    assert out.splitlines()[1].startswith("# yaml-language-server: $schema=file:///")
    assert json.loads((tmp_path / "cues.schema.json").read_text(encoding="utf-8")) == schema_of("cues")
    (tmp_path / "mine.yaml").write_text("name: mine\n", encoding="utf-8")
    for arguments in (["routine", "--out", "mine.yaml"], ["routine", "--out", "no/where.json"], ["squat"]):
        status, _, err = imprint("schema", *arguments)
        assert (status, bool(err)) == (2, True)
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "name: mine\n"
