"""One line of a routine: which exercise, how much of it, and what is said to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import ConfigDict, Field, WithJsonSchema, field_validator, model_validator

from assistant.coaching.tempo import parse_tempo
from assistant.programme.limits import LONGEST_REST_SECONDS, MOST_REPETITIONS, MOST_SETS
from assistant.programme.notation import EXAMPLE, PATTERN, NotationError, parse_sets
from assistant.programme.reading import Document, FileModel, Spot
from assistant.programme.safety_words import safety_words
from assistant.programme.yaml_text import Path, Place

Section: TypeAlias = Literal["warm_up", "work", "cool_down"]

SECTIONS: tuple[Section, ...] = ("warm_up", "work", "cool_down")
"""Fields of a routine that hold entries, in order."""

LONGEST_NOTE = 200
"""Characters of a note; a longer one would hold up the session."""


def _number_or(most: int, **other: object) -> WithJsonSchema:
    """Tell editors that a field is a number from 1, or something else."""
    return WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": most}, other]})


_SetCount: TypeAlias = Annotated[
    int, _number_or(MOST_SETS, type="string", pattern=PATTERN, examples=[EXAMPLE])
]

_RepetitionCount: TypeAlias = Annotated[
    int | Literal["fewest", "most"], _number_or(MOST_REPETITIONS, enum=["fewest", "most"])
]


class ChangedEntryModel(FileModel):
    """What is different in an entry of a routine that is extended."""

    exercise: str | None = Field(
        default=None, description="An exercise: the name of a file in exercises/, without .yaml."
    )
    step: int | None = Field(
        default=None,
        ge=-10,
        le=10,
        description="Instead of `exercise:`, so many exercises up the ladder from where the session starts.",
    )
    sets: _SetCount = Field(
        default=1,
        ge=1,
        le=MOST_SETS,
        description=f"How many sets, or all of it in one line: SETSxREPETITIONS @TEMPO rest SECONDS, "
        f"such as {EXAMPLE}. What is left out is as usual.",
    )
    repetitions: _RepetitionCount = Field(
        default="fewest",
        description=f"Repetitions of a set and side, 1 to {MOST_REPETITIONS}, or an end of what is usual.",
    )
    tempo: str | None = Field(
        default=None,
        description="Seconds of lowering, pause, lift and pause, such as 3-0-2-1; by default the exercise's.",
        json_schema_extra={"examples": ["3-0-2-1"]},
    )
    range: int | None = Field(
        default=None,
        ge=1,
        le=4,
        description="How far it goes, from 1 (a few inches) to 4 (just above the floor); "
        "by default the shallowest.",
    )
    rest: int = Field(
        default=45, ge=0, le=LONGEST_REST_SECONDS, description="Seconds of rest after each set."
    )
    say: str | None = Field(
        default=None,
        max_length=LONGEST_NOTE,
        description="A note that the coach speaks once, when this begins; in words that it does not obey.",
    )

    @field_validator("repetitions", mode="before")
    @classmethod
    def _some_repetitions(cls, given: object) -> object:
        if given not in ("fewest", "most") and (
            not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= MOST_REPETITIONS
        ):
            raise ValueError(f"write a number from 1 to {MOST_REPETITIONS}, or fewest, or most")
        return given

    @field_validator("tempo")
    @classmethod
    def _readable_tempo(cls, text: str | None) -> str | None:
        if text is not None:
            parse_tempo(text)
        return text

    @field_validator("say")
    @classmethod
    def _speakable_note(cls, text: str | None) -> str | None:
        if text is None:
            return None
        if not any(character.isalnum() for character in text):
            raise ValueError("the note says nothing; write the words to be spoken")
        if words := safety_words(text):
            raise ValueError(f"the coach obeys {words[0]!r} and so does not say it; use other words")
        return " ".join(text.split())


class EntryModel(ChangedEntryModel):
    """One exercise of a routine, with how much of it."""

    # Editors are told what `_one_of_two` holds, too.
    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["exercise"]}, {"required": ["step"]}]}
    )

    @model_validator(mode="after")
    def _one_of_two(self) -> EntryModel:
        if (self.exercise is None) == (self.step is None):
            raise ValueError("name either an `exercise:` or a `step:` of the ladder")
        return self


def unfolded(document: Document) -> Document:
    """Take apart what is written in one line of `sets:`, each part keeping its place.

    A line that can't be read, or says what another field says, too, is complained about.
    """
    spots = dict(document.spots)
    value = _unfolded(document.value, (), document, spots)
    return Document.of(value, spots, document.file, document.wrong)


def _unfolded(value: Any, path: Path, document: Document, spots: dict[Path, Spot]) -> Any:
    """Copy a value, its entries taken apart; the models complain about what is not an entry."""
    if isinstance(value, list):
        return [_unfolded(item, (*path, i), document, spots) for i, item in enumerate(cast(list[Any], value))]
    if not isinstance(value, dict):
        return value
    fields = cast(dict[str, Any], value)
    if _is_entry(path) and isinstance(text := fields.get("sets"), str):
        return {**fields, **_taken_apart(text, path, fields, document, spots)}
    return {name: _unfolded(inner, (*path, name), document, spots) for name, inner in fields.items()}


def _is_entry(path: Path) -> bool:
    """Whether a path leads to an entry, or to what is changed in one."""
    return len(path) >= 2 and path[-2] in SECTIONS and path[:-2] in ((), ("change",))


def _taken_apart(
    text: str, path: Path, fields: Mapping[str, Any], document: Document, spots: dict[Path, Spot]
) -> dict[str, Any]:
    line = (*path, "sets")
    try:
        sets, starts = parse_sets(text)
    except NotationError as error:
        document.complain(line, error.problem, "Correct it there", error.index)
        return {"sets": 1}
    written = document.spot(line)
    for name in [*starts][1:]:  # The first is `sets` itself.
        if name in fields:
            document.complain((*path, name), f"`sets: {text}` says that, too", "Keep one of them")
        else:
            spots[(*path, name)] = _moved(written, starts[name])
    return {name: getattr(sets, name) for name in starts}


def _moved(spot: Spot, index: int) -> Spot:
    place = spot.value and Place(spot.value.line, spot.value.column + index)
    return Spot(spot.file, place or spot.place, spot.path, place)
