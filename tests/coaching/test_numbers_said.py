"""Numbers that people move at, wait for or count on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Say
from assistant.testing import Stage
from tests.coaching.told import said_in

StageOf = Callable[[str], Stage]


@pytest.mark.parametrize("exercise", ["imprint-hold", "pelvic-tilts", "knee-hug"])
def test_every_hold_begins_with_its_number(exercise: str, stage_of: StageOf) -> None:
    """An answer waits: the number is what the person moves at."""
    stage = stage_of(f"exercise: {exercise}, repetitions: 3")
    stage.reach("hold", repetition=1)
    stage.wait(1)
    stage.hear("how_many_left")
    stage.reach("bottom")
    before = len(stage.actions)
    stage.reach("bottom")  # the whole second hold
    assert "number_2" in said_in([a for _, a in stage.actions[before:]])


@pytest.mark.parametrize("before", [14.0, 12.5])
def test_ten_seconds_are_ten_seconds(before: float, stage_of: StageOf) -> None:
    """Where an answer takes their place, they are not said late; nor is a part of the countdown."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 2, rest: 40")
    stage.reach("rest")
    start = stage.now
    stage.wait(40 - before)
    stage.hear("what_can_i_say")
    stage.reach("imprint")
    end = stage.now
    said = [a for _, a in stage.actions if isinstance(a, Say) and a.due > start]
    for cue in said:
        if cue.cue.name == "rest_ten":
            assert end - cue.due == pytest.approx(10, abs=1)
    counted = [
        cue.cue.name for cue in said if cue.cue.name in ("number_3", "number_2", "number_1") and cue.due < end
    ]
    assert counted in ([], ["number_3", "number_2", "number_1"])
