"""Sessions as people count them: one that was cut off and resumed is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.coaching.tempo import CYCLES, CycleName, parse_tempo, phase_seconds
from assistant.journal.history import parts_of, trained
from assistant.journal.journal import Journal
from assistant.journal.rows import LoadChange, Repetition, StoredSession

_AT_REST = {"floor-start": ("bottom",), "hold": ("bottom",)}
"""Phases of a cycle in which the muscles rest: the feet are on the floor."""


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One session with at least one repetition, or with pain."""

    number: int
    started: datetime
    ended_at: datetime | None
    routine: str
    level: int
    sets: int
    repetitions: int
    tension_seconds: int
    """How long the muscles worked, by the tempo of each repetition."""
    soreness: int | None
    effort: int | None
    sore: bool
    """Whether there was pain, or a red flag."""
    eased: bool
    ended: str | None
    """As in the record's summary; None where it was cut off, or goes on."""
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
        number=parts[-1].number,
        started=parts[0].beginning.started,
        ended_at=state.ended_at,
        routine=parts[0].beginning.routine,
        level=state.level,
        sets=state.sets,
        repetitions=state.repetitions,
        tension_seconds=sum(_tension_of(row, cycles) for row in done),
        soreness=state.soreness,
        effort=state.effort,
        sore=state.sore,
        eased=state.eased,
        ended=state.ended,
        done=tuple(done),
        changes=tuple(row for part in parts for row in journal.changes(part.number)),
    )


def _tension_of(row: Repetition, cycles: Mapping[str, CycleName]) -> int:
    try:
        return tension_seconds(cycles.get(row.exercise, "up-start"), row.tempo)
    except ValueError:
        return 0  # The file was edited by hand; everything else still counts.
