"""What was asked in the last moments of a set, of the work or of the session."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.testing import Stage
from tests.coaching.told import said_in

TWO = "exercise: double-leg, range: 2, repetitions: 3, tempo: 3-0-2-0, rest: 20, sets: 2"
ONE = "exercise: double-leg, range: 2, repetitions: 3"


def test_how_many_left_in_the_last_way_up_is_about_sets(stage_of: Callable[[str], Stage]) -> None:
    """It is answered in the rest, where no repetition is the last one any more."""
    stage = stage_of(TWO)
    stage.reach("return", 3)
    stage.hear("how_many_left")
    stage.reach("rest")
    said = said_in(stage)
    assert "last_repetition" not in said
    assert said[-1] == "sets_to_go"


@pytest.mark.parametrize(("command", "answer"), [("what_can_i_say", "options"), ("how_long", "minute_to_go")])
def test_what_was_to_be_told_in_a_rest_is_told_at_the_end(
    command: str, answer: str, stage_of: Callable[[str], Stage]
) -> None:
    """No rest follows the last set."""
    stage = stage_of(ONE)
    stage.reach("return", 3)
    stage.hear(command)
    stage.reach_question("effort")
    said = said_in(stage)
    assert said.index("set_done") < said.index(answer) < said.index("ask_effort")


def test_before_the_cool_down_only_that_is_left(stage_of_parts: Callable[[str], Stage]) -> None:
    """This was the last set of work, and is not the last of all."""
    stage = stage_of_parts(ONE)
    stage.reach("lower")
    stage.reach("rest")
    assert said_in(stage.hear("how_many_left"))[-1] == "only_cool_down"
