"""YAML text to pydantic models, with every complaint naming the file, the line and the field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import InputError
from assistant.programme.yaml_text import LARGEST_TEXT, Path, Place, field_name, read_yaml

__all__ = ["LARGEST_TEXT", "Document", "FileModel"]

LONGEST_PROBLEM = 300
"""Characters of a complaint, which may quote what somebody wrote."""

ModelType = TypeVar("ModelType", bound="FileModel")


class FileModel(BaseModel):
    """One mapping in a file that people edit: unknown fields are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Document:
    """A YAML text taken apart, with the place of each field.

    Raises:
        InputError: the text is no YAML, holds a repeated field or an alias, or is far too large.
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.value, self._places = read_yaml(text, file)

    def place(self, path: Sequence[str | int]) -> Place:
        """Give the line and the column, from 1, of a field, or of the nearest one around it."""
        at = tuple(path)
        while at not in self._places:
            at = at[:-1]
        return self._places[at]

    def column(self, line: int) -> int:
        """Give the column of the first field on a line, or 1 where none begins."""
        return min((place.column for place in self._places.values() if place.line == line), default=1)

    def line(self, path: Sequence[str | int]) -> int:
        """Give the line of a field, or of the nearest one around it."""
        return self.place(path).line

    def error(self, path: Sequence[str | int], problem: str, remedy: str) -> InputError:
        """Make the error that names this file, the field's line and the field."""
        line, column = self.place(path)
        return InputError(
            problem if len(problem) <= LONGEST_PROBLEM else f"{problem[:LONGEST_PROBLEM]}…",
            remedy=remedy,
            file=self.file,
            line=line,
            column=column,
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
