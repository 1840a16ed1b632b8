"""What is checked: everything that was read, with the documents that know each field's place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.coaching.plan import Cue
from assistant.library.loader import ReadCommands, ReadExercise, ReadRoutine, ReadVoice


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
