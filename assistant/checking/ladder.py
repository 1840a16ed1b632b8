"""Rules for exercises: names, the way down and up the ladder, and what has to be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.checking.finding import Finding, at
from assistant.checking.subject import ReadExercise, Shelf

EQUIPMENT_FROM_LEVEL = 8
"""From here on the ladder needs something besides a mat."""


def check_ladder(shelf: Shelf) -> Iterator[Finding]:
    """Look at exercises and at how they lead to each other."""
    exercises = shelf.exercises
    rungs = [read.exercise.level for read in exercises.values() if read.exercise.branch == "ladder"]
    lowest = min(rungs, default=0)
    round_about = _going_round(exercises)
    for name, read in exercises.items():
        exercise, document = read.exercise, read.document
        if read.called != name:
            yield at(
                document,
                ("name",),
                "exercise-name",
                f"the exercise calls itself {read.called!r}",
                f"Give it the file's name, {name!r}",
            )
        rung = exercise.branch == "ladder"
        if rung and exercise.regression is None and exercise.level > lowest:
            yield at(
                document,
                ("level",),
                "regression",
                "there is nothing easier to go to",
                f"Name an exercise below level {exercise.level} as its `regression:`",
            )
        if rung and exercise.level >= EQUIPMENT_FROM_LEVEL and not exercise.equipment:
            yield at(
                document,
                ("level",),
                "equipment",
                f"level {exercise.level} needs equipment, and none is named",
                "Add `equipment:` with ball, bench or bar, so that it is asked for",
            )
        if name in round_about:
            yield at(
                document,
                ("regression",),
                "regression",
                f"the regressions go round: {' to '.join(round_about[name])}",
                "Let each lead to an exercise of a lower level",
            )
        else:
            yield from _leads(read, shelf, "regression", up=False)
            yield from _asks_more(read, shelf)
        yield from _leads(read, shelf, "progression", up=True)


def _leads(read: ReadExercise, shelf: Shelf, field: str, *, up: bool) -> Iterator[Finding]:
    name: str | None = getattr(read.exercise, field)
    if name is None or name in shelf.unreadable:
        return
    if name not in shelf.exercises:
        yield at(read.document, (field,), field, f"there is no exercise {name!r}", "Correct the name")
        return
    other = shelf.exercises[name]
    level = other.exercise.level
    if level == read.exercise.level or (level > read.exercise.level) is not up:
        yield at(
            read.document,
            (field,),
            field,
            f"{name} is at level {level}, and this exercise at level {read.exercise.level}",
            f"A {field} leads {'up' if up else 'down'}: name another, or correct a level",
            frozenset({other.document.file}),
        )


def _asks_more(read: ReadExercise, shelf: Shelf) -> Iterator[Finding]:
    """Look at what a regression needs and how far it goes: what comes after trouble asks for no more."""
    easier = shelf.exercises.get(read.exercise.regression or "")
    if easier is None:
        return
    here, there = read.exercise, easier.exercise
    missing = [thing for thing in there.equipment if thing not in here.equipment]
    problems: list[tuple[str, str]] = []
    if missing:
        needs = f"{there.name} needs a {missing[0]}, which may not be there"
        problems.append((needs, "Name an exercise that needs nothing more"))
    if there.range_steps[0] > here.range_steps[0]:
        deeper = (
            f"{there.name} begins at range {there.range_steps[0]}, deeper than {here.range_steps[0]} here"
        )
        problems.append((deeper, "Name one that begins no deeper"))
    for problem, remedy in problems:
        concerns = frozenset({easier.document.file})
        yield at(read.document, ("regression",), "regression", problem, remedy, concerns)


def _going_round(exercises: Mapping[str, ReadExercise]) -> dict[str, list[str]]:
    """Give each exercise whose regressions lead back to it, with the way there."""
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
