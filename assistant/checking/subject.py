"""What is checked: everything that was read, with the documents that know each field's place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.coaching.plan import Cue, Exercise, Plan
from assistant.programme.commands import CommandSet
from assistant.programme.reading import Document
from assistant.programme.routine import Routine
from assistant.programme.voice import VoicePack
from assistant.programme.yaml_text import Path


@dataclass(frozen=True, slots=True)
class ReadExercise:
    """An exercise and its file."""

    exercise: Exercise
    document: Document
    called: str
    """What it calls itself, which has to be the file's name; here it goes by that."""


@dataclass(frozen=True, slots=True)
class ReadRoutine:
    """A routine, and as it is placed on the ladder where it says."""

    plan: Plan
    routine: Routine


@dataclass(frozen=True, slots=True)
class ReadCommands:
    """What can be said, and its file."""

    commands: CommandSet
    document: Document


@dataclass(frozen=True, slots=True)
class ReadVoice:
    """A voice pack and its files."""

    pack: VoicePack
    pack_document: Document
    cue_documents: tuple[Document, ...]
    commands: ReadCommands

    def writes(self, cue: Cue) -> bool:
        """Tell whether a cue stands in these files; others are inherited."""
        return any(cue.name in (document.value.get(cue.kind) or ()) for document in self.cue_documents)

    def place_of(self, cue: Cue) -> tuple[Document, Path]:
        """Give where a cue is written; for an inherited one, where that pack is named."""
        path = (cue.kind, cue.name)
        for document in self.cue_documents:
            if cue.name in (document.value.get(cue.kind) or ()):
                return document, path
        return self.pack_document, ("inherit",)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Routines, and the exercises that they can name."""

    exercises: Mapping[str, ReadExercise]
    routines: tuple[ReadRoutine, ...]
    unreadable: frozenset[str] = frozenset()
    """Names of exercises whose files can't be read."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything that is looked at together."""

    shelves: tuple[Shelf, ...]
    voices: tuple[ReadVoice, ...]
    """The voices that the exercises are checked with."""
    commands: tuple[ReadCommands, ...]
    usual: Mapping[str, Cue]
    """The cues of the shipped English voice: what the coach fills in is in its own lines."""
    usual_commands: frozenset[str] = frozenset()
    """The names of that voice's commands: the coach listens for no others."""
