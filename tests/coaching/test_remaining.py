"""How long it still takes, where a set was ended before its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.plan import SETUP_SECONDS
from assistant.coaching.remaining import seconds_left
from assistant.testing import Stage


def test_getting_into_position_for_another_exercise_takes_time(stage_of: Callable[[str], Stage]) -> None:
    """As the timetable of the plan has it."""
    alike = stage_of("exercise: double-leg, repetitions: 4\nexercise: double-leg, repetitions: 4")
    other = stage_of("exercise: double-leg, repetitions: 4\nexercise: double-leg-bent, repetitions: 4")
    difference = seconds_left(other.coach.position) - seconds_left(alike.coach.position)
    assert difference == pytest.approx(SETUP_SECONDS)
