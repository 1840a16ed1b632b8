"""Rule for the notes of routines: they hold nothing that the coach obeys in the voice's own commands."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.cues import obeyed_in
from assistant.checking.finding import Finding, at
from assistant.checking.subject import ReadRoutine
from assistant.hearing.recognition.matcher import Matcher
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
                yield at(
                    routine.routine.document,
                    (section, i, "say"),
                    "note-safety-word",
                    f"the note holds what the coach obeys: {', '.join(words)}",
                    "Say it in other words",
                )
