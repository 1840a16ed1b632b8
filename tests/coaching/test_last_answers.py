"""What was asked in the last moments of a set, of the work or of the session."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.testing import Stage
from tests.coaching.told import said_in

ONE = "exercise: double-leg, range: 2, repetitions: 3"


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
