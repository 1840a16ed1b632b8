"""YAML text to pydantic models, with every complaint naming the file, the line and the field.

The text is read with YAML 1.2's idea of booleans and numbers, so that `say: no`, `answer: yes` and
`rest: 1:30` stay the words that people wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar, cast

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import InputError

LARGEST_TEXT = 1_000_000
"""Characters; a longer routine, exercise or voice file is refused unread."""

DEEPEST_NESTING = 30
"""Lists and fields inside each other; deeper is refused."""

Path: TypeAlias = tuple[str | int, ...]
"""Way to a field inside a file: `("work", 0, "sets")`."""

Lines: TypeAlias = dict[Path, int]
"""Line (from 1) of each field of a file."""

ModelType = TypeVar("ModelType", bound="FileModel")


class FileModel(BaseModel):
    """One mapping in a file that people edit: unknown fields are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Loader(yaml.SafeLoader):
    """SafeLoader whose plain scalars follow YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    (
        "tag:yaml.org,2002:float",
        r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$",
        "-+.0123456789",
    ),
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
):
    cast(Any, _Loader).add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def field_name(path: Sequence[str | int]) -> str:
    """Write a path as people do: `work[0].sets`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


class Document:
    """A YAML text taken apart, with the line of each field.

    Raises:
        InputError: the text is no YAML, holds a repeated field or an alias, or is far too large.
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines: Lines = {(): 1}
        if len(text) > LARGEST_TEXT:
            raise InputError(
                f"the file has {len(text)} characters, more than {LARGEST_TEXT}",
                remedy="Split it",
                file=file,
            )
        try:
            loader = _Loader(text)
            try:
                node = loader.get_single_node()
                self.value: Any = None if node is None else self._take(loader, node, (), set())
            finally:
                loader.dispose()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise InputError(
                f"this is not valid YAML: {error.problem or error}",
                remedy="Look at the indentation, quotes and colons there",
                file=file,
                line=None if mark is None else mark.line + 1,
            ) from error
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise InputError(
                f"this is not valid YAML: {str(error).splitlines()[0]}",
                remedy="Save it again as plain UTF-8 text",
                file=file,
            ) from error

    def _take(self, loader: _Loader, node: yaml.Node, path: Path, seen: set[int]) -> Any:
        self.lines[path] = node.start_mark.line + 1
        if id(node) in seen:
            raise self.error(path, "anchors and aliases (& and *) are not used here", "Write it out")
        seen.add(id(node))
        if len(path) > DEEPEST_NESTING:
            raise self.error(path[:3], "the fields are nested too deeply", "Remove some levels")
        if isinstance(node, yaml.MappingNode):
            mapping: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = getattr(key_node, "value", None)
                if not isinstance(key, str):
                    raise self.error(path, "a field's name is not a plain word", "Name it with a word")
                if key in mapping:
                    self.lines[(*path, key)] = key_node.start_mark.line + 1
                    raise self.error((*path, key), "the field is there twice", "Keep one of them")
                mapping[key] = self._take(loader, value_node, (*path, key), seen)
                self.lines[(*path, key)] = key_node.start_mark.line + 1
            return mapping
        if isinstance(node, yaml.SequenceNode):
            return [self._take(loader, item, (*path, i), seen) for i, item in enumerate(node.value)]
        return cast(Any, loader).construct_object(node, deep=True)

    def line(self, path: Sequence[str | int]) -> int:
        """Give the line of a field, or of the nearest one around it."""
        at = tuple(path)
        while at not in self.lines:
            at = at[:-1]
        return self.lines[at]

    def error(self, path: Sequence[str | int], problem: str, remedy: str) -> InputError:
        """Make the error that names this file, the field's line and the field."""
        return InputError(
            problem,
            remedy=remedy,
            file=self.file,
            line=self.line(path),
            field=field_name(path) or None,
        )

    def check(self, model: type[ModelType]) -> ModelType:
        """Check the whole document against a model.

        Raises:
            InputError: a field is missing, unknown or of the wrong kind; the first one is named.
        """
        value: object = self.value
        if not isinstance(value, dict):
            raise self.error((), "the file should hold fields (`name: …`)", "See the shipped files")
        try:
            return model.model_validate(cast(object, value))
        except ValidationError as error:
            # A mistyped name is both an unknown field and a missing one: the typing is the mistake. Where
            # a field may be of two kinds, the complaint about the kind that was meant says most.
            first = min(
                error.errors(include_url=False),
                key=lambda e: (e["type"] != "extra_forbidden", e["type"].endswith("_type"), -len(e["loc"])),
            )
            path = tuple(part for part in first["loc"] if not _is_branch(part))
            raise self.error(path, *_explain(first["type"], first["msg"], model, path)) from error


def _is_branch(part: str | int) -> bool:
    """Tell whether pydantic put the part into the path for a branch of a union."""
    return isinstance(part, str) and (
        part.lstrip("_")[:1].isupper() or "[" in part or part in {"str", "int", "float"}
    )


def _explain(kind: str, message: str, model: type[BaseModel], path: Path) -> tuple[str, str]:
    if kind == "extra_forbidden":
        known = ", ".join(model.model_fields) if len(path) == 1 else "the shipped files"
        return "there is no such field", f"Correct the name or remove it (see: {known})"
    if kind == "missing":
        return "the field is missing", "Add it"
    problem = message.removeprefix("Value error, ")
    return problem[0].lower() + problem[1:], "Correct the value"
