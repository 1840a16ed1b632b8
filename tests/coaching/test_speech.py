"""What is said when: never two things at once, and nothing that was promised or cut off is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from assistant.coaching.actions import Count, Release, Say
from assistant.coaching.history import EXPERIENCED
from assistant.programme.voice import VoicePack
from tests.coaching.given import PlanOf, StageOf
from tests.coaching.told import accepted_in, finished, said_in, texts_in
from tests.stand_ins import Stage

ONE = "exercise: double-leg, range: 2, repetitions: 3"


def test_no_two_things_are_said_at_once(stage_of: StageOf) -> None:
    """Every cue ends before the next begins, and before the next beat."""
    stage = stage_of(
        "exercise: single-leg-bent, repetitions: 4, sets: 2, rest: 30\n"
        "exercise: double-leg, repetitions: 5, tempo: 4-1-2-1\n"
        "exercise: imprint-hold"
    )
    finished(stage)
    spoken = sorted(
        (a.due, a.due + 0.06 * len(a.cue.text), a.cue.text)
        for _, a in stage.actions
        if isinstance(a, Say | Count | Release)
    )
    assert len(spoken) > 60
    for (_, end, text), (start, _, following) in pairwise(spoken):
        assert end <= start + 1e-9, (text, following)


def test_a_long_answer_does_not_hold_up_a_short_one(stage_of: StageOf) -> None:
    """What fits is said; what does not waits for the rest."""
    stage = stage_of("exercise: double-leg, repetitions: 6, range: 3, sets: 2")
    stage.reach("lower", repetition=2)
    stage.hear("what_can_i_say")
    stage.hear("slower")
    said = [a.cue.name for a in stage.wait(12) if isinstance(a, Say)]
    assert "slower" in said
    assert "options" not in said


@pytest.mark.parametrize(("command", "answer"), [("what_can_i_say", "options"), ("how_long", "minute_to_go")])
def test_what_was_to_be_told_in_a_rest_is_told_at_the_end(
    command: str, answer: str, stage_of: StageOf
) -> None:
    """No rest follows the last set."""
    stage = stage_of(ONE)
    stage.reach("return", 3)
    stage.hear(command)
    stage.reach_question("effort")
    said = said_in(stage)
    assert said.index("set_done") < said.index(answer) < said.index("ask_effort")


# -- what was cut off before it was heard is said again


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
