"""Sessions week by week: a pure function."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.journal.summaries import SessionSummary


@dataclass(frozen=True, slots=True)
class Week:
    """What was done from a Monday to a Sunday, by the dates that the person's clock showed."""

    monday: date
    sessions: int
    level: int | None
    """That of its last session, as `soreness` and `effort` None in a week without any."""
    repetitions: int
    tension_minutes: float
    soreness: float | None
    """The mean of what was answered; None where nothing was, as `effort`."""
    effort: float | None


def weekly(sessions: Sequence[SessionSummary], until: date) -> list[Week]:
    """Return every week from the first session on, those without a session included.

    Args:
        sessions: Oldest first.
        until: A day of the last week; later sessions make it later.
    """
    if not sessions:
        return []
    mondays = [_monday(summary.started.date()) for summary in sessions]
    first, last = min(mondays), max(*mondays, _monday(until))
    found: list[Week] = []
    for number in range((last - first).days // 7 + 1):
        monday = first + timedelta(weeks=number)
        here = [summary for summary, of in zip(sessions, mondays, strict=True) if of == monday]
        found.append(
            Week(
                monday=monday,
                sessions=len(here),
                level=here[-1].level if here else None,
                repetitions=sum(summary.repetitions for summary in here),
                tension_minutes=sum(summary.tension_seconds for summary in here) / 60,
                soreness=_mean([summary.soreness for summary in here]),
                effort=_mean([summary.effort for summary in here]),
            )
        )
    return found


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _mean(answers: Sequence[int | None]) -> float | None:
    given = [answer for answer in answers if answer is not None]
    return sum(given) / len(given) if given else None
