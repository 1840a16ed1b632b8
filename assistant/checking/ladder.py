"""Rules for exercises: names, the way down and up the ladder, and what has to be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.checking.finding import Finding, at
from assistant.checking.subject import Shelf
from assistant.library.loader import ReadExercise
from assistant.programme.ladder import wrong_names

EQUIPMENT_FROM_LEVEL = 8
"""From here on the ladder needs something besides a mat."""


def check_ladder(shelf: Shelf) -> Iterator[Finding]:
    """Look at exercises and at how they lead to each other."""
    exercises = shelf.exercises
    rungs = [read.exercise.level for read in exercises.values() if read.exercise.branch == "ladder"]
    lowest = min(rungs, default=0)
    round_about = _going_round(exercises)
    known = {name: read.exercise for name, read in exercises.items()}
    for name, read in exercises.items():
        exercise, document = read.exercise, read.document
        rung = exercise.branch == "ladder"
        if rung and exercise.regression is None and exercise.level > lowest:
            remedy = f"Name an exercise below level {exercise.level} as its `regression:`"
            yield at(document, ("level",), "regression", "there is nothing easier to go to", remedy)
        if rung and exercise.level >= EQUIPMENT_FROM_LEVEL and not exercise.equipment:
            problem = f"level {exercise.level} needs equipment, and none is named"
            remedy = "Add `equipment:` with ball, bench or bar, so that it is asked for"
            yield at(document, ("level",), "equipment", problem, remedy)
        if name in round_about:
            problem = f"the regressions go round: {' to '.join(round_about[name])}"
            remedy = "Let each lead to an exercise of a lower level"
            yield at(document, ("regression",), "regression", problem, remedy)
        for wrong in wrong_names(exercise, read.called, known, shelf.unreadable):
            if wrong.field == "regression" and name in round_about:
                continue
            other = exercises.get(wrong.named) if wrong.field != "name" else None
            concerns = frozenset[str]() if other is None else frozenset({other.document.file})
            rule = "exercise-name" if wrong.field == "name" else wrong.field
            yield at(document, (wrong.field,), rule, wrong.problem, wrong.remedy, concerns)


def _going_round(exercises: Mapping[str, ReadExercise]) -> dict[str, list[str]]:
    """Return each exercise whose regressions lead back to it, with the way there."""
    found: dict[str, list[str]] = {}
    for name in exercises:
        way = [name]
        while (read := exercises.get(way[-1])) and (lower := read.exercise.regression):
            if lower in way:
                if lower == name:
                    found[name] = [*way, lower]
                break
            way.append(lower)
    return found
