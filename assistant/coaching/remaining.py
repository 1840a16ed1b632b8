"""How long a session will still take, estimated from the loads in force."""

from __future__ import annotations

from assistant.coaching.loads import sides_of, turns_of
from assistant.coaching.plan import SETUP_SECONDS
from assistant.coaching.position import Position
from assistant.coaching.tempo import repetition_seconds

AROUND_A_SIDE_SECONDS = 9
"""What the imprint, the countdown and the first lift of a side take."""


def seconds_left(position: Position, resting: float | None = None) -> float:
    """Estimate the rest of the session in seconds.

    Args:
        position: Where it is.
        resting: Seconds of rest that are left where this set is over; None where it is not.
    """
    sets = position.plan.sets
    before, total = position.load.exercise, resting or 0.0
    for index in range(position.set_index + (resting is not None), len(sets)):
        load = position.load if index == position.set_index else position.planned(index)
        repetitions = load.repetitions * turns_of(load)
        if load.exercise is not before:
            total += SETUP_SECONDS
        before = load.exercise
        side = repetitions * repetition_seconds(load.exercise.cycle, load.tempo) + AROUND_A_SIDE_SECONDS
        sides = len(load.exercise.sides)
        total += side * sides + (sets[index].rest_seconds if index < len(sets) - 1 else 0)
        if index == position.set_index:
            together = 2 if sides_of(load) == (1, False) else 1
            total -= side * min(sum(position.done) / together / repetitions, sides)
    return total
