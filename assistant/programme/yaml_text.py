"""YAML text to plain values, with the place of each; whatever can't be meant is refused with its place.

The text is read with YAML 1.2's idea of booleans and numbers, so that `say: no`, `answer: yes` and
`rest: 1:30` stay the words that people wrote.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, cast

import yaml

from assistant.errors import InputError

LARGEST_TEXT = 150_000
"""Characters; a longer routine, exercise or voice file is refused unread."""

DEEPEST_NESTING = 30
"""Lists and fields inside each other; deeper is refused."""

MOST_NODES = 10_000
"""Fields, list items and their names together; reading more would take too long."""

LONGEST_NUMBER = 40
"""Characters of a number; nothing in these files comes near it."""

LONGEST_NAME = 60
"""Characters of a field's name in a complaint."""

Path: TypeAlias = tuple[str | int, ...]
"""Way to a field inside a file: `("work", 0, "sets")`."""


class Place(NamedTuple):
    """Where something is in a text, both counted from 1."""

    line: int
    column: int


Places: TypeAlias = dict[Path, Place]
"""Where each field of a file begins."""

_TAG = "tag:yaml.org,2002:"

_TAGS: Mapping[type[yaml.Node], frozenset[str]] = {
    yaml.MappingNode: frozenset({f"{_TAG}map"}),
    yaml.SequenceNode: frozenset({f"{_TAG}seq"}),
    yaml.ScalarNode: frozenset(f"{_TAG}{kind}" for kind in ("str", "int", "float", "bool", "null")),
}
"""Kind of node to the tags that it may have."""

_LOOK_THERE = "Look at the indentation, quotes and colons there"


class _Loader(yaml.SafeLoader):
    """SafeLoader whose plain scalars follow YAML 1.2, and that nests no deeper than people do."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012
    depth = 0
    count = 0

    def fetch_flow_collection_start(self, TokenClass: type[yaml.Token]) -> None:
        """Begin a `[` or `{`; reading ahead through thousands of them would take seconds."""
        loader = cast(Any, self)
        if loader.flow_level >= DEEPEST_NESTING:
            raise _too_deep(loader.index)
        cast(Any, super()).fetch_flow_collection_start(TokenClass)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose one node; each goes through here, so that Python's own depth is never reached."""
        self.depth += 1
        self.count += 1
        begins = cast(Any, self).peek_event().start_mark.index
        if self.depth > DEEPEST_NESTING:
            raise _too_deep(begins)
        if self.count > MOST_NODES:
            raise _TooMuch(f"there are more than {MOST_NODES} fields", "Split the file", begins)
        node = cast(Any, super()).compose_node(parent, index)
        self.depth -= 1
        return node


for _name, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    cast(Any, _Loader).add_implicit_resolver(_TAG + _name, re.compile(_pattern), list(_first))


class _TooMuch(Exception):
    """Raised when a text is too much to be meant; its arguments are problem, remedy and the index."""


def _too_deep(index: int) -> _TooMuch:
    return _TooMuch("the fields are nested too deeply", "Remove some levels", index)


CONTROL_CHARACTER = ("there is a control character in the text", "Remove it")
"""What is wrong with a text that has one, and what to do."""


def has_control_character(text: str) -> bool:
    """Tell whether a text could move a terminal's cursor, end a C string early, or be no UTF-8."""
    return any(unicodedata.category(one) in ("Cc", "Cs") for one in text if one not in "\n\t")


def field_name(path: Sequence[str | int]) -> str:
    """Write a path as people do: `work[0].sets`."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
            continue
        name = " ".join(part.split())
        short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
        text += f".{short}" if text else short
    return text


def read_yaml(text: str, file: str) -> tuple[Any, Places, Places]:
    """Read a text; give its value, where each field begins, and where the words of each value do.

    Raises:
        InputError: the text is no YAML, holds a repeated field or an alias, or is far too large.
    """
    if len(text) > LARGEST_TEXT:
        raise InputError(
            f"the file has {len(text)} characters, more than {LARGEST_TEXT}",
            remedy="Split it",
            file=file,
            line=1,
            column=1,
        )
    reader = _Reader(text, file)
    return reader.read(), reader.places, reader.values


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self.places: Places = {(): Place(1, 1)}
        self.values: Places = {}
        self._text = text
        self._file = file
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._seen: set[int] = set()

    def read(self) -> Any:
        loader: Any = None
        try:
            loader = _Loader(self._text)
            node = loader.get_single_node()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            index = 0 if mark is None else mark.index
            raise self._invalid(index, error.problem or str(error), _LOOK_THERE) from error
        except yaml.reader.ReaderError as error:
            problem = f"character {error.character:#x} is not allowed"
            raise self._invalid(error.position, problem, "Remove it there") from error
        except _TooMuch as error:
            problem, remedy, index = error.args
            raise self._error((), self._place(index), problem, remedy) from error
        except (yaml.YAMLError, ValueError, ArithmeticError) as error:
            # What an escape beyond the last character comes to; the loader stands where it is.
            index = 0 if loader is None else loader.index
            raise self._invalid(index, "there is no such character", _LOOK_THERE) from error
        finally:
            if loader is not None:
                loader.dispose()
        return None if node is None else self._take(node, ())

    def _take(self, node: yaml.Node, path: Path) -> Any:
        place = self._place(node.start_mark.index)
        self.places.setdefault(path, place)
        if id(node) in self._seen:
            raise self._error(path, place, "anchors and aliases (& and *) are not used here", "Write it out")
        self._seen.add(id(node))
        if node.tag not in _TAGS[type(node)]:
            raise self._error(path, place, "tags such as !!binary are not used here", "Remove it")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._take(item, (*path, i)) for i, item in enumerate(node.value)]
        text = cast(str, node.value)
        self.values[path] = Place(place.line, place.column + (cast(Any, node).style in ("'", '"')))
        self._check_characters(text, place, path)
        return self._scalar(node.tag.removeprefix(_TAG), text, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, place = key_node.value, self._place(key_node.start_mark.index)
            if not isinstance(key, str):
                raise self._error(path, place, "a field's name is not a plain word", "Name it with a word")
            self._check_characters(key, place, path)
            if key in mapping:
                raise self._error((*path, key), place, "the field is there twice", "Keep one of them")
            self.places[(*path, key)] = place
            mapping[key] = self._take(value_node, (*path, key))
        return mapping

    def _scalar(self, kind: str, text: str, path: Path) -> str | int | float | bool | None:
        place = self.places[path]
        if kind in ("int", "float") and len(text) > LONGEST_NUMBER:
            raise self._error(path, place, "the number is far too long", "Correct it")
        try:
            match kind:
                case "null":
                    return None
                case "bool":
                    return {"true": True, "false": False}[text.lower()]
                case "int":
                    return int(text)
                case "float":
                    return float(text)
                case _:
                    return text
        except (ValueError, KeyError) as error:
            raise self._error(
                path, place, f"the value does not go with !!{kind}", "Remove the tag"
            ) from error

    def _check_characters(self, text: str, place: Place, path: Path) -> None:
        if has_control_character(text):
            raise self._error(path, place, *CONTROL_CHARACTER)

    def _place(self, index: int) -> Place:
        line = bisect.bisect_right(self._line_starts, index)
        return Place(line, index - self._line_starts[line - 1] + 1)

    def _invalid(self, index: int, problem: str, remedy: str) -> InputError:
        return self._error((), self._place(index), f"this is not valid YAML: {problem}", remedy)

    def _error(self, path: Path, place: Place, problem: str, remedy: str) -> InputError:
        return InputError(
            problem,
            remedy=remedy,
            file=self._file,
            line=place.line,
            column=place.column,
            field=field_name(path) or None,
        )
