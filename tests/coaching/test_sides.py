"""Whatever changes in the middle of a pair, each side does as many as the other."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assistant.coaching.actions import Enter
from tests.coaching.given import SHALLOW, StageOf
from tests.coaching.told import changes_in, lowered_in
from tests.stand_ins import Stage

IN_TURN = "exercise: heel-taps, repetitions: 4, rest: 20, tempo: 3-0-3-1, sets: 2"


def _done_by_side(stage: Stage, number: int = 1) -> list[str]:
    """Give the side of each repetition of a work set that was done to its end."""
    entered = [action for _, action in stage.actions if isinstance(action, Enter)]
    pairs = pairwise(entered)
    return [
        before.side or "both"
        for before, after in pairs
        if before.set == number and after.repetitions_done > before.repetitions_done
    ]


@pytest.mark.parametrize("repetition", [1, 2, 3, 4, 5])
def test_an_easier_exercise_in_the_middle_of_a_pair_leaves_the_sides_even(
    repetition: int, stage_of: StageOf
) -> None:
    """From sides in turn to one after the other: whoever is behind does one more."""
    stage = stage_of(IN_TURN)
    stage.reach("lower", repetition=repetition)
    stage.hear("easier")
    stage.reach("rest")
    assert ("exercise", "heel-taps", "single-leg-bent") in changes_in(stage)
    assert sorted(_done_by_side(stage)) == ["left"] * 4 + ["right"] * 4


@pytest.mark.parametrize("word", ["pinch", "hip"])
@pytest.mark.parametrize(("repetition", "switched"), [(1, False), (3, False), (3, True)])
def test_where_one_side_ended_early_the_other_still_does_as_many(
    word: str, repetition: int, switched: bool, stage_of: StageOf
) -> None:
    """From one side after the other to sides in turn: the one behind comes first, alone."""
    stage = stage_of(SHALLOW)
    stage.reach("lower", repetition=repetition)
    if switched:
        stage.hear("switch_legs")
        stage.reach("lower", repetition=1)
    if word == "pinch":
        stage.hear("pinch")
    else:
        stage.hear("pain", where="hip")
        stage.hear("number", number=2)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("rest")
    assert changes_in(stage) == [("exercise", "single-leg", "heel-taps")]
    assert sorted(_done_by_side(stage)) == ["left"] * 4 + ["right"] * 4


def test_a_side_that_has_done_all_is_not_called_again(stage_of: StageOf) -> None:
    """The right leg alone does what is left, and the set ends with it."""
    stage = stage_of(SHALLOW)
    stage.reach("lower", repetition=4)
    stage.reach("imprint")
    stage.reach("lower", repetition=2)
    stage.hear("pinch")
    stage.hear("carry_on")
    stage.reach("rest")
    assert _done_by_side(stage) == ["left"] * 4 + ["right"] * 4


def test_easier_taken_back_in_the_set_up_leaves_the_sides_even(stage_of: StageOf) -> None:
    """What the left leg had done before counts."""
    stage = stage_of("exercise: single-leg-bent, repetitions: 4, range: 1, rest: 20, tempo: 3-0-3-1, sets: 2")
    stage.reach("lower", repetition=2)
    stage.hear("easier")
    stage.reach("setup")
    assert stage.session.position.load.exercise.name == "imprint-hold"
    stage.hear("i_didnt_say_that")
    stage.reach("rest")
    assert sorted(_done_by_side(stage)) == ["left"] * 4 + ["right"] * 4


def test_a_change_taken_back_after_another_adds_no_repetitions(stage_of: StageOf) -> None:
    """The second of two wishes in one repetition is taken back when the first has come into force."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 4, range: 1, rest: 20, tempo: 3-0-3-1, sets: 2")
    stage.reach("lower", repetition=3)
    stage.hear("easier")
    stage.hear("slower")
    stage.reach("setup")
    stage.hear("i_didnt_say_that")
    stage.reach("rest")
    assert _done_by_side(stage) == ["both"] * 3 + ["left"] + ["right"]


def test_clicks_in_the_middle_of_a_set_leave_both_sides_even(stage_of: StageOf) -> None:
    """The easier exercise works one side after the other, too."""
    stage = stage_of("exercise: single-leg, repetitions: 4, range: 2")
    stage.reach("lower", repetition=2)
    stage.hear("click")
    stage.reach("lower", repetition=3)
    stage.hear("click")
    stage.reach("finished")
    assert changes_in(stage)[-1] == ("exercise", "single-leg", "single-leg-bent")
    assert lowered_in(stage) == ["left"] * 4 + ["right"] * 4


def test_sides_stay_equal_when_the_exercise_changes(stage_of: StageOf) -> None:
    """From two legs to one, what is left is done with each; on the second side nothing is cut off."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 10, range: 1, tempo: 3-0-3-1")
    stage.reach("lower", repetition=6)
    stage.hear("easier")
    stage.reach("finished")
    done = [(a.side, a.repetition) for _, a in stage.actions if isinstance(a, Enter) and a.phase == "lower"]
    assert [side for side, _ in done].count("left") == [side for side, _ in done].count("right") == 4
    long = stage_of("exercise: single-leg, repetitions: 25, range: 1, tempo: 3-0-3-1")
    long.reach("lower", repetition=25)
    long.reach("imprint")
    long.hear("easier")
    long.reach("finished")
    sides = [a.side for _, a in long.actions if isinstance(a, Enter) and a.phase == "lower"]
    assert sides.count("left") == sides.count("right") == 25


def test_what_is_left_is_counted_from_one_where_both_legs_take_over(stage_of: StageOf) -> None:
    """The numbers of one leg mean nothing to both."""
    stage = stage_of("exercise: single-leg-bent, repetitions: 5, range: 1")
    stage.reach("lower", repetition=3)
    stage.hear("pinch")
    stage.hear("carry_on")
    stage.reach("hold")
    held = [a for _, a in stage.actions if isinstance(a, Enter) and a.phase == "hold"]
    assert [(a.exercise, a.repetition, a.side) for a in held] == [("imprint-hold", 1, None)]
