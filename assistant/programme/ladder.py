"""What exercises are to each other: easier leads down the ladder and asks for no more, harder leads up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.coaching.plan import Exercise


@dataclass(frozen=True, slots=True)
class WrongLink:
    """A link to an exercise that does not fit."""

    field: str
    """`regression` or `progression`."""
    to: str
    """The exercise that is named."""
    problem: str
    """One sentence without a full stop, as is the next."""
    remedy: str


def wrong_name(called: str, name: str) -> tuple[str, str]:
    """Return what is wrong and what to do where an exercise calls itself otherwise than its file."""
    return f"the exercise calls itself {called!r}", f"Give it the file's name, {name!r}"


def wrong_links(exercise: Exercise, known: Mapping[str, Exercise]) -> Iterator[WrongLink]:
    """Look at what an exercise names as easier and as harder.

    Args:
        exercise: The one that names them.
        known: Every exercise there is, by name.
    """
    for field, to in (("regression", exercise.regression), ("progression", exercise.progression)):
        if to is None:
            continue
        if to not in known:
            yield WrongLink(field, to, f"there is no exercise {to!r}", "Correct the name")
            continue
        other, up = known[to], field == "progression"
        # A regression that led up or round could be followed for ever.
        if other.level == exercise.level or (other.level > exercise.level) is not up:
            problem = f"{to} is at level {other.level}, and this exercise at level {exercise.level}"
            remedy = f"A {field} leads {'up' if up else 'down'} the ladder: name another, or correct a level"
            yield WrongLink(field, to, problem, remedy)
        if not up:
            yield from _asks_more(exercise, other)


def _asks_more(exercise: Exercise, easier: Exercise) -> Iterator[WrongLink]:
    """Look at what a regression needs and how far it goes: what comes after trouble asks for no more."""
    if missing := [thing for thing in easier.equipment if thing not in exercise.equipment]:
        problem = f"{easier.name} needs a {missing[0]}, which may not be there"
        yield WrongLink("regression", easier.name, problem, "Name an easier exercise that needs nothing more")
    here, there = exercise.range_steps[0], easier.range_steps[0]
    if there > here:
        problem = f"{easier.name} begins at range {there}, deeper than {here} here"
        remedy = "Name one that begins no deeper: easier never goes lower"
        yield WrongLink("regression", easier.name, problem, remedy)
