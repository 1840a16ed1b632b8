"""What is said and done where something is promised already, or can be no less."""

from __future__ import annotations

from collections.abc import Callable

from assistant.testing import Stage
from tests.coaching.told import said_in

StageOf = Callable[[str], Stage]


def test_the_summary_knows_that_easier_was_taken_back(stage_of: StageOf) -> None:
    """And that harder holds."""
    stage = stage_of("exercise: double-leg, repetitions: 3, range: 1, sets: 2, rest: 20")
    stage.reach("lower")
    for word in ("harder", "easier", "i_didnt_say_that"):
        stage.hear(word)
    stage.reach("finished")
    assert stage.coach.position.load.range_step == 2
    assert "done_harder" in said_in(stage)
    assert "done_easier" not in said_in(stage)
