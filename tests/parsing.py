"""What a text would be read as, were it a file's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.coaching.plan import Exercise
from assistant.library.session import load_session
from assistant.programme.commands import CommandSet, as_commands
from assistant.programme.exercise import as_exercise
from assistant.programme.reading import Document
from assistant.programme.routine import Routine, as_routine, checked


def parse_routine(text: str, file: str) -> Routine:
    """Check the text of a routine file that stands alone."""
    return as_routine(checked(Document(text, file)))


def parse_exercise(text: str, file: str, titles: Mapping[str, str]) -> Exercise:
    """Check the text of an exercise file against the cues of a voice."""
    return as_exercise(Document(text, file), titles)


def parse_commands(text: str, file: str) -> CommandSet:
    """Check the text of a commands file."""
    return as_commands(Document(text, file))


def load_routine(path: Path) -> Routine:
    """Read a routine file, or run a script, with what it extends."""
    routine = load_session(str(path)).routine
    assert routine is not None
    return routine
