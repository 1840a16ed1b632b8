"""A session in every phase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.history import EXPERIENCED
from assistant.programme.voice import VoicePack
from tests.coaching.given import PAST, TWO_SETS, Begin, Led, PlanOf, StageOf
from tests.coaching.told import said_in
from tests.stand_ins import Stage


@pytest.fixture
def work() -> str:
    """What the session of `stage` is of; a file may have its own."""
    return TWO_SETS


@pytest.fixture
def stage(stage_of: StageOf, work: str) -> Stage:
    """A session in its second lowering."""
    stage = stage_of(work)
    stage.reach("lower", repetition=2)
    return stage


@pytest.fixture
def stage_in(stage_of: StageOf) -> StageOf:
    """Bring a session into a phase."""
    return lambda phase: _in(phase, stage_of)


@pytest.fixture
def stage_of_parts(pack: VoicePack, plan_of: PlanOf) -> StageOf:
    """Put a coach with a routine's work, between a warm-up and a cool-down, on fake time."""
    around = plan_of("exercise: imprint-hold, repetitions: 2, rest: 20").sets[0]

    def make(work: str) -> Stage:
        plan = plan_of(work)
        sets = (replace(around, part="warm-up"), *plan.sets, replace(around, part="cool-down"))
        return Stage(replace(plan, sets=sets), pack)

    return make


@pytest.fixture
def begin(pack: VoicePack, plan_of: PlanOf) -> Begin:
    """Begin a session on level 3 with a history."""
    plan = plan_of("exercise: single-leg, repetitions: 8, sets: 2")
    return lambda history: Stage(replace(plan, level=3), pack, history=history)


@pytest.fixture
def led(pack: VoicePack, plan_of: PlanOf) -> Led:
    """Lead somebody with so many sessions behind them to the end; return the names of what was said."""

    def lead(work: str, sessions: int) -> list[str]:
        history = replace(EXPERIENCED, sessions=(PAST,) * sessions)
        stage = Stage(plan_of(work), pack, history=history)
        if sessions:
            stage.reach_question("yesterday")
            stage.hear("number", number=0)
        stage.reach("finished")
        return said_in(stage)

    return lead


def _in(phase: str, stage_of: StageOf) -> Stage:
    work = "exercise: single-leg, repetitions: 3, sets: 2, tempo: 3-1-2-1"
    stage = stage_of("exercise: imprint-hold\n" + work if phase == "hold" else work)
    match phase:
        case "greeting":
            stage.wait(1)
        case "paused":
            stage.reach("lower")
            stage.hear("pause")
        case "stopped":
            stage.reach("lower")
            stage.hear("stop")
        case "asking":
            stage.reach("lower")
            stage.hear("pain")
        case _:
            stage.reach(phase)
    assert stage.phase == phase
    return stage
