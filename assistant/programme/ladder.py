"""What exercises are to each other: easier leads down the ladder and asks for no more, harder leads up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.coaching.plan import Exercise


@dataclass(frozen=True, slots=True)
class WrongName:
    """A name in an exercise that does not fit."""

    field: str
    """`name`, `regression` or `progression`."""
    named: str
    problem: str
    """One sentence without a full stop, as is the next."""
    remedy: str


def wrong_names(
    exercise: Exercise, called: str, known: Mapping[str, Exercise], unreadable: frozenset[str]
) -> Iterator[WrongName]:
    """Look at what an exercise calls itself, and at what it names as easier and as harder.

    Args:
        exercise: The one that names them; it goes by its file's name.
        called: What it calls itself.
        known: Every exercise there is, by name.
        unreadable: Names of those whose files can't be read: what is wrong with them is told elsewhere.
    """
    if called != exercise.name:
        remedy = f"Give it the file's name, {exercise.name!r}"
        yield WrongName("name", called, f"the exercise calls itself {called!r}", remedy)
    for field, to in (("regression", exercise.regression), ("progression", exercise.progression)):
        if to is None or to in unreadable:
            continue
        if to not in known:
            yield WrongName(field, to, f"there is no exercise {to!r}", "Correct the name")
            continue
        other, up = known[to], field == "progression"
        # A regression that led up or round could be followed for ever.
        if other.level == exercise.level or (other.level > exercise.level) is not up:
            problem = f"{to} is at level {other.level}, and this exercise at level {exercise.level}"
            remedy = f"A {field} leads {'up' if up else 'down'} the ladder: name another, or correct a level"
            yield WrongName(field, to, problem, remedy)
        if not up:
            yield from _asks_more(exercise, other)


def _asks_more(exercise: Exercise, easier: Exercise) -> Iterator[WrongName]:
    """Look at what a regression needs and how far it goes: what comes after trouble asks for no more."""
    if missing := [thing for thing in easier.equipment if thing not in exercise.equipment]:
        problem = f"{easier.name} needs a {missing[0]}, which may not be there"
        yield WrongName("regression", easier.name, problem, "Name an easier exercise that needs nothing more")
    here, there = exercise.range_steps[0], easier.range_steps[0]
    if there > here:
        problem = f"{easier.name} begins at range {there}, deeper than {here} here"
        remedy = "Name one that begins no deeper: easier never goes lower"
        yield WrongName("regression", easier.name, problem, remedy)
