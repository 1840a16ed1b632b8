"""What is remembered of earlier sessions, and what follows from it for the next: pure functions of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from assistant.coaching.checkpoint import Unfinished
from assistant.coaching.complaint import MUCH_PAIN, RatedPain

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

OUT_FOR_DAYS = 2
"""So long after much pain in back or hip no legs are lifted: 48 hours, counted in calendar days (chosen)."""

AWAY_DAYS, LONG_AWAY_DAYS, VERY_LONG_AWAY_DAYS = 14, 28, 56
"""After so many days without a session it begins one level lower, two, or at the lowest (chosen)."""

MOST_EFFORT = 8
"""Of ten; more is offered only where sessions were at most so hard (chosen)."""

LEAST_RESERVE = 2
"""Repetitions that could have been done besides, in two sessions in a row, before more is offered.

Source: the "2-for-2 rule" of Baechle and Earle, Essentials of Strength Training and Conditioning.
"""

PRACTISED_SESSIONS = 2
"""After so many, less is said in time with the movement."""


@dataclass(frozen=True, slots=True)
class PastSession:
    """One session that is over."""

    days_ago: int
    """Calendar days; 0 is today. Below 0 its date lies ahead, so that it is not known when it was."""
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
    reserve: int | None = None
    """How many more repetitions could have been done, as said at its end; None where it was not answered."""
    pain: RatedPain | None = None
    """The worst that hurt in it."""


class Lowering(Enum):
    """Why a session begins lower than the last."""

    PAIN = "pain"
    """Pain ended the last session."""
    PAIN_AGAIN = "pain_again"
    """There was pain in two of the last three."""
    AWAY = "away"
    """The last one was at least two weeks ago."""
    LONG_AWAY = "long_away"
    """Four weeks."""
    VERY_LONG_AWAY = "very_long_away"
    """Eight weeks."""


LEVELS_LOWER: Mapping[Lowering, int] = {
    Lowering.PAIN: 1,
    Lowering.PAIN_AGAIN: 1,
    Lowering.AWAY: 1,
    Lowering.LONG_AWAY: 2,
    Lowering.VERY_LONG_AWAY: 100,
}
"""By how many levels; the last leads to the lowest there is."""


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
    lowering: Lowering | None = None
    """Why this session begins lower than the last; None where it does not, or a level was asked for."""
    still_as_hard: bool = False
    """Whether it should, and is planned no lower: a routine may name its exercises."""
    ranges: Mapping[str, int] = field(default_factory=dict[str, int])
    """Exercise to the range step to which it was last made easier or harder."""
    instead: Mapping[str, str] = field(default_factory=dict[str, str])
    """Exercise to the easier one that took its place."""


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
    return days is None or not 0 <= days < SCREENED_FOR_DAYS or history.screening_yes


def rest_advice(history: History) -> RestAdvice | None:
    """Return why today should be a gentle day; None where nothing speaks against training."""
    if any(0 <= session.days_ago <= 1 for session in history.sessions):
        return RestAdvice.RECENT
    week = [session for session in history.sessions if 0 <= session.days_ago < WEEK_DAYS]
    return RestAdvice.WEEK if len(week) >= MOST_SESSIONS_A_WEEK else None


def lowering_of(history: History) -> Lowering | None:
    """Return why the next session begins lower than the last: the weightiest reason, or None."""
    if not history.sessions:
        return None
    last = history.sessions[-1]
    away = (
        (VERY_LONG_AWAY_DAYS, Lowering.VERY_LONG_AWAY),
        (LONG_AWAY_DAYS, Lowering.LONG_AWAY),
        (AWAY_DAYS, Lowering.AWAY),
    )
    if last.days_ago < LONG_AWAY_DAYS:
        if _ended_sore(last):
            return Lowering.PAIN
        if sum(session.sore for session in history.sessions[-3:]) >= 2:
            return Lowering.PAIN_AGAIN
    return next((lowering for days, lowering in away if last.days_ago >= days), None)


def starting_level(history: History, default: int) -> int:
    """Return the level at which the next session starts: that of the last, or lower.

    Args:
        history: What is remembered.
        default: Where a person starts who has not trained before.
    """
    if not history.sessions:
        return default
    lowering = lowering_of(history)
    lower = 0 if lowering is None else LEVELS_LOWER[lowering]
    return max(history.sessions[-1].level - lower, 0)


def lifts_are_out(history: History) -> bool:
    """Return whether much pain in back or hip is so short a time ago that no legs are lifted today."""
    return any(map(_keeps_lifts_out, history.sessions))


def pain_to_name(history: History) -> PastSession | None:
    """Return the session whose pain is asked about today, or None."""
    out = [session for session in history.sessions if _keeps_lifts_out(session)]
    last = [session for session in history.sessions[-1:] if session.pain is not None]
    named = next(reversed(out or last), None)
    return None if named is None or named.days_ago > WEEK_DAYS else named


def is_worse(score: int | None, last: PastSession) -> bool:
    """Return whether it hurts more than the last session left it, or much.

    Args:
        score: 0-10, today; None where it was not answered, which rules nothing out.
        last: What was said at its end.
    """
    if score is None:
        return True
    after = max(last.soreness or 0, 0 if last.pain is None else last.pain.counted)
    return score >= MUCH_PAIN or score > after


def is_sore_after(score: int | None) -> bool:
    """Return whether soreness from the last session calls for less.

    Args:
        score: 0-10; None when it was not answered, which rules nothing out.
    """
    return score is None or score > SLIGHT_SORENESS


def progress_offered(history: History) -> bool:
    """Return whether more is offered: after two sessions that were clean, not too hard, with more in reserve.

    Effort and reserve have to have been told; nothing is offered after two weeks without a session.
    """
    last = history.sessions[-2:]
    return len(last) == 2 and last[-1].days_ago < AWAY_DAYS and all(map(_calls_for_more, last))


def locked_today(history: History) -> bool:
    """Return whether there was a red flag today: nothing more is trained on that day.

    One whose date lies ahead is asked about instead: a clock that was wrong once locks nothing for weeks.
    """
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


def _keeps_lifts_out(session: PastSession) -> bool:
    much = session.pain is not None and session.pain.keeps_lifts_out
    return much and 0 <= session.days_ago <= OUT_FOR_DAYS


def _ended_sore(session: PastSession) -> bool:
    return session.ended in ("pain", "red_flag")


def _calls_for_more(session: PastSession) -> bool:
    clean = not session.sore and not session.eased and not is_sore_after(session.soreness)
    light = session.effort is not None and session.effort <= MOST_EFFORT
    reserve = session.reserve is not None and session.reserve >= LEAST_RESERVE
    return session.ended == "completed" and clean and light and reserve and session.at_top
