"""What follows from pain: the triage table and the silence rules, as data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

SAFETY_COMMANDS = frozenset({"stop", "pain", "red_flag", "help"})
"""Listened for in every state and acted on first."""

RELEASE_DELAY_SECONDS = 0.3
"""Quiet between the silence and the release, so that it is heard as one calm instruction."""

ANSWER_SECONDS = 8.0
"""How long a question waits before it is asked again, and then before it counts as unanswered."""

STOPPED_ASKED_AT = (15.0, 60.0)
"""Seconds of silence after which somebody who stopped is asked."""

PAUSED_ASKED_AT = (60.0,)
"""Seconds of silence after which somebody who paused is asked."""

SETUP_ASKED_AT = (20.0, 60.0)
"""Seconds of silence after which somebody who is getting into position is asked."""

SILENCE_ENDS_AT = 180.0
"""Seconds of silence after which the session ends and is saved."""

LOST_WITHIN_SECONDS = 5.0
"""Two utterances that were not understood within this time, while moving, pause the session."""


class Outcome(Enum):
    """What follows from where it is sore and how much."""

    CONFIRM_ZERO = "confirm_zero"
    SHALLOWER = "shallower"
    REGRESS = "regress"
    GO_ON = "go_on"
    END_LIFTS = "end_lifts"
    END_SESSION = "end_session"


def triage(where: str | None, score: int | None, back_before: bool) -> Outcome:
    """Decide what follows from pain.

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


CONTEXT_OF_PHASE: Mapping[str, str] = {
    "greeting": "setup",
    "setup": "setup",
    "rest": "resting",
    "paused": "paused",
    "stopped": "stopped",
}
"""What is listened for in a phase; everything else that is no question is `moving`."""
