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


def test_a_click_before_something_lighter_withdraws_harder(stage_of: StageOf) -> None:
    """And is not told that nothing gentler is there."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 1, rest: 40\nexercise: single-leg, repetitions: 3, range: 1"
    )
    stage.reach("rest")
    stage.hear("harder")
    said = said_in(stage.hear("click"))
    stage.reach("lower")
    assert stage.coach.position.load.range_step == 1
    assert "easiest" not in said


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


def test_pinching_before_the_cool_down_is_not_told_that_nothing_is_gentler(stage_of_parts: StageOf) -> None:
    """What comes is lighter already."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2, rest: 40")
    for _ in range(2):
        stage.reach("rest")
    stage.wait(8)
    assert "easiest" not in said_in(stage.hear("pinch"))


def test_a_click_after_easier_is_not_at_the_limit(stage_of: StageOf) -> None:
    """What was promised is lighter already."""
    stage = stage_of("exercise: double-leg, repetitions: 6, range: 1, tempo: 3-0-3-1")
    stage.reach("lower", repetition=2)
    stage.hear("easier")  # double-leg-bent, six rungs above the gentlest
    stage.hear("click")
    assert "easiest" not in said_in(stage.wait(10))


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
