"""One set as the coach would lead it, to see what is said in which phase of a repetition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from assistant.coaching.actions import Action, Ask, Count, Enter, Finish, Say
from assistant.coaching.coach import Coach
from assistant.coaching.events import Heard, Started
from assistant.coaching.plan import Cue, Exercise, Plan, WorkSet
from assistant.coaching.script import Script
from assistant.coaching.tempo import CYCLES, Tempo, phase_seconds

MOST_STEPS = 5_000
"""Deadlines of one set; the coach is far from needing as many."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One phase of one repetition."""

    phase: str
    repetition: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Course:
    """What was said in a set, in order."""

    said: tuple[tuple[Slot, Cue], ...]
    """Cues that move the body, in the phases of repetitions."""
    counts: tuple[Cue, ...]
    """Numbers that were spoken a second apart."""


def lead(
    exercise: Exercise,
    tempo: Tempo,
    repetitions: int,
    cues: Mapping[str, Cue],
    numbers: tuple[str, ...],
    seconds_of: Callable[[Cue], float],
    *,
    brief: bool,
) -> Course:
    """Lead one side through one set.

    Args:
        exercise: What is done; neither its equipment nor its checks are asked about.
        tempo: How fast.
        repetitions: How many times.
        cues: The voice's wording.
        numbers: The voice's numbers.
        seconds_of: How long each cue takes to say.
        brief: Whether less talk was asked for.
    """
    alone = replace(exercise, sides=(None,), checks=(), equipment=(), regression=None, progression=None)
    work = WorkSet(exercise.name, repetitions, tempo, exercise.range_steps[0], 0)
    plan = Plan("check", {exercise.name: alone}, (work,))
    coach = Coach(plan, Script(cues, numbers, seconds_of))
    cycle = CYCLES[exercise.cycle]
    phases = {*cycle.opening, *cycle.repetition}
    said: list[tuple[Slot, Cue]] = []
    counts: list[Cue] = []
    slot: Slot | None = None
    now = 0.0
    actions: list[Action] = coach.handle(Started(), now)
    for _ in range(MOST_STEPS):
        for action in actions:
            match action:
                case Enter():
                    slot = _slot(action, tempo) if action.phase in phases else None
                case Say() if slot is not None and action.cue.kind == "movement":
                    said.append((slot, action.cue))
                case Count():
                    counts.append(action.cue)
                case Finish():
                    return Course(tuple(said), tuple(counts))
                case _:
                    pass
        asked = [action for action in actions if isinstance(action, Ask) and action.question == "ready"]
        if asked:
            now = max(now, asked[-1].due)
            if brief:
                coach.handle(Heard("less_talk"), now)
            actions = coach.handle(Heard("ready"), now)
            continue
        due = coach.next_deadline()
        if due is None:
            break
        now = due
        actions = coach.advance(now)
    raise RuntimeError(f"the coach did not come to the end of a set of {exercise.name}")


def _slot(action: Enter, tempo: Tempo) -> Slot:
    return Slot(action.phase, action.repetition, phase_seconds(action.phase, tempo))
