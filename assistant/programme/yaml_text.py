"""YAML text to plain values, with the place of each; what can't be meant is refused with its place.

ruamel.yaml takes the text apart. Its C parser is asked first: all that a start reads takes it 6 ms, and the
Python one 83 ms. Where it refuses a text, the Python one says better what is wrong. What the parts mean is
decided here, by YAML 1.2's idea of booleans and numbers, so that `say: no`, `answer: yes` and `rest: 1:30`
stay the words that people wrote.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, cast

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from assistant.errors import InputError, combined

LARGEST_TEXT = 150_000
"""Characters; a longer routine, exercise or voice file is refused unread. Chosen: six times the longest."""

DEEPEST_NESTING = 30
"""Lists and fields inside each other; deeper is refused. Chosen: the files need six."""

MOST_NODES = 10_000
"""Fields, list items and their names together; reading more would take too long. Chosen."""

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


@dataclass(slots=True)
class YamlText:
    """A text taken apart."""

    value: Any = None
    places: Places = field(default_factory=lambda: {(): Place(1, 1)})
    """Where each field begins."""
    values: Places = field(default_factory=dict[Path, Place])
    """Where the words of each value begin that is neither a list nor fields."""
    spans: dict[Path, tuple[int, int]] = field(default_factory=dict[Path, tuple[int, int]])
    """The same value's first character in the text, quotes included, and the one after its last."""
    repeated: list[InputError] = field(default_factory=list[InputError])
    """Fields that are there twice; the first of each counts."""


_TAG = "tag:yaml.org,2002:"

_TRUTH = {"true": True, "false": False}

_KINDS: Mapping[str, tuple[re.Pattern[str], Callable[[str], str | int | float | bool | None]]] = {
    "null": (re.compile(r"~|null|Null|NULL|"), lambda _: None),
    "bool": (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: _TRUTH[text.lower()]),
    "int": (re.compile(r"[-+]?[0-9]+"), int),
    "float": (re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"), float),
    "str": (re.compile(r"(?s:.*)"), str),
}
"""Kind of value to what a word without quotes and tag looks like, the first that fits, and how it is read."""

_LOOK_THERE = "Look at the indentation, quotes and colons there"

_ONE = "Keep one of them"

_NO_TAGS = ("tags such as !!binary are not used here", "Remove it")

CONTROL_CHARACTER = ("there is a control character in the text", "Remove it")
"""What is wrong with a text that has one, and what to do."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Unicode's categories Cc and Cs, without tab and line feed."""


_BEYOND = re.compile(r"\\U(?!0010|000)")
"""What begins an escape for a character after Unicode's last."""


def has_control_character(text: str) -> bool:
    """Whether a text could move a terminal's cursor, end a C string early, or be no UTF-8."""
    return _CONTROL.search(text) is not None


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


def read_yaml(text: str, file: str) -> YamlText:
    """Take a text apart.

    Raises:
        InputError: the text is no YAML, holds an alias or a tag, or is far too large.
    """
    if len(text) > LARGEST_TEXT:
        problem = f"the file has {len(text)} characters, more than {LARGEST_TEXT}"
        raise InputError(problem, remedy="Split it", file=file, line=1, column=1)
    try:
        return _Reader(text, file, pure=False).read()
    except (YAMLError, ValueError, ArithmeticError):
        return _Reader(text, file, pure=True).read_or_explain()


class _Reader:
    def __init__(self, text: str, file: str, *, pure: bool) -> None:
        self._text = text
        self._file = file
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._events: Iterator[events.Event] = cast(Any, YAML(typ="safe", pure=pure)).parse(text)
        self._last = 0
        self._count = 0
        self._anchors: dict[str, Place] = {}
        self._errors: list[InputError] = []
        self._found = YamlText()

    def read_or_explain(self) -> YamlText:
        """Read the text, or say what is wrong with it as YAML."""
        try:
            return self.read()
        except MarkedYAMLError as error:
            told = cast(Any, error)
            mark = told.problem_mark or told.context_mark
            index, problem = 0 if mark is None else mark.index, told.problem or told
            raise self._invalid(index, str(problem), _LOOK_THERE) from error
        except ReaderError as error:
            told = cast(Any, error)
            problem = f"character {told.character:#x} is not allowed"
            raise self._invalid(told.position, problem, "Remove it there") from error
        except (YAMLError, ValueError, ArithmeticError) as error:
            # What an escape beyond the last character comes to.
            beyond = _BEYOND.search(self._text, self._last)
            index = self._last if beyond is None else beyond.end()
            raise self._invalid(index, "there is no such character", _LOOK_THERE) from error

    def read(self) -> YamlText:
        for event in self._events:
            if isinstance(event, events.DocumentStartEvent):
                if self._count:
                    raise self._invalid(self._last, "there is a second document after this", _ONE)
                self._found.value = self._take(next(self._events), ())
        if self._errors:
            raise combined([*self._errors, *self._found.repeated])
        return self._found

    def _take(self, event: events.Event, path: Path) -> Any:
        place = self._place(event)
        self._found.places.setdefault(path, place)
        if len(path) > DEEPEST_NESTING:
            raise self._error((), place, "the fields are nested too deeply", "Remove some levels")
        self._count_one(place)
        anchor: str = cast(Any, event).anchor or ""
        if isinstance(event, events.AliasEvent):
            place = self._anchors.get(anchor, place)
            self._complain(path, place, "anchors and aliases (& and *) are not used here", "Write it out")
            return None
        self._anchors[anchor] = place
        tag = str(cast(Any, event).tag or "").removeprefix(_TAG)
        if isinstance(event, events.ScalarEvent):
            return self._scalar(event, tag, path, place)
        is_mapping = isinstance(event, events.MappingStartEvent)
        if tag not in ("", "!", "map" if is_mapping else "seq"):
            self._complain(path, place, *_NO_TAGS)
        return self._mapping(path) if is_mapping else self._sequence(path)

    def _count_one(self, place: Place) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            raise self._error((), place, f"there are more than {MOST_NODES} fields", "Split the file")

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), events.SequenceEndEvent):
            items.append(self._take(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self._events), events.MappingEndEvent):
            place = self._place(event)
            if not isinstance(event, events.ScalarEvent):
                raise self._error(path, place, "a field's name is not a plain word", "Name it with a word")
            self._count_one(place)
            key = str(cast(Any, event).value)
            self._check_characters(key, place, path)
            inner = (*path, key)
            if key in mapping:
                self._found.repeated.append(self._error(inner, place, "the field is there twice", _ONE))
                self._skip()
                continue
            self._found.places[inner] = place
            mapping[key] = self._take(next(self._events), inner)
        return mapping

    def _skip(self) -> None:
        depth = 0
        for event in self._events:
            depth += isinstance(event, events.CollectionStartEvent)
            depth -= isinstance(event, events.CollectionEndEvent)
            if depth == 0:
                return

    def _scalar(self, event: Any, tag: str, path: Path, place: Place) -> str | int | float | bool | None:
        text = str(event.value)
        begin, end = event.start_mark.index, event.end_mark.index
        self._found.spans[path] = begin, end
        quoted = self._text[begin : begin + 1] in ("'", '"')
        self._found.values[path] = Place(place.line, place.column + quoted)
        self._check_characters(text, place, path)
        kind = tag
        if tag in ("", "!"):
            fitting = (name for name, (looks, _) in _KINDS.items() if looks.fullmatch(text))
            kind = next(fitting) if event.implicit[0] else "str"
        if kind in ("int", "float") and len(text) > LONGEST_NUMBER:
            self._complain(path, self._found.places[path], "the number is far too long", "Correct it")
            return None
        if kind not in _KINDS:
            self._complain(path, place, *_NO_TAGS)
            return None
        try:
            return _KINDS[kind][1](text)
        except (ValueError, KeyError):
            named = self._found.places[path]
            self._complain(path, named, f"the value does not go with !!{kind}", "Remove the tag")
            return None

    def _check_characters(self, text: str, place: Place, path: Path) -> None:
        if has_control_character(text):
            self._complain(path, place, *CONTROL_CHARACTER)

    def _place(self, event: Any) -> Place:
        self._last = event.start_mark.index
        return self._place_of(self._last)

    def _place_of(self, index: int) -> Place:
        line = bisect.bisect_right(self._line_starts, index)
        return Place(line, index - self._line_starts[line - 1] + 1)

    def _invalid(self, index: int, problem: str, remedy: str) -> InputError:
        return self._error((), self._place_of(index), f"this is not valid YAML: {problem}", remedy)

    def _complain(self, path: Path, place: Place, problem: str, remedy: str) -> None:
        self._errors.append(self._error(path, place, problem, remedy))

    def _error(self, path: Path, place: Place, problem: str, remedy: str) -> InputError:
        return InputError(
            problem,
            remedy=remedy,
            file=self._file,
            line=place.line,
            column=place.column,
            field=field_name(path) or None,
        )
