"""The session as it was planned: exercises, work sets and what is said, all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from assistant.coaching.tempo import CYCLES, CycleName, Tempo, opening_seconds, repetition_seconds

CueKind: TypeAlias = Literal["movement", "release", "talk", "question"]
"""What a cue is for: `movement` asks the body to do something, `release` ends it safely."""

Part: TypeAlias = Literal["warm-up", "work", "cool-down"]
"""Where in a session a set belongs; only work is counted as sets."""

Branch: TypeAlias = Literal["ladder", "side", "warm-up", "cool-down"]
"""What an exercise is for: a rung, something gentle instead of leg lifts, or what comes before and after."""

Consequence: TypeAlias = Literal["shallower", "regress", "drill", "reassure"]
"""What a fault leads to: less range, an easier exercise, the imprint drill and then less, or a word."""

IMPRINT_SECONDS = 4.0
"""How long the lower back is pressed into the floor before a set (3-5 s, the project's choice)."""

GET_READY_SECONDS = 3.0
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
    """One movement."""

    name: str
    title: str
    level: int
    cycle: CycleName
    sides: tuple[str | None, ...]
    """`("left", "right")` one after the other, or `(None,)` where both work together or in turn."""
    tempo: Tempo
    range_steps: tuple[int, int]
    """Shallowest and deepest range step (1-4)."""
    repetitions: tuple[int, int]
    """Usual fewest and most repetitions."""
    regression: str | None
    progression: str | None
    cues: Mapping[str, str]
    """Role (`title`, `setup`, `reminder`, `release`, and those that stand for the usual lines: `range`,
    `imprint`, `imprint_long`, `lift`, `lift_long`, `return`, `return_long`, `hold`, `breathe_in`) to the
    cue's name; `variation` is what every second set does differently, `imprint_again` a reminder of the
    imprint between repetitions."""
    alternating: bool = False
    """Whether left and right take turns; a set's repetitions count for each side."""
    branch: Branch = "ladder"
    equipment: tuple[str, ...] = ()
    """What has to be there: `ball`, `bench`, `bar`; asked before the exercise is offered."""
    faults: Mapping[str, Consequence] = field(default_factory=dict[str, Consequence])
    """Command (`pinch`, `click`, `arching`, `lost_it`) to what it leads to."""
    usual_range: int = 1
    """No plan begins shallower than this range step; "easier" and pain may lead shallower."""
    not_for: frozenset[str] = frozenset()
    """Places of the body; where one of them hurts it is not offered."""
    checks: tuple[str, ...] = ()
    """Names of the cues that check the body's position before the first repetition, in order."""

    @property
    def has_range_steps(self) -> bool:
        """Whether the four range steps tell how far it goes."""
        return self.cycle != "hold" and "range" not in self.cues

    @property
    def first_range(self) -> int:
        """The shallowest range step with which it is planned."""
        return max(self.range_steps[0], self.usual_range)

    def range_cue(self, step: int) -> str | None:
        """Return the name of the cue that tells how far the movement goes; None for a hold."""
        if self.cycle == "hold":
            return None
        return self.cues.get("range", f"range_{step}")


@dataclass(frozen=True, slots=True)
class WorkSet:
    """One set: every side does the repetitions."""

    exercise: str
    repetitions: int
    tempo: Tempo
    range_step: int
    rest_seconds: int
    """Rest after the set."""
    part: Part = "work"
    say: str = ""
    """A note of the routine's author, said once as the set begins."""

    @property
    def note(self) -> Cue | None:
        """The note as the coach says it: talk, whatever its words are."""
        return Cue("note", self.say, "talk") if self.say else None


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole session."""

    name: str
    exercises: Mapping[str, Exercise]
    """Every exercise that the session may use, regressions included."""
    sets: tuple[WorkSet, ...]
    level: int = 0
    """Where on the ladder it starts."""
    side_branch: tuple[WorkSet, ...] = ()
    """Gentle sets that are offered instead when leg lifts end, with the cool-down after them,
    as far as that lifts no legs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timetable."""

    start: float
    """Seconds from the start of the session."""
    phase: str
    work: WorkSet
    """What is done, or rested from."""
    set: int
    """Work set, counted from 1; 0 in warm-up and cool-down."""
    side: str | None
    seconds: float


def set_seconds(plan: Plan, work: WorkSet) -> float:
    """Return how long the movement of one side of a set lasts, in seconds."""
    exercise = plan.exercises[work.exercise]
    opening = sum(opening_seconds(phase, work.tempo) for phase in CYCLES[exercise.cycle].opening)
    turns = 2 if exercise.alternating else 1
    return opening + turns * work.repetitions * repetition_seconds(exercise.cycle, work.tempo)


def timetable(plan: Plan) -> list[Entry]:
    """Lay out a plan in time, as if the person said nothing but "ready"."""
    entries: list[Entry] = []
    now, number, before = 0.0, 0, ""
    for index, work in enumerate(plan.sets):
        number += work.part == "work"
        rows: list[tuple[str, str | None, float]] = []
        if work.exercise != before:
            rows.append(("setup", None, SETUP_SECONDS))
        for side in plan.exercises[work.exercise].sides:
            rows.append(("imprint", side, IMPRINT_SECONDS))
            rows.append(("get_ready", side, GET_READY_SECONDS))
            rows.append(("work", side, set_seconds(plan, work)))
        if index < len(plan.sets) - 1:
            rows.append(("rest", None, float(work.rest_seconds)))
        for phase, side, seconds in rows:
            entries.append(Entry(now, phase, work, number if work.part == "work" else 0, side, seconds))
            now += seconds
        before = work.exercise
    return entries
