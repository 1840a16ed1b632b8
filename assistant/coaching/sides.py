"""How far left and right are in a set, so that both end up with as many repetitions: pure functions.

Where the sides take turns, the odd turns are those of the left. `ahead` is how many repetitions the left has
done more than the right; it is negative where the right has done more.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.coaching.load import Load, sides_of, turns_of

_TOGETHER = (1, False)


def next_turn(turn: int, ahead: int) -> int:
    """Return the turn that follows, passing over those that the side ahead has done already."""
    turn += 1
    while (turn % 2 == 1 and turn // 2 < ahead) or (turn % 2 == 0 and turn // 2 <= -ahead):
        turn += 1
    return turn


def following(load: Load, repetition: int, ahead: int) -> int:
    """Return the number of the repetition after one."""
    return next_turn(repetition, ahead) if load.exercise.alternating else repetition + 1


def done_by(load: Load, side: int, repetition: int, other_at: int, ahead: int) -> tuple[int, int]:
    """Return what left and right have done of a set.

    Args:
        load: What is done.
        side: 0 for the left, 1 for the right.
        repetition: The one in progress.
        other_at: The next one of the other side.
        ahead: Repetitions that the left has done more than the right with an earlier load.
    """
    if load.exercise.alternating:
        return max(repetition // 2, ahead), max((repetition - 1) // 2, -ahead)
    here, other = repetition - 1, other_at - 1
    if len(load.exercise.sides) == 1:
        return here + max(ahead, 0), here + max(-ahead, 0)
    return (other, here) if side else (here, other)


def taken_over(before: Load, after: Load, repetition: int, done: tuple[int, int]) -> Load:
    """Return a load the repetitions that are left of another, whose sides work in another way.

    Both together do as many as the working side had left; one by one, each does what makes them even.
    """
    if sides_of(after.exercise) == _TOGETHER:
        less = (repetition - 1) // turns_of(before)
    else:
        less = min(done) - (abs(done[0] - done[1]) if sides_of(before.exercise) == _TOGETHER else 0)
    return replace(after, repetitions=max(before.repetitions - less, 1))


def begin_at(load: Load, ahead: int) -> tuple[int, int, int]:
    """Return the working side, its next repetition and that of the other side, to begin a load with."""
    if load.exercise.alternating:
        return 0, next_turn(0, ahead), 1
    if sides_of(load.exercise) == _TOGETHER:
        return 0, 1, 1
    left, right = 1 + max(ahead, 0), 1 + max(-ahead, 0)
    return (1, right, left) if left > load.repetitions else (0, left, right)
