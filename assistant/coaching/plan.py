"""The session as it was planned: exercises, work sets and what is said, all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assistant.coaching.tempo import CYCLES, CycleName, Tempo, phase_seconds, repetition_seconds

CueKind: TypeAlias = Literal["movement", "release", "talk", "question"]
"""What a cue is for: `movement` asks the body to do something, `release` ends it safely."""

IMPRINT_SECONDS = 4.0
"""How long the lower back is pressed into the floor before a set (3-5 s, the project's choice)."""

GET_READY_SECONDS = 2.0
"""How long the countdown into the first lift lasts."""

SETUP_SECONDS = 14.0
"""What getting into position is planned to take, for the timetable; the session waits for "ready"."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing that the coach says."""

    name: str
    text: str
    kind: CueKind
    words_per_minute: int | None = None
    """Speaking rate where it differs from the voice's own."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One movement of the ladder."""

    name: str
    title: str
    level: int
    cycle: CycleName
    sides: tuple[str | None, ...]
    """`("left", "right")`, or `(None,)` where both legs work together."""
    tempo: Tempo
    range_steps: tuple[int, int]
    """Shallowest and deepest range step (1-4)."""
    repetitions: tuple[int, int]
    """Usual fewest and most repetitions."""
    regression: str | None
    progression: str | None
    cues: Mapping[str, str]
    """Role (`title`, `setup`, `reminder`, `release`) to the name of the cue."""


@dataclass(frozen=True, slots=True)
class WorkSet:
    """One set: every side does the repetitions."""

    exercise: str
    repetitions: int
    tempo: Tempo
    range_step: int
    rest_seconds: int
    """Rest after the set."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole session."""

    name: str
    exercises: Mapping[str, Exercise]
    """Every exercise that the session may use, regressions included."""
    sets: tuple[WorkSet, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timetable."""

    start: float
    """Seconds from the start of the session."""
    phase: str
    exercise: str
    set: int
    side: str | None
    seconds: float


def set_seconds(plan: Plan, work: WorkSet) -> float:
    """Give how long the movement of one side of a set lasts, in seconds."""
    exercise = plan.exercises[work.exercise]
    opening = sum(phase_seconds(phase, work.tempo) for phase in CYCLES[exercise.cycle].opening)
    return opening + work.repetitions * repetition_seconds(exercise.cycle, work.tempo)


def timetable(plan: Plan) -> list[Entry]:
    """Lay out a plan in time, as if nobody said anything but "ready"."""
    entries: list[Entry] = []
    now = 0.0
    for number, work in enumerate(plan.sets, 1):
        exercise = plan.exercises[work.exercise]
        new = number == 1 or plan.sets[number - 2].exercise != work.exercise
        rows: list[tuple[str, str | None, float]] = []
        if new:
            rows.append(("setup", None, SETUP_SECONDS))
        for side in exercise.sides:
            rows.append(("imprint", side, IMPRINT_SECONDS))
            rows.append(("get_ready", side, GET_READY_SECONDS))
            rows.append(("work", side, set_seconds(plan, work)))
        if number < len(plan.sets):
            rows.append(("rest", None, float(work.rest_seconds)))
        for phase, side, seconds in rows:
            entries.append(Entry(now, phase, work.exercise, number, side, seconds))
            now += seconds
    return entries
