"""Whether a session was made easier: a pure function of its changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.coaching.plan import Exercise
from assistant.coaching.tempo import parse_tempo
from assistant.journal.rows import LoadChange

TAKEN_BACK = "i_didnt_say_that"
"""Why a change reverses one that was only misheard."""


def was_eased(changes: Iterable[LoadChange], exercises: Mapping[str, Exercise]) -> bool:
    """Return whether anything was made easier than planned; what was taken back does not count.

    Args:
        changes: In the order in which they were made.
        exercises: Every exercise that the session may use.
    """
    raised: list[tuple[str, str, str]] = []
    eased: list[tuple[str, str, str]] = []
    for change in changes:
        this, reverse = (change.what, change.before, change.after), (change.what, change.after, change.before)
        if not is_easier(change, exercises):
            if change.why == TAKEN_BACK and reverse in eased:
                eased.remove(reverse)
            else:
                raised.append(this)
        # What was made harder and is made easier again is as it was planned.
        elif reverse in raised:
            raised.remove(reverse)
        else:
            eased.append(this)
    return bool(eased)


def is_easier(change: LoadChange, exercises: Mapping[str, Exercise]) -> bool:
    """Return whether a change asks less of the body: less range, fewer, a slower return, a lower level."""
    match change.what:
        case "range" | "repetitions":
            return int(change.after) < int(change.before)
        case "tempo":
            return parse_tempo(change.after).lift > parse_tempo(change.before).lift
        case "exercise":
            return exercises[change.after].level < exercises[change.before].level
        case _:
            return False
