"""A session in every phase."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.testing import Stage


@pytest.fixture
def stage_in(stage_of: Callable[[str], Stage]) -> Callable[[str], Stage]:
    """Bring a session into a phase."""
    return lambda phase: _in(phase, stage_of)


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
