"""What a file that people edit is, told by its place or its fields; and its JSON Schema, for editors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter

from assistant.programme.athlete import AthleteModel
from assistant.programme.commands import CommandsModel
from assistant.programme.exercise import ExerciseModel
from assistant.programme.reading import FileModel
from assistant.programme.routine import RoutineModel
from assistant.programme.voice import CUES_MODELS, PACK_MODELS

Kind: TypeAlias = Literal["routine", "exercise", "athlete", "pack", "cues", "commands"]

_OF_FOLDER: dict[str, Kind] = {"exercises": "exercise", "athletes": "athlete"}

_OF_NAME: dict[str, Kind] = {
    "pack.yaml": "pack",
    "cues.yaml": "cues",
    "movements.yaml": "cues",
    "commands.yaml": "commands",
}

_OF_FIELDS: tuple[tuple[frozenset[str], Kind], ...] = (
    (frozenset({"commands"}), "commands"),
    (frozenset({"work", "extends", "change"}), "routine"),
    (frozenset({"cycle", "tempo", "cues"}), "exercise"),
    (frozenset({"says", "answers"}), "athlete"),
    (frozenset({"numbers", "pitch"}), "pack"),
    (frozenset({"movement", "release", "talk", "question"}), "cues"),
)
"""Fields of which one is enough, and the kind of file that has it."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

MODELS: Mapping[Kind, tuple[type[FileModel], ...]] = {
    "routine": (RoutineModel,),
    "exercise": (ExerciseModel,),
    "pack": PACK_MODELS,
    "cues": CUES_MODELS,
    "commands": (CommandsModel,),
    "athlete": (AthleteModel,),
}
"""Kind of file to the models of which one has to fit."""

_OF_VOICES: Mapping[str, str] = {
    "name": "What the voice is called: its folder's name.",
    "inherit": "Another voice, which says what this one does not.",
    "language": "Code of the language, such as en.",
    "voice": "An espeak-ng voice; variants such as en-us+f3 sound different.",
    "words_per_minute": "How fast it talks.",
    "pitch": "How high it is, 0 to 99.",
    "counting": "How the lowering is counted: in words, beeps or both.",
    "numbers": "Words for 0, 1, 2 and so on.",
    "movement": "Cues that ask the body to move; they hold no word that the coach obeys.",
    "release": "Cues that end a movement safely.",
    "talk": "Everything else that is said.",
    "question": "What is asked.",
}
"""Field of a voice's files to what it is."""


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a kind of file."""
    # One adapter of several kinds gives a schema of which one has to fit.
    kinds: Any = MODELS[kind][0]
    for model in MODELS[kind][1:]:
        kinds |= model
    schema: dict[str, Any] = TypeAdapter[Any](kinds).json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("title", None)
        for name, field in part.get("properties", {}).items():
            field.pop("title", None)
            if kind in ("pack", "cues") and name in _OF_VOICES:
                field.setdefault("description", _OF_VOICES[name])
    return {"$schema": DIALECT, "title": f"Imprint: {kind}", **schema}


def kind_by_place(name: str, folder: str) -> Kind | None:
    """Return a file's kind by its name and its folder's; None where they don't say."""
    return _OF_NAME.get(name) or _OF_FOLDER.get(folder)


def kind_by_fields(fields: Iterable[str]) -> Kind | None:
    """Return a file's kind by the fields in it; None where none is known."""
    there = set(fields)
    return next((kind for known, kind in _OF_FIELDS if known & there), None)
