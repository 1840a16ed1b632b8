"""Rule for the notes of routines: they hold nothing that the coach obeys in the voice's own commands."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.cues import obeyed_in
from assistant.checking.finding import Finding, at
from assistant.hearing.recognition.matcher import Matcher
from assistant.library.loader import ReadRoutine
from assistant.programme.entry import SECTIONS, EntryModel


def check_notes(routine: ReadRoutine, obeyed: Matcher) -> Iterator[Finding]:
    """Look at what is said to a routine's entries.

    Args:
        routine: Whose notes they are.
        obeyed: What the coach hears.
    """
    for section in SECTIONS:
        entries: list[EntryModel] = getattr(routine.routine.model, section)
        for i, entry in enumerate(entries):
            if entry.say and (words := obeyed_in(entry.say, obeyed)):
                problem = f"the note holds what the coach obeys: {', '.join(words)}"
                path, document = (section, i, "say"), routine.routine.document
                yield at(document, path, "note-safety-word", problem, "Say it in other words")
