"""What becomes of the load of a planned set: pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.coaching.adaptation import Load
from assistant.coaching.plan import Exercise, WorkSet
from assistant.coaching.tempo import Tempo


def turns_of(load: Load) -> int:
    """Give how many repetitions make one of each side: two where the sides take turns."""
    return 2 if load.exercise.alternating else 1


def sides_of(load: Load) -> tuple[int, bool]:
    """Give how many sides there are, one after the other, and whether they take turns."""
    return len(load.exercise.sides), load.exercise.alternating


def shifted(load: Load, exercises: Mapping[str, Exercise], levels: int, equipment: frozenset[str]) -> Load:
    """Go some levels up or down the ladder, as far as it goes and its equipment is there.

    Args:
        load: As it was planned.
        exercises: Every exercise by name.
        levels: Up, or down where it is negative.
        equipment: What is there.
    """
    for _ in range(abs(levels)):
        name = load.exercise.regression if levels < 0 else load.exercise.progression
        if name is None or (levels > 0 and not equipment.issuperset(exercises[name].equipment)):
            break
        exercise = exercises[name]
        most = min(load.repetitions, exercise.repetitions[1])
        load = Load(exercise, exercise.tempo, exercise.range_steps[0], most)
    return load


def as_adapted(work: WorkSet, planned: Load, line: WorkSet, adapted: Load) -> Load:
    """Give what an adaptation that was made in one line of the plan means for a set.

    Args:
        work: The set.
        planned: Its load as it was planned.
        line: The set in which the adaptation was made.
        adapted: The load that it led to there.
    """
    if adapted.exercise is not planned.exercise:
        return replace(adapted, repetitions=min(work.repetitions, adapted.exercise.repetitions[1]))
    if (work.tempo, work.range_step) == (line.tempo, line.range_step):
        return replace(adapted, repetitions=planned.repetitions)
    # Another line has its own range and tempo: what was too deep or too fast is no deeper or faster here.
    shallower = adapted.range_step < line.range_step
    return replace(
        planned,
        range_step=min(planned.range_step, adapted.range_step) if shallower else planned.range_step,
        tempo=_as_slow(planned.tempo, line.tempo, adapted.tempo),
    )


def _as_slow(planned: Tempo, before: Tempo, after: Tempo) -> Tempo:
    """Give a tempo, slower where another was made slower."""
    lower = max(planned.lower, after.lower) if after.lower > before.lower else planned.lower
    lift = max(planned.lift, after.lift) if after.lift > before.lift else planned.lift
    return replace(planned, lower=lower, lift=lift)
