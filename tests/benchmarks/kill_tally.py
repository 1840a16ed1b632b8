"""The routine that is killed, where it has to be gone on with, and what came of all kills."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.coaching.checkpoint import Unfinished
from assistant.coaching.history import EXPERIENCED
from assistant.coaching.position import Position

ROUTINE = """\
name: sided
start_level: 3
warm_up:
  - {exercise: imprint-hold, repetitions: 1, rest: 2}
work:
  - {exercise: single-leg, repetitions: 4, sets: 2, range: 2, rest: 10}
  - {exercise: heel-taps, repetitions: 4, rest: 10}
cool_down:
  - {exercise: imprint-hold, repetitions: 1}
"""

REPETITIONS = 24

Spot = tuple[int, str | None, int]
"""Work set, side, and number of a repetition."""


@dataclass(slots=True)
class Tally:
    """What came of all kills."""

    kills: int = 0
    repetitions: int = 0
    """Finished in all sessions, by the children's records."""
    lost: int = 0
    """Of these, not in the journal, and finished well before the kill."""
    in_flight: int = 0
    """Not in the journal, and finished just before the kill."""
    in_flight_ms: float = 0.0
    """How long before it the oldest of these was finished."""
    damaged: int = 0
    torn: int = 0
    """Journals in which a session does not stand where its repetitions say."""
    offers: int = 0
    wrong_offers: int = 0
    sessions_completed: int = 0
    trouble: list[str] = field(default_factory=list[str])


def next_spot(done: int) -> Spot:
    """Return the repetition that follows so many of the routine, written down independently of the coach."""
    order: list[Spot] = [
        (number, side, repetition)
        for number in (1, 2)
        for side in ("left", "right")
        for repetition in range(1, 5)
    ]
    order += [(3, ("left", "right")[turn % 2], turn + 1) for turn in range(8)]
    return order[done] if done < len(order) else (0, None, 1)


def spot_of(unfinished: Unfinished) -> Spot:
    """Return the repetition with which the coach would go on."""
    position = Position(unfinished.plan)
    position.resume(unfinished.plan, unfinished.checkpoint, EXPERIENCED.equipment)
    return position.set, position.side, position.repetition
