"""What follows from pain: one pure function, the triage table.

The back and the hip are what leg lifts load, so a little pain there makes them less. The groin counts as the
hip: the hip flexors that lift the legs run through it. What hurts anywhere else does not come from the
lifts, so nothing about them would help: a little is left to the person, and more of it ends the session.
From six on, everything ends it.

Pain that is sharp or stabbing, or that spreads, counts as much, whatever number it is given.
"""

from __future__ import annotations

from enum import Enum

from assistant.coaching.complaint import COUNTS_AS, SEVERE_KINDS

MOST_OF_LIFTS = 5
"""More pain than that in back or hip ends the session. Chosen."""


class Outcome(Enum):
    """What follows from where it is sore and how much."""

    CONFIRM_ZERO = "confirm_zero"
    SHALLOWER = "shallower"
    REGRESS = "regress"
    GO_ON = "go_on"
    END_LIFTS = "end_lifts"
    END_SESSION = "end_session"


def triage(where: str | None, score: int | None, back_before: bool, kind: str | None = None) -> Outcome:
    """Return what follows from pain.

    The figures are the project's own, stricter than the pain-monitoring model of the tendon literature.

    Args:
        where: As in `PLACES`; None when it was not answered.
        score: 0-10; None when it was not answered, which counts as the worst.
        back_before: Whether the back has already been sore in this session.
        kind: What kind of pain it is; None when nothing was said about it.
    """
    score = 10 if score is None or kind in SEVERE_KINDS else score
    counts_as = COUNTS_AS.get(where or "")
    if counts_as is not None and score > MOST_OF_LIFTS:
        return Outcome.END_SESSION
    if counts_as == "back":
        if score == 0:
            return Outcome.CONFIRM_ZERO
        return Outcome.SHALLOWER if score <= 2 and not back_before else Outcome.END_LIFTS
    if counts_as == "hip":
        return Outcome.REGRESS
    if score == 0:
        return Outcome.CONFIRM_ZERO
    if where is None or score > 2:
        return Outcome.END_SESSION
    return Outcome.GO_ON
