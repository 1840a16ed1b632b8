"""Whatever a text is, it is read, or refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from assistant.errors import InputError
from assistant.places import shipped
from assistant.programme import yaml_text
from assistant.programme.reading import Document
from assistant.programme.yaml_text import read_yaml


def test_every_field_has_its_line_and_column() -> None:
    """Of its name; an item of a list of its own beginning."""
    document = Document("a: 1\nlist:\n  - {b: 2, c: [3]}\n  -   text\n", "x")
    places = {
        ("a",): (1, 1),
        ("list",): (2, 1),
        ("list", 0): (3, 5),
        ("list", 0, "c"): (3, 12),
        ("list", 0, "c", 0): (3, 16),
        ("list", 1): (4, 7),
        ("list", 1, "nothing"): (4, 7),
    }
    assert {path: document.place(path) for path in places} == places
    assert [document.column(line) for line in (1, 3, 9)] == [1, 5, 1]


def test_an_error_has_the_column_and_its_message_does_not() -> None:
    """The message is for reading, the column for an editor."""
    error = Document("a:\n   b: 1\n", "x.yaml").error(("a", "b"), "it is wrong", "Correct it")
    assert (error.line, error.column) == (2, 4)
    assert str(error) == "x.yaml, line 2, field a.b: it is wrong. Correct it."


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("a: 1\nb: [", 2, 5, "not valid YAML"),
        ("a: 1\nb: \x07", 2, 4, "character 0x7"),
        ('a: 1\nb: "\\x1b[2J"', 2, 4, "control character"),
        ('a: 1\n"b\\0": c', 2, 1, "control character"),
        ('a: 1\nb: "\\ud800"', 2, 4, "control character"),
        ('a: 1\nb: "\\U99999999"', 2, 7, "no such character"),
        ("a: 1\nb: !!int x", 2, 1, "!!int"),
        ("a: 1\nb: !!bool x", 2, 1, "!!bool"),
        ('a: 1\nb: !!float ""', 2, 1, "!!float"),
        ("a: 1\nb: !!timestamp x", 2, 4, "tags"),
        ("a: 1\nb: !!python/name:os.system x", 2, 4, "tags"),
        ("a: 1\nb: !!set {x, y}", 2, 4, "tags"),
        ("a: 1\nb: " + "9" * 5000, 2, 1, "too long"),
        ("a: 1\n? [b]\n: c", 2, 3, "no plain word"),
        ("a: 1\n" + "- " * 5000, 2, 1, "not valid YAML"),
        ("a: 1\nb: " + "[" * 5000, 2, 34, "nested too deeply"),
        ("a:\n" + "  - x\n" * 20_000, 9_999, 5, "more than 10000 fields"),
    ],
)
def test_what_nobody_means_is_refused_with_its_place(text: str, line: int, column: int, problem: str) -> None:
    """No traceback, and no other error than the one that names the place."""
    with pytest.raises(InputError) as caught:
        Document(text, "x.yaml")
    found = caught.value
    assert (found.file, found.line, found.column) == ("x.yaml", line, column)
    assert found.remedy
    assert len(str(found)) < 500


def test_numbers_are_decimal() -> None:
    """A nought in front makes no octal number."""
    assert Document("a: 010\nb: 08\nc: -5\n", "x").value == {"a": 10, "b": 8, "c": -5}


def test_long_names_are_shortened_in_complaints() -> None:
    """And never break a line."""
    name = "x" * 500
    error = Document(f'"{name}\\n": 1', "x").error((f"{name}\n",), "it is wrong", "Correct it")
    assert error.field == "x" * 60 + "…"
    assert "\n" not in str(error)


_READ_TWICE = [*(shipped("voices") / "en").glob("*.yaml"), *shipped("scripts").rglob("*.yaml")]


def _python_alone(typ: str, pure: bool) -> YAML:
    return YAML(typ=typ, pure=True)


@pytest.mark.parametrize("path", _READ_TWICE, ids=lambda path: path.stem)
def test_both_parsers_read_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no wheel of the C parser, the Python one reads alone."""
    text = path.read_text(encoding="utf-8")
    quick = read_yaml(text, "x")
    monkeypatch.setattr(yaml_text, "YAML", _python_alone)
    assert read_yaml(text, "x") == quick


def test_all_that_no_file_may_hold_is_told_at_once() -> None:
    """One error tells of each, in the order of the lines."""
    with pytest.raises(InputError) as caught:
        Document('a: 1\na: 2\nb: !!binary x\nc: "\\x1b"\n', "x.yaml")
    assert [(one.line, one.field) for one in caught.value.each] == [(2, "a"), (3, "b"), (4, "c")]
