"""Checkpoints: where a session stands, in plain values that are enough to go on from there."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.coaching.plan import Plan, WorkSet
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
class Checkpoint:
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
    """The next repetition, counted from 1 within the set and side."""
    other_at: int
    """The next repetition of the other side."""
    ahead: int
    """Repetitions that the left has done more than the right with an earlier load."""
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
    checkpoint: Checkpoint


def fitted(plan: Plan, checkpoint: Checkpoint) -> Plan | None:
    """Return the plan that a checkpoint belongs to, with the gentle sets where leg lifts were left out.

    Args:
        plan: What the routine says now; its file may have been edited since.
        checkpoint: Where the session was left.

    Returns:
        None where the plan no longer has this checkpoint: then the session can't be resumed.
    """
    sets = plan.side_branch if checkpoint.gentle and plan.side_branch else plan.sets
    if plan.level != checkpoint.level or not 1 <= checkpoint.sets_left <= len(sets):
        return None
    work = sets[len(sets) - checkpoint.sets_left]
    fits = work.exercise == checkpoint.planned and _is_sound(plan, work, checkpoint)
    for kept in checkpoint.kept:
        fits &= _can_be(plan, kept.planned, kept.planned_range, kept.planned_tempo)
        fits &= _can_be(plan, kept.exercise, kept.range_step, kept.tempo)
    return replace(plan, sets=sets) if fits else None


def _is_sound(plan: Plan, work: WorkSet, checkpoint: Checkpoint) -> bool:
    if not _can_be(plan, checkpoint.exercise, checkpoint.range_step, checkpoint.tempo):
        return False
    exercise = plan.exercises[checkpoint.exercise]
    return (
        # Where the sides work in another way from here on, each may have up to twice as many left.
        1 <= checkpoint.repetitions <= 2 * max(work.repetitions, exercise.repetitions[1])
        and 0 <= checkpoint.side < len(exercise.sides)
        and min(checkpoint.repetition, checkpoint.other_at) >= 1
    )


def _can_be(plan: Plan, name: str, range_step: int, tempo: str) -> bool:
    try:
        parse_tempo(tempo)
        shallowest, deepest = plan.exercises[name].range_steps
    except (KeyError, ValueError):
        return False
    return shallowest <= range_step <= deepest
