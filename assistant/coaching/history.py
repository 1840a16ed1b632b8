"""What is remembered of earlier sessions, and what follows from it for the next: pure functions of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from assistant.coaching.checkpoint import Unfinished

SCREENED_FOR_DAYS = 365
"""Twelve months; then the questions about health are asked again."""

WEEK_DAYS = 7

MOST_SESSIONS_A_WEEK = 4
"""From here on a day of rest is advised."""

RESUMED_WITHIN_SECONDS = 2 * 60 * 60
"""How long a session that was cut off can be gone on with: the body is still warm from its warm-up, more or
less, and it is one session still; later it begins anew, with the warm-up (the project's choice)."""

CUT_OFF = (None, "interrupted", "silence")
"""How a session ended that was cut off: power or crash, Ctrl-C, and a lost device or person."""

SLIGHT_SORENESS = 2
"""Of ten; what a session may leave behind without anything following from it."""


PRACTISED_SESSIONS = 2
"""After so many, less is said in time with the movement."""


@dataclass(frozen=True, slots=True)
class PastSession:
    """One session that is over."""

    days_ago: int
    """Calendar days; 0 is today."""
    level: int
    """The level of the ladder at which it started."""
    ended: str
    """As in `Finish.ended`."""
    sore: bool = False
    """Whether there was pain, or a red flag."""
    eased: bool = False
    """Whether anything was made easier in it."""
    at_top: bool = False
    """Whether every work set had the most repetitions of its exercise's usual range."""
    effort: int | None = None
    """0-10, as said at its end; None where it was not answered."""
    soreness: int | None = None
    """0-10, as said at its end; None where it was not answered."""


@dataclass(frozen=True, slots=True)
class History:
    """Everything that a session has to know about those before it."""

    sessions: tuple[PastSession, ...] = ()
    """Those in which anything was trained, oldest first."""
    tutorial_done: bool = False
    screened_days_ago: int | None = None
    """Days since the screening was answered; None where it never was."""
    screening_yes: bool = False
    """Whether one of its questions was answered with yes."""
    red_flag_days_ago: int | None = None
    """Days since a red flag that was confirmed and has not been cleared; None without one."""
    unanswered_flag: str | None = None
    """The red flag that was heard last and neither confirmed nor denied; None without one."""
    unanswered_days_ago: int = 0
    """Days since that."""
    explained: frozenset[str] = frozenset()
    """Exercises whose long form has been heard."""
    equipment: frozenset[str] = frozenset()
    """What the person has said to have."""
    volume_db: float | None = None
    """How loud the person likes the voice, relative to its usual level; None where they never said."""
    talkative: bool | None = None
    """Whether the person likes breath cues; None where they never said."""
    unfinished: Unfinished | None = None
    """What the last session left over, where it is offered to go on with it."""
    still_as_hard: bool = False
    """Whether pain ended the last session, and this one is planned no lower."""


EXPERIENCED = History(tutorial_done=True, screened_days_ago=0)
"""A person who knows the way and has nothing to tell: nothing is asked before the first set."""


def is_practised(history: History) -> bool:
    """Return whether the rhythm is known from earlier sessions."""
    return len(history.sessions) >= PRACTISED_SESSIONS


class RestAdvice(Enum):
    """Why a day of rest, or a gentle one, is advised."""

    RECENT = "recent"
    """The last session was yesterday or today."""
    WEEK = "week"
    """There have been many sessions within a week."""


def needs_screening(history: History) -> bool:
    """Return whether the questions about health are due: never asked, long ago, or answered with a yes."""
    days = history.screened_days_ago
    return days is None or days >= SCREENED_FOR_DAYS or history.screening_yes


def rest_advice(history: History) -> RestAdvice | None:
    """Return why today should be a gentle day; None where nothing speaks against training."""
    if any(session.days_ago <= 1 for session in history.sessions):
        return RestAdvice.RECENT
    week = [session for session in history.sessions if session.days_ago < WEEK_DAYS]
    return RestAdvice.WEEK if len(week) >= MOST_SESSIONS_A_WEEK else None


def starting_level(history: History, default: int) -> int:
    """Return the level at which the next session starts: that of the last, one lower if pain ended it.

    Args:
        history: What is remembered.
        default: Where a person starts who has not trained before.
    """
    if not history.sessions:
        return default
    last = history.sessions[-1]
    return max(last.level - 1, 0) if _ended_sore(last) else last.level


def starts_lower(history: History) -> bool:
    """Return whether pain ended the last session, so that the next one has to be lower."""
    return bool(history.sessions) and _ended_sore(history.sessions[-1])


def is_sore_after(score: int | None) -> bool:
    """Return whether soreness from the last session calls for less.

    Args:
        score: 0-10; None when it was not answered, which rules nothing out.
    """
    return score is None or score > SLIGHT_SORENESS


def progress_offered(history: History) -> bool:
    """Return whether more is offered: the last two sessions were clean and at the top of the range."""
    last = history.sessions[-2:]
    return len(last) == 2 and all(_clean(session) and session.at_top for session in last)


def locked_today(history: History) -> bool:
    """Return whether there was a red flag today: nothing more is trained on that day."""
    return history.red_flag_days_ago == 0


def needs_clearing(history: History) -> bool:
    """Return whether an earlier red flag has to be cleared by the person first."""
    return history.red_flag_days_ago is not None and not locked_today(history)


def can_be_resumed(ended: str | None, sore: bool, seconds_ago: float) -> bool:
    """Return whether a session is offered again: one that was cut off lately, and never after pain.

    Args:
        ended: As in `Finish.ended`; None where nothing tells of an end.
        sore: Whether there was pain in it, or a red flag.
        seconds_ago: Since it was left; a clock that was set back a little makes it less than nought.
    """
    return ended in CUT_OFF and not sore and abs(seconds_ago) <= RESUMED_WITHIN_SECONDS


def _ended_sore(session: PastSession) -> bool:
    return session.ended in ("pain", "red_flag")


def _clean(session: PastSession) -> bool:
    untroubled = not session.sore and not session.eased and not is_sore_after(session.soreness)
    return session.ended == "completed" and untroubled
