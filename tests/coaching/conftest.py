"""A session in every phase."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.coaching.history import History
from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import TWO_SETS


@pytest.fixture
def stage(stage_of: Callable[[str], Stage]) -> Stage:
    """A session in its second lowering."""
    stage = stage_of(TWO_SETS)
    stage.reach("lower", repetition=2)
    return stage


@pytest.fixture
def stage_in(stage_of: Callable[[str], Stage]) -> Callable[[str], Stage]:
    """Bring a session into a phase."""
    return lambda phase: _in(phase, stage_of)


@pytest.fixture
def stage_of_parts(pack: VoicePack, plan_of: Callable[[str], Plan]) -> Callable[[str], Stage]:
    """Put a coach with a routine's work, between a warm-up and a cool-down, on fake time."""
    around = plan_of("exercise: imprint-hold, repetitions: 2, rest: 20").sets[0]

    def make(work: str) -> Stage:
        plan = plan_of(work)
        sets = (replace(around, part="warm-up"), *plan.sets, replace(around, part="cool-down"))
        return Stage(replace(plan, sets=sets), pack)

    return make


@pytest.fixture
def begin(pack: VoicePack, plan_of: Callable[[str], Plan]) -> Callable[[History], Stage]:
    """Begin a session on level 3 with a history."""
    plan = plan_of("exercise: single-leg, repetitions: 8, sets: 2")
    return lambda history: Stage(replace(plan, level=3), pack, history=history)


def _in(phase: str, stage_of: Callable[[str], Stage]) -> Stage:
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
