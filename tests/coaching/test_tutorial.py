"""The tutorial of a first session."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Note, Release, Say
from assistant.coaching.history import History
from assistant.testing import Stage
from tests.coaching.told import asked_in, notes_in, said_in

NEW = History()

Begin = Callable[[History], Stage]


def test_the_tutorial_takes_about_three_minutes(begin: Begin) -> None:
    """With the attempt at stop, which nobody has to make; it says once that this is no medical advice."""
    stage = begin(NEW)
    stage.wait(400)
    names = said_in([a for _, a in stage.actions])
    assert names.count("educational") == 1
    assert names.index("educational") < names.index("teach_talk") < names.index("teach_try")
    words = sum(
        len(a.cue.text.split())
        for _, a in stage.actions
        if isinstance(a, Say) and a.cue.name.startswith("teach_")
    )
    assert 2.5 < words / 165 < 3.25
    assert Note("tutorial", "done") in notes_in(stage)


def test_stop_and_carry_on_can_be_tried_and_lead_back(begin: Begin) -> None:
    """With the release, as always; what comes after the attempt follows."""
    stage = begin(NEW)
    while "teach_try" not in said_in([a for _, a in stage.actions]):
        stage.wait(1)
    actions = stage.hear("stop")
    assert any(isinstance(a, Release) for a in actions)
    assert stage.phase == "stopped"
    assert asked_in(stage.hear("carry_on")) == ["ready"]
    before = len(stage.actions)
    stage.hear("ready")
    stage.wait(1)
    assert said_in([a for _, a in stage.actions[before:]]) == ["teach_ready"]
    assert stage.phase == "greeting"


@pytest.mark.parametrize("command", ["skip", "next_set", "next_exercise"])
def test_the_tutorial_can_be_skipped_and_the_health_questions_not(begin: Begin, command: str) -> None:
    """What it is not, has been said before it."""
    stage = begin(NEW)
    while "teach_talk" not in said_in([a for _, a in stage.actions]):
        stage.wait(1)
    actions = stage.hear(command)
    assert said_in(actions) == ["screening"]
    assert notes_in(stage) == [Note("tutorial", "skipped")]
    stage.hear(command)
    stage.reach_question("screen_heart")


def test_what_is_no_medical_advice_cannot_be_skipped(begin: Begin) -> None:
    """Ready while it is said has it said again."""
    stage = begin(NEW)
    stage.wait(12)
    assert "teach_talk" not in said_in(stage.hear("ready"))
    assert "teach_talk" not in said_in(stage.hear("skip"))
    assert "teach_talk" in said_in(stage.wait(60))


def test_a_pause_in_the_tutorial_leads_back_to_it(begin: Begin) -> None:
    """As anywhere else."""
    stage = begin(NEW)
    while "teach_stop" not in said_in([a for _, a in stage.actions]):
        stage.wait(1)
    stage.hear("pause")
    assert stage.phase == "paused"
    assert "teach_stop" in said_in(stage.hear("carry_on"))
