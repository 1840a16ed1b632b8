"""What is prescribed for a set, and its steps easier and harder, one thing at a time: pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.coaching.plan import Exercise, Plan, WorkSet
from assistant.coaching.script import Line
from assistant.coaching.tempo import FASTEST_LOWERING, SLOWEST_LOWERING, Tempo

SLOWEST_RETURN = 3
"""Seconds; the return is eased up to here, and never beyond the lowering."""

LOWEST_OF_LONG_RETURNS = 2
"""Range step; from deeper down a longer return is a longer time under load, and no ease."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is being asked of the body in one set."""

    exercise: Exercise
    tempo: Tempo
    range_step: int
    repetitions: int


@dataclass(frozen=True, slots=True)
class Step:
    """A load and the one thing in which it differs from the one before."""

    load: Load
    what: str
    """`range`, `tempo`, `exercise` or `repetitions`."""
    before: str
    after: str
    line: Line
    """What the coach says about it."""


def turns_of(load: Load) -> int:
    """Return how many repetitions make one of each side: two where the sides take turns."""
    return 2 if load.exercise.alternating else 1


def sides_of(exercise: Exercise) -> tuple[int, bool]:
    """Return how many sides work one after the other, and whether they take turns."""
    return len(exercise.sides), exercise.alternating


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
        step = exercise.range_steps[0] if levels < 0 else exercise.first_range
        load = Load(exercise, exercise.tempo, step, most)
    return load


def as_remembered(plan: Plan, ranges: Mapping[str, int], instead: Mapping[str, str]) -> Plan:
    """Return a plan as easy as its exercises were made before, where that is easier than planned.

    Args:
        plan: As the routine says.
        ranges: Exercise to the range step to which it was last made easier or harder.
        instead: Exercise to the easier one that took its place.
    """

    def eased(work: WorkSet) -> WorkSet:
        exercise = plan.exercises[work.exercise]
        if work.part != "work" or exercise.branch != "ladder":
            return work
        easier = plan.exercises.get(instead.get(exercise.name, ""))
        if easier is not None and easier.level < exercise.level:
            most = min(work.repetitions, easier.repetitions[1])
            swapped = replace(work, exercise=easier.name, tempo=easier.tempo, repetitions=most)
            return eased(replace(swapped, range_step=easier.range_steps[0]))
        shallowest, deepest = exercise.range_steps
        step = min(work.range_step, ranges.get(exercise.name, deepest))
        return replace(work, range_step=max(step, shallowest))

    return replace(plan, sets=tuple(map(eased, plan.sets)))


def as_adapted(work: WorkSet, planned: Load, line: WorkSet, adapted: Load) -> Load:
    """Return what an adaptation that was made in one line of the plan means for a set.

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
    # Another line has its own range and tempo, but goes no deeper and no faster than what was too much.
    was_shallower = adapted.range_step < line.range_step
    return replace(
        planned,
        range_step=min(planned.range_step, adapted.range_step) if was_shallower else planned.range_step,
        tempo=_as_slow(planned.tempo, line.tempo, adapted.tempo),
    )


def _as_slow(planned: Tempo, before: Tempo, after: Tempo) -> Tempo:
    """Return a tempo, slower where another was made slower."""
    lower = max(planned.lower, after.lower) if after.lower > before.lower else planned.lower
    lift = max(planned.lift, after.lift) if after.lift > before.lift else planned.lift
    return replace(planned, lower=lower, lift=lift)


def easier(load: Load, exercises: Mapping[str, Exercise], same_sides: bool = False) -> Step | None:
    """Make one thing easier: range, then the tempo of the return, then the exercise; None at the end.

    Args:
        load: As it is.
        exercises: Every exercise by name.
        same_sides: As in `regress`.
    """
    if step := shallower(load):
        return step
    tempo = load.tempo
    is_high = load.range_step <= LOWEST_OF_LONG_RETURNS
    if load.exercise.cycle != "hold" and is_high and tempo.lift < min(SLOWEST_RETURN, tempo.lower):
        eased = replace(tempo, lift=tempo.lift + 1)
        return Step(replace(load, tempo=eased), "tempo", str(tempo), str(eased), Line.EASIER_RETURN)
    return regress(load, exercises, same_sides)


def shallower(load: Load) -> Step | None:
    """Take the range one step nearer to the vertical, where there is one."""
    step = load.range_step
    if step <= load.exercise.range_steps[0]:
        return None
    return Step(replace(load, range_step=step - 1), "range", str(step), str(step - 1), Line.EASIER_RANGE)


def regress(load: Load, exercises: Mapping[str, Exercise], same_sides: bool = False) -> Step | None:
    """Go one exercise down the ladder, at its shallowest range; None at its end.

    Args:
        load: As it is.
        exercises: Every exercise by name.
        same_sides: Pass over exercises that work the sides in another way, where there is one below them:
            one side has done more than the other, and they would never get even.
    """
    name = load.exercise.regression
    if name is None:
        return None
    passed: str | None = name
    while same_sides and passed is not None and sides_of(exercises[passed]) != sides_of(load.exercise):
        passed = exercises[passed].regression
    easier = exercises[passed or name]
    return _swap(load, easier, Line.EASIER_EXERCISE, easier.range_steps[0])


def harder(load: Load, exercises: Mapping[str, Exercise]) -> Step | None:
    """Make one thing harder: range, then the exercise; None at the top."""
    step = load.range_step
    if step < load.exercise.range_steps[1]:
        deeper = replace(load, range_step=step + 1)
        return Step(deeper, "range", str(step), str(step + 1), Line.HARDER_RANGE)
    if load.exercise.progression is None:
        return None
    following = exercises[load.exercise.progression]
    return _swap(load, following, Line.HARDER_EXERCISE, following.first_range)


def slower(load: Load) -> Step | None:
    """Lower one second longer, up to five."""
    if load.tempo.lower >= SLOWEST_LOWERING:
        return None
    return _lowering(load, load.tempo.lower + 1, Line.SLOWER)


def faster(load: Load) -> Step | None:
    """Lower one second less, never under three."""
    return _lowering(load, load.tempo.lower - 1, Line.FASTER)


def capped(load: Load, exercises: Mapping[str, Exercise], level: int) -> Load:
    """Follow the regressions until the exercise is at most at the given level."""
    while load.exercise.level > level:
        step = regress(load, exercises)
        if step is None:
            break
        load = step.load
    return load


def _swap(load: Load, exercise: Exercise, line: Line, range_step: int) -> Step:
    # The repetitions stay: both sides of a set have to do as many. So does the tempo: one thing at a time.
    holds = "hold" in (exercise.cycle, load.exercise.cycle)
    tempo = exercise.tempo if holds else load.tempo
    swapped = Load(exercise, tempo, range_step, load.repetitions)
    return Step(swapped, "exercise", load.exercise.name, exercise.name, line)


def _lowering(load: Load, seconds: int, line: Line) -> Step | None:
    fastest = max(FASTEST_LOWERING, load.tempo.lift)
    if load.exercise.cycle == "hold" or seconds < fastest:
        return None
    tempo = replace(load.tempo, lower=seconds)
    return Step(replace(load, tempo=tempo), "tempo", str(load.tempo), str(tempo), line)
