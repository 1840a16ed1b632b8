"""Sessions as people count them, one that was cut off and resumed as one, and week by week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from assistant.coaching.tempo import CYCLES, CycleName, parse_tempo, phase_seconds
from assistant.journal.history import parts_of, trained
from assistant.journal.journal import Journal
from assistant.journal.rows import LoadChange, Repetition, SessionState, StoredSession

_AT_REST = {"floor-start": ("bottom",), "hold": ("bottom",)}
"""Phases of a cycle in which the muscles rest: the feet are on the floor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary(SessionState):
    """One session with at least one repetition, or with pain; it stands as its last part does."""

    number: int
    started: datetime
    routine: str
    tension_seconds: int
    """How long the muscles worked, by the tempo of each repetition."""
    done: tuple[Repetition, ...]
    changes: tuple[LoadChange, ...]


def session_summaries(journal: Journal, cycles: Mapping[str, CycleName]) -> list[SessionSummary]:
    """Return the summary of every session that counts, oldest first.

    Args:
        journal: Where they were written.
        cycles: Exercise to its order of phases; one that is not there is taken for a leg lift.

    Raises:
        JournalError: it can't be read.
    """
    sessions = journal.sessions()
    by_number = {written.number: written for written in sessions}
    return [_held(journal, parts_of(written, by_number), cycles) for written in trained(sessions)]


def tension_seconds(cycle: CycleName, tempo: str) -> int:
    """Return how long the muscles work in one repetition, in seconds.

    Raises:
        ValueError: the tempo is none.
    """
    resting, read = _AT_REST.get(cycle, ()), parse_tempo(tempo)
    return sum(phase_seconds(phase, read) for phase in CYCLES[cycle].repetition if phase not in resting)


def _held(
    journal: Journal, parts: Sequence[StoredSession], cycles: Mapping[str, CycleName]
) -> SessionSummary:
    done = [row for part in parts for row in journal.repetitions(part.number)]
    state = parts[-1].state
    return SessionSummary(
        **{field.name: getattr(state, field.name) for field in fields(state)},
        number=parts[-1].number,
        started=parts[0].beginning.started,
        routine=parts[0].beginning.routine,
        tension_seconds=sum(_tension_of(row, cycles) for row in done),
        done=tuple(done),
        changes=tuple(row for part in parts for row in journal.changes(part.number)),
    )


def _tension_of(row: Repetition, cycles: Mapping[str, CycleName]) -> int:
    try:
        return tension_seconds(cycles.get(row.exercise, "up-start"), row.tempo)
    except ValueError:
        return 0  # The file was edited by hand; everything else still counts.


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
