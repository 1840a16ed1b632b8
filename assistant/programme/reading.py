"""YAML text to pydantic models, with every complaint naming the file, the line and the field."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, field_validator

from assistant.errors import InputError, combined
from assistant.programme.yaml_text import LARGEST_TEXT, Path, Place, field_name, read_yaml

__all__ = ["LARGEST_TEXT", "Document", "FileModel", "Spot", "settle"]

LONGEST_PROBLEM = 300
"""Characters of a complaint, which may quote what a person wrote."""

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
    """A YAML text taken apart, with the place of each field, and what is wrong with it.

    Attributes:
        wrong: What was complained about so far; a field that is there twice is, to begin with.

    Raises:
        InputError: the text is no YAML, holds an alias or a tag, or is far too large.
    """

    def __init__(self, text: str, file: str) -> None:
        read = read_yaml(text, file)
        spots = {path: Spot(file, place, path, read.values.get(path)) for path, place in read.places.items()}
        self._fill(read.value, spots, file, read.repeated)

    @classmethod
    def of(
        cls, value: object, spots: Mapping[Path, Spot], file: str, wrong: Sequence[InputError] = ()
    ) -> Document:
        """Put a document together from what was written elsewhere.

        Args:
            value: What is in it.
            spots: Where each field was written; that of the whole has to be there.
            file: The file that people call it by.
            wrong: What is wrong with it so far.
        """
        document = cls.__new__(cls)
        document._fill(value, spots, file, wrong)
        return document

    def _fill(self, value: Any, spots: Mapping[Path, Spot], file: str, wrong: Sequence[InputError]) -> None:
        self.value, self.spots, self.file = value, spots, file
        self.wrong = [*wrong]
        self._drafts: dict[type[FileModel], FileModel | None] = {}

    def says(self, name: str) -> bool:
        """Whether there is a field of a name at the top."""
        return isinstance(self.value, dict) and name in cast(dict[str, object], self.value)

    def spot(self, path: Sequence[str | int]) -> Spot:
        """Return where a field was written, or the nearest one around it."""
        return self.spots[self._written(path)]

    def place(self, path: Sequence[str | int]) -> Place:
        """Return the line and the column, from 1, of a field, or of the nearest one around it."""
        return self.spot(path).place

    def column(self, line: int) -> int:
        """Return the column of the first field on a line, or 1 where none begins."""
        return min((spot.place.column for spot in self.spots.values() if spot.place.line == line), default=1)

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of a field, or of the nearest one around it."""
        return self.place(path).line

    def nearest(self, *paths: Path) -> Path:
        """Return the first of some fields that is written in the document's own file, or else the first."""
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

    def complain(
        self, path: Sequence[str | int], problem: str, remedy: str, index: int | None = None
    ) -> None:
        """Note the error that `error` makes, so that what comes after it is looked at, too."""
        self.wrong.append(self.error(path, problem, remedy, index))

    def check(self, model: type[ModelType]) -> ModelType:
        """Check the whole document against a model.

        Raises:
            InputError: fields are missing, unknown or of the wrong kind; each is named.
        """
        made = self.need(model)
        settle(self)
        return made

    def need(self, model: type[ModelType]) -> ModelType:
        """Return the document as a model, as `draft` does.

        Raises:
            InputError: it can't be made; it tells of every field that is wrong.
        """
        made = self.draft(model)
        if made is None:
            settle(self)
        assert made is not None, "what can't be made is complained about"
        return made

    def draft(self, model: type[ModelType]) -> ModelType | None:
        """Return the document as a model, None where it can't be made, and complain of every field.

        Fields that are wrong are left out, of the document's value too, so that more can be found in the
        others; `settle` has to be called once that is done.
        """
        if model not in self._drafts:
            self._drafts[model] = self._made(model)
        return cast("ModelType | None", self._drafts[model])

    def _made(self, model: type[FileModel]) -> FileModel | None:
        if not isinstance(self.value, dict):
            self.complain((), "the file should hold fields (`name: …`)", "See the shipped files")
            return None
        value = cast(object, self.value)
        try:
            return model.model_validate(value)
        except ValidationError as error:
            wrong = self._fields(error)
        for path, kind, message in wrong:
            self.complain(path, *_explain(kind, message, model, path))
        kept: dict[Path, Path] = {}
        left = _without(value, {path for path, _, _ in wrong}, (), (), kept)
        try:
            made = model.model_validate(left)
        except ValidationError:
            return None
        self.value = left
        self.spots = {new: self.spots[old] for new, old in kept.items() if old in self.spots}
        return made

    def _fields(self, error: ValidationError) -> list[tuple[Path, str, str]]:
        """Return what is wrong with which field: its path, the kind of error and the message."""
        found = [(one["loc"], one["type"], one["msg"]) for one in error.errors(include_url=False)]
        # Where a field may be of two kinds, the complaint about the kind that was meant says most.
        found.sort(key=lambda one: (one[1] != "extra_forbidden", one[1].endswith("_type"), -len(one[0])))
        wrong: dict[Path, tuple[Path, str, str]] = {}
        meant: dict[Path, str | int] = {}
        for loc, kind, message in found:
            path, unions = self._apart(loc)
            if any(meant.setdefault(union, branch) != branch for union, branch in unions.items()):
                continue
            # A mistyped name is both an unknown field and a missing one: the typing is the mistake.
            unknown = [str(other[-1]) for other, of, _ in wrong.values() if of == "extra_forbidden"]
            if kind == "missing" and difflib.get_close_matches(str(path[-1]), unknown):
                continue
            wrong.setdefault(path, (path, kind, message))
        return list(wrong.values())

    def _apart(self, loc: Path) -> tuple[Path, dict[Path, str | int]]:
        """Take the branches of unions, which pydantic puts into the path of a field, out of it."""
        path: Path = ()
        unions: dict[Path, str | int] = {}
        for part in loc:
            if _is_branch(part) and (*path, part) not in self.spots:
                unions[path] = part
            else:
                path = (*path, part)
        return path, unions

    def _written(self, path: Sequence[str | int]) -> Path:
        at = tuple(path)
        while at not in self.spots:
            at = at[:-1]
        return at


def settle(*documents: Document) -> None:
    """See that nothing was complained about.

    Raises:
        InputError: something was; it tells of everything.
    """
    if wrong := [error for document in documents for error in document.wrong]:
        raise combined(wrong)


def _without(value: Any, wrong: Set[Path], old: Path, new: Path, kept: dict[Path, Path]) -> Any:
    """Return a value without the fields and items that are wrong, and note which path each other one had."""
    kept[new] = old
    if isinstance(value, dict):
        return {
            name: _without(inner, wrong, (*old, name), (*new, name), kept)
            for name, inner in cast(dict[str, Any], value).items()
            if (*old, name) not in wrong
        }
    if isinstance(value, list):
        sound = [(i, inner) for i, inner in enumerate(cast(list[Any], value)) if (*old, i) not in wrong]
        return [_without(inner, wrong, (*old, i), (*new, n), kept) for n, (i, inner) in enumerate(sound)]
    return value


def _is_branch(part: str | int) -> bool:
    """Whether pydantic put the part into the path for a branch of a union."""
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
