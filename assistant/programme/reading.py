"""YAML text to pydantic models, with every complaint naming the file, the line and the field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from assistant.errors import InputError, combined
from assistant.programme.yaml_text import LARGEST_TEXT, Path, Place, field_name, read_yaml

__all__ = ["LARGEST_TEXT", "Document", "FileModel", "Spot"]

LONGEST_PROBLEM = 300
"""Characters of a complaint, which may quote what somebody wrote."""

ModelType = TypeVar("ModelType", bound="FileModel")


class FileModel(BaseModel):
    """One mapping in a file that people edit: unknown fields are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth_for_a_number(cls, value: object, info: ValidationInfo) -> object:
        """Refuse `true` where a number or a word is meant: Python would take it for 1."""
        field = cls.model_fields[str(info.field_name)]
        if isinstance(value, bool) and not _takes_truth(field.annotation):
            raise ValueError(f"{str(value).lower()} says yes or no, and something else is meant here")
        return value


def _takes_truth(annotation: Any) -> bool:
    return annotation in (bool, Any) or any(map(_takes_truth, get_args(annotation)))


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a field was written, which for what a routine extends is in another file."""

    file: str
    place: Place
    path: Path
    """The field as it is called in that file."""
    value: Place | None = None
    """Where the words of its value begin, if it is a plain one."""


class Document:
    """A YAML text taken apart, with the place of each field.

    Raises:
        InputError: the text is no YAML, holds a repeated field or an alias, or is far too large.
    """

    def __init__(self, text: str, file: str) -> None:
        read = read_yaml(text, file)
        spots = {path: Spot(file, place, path, read.values.get(path)) for path, place in read.places.items()}
        if read.repeated:
            raise combined(read.repeated)
        self._fill(read.value, spots, file)

    @classmethod
    def of(cls, value: object, spots: Mapping[Path, Spot], file: str) -> Document:
        """Put a document together from what was written elsewhere.

        Args:
            value: What is in it.
            spots: Where each field was written; that of the whole has to be there.
            file: The file that people call it by.
        """
        document = cls.__new__(cls)
        document._fill(value, spots, file)
        return document

    def _fill(self, value: Any, spots: Mapping[Path, Spot], file: str) -> None:
        self.value, self.spots, self.file = value, spots, file

    def spot(self, path: Sequence[str | int]) -> Spot:
        """Give where a field was written, or the nearest one around it."""
        return self.spots[self._written(path)]

    def place(self, path: Sequence[str | int]) -> Place:
        """Give the line and the column, from 1, of a field, or of the nearest one around it."""
        return self.spot(path).place

    def column(self, line: int) -> int:
        """Give the column of the first field on a line, or 1 where none begins."""
        return min((spot.place.column for spot in self.spots.values() if spot.place.line == line), default=1)

    def line(self, path: Sequence[str | int]) -> int:
        """Give the line of a field, or of the nearest one around it."""
        return self.place(path).line

    def nearest(self, *paths: Path) -> Path:
        """Give the first of some fields that is written in the document's own file, or else the first."""
        return next((path for path in paths if self.spot(path).file == self.file), paths[0])

    def error(
        self, path: Sequence[str | int], problem: str, remedy: str, index: int | None = None
    ) -> InputError:
        """Make the error that names the file, the field's line and the field.

        Args:
            path: The field.
            problem: What is wrong, in one sentence without a full stop.
            remedy: What to do about it, in one sentence without a full stop.
            index: Character of the value's text at which it is wrong, if it is there.
        """
        spot = self.spot(path)
        line, column = spot.place
        if index is not None and spot.value is not None:
            line, column = spot.value.line, spot.value.column + index
        inside = tuple(path)[len(self._written(path)) :]
        return InputError(
            problem if len(problem) <= LONGEST_PROBLEM else f"{problem[:LONGEST_PROBLEM]}…",
            remedy=remedy,
            file=spot.file,
            line=line,
            column=column,
            field=field_name((*spot.path, *inside)) or None,
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

    def _written(self, path: Sequence[str | int]) -> Path:
        at = tuple(path)
        while at not in self.spots:
            at = at[:-1]
        return at


def _is_branch(part: str | int) -> bool:
    """Tell whether pydantic put the part into the path for a branch of a union."""
    return isinstance(part, str) and (
        part.lstrip("_")[:1].isupper()
        or "[" in part
        or part in {"str", "int", "float"}
        or part.startswith("constrained-")
    )


def _explain(kind: str, message: str, model: type[BaseModel], path: Path) -> tuple[str, str]:
    if kind == "extra_forbidden":
        known = ", ".join(model.model_fields) if len(path) == 1 else "the shipped files"
        return "there is no such field", f"Correct the name or remove it (see: {known})"
    if kind == "missing":
        return "the field is missing", "Add it"
    problem = message.removeprefix("Value error, ")
    return problem[0].lower() + problem[1:], "Correct the value"
