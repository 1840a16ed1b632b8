"""What happens when the coach can't hear or be heard, and when the session is broken off."""

from __future__ import annotations

from collections.abc import Callable

from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import said_in


def test_there_is_time_to_lie_down(plan_of: Callable[[str], Plan], pack: VoicePack) -> None:
    """Between the greeting and the first cue, and the microphone is tried out meanwhile."""
    stage = Stage(plan_of("exercise: single-leg"), pack, lie_down_seconds=12)
    assert said_in([action for _, action in stage.actions]) == ["greeting", "lie_down"]
    free = stage.coach.delivery.free_at
    stage.wait(free + 11.9)
    assert stage.phase == "greeting"
    stage.wait(0.2)
    assert stage.phase == "setup"


def test_whoever_is_ready_need_not_wait(plan_of: Callable[[str], Plan], pack: VoicePack) -> None:
    """Ready is answered, and the set-up begins."""
    stage = Stage(plan_of("exercise: single-leg"), pack, lie_down_seconds=12)
    stage.wait(3)
    assert said_in(stage.hear("ready"))[0] == "heard_you"
    assert stage.phase == "setup"
