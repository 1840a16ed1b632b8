"""What is said and done where something is promised already, or can be no less."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.testing import Stage
from tests.coaching.told import said_in

StageOf = Callable[[str], Stage]


@pytest.mark.parametrize("word", ["easier", "click"])
def test_too_hard_takes_back_what_was_to_get_harder(word: str, stage_of: StageOf) -> None:
    """Though nothing gentler is left for now."""
    stage = stage_of(
        "exercise: imprint-hold, repetitions: 3, rest: 20\nexercise: double-leg, repetitions: 3, range: 1"
    )
    stage.reach("hold")
    stage.hear("harder")  # the next set goes to range 2
    stage.wait(1)
    stage.hear(word)  # "This is the gentlest I have."
    stage.reach("lower")
    assert stage.coach.position.load.range_step == 1


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


@pytest.mark.parametrize("answer", ["no", "i_didnt_say_that"])
def test_harder_that_did_not_come_about_was_no_step(answer: str, stage_of: StageOf) -> None:
    """So it can be asked for again."""
    stage = stage_of("exercise: t-arms, repetitions: 2, range: 4, sets: 2, rest: 60")
    stage.reach("rest")
    stage.wait(15)
    stage.hear("harder")
    stage.wait(5)
    stage.hear(answer)
    stage.wait(4)
    assert "harder_wait" not in said_in(stage.hear("harder"))
