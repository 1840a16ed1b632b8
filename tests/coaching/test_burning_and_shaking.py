"""What is asked in the rest about how the movement felt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.testing import Stage

StageOf = Callable[[str], Stage]
STRAIGHT = "exercise: double-leg, repetitions: 6, range: 2, sets: 2, rest: 60"


@pytest.fixture
def stage(stage_of: StageOf) -> Stage:
    """Both legs straight, in the second lowering of two sets."""
    stage = stage_of(STRAIGHT)
    stage.reach("lower", repetition=2)
    return stage


# -- burning


# -- shaking


def test_stop_after_the_last_set_does_not_skip_its_questions(stage_of: StageOf) -> None:
    """How hard it was is asked again after "carry on" and "ready"."""
    stage = stage_of("exercise: double-leg, repetitions: 1")
    stage.reach("asking")
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.coach.question == "effort"
