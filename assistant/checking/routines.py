"""Rules for routines: repetitions and rests within the programme, and notes of which the coach obeys nothing.

How many sets there may be of an exercise, and how fast it may be, is held where files are read.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.checking.cues import obeyed_in
from assistant.checking.finding import Finding, at
from assistant.coaching.plan import WorkSet
from assistant.hearing.recognition.matcher import Matcher
from assistant.library.loader import ReadRoutine
from assistant.programme.entry import SECTIONS, EntryModel
from assistant.programme.routine import Routine
from assistant.programme.yaml_text import Path

SHORTEST_REST, LONGEST_REST = 15, 180
"""Seconds between two sets of work (the project's choice): time to breathe, and no time to get cold."""


def check_volumes(routine: ReadRoutine) -> Iterator[Finding]:
    """Look at the sets of a routine, placed on the ladder where it starts."""
    plan, document = routine.plan, routine.routine.document
    for work in dict.fromkeys(plan.sets):
        most = plan.exercises[work.exercise].repetitions[1]
        if work.repetitions > most:
            path = _written(routine.routine, work, "repetitions", work.repetitions)
            problem = f"{work.repetitions} repetitions of {work.exercise} are more than its {most}"
            remedy = "Ask for fewer; a further set or a slower lowering makes it harder, too"
            yield at(document, path, "repetitions", problem, remedy)
    for work in dict.fromkeys(plan.sets[:-1]):
        if work.part == "work" and not SHORTEST_REST <= work.rest_seconds <= LONGEST_REST:
            path = _written(routine.routine, work, "rest", work.rest_seconds)
            problem = f"a rest of {work.rest_seconds} s is not between {SHORTEST_REST} and {LONGEST_REST} s"
            remedy = "Rest long enough to breathe, and not so long that you get cold"
            yield at(document, path, "rest", problem, remedy)


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


def _written(routine: Routine, work: WorkSet, field: str, value: int) -> Path:
    """Return where a set's value is written: a plan does not tell which line a set comes from."""
    section = work.part.replace("-", "_")
    entries: list[EntryModel] = getattr(routine.model, section)
    for i, entry in enumerate(entries):
        if getattr(entry, field) == value and entry.exercise in (None, work.exercise):
            return (section, i, field)
    return (section,)
