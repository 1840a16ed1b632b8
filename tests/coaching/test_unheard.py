"""What was cut off before it was heard is said again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.coaching.history import EXPERIENCED
from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import accepted_in, said_in, texts_in

StageOf = Callable[[str], Stage]
PlanOf = Callable[[str], Plan]


def test_ready_over_the_set_up_leaves_neither_side_nor_way_unsaid(plan_of: PlanOf, pack: VoicePack) -> None:
    """They come with the imprint."""
    known = replace(EXPERIENCED, explained=frozenset({"single-leg"}))
    stage = Stage(plan_of("exercise: single-leg, repetitions: 3, range: 2"), pack, history=known)
    while stage.phase != "setup":
        stage.wait(0.1)
    stage.wait(3)  # "Single leg lift, leg straight. …"
    before = len(stage.actions)
    stage.hear("ready")
    stage.reach("lower")
    said = [a for _, a in stage.actions[before:]]
    assert "Left leg first." in texts_in(said)
    assert "range_2" in said_in(said)


def test_a_range_that_was_cut_off_is_told_again(stage_of: StageOf) -> None:
    """Nobody goes deeper without having been told."""
    stage = stage_of("exercise: double-leg, repetitions: 3, range: 2, sets: 2")
    stage.reach("lower")
    stage.hear("harder")
    stage.reach("rest")
    stage.reach("imprint")
    stage.wait(0.3)  # "Lower u…"
    stage.hear("pause")
    stage.wait(6)
    before = len(stage.actions)
    stage.hear("carry_on")
    stage.reach("lower")
    assert "range_3" in said_in([a for _, a in stage.actions[before:]])


@pytest.mark.parametrize("word", ["pause", "stop", "slower", "easier"])
def test_a_newcomer_hears_how_it_is_done_though_the_set_up_was_cut_off(word: str, stage_of: StageOf) -> None:
    """All of it, not the reminder."""
    stage = stage_of("exercise: single-leg, repetitions: 3, range: 2")
    while stage.phase != "setup":
        stage.wait(0.1)
    stage.wait(3)
    before = len(stage.actions)
    stage.hear(word)
    if word in ("pause", "stop"):
        stage.wait(8)
        stage.hear("carry_on")
    if word == "stop":
        stage.wait(3)
        stage.hear("ready")
    assert "setup_single_leg" in said_in([a for _, a in stage.actions[before:]])


def test_a_promised_answer_survives_more_rest(stage_of: StageOf) -> None:
    """It was cut off, and is given after the new rest is told."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 2, rest: 60")
    stage.reach("lower")
    assert accepted_in(stage.hear("what_can_i_say"))  # "I will tell you when you rest."
    stage.reach("rest")
    stage.wait(6)  # it has hardly begun
    assert "options" in said_in(stage.hear("more_rest"))
