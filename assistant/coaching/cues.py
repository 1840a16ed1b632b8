"""Every cue that a session of a plan may say, its words filled in, to be rendered and measured beforehand.

What depends on the person alone has no end: five minutes of "more rest", or a session of which only some
repetitions were done. Of that only what comes up in a session as planned, or close to it, is here; anything
else is given an estimated length (`script.Lengths`) and rendered when it is said, in a rest or at the end.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from assistant.coaching.complaint import COUNTS_AS, PLACES, SIDES
from assistant.coaching.course import MORE_REST_SECONDS
from assistant.coaching.history import History, pain_to_name
from assistant.coaching.opening import where_left
from assistant.coaching.plan import Cue, Exercise, Plan, WorkSet
from assistant.coaching.position import Position, seconds_left
from assistant.coaching.script import Line, Script

MOST_SORE = 10
"""The highest number that may have to be read back."""

STEPS_DOWN, STEPS_UP = 2, 1
"""Levels around a planned exercise whose titles are taken in: as far as one session usually leads. Chosen."""


def cues_of(plan: Plan, script: Script, history: History) -> Iterator[Cue]:
    """Return every cue that a session may say, some of them more than once.

    Args:
        plan: What will be done.
        script: The voice's wording; the lengths in it are not asked for.
        history: What is remembered of earlier sessions.
    """
    yield from (cue for cue in script.cues.values() if "{" not in cue.text)
    yield from (script.count(number) for number in range(len(script.numbers)))
    yield from (script.sore_place(where, side) for where in PLACES for side in (None, *SIDES))
    yield from (script.cue(Line.ASK_SURE, n=number) for number in range(MOST_SORE + 1))
    for where, side in itertools.product(COUNTS_AS, (None, *SIDES)):
        yield script.cue(Line.ASK_HOW_NOW, place=script.your_place(where, side))
    if (last := pain_to_name(history)) is not None:
        yield script.last_pain(last)
    unfinished = history.unfinished
    if unfinished is not None:
        line, filled = where_left(unfinished, script, history)
        yield script.cue(line, **filled)
    for sets in (plan.sets, plan.side_branch, () if unfinished is None else unfinished.plan.sets):
        for index, work in enumerate(sets):
            yield from _of_set(plan, script, sets, index, work)
    yield from _of_summary(plan, script)


def _of_set(
    plan: Plan, script: Script, sets: tuple[WorkSet, ...], index: int, work: WorkSet
) -> Iterator[Cue]:
    same = [(other.exercise, other.part) == (work.exercise, work.part) for other in sets]
    number, count = sum(same[: index + 1]), sum(same)
    if work.note is not None:
        yield work.note
    announced = {"warm-up": Line.WARM_UP, "cool-down": Line.COOL_DOWN}.get(
        work.part, Line.ANNOUNCE_ONE if count == 1 else Line.ANNOUNCE
    )
    for exercise in _around(plan, plan.exercises[work.exercise]):
        title = exercise.title
        for line in (announced, Line.NEXT_EXERCISE_UP, Line.NEXT_IS, Line.WHERE_YOU_ARE):
            yield script.cue(line, title=title, n=number, m=count)
        for side in filter(None, exercise.sides):
            word = script.cue(f"side_{side}").text
            for line in (Line.FIRST_SIDE, Line.OTHER_SIDE, Line.THIS_SIDE):
                yield script.cue(line, side=word)
    yield script.cue(Line.NEXT_UP, n=number, m=count)
    yield script.cue(Line.REST, n=work.rest_seconds)
    for left in range(work.rest_seconds + 1):
        yield script.cue(Line.MORE_REST, n=left + MORE_REST_SECONDS)
    for left in range(1, work.repetitions + 1):
        yield script.cue(Line.TO_GO, n=left)


def _around(plan: Plan, exercise: Exercise) -> Iterator[Exercise]:
    """Return an exercise and those that a session may lead to from it."""
    yield exercise
    below, above = exercise, exercise
    for _ in range(STEPS_DOWN):
        if below.regression is None:
            break
        below = plan.exercises[below.regression]
        yield below
    for _ in range(STEPS_UP):
        if above.progression is None:
            break
        above = plan.exercises[above.progression]
        yield above


def _of_summary(plan: Plan, script: Script) -> Iterator[Cue]:
    """Return what is said about what is left and what was done, as the plan goes."""
    position, works = Position(plan), sum(work.part == "work" for work in plan.sets)
    for left in range(1, works + 1):
        yield script.cue(Line.SETS_TO_GO, n=left)
    for minutes in range(2, math.ceil(seconds_left(position) / 60) + 1):
        yield script.cue(Line.MINUTES_TO_GO, n=minutes)
    sets = repetitions = 0
    for work in plan.sets:
        if work.part != "work":
            continue
        exercise = plan.exercises[work.exercise]
        turns = 2 if exercise.alternating else 1
        for _ in exercise.sides:
            repetitions += work.repetitions * turns
            yield _done(script, sets, repetitions)
        sets += 1
        yield _done(script, sets, repetitions)


def _done(script: Script, sets: int, repetitions: int) -> Cue:
    done = script.counted(repetitions, Line.ONE_REPETITION, Line.REPETITIONS)
    if not sets:
        return script.cue(Line.DONE_REPETITIONS, m=done)
    return script.cue(Line.DONE_SETS, n=script.counted(sets, Line.ONE_SET, Line.SETS), m=done)
