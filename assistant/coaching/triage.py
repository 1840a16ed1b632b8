"""What follows from pain: one pure function, the triage table."""

from __future__ import annotations

from enum import Enum


class Outcome(Enum):
    """What follows from where it is sore and how much."""

    CONFIRM_ZERO = "confirm_zero"
    SHALLOWER = "shallower"
    REGRESS = "regress"
    GO_ON = "go_on"
    END_LIFTS = "end_lifts"
    END_SESSION = "end_session"


def triage(where: str | None, score: int | None, back_before: bool) -> Outcome:
    """Return what follows from pain.

    The figures are the project's own, stricter than the pain-monitoring model of the tendon literature.

    Args:
        where: `back`, `hip` or anything else; None when it was not answered.
        score: 0-10; None when it was not answered, which counts as more than 5.
        back_before: Whether the back has already been sore in this session.
    """
    if where == "back":
        if score == 0:
            return Outcome.CONFIRM_ZERO
        if score is not None and score <= 2 and not back_before:
            return Outcome.SHALLOWER
        return Outcome.END_LIFTS
    if where == "hip":
        return Outcome.REGRESS if score is not None and score <= 5 else Outcome.END_LIFTS
    if where is None or score is None or score > 2:
        return Outcome.END_SESSION
    return Outcome.CONFIRM_ZERO if score == 0 else Outcome.GO_ON
