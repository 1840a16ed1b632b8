"""Where a session stands, in plain values: enough to go on from there after it was cut off."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.coaching.plan import Exercise, Plan, WorkSet
from assistant.coaching.tempo import parse_tempo


@dataclass(frozen=True, slots=True)
class Kept:
    """What holds for the later sets of another exercise of the plan."""

    planned: str
    """The exercise that the plan has in them."""
    planned_range: int
    """Of the line of the plan in which it was adapted."""
    planned_tempo: str
    exercise: str
    """The one that is done instead, or the same."""
    range_step: int
    tempo: str


@dataclass(frozen=True, slots=True)
class Place:
    """The set and repetition that come next, with the load in force."""

    level: int
    """The level of the plan."""
    sets_left: int
    """Sets of the plan from this one to the end."""
    planned: str
    """The exercise that the plan has in this set."""
    exercise: str
    """The one that is done."""
    side: int
    """0 for the exercise's first side, or the only one; 1 for its second."""
    repetition: int
    """The next one, counted from 1 within the set and side."""
    other_at: int
    """The next one of the other side."""
    ahead: int
    """What the left has done more with an earlier load."""
    repetitions: int
    """Of a side, in this set."""
    range_step: int
    tempo: str
    halved: bool
    """Whether the sets of this kind have half their repetitions from here on."""
    shift: int
    """Levels by which the work on the ladder differs from the plan."""
    cap: int | None
    """Nothing above this level for the rest of the session."""
    gentle: bool
    """Whether leg lifts were left out."""
    sets_done: int
    """Of the session, as `repetitions_done`."""
    repetitions_done: int
    kept: tuple[Kept, ...] = ()
    """Of other exercises that are still to come."""
    halved_later: tuple[str, ...] = ()
    """Those of them that have half their repetitions, as the plan has them."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that was cut off a short while ago."""

    plan: Plan
    """As it was when it began."""
    place: Place


def fitted(plan: Plan, place: Place) -> Plan | None:
    """Give the plan in which a place is, gentle sets instead of leg lifts where they were left out.

    Args:
        plan: What the routine says now; its file may have been edited since.
        place: Where the session was left.

    Returns:
        None where the place is not in it any more: then nothing can be gone on with.
    """
    sets = plan.side_branch if place.gentle and plan.side_branch else plan.sets
    if plan.level != place.level or not 1 <= place.sets_left <= len(sets):
        return None
    work = sets[len(sets) - place.sets_left]
    fits = work.exercise == place.planned and _is_sound(plan, work, place)
    fits = fits and all(_is_kept(plan, kept) for kept in place.kept)
    return replace(plan, sets=sets) if fits else None


def _is_sound(plan: Plan, work: WorkSet, place: Place) -> bool:
    exercise = plan.exercises.get(place.exercise)
    return (
        exercise is not None
        and _can_be(exercise, place.range_step, place.tempo)
        # Where the sides work in another way from here on, each may have up to twice as many left.
        and 1 <= place.repetitions <= 2 * max(work.repetitions, exercise.repetitions[1])
        and 0 <= place.side < len(exercise.sides)
        and place.repetition >= 1
        and place.other_at >= 1
    )


def _is_kept(plan: Plan, kept: Kept) -> bool:
    planned, exercise = plan.exercises.get(kept.planned), plan.exercises.get(kept.exercise)
    return (
        planned is not None
        and exercise is not None
        and _can_be(planned, kept.planned_range, kept.planned_tempo)
        and _can_be(exercise, kept.range_step, kept.tempo)
    )


def _can_be(exercise: Exercise, range_step: int, tempo: str) -> bool:
    try:
        parse_tempo(tempo)
    except ValueError:
        return False
    shallowest, deepest = exercise.range_steps
    return shallowest <= range_step <= deepest
