"""What tells somebody which side it is, which repetition is the last, and when a rest is over."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Count, Enter, Say
from assistant.testing import Stage
from tests.coaching.told import said_in, texts_in

StageOf = Callable[[str], Stage]
ONE_LEG = "exercise: single-leg, repetitions: 4, range: 2"
COUNTDOWN = ("number_3", "number_2", "number_1")


def _all(stage: Stage) -> list[str]:
    return said_in([action for _, action in stage.actions])


def _within(stage: Stage, phase: str, repetition: int) -> list[Say]:
    """Give what is said in a phase of a repetition of the first side."""
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    i = next(i for i, a in enumerate(entered) if (a.phase, a.repetition) == (phase, repetition))
    start, end = entered[i].at, entered[i + 1].at
    return [a for _, a in stage.actions if isinstance(a, Say) and start <= a.due < end]


# -- the last one


@pytest.mark.parametrize("repetitions", [4, 8, 10])
def test_the_last_lowering_is_announced_on_the_way_up_before_it(repetitions: int, stage_of: StageOf) -> None:
    """Where the legs start up, its own way up would be too late: nothing follows it."""
    stage = stage_of(f"exercise: double-leg, repetitions: {repetitions}")
    stage.reach("asking")
    before = [say.cue.name for say in _within(stage, "return", repetitions - 1)]
    assert before[0] in ("return_up", "return_long")
    assert "one_more" in before
    assert [say.cue.name for say in _within(stage, "return", repetitions)] == ["return_up"]
    assert [name for name in _all(stage) if name in ("one_more", "last_one")] == ["one_more"]


def test_the_last_one_is_announced_for_every_side_of_every_set(stage_of: StageOf) -> None:
    """Once each."""
    stage = stage_of(f"{ONE_LEG}, sets: 2")
    stage.reach("asking")
    assert _all(stage).count("one_more") == 4


@pytest.mark.parametrize(("exercise", "sides"), [("double-leg", 1), ("single-leg", 2), ("heel-taps", 1)])
def test_the_last_count_of_each_side_is_marked_and_no_other(
    exercise: str, sides: int, stage_of: StageOf
) -> None:
    """So that a voice that counts in tones says it in words: the set is over."""
    stage = stage_of(f"exercise: {exercise}, repetitions: 3")
    stage.reach("asking")
    counts = [action for _, action in stage.actions if isinstance(action, Count)]
    marked = [i for i, count in enumerate(counts) if count.last]
    assert marked == [(side + 1) * len(counts) // sides - 1 for side in range(sides)]
    assert all(counts[i].value == 1 for i in marked)


def test_a_hold_ends_on_its_beat_before_the_last_one_is_announced(stage_of: StageOf) -> None:
    """Letting go comes first."""
    stage = stage_of("exercise: imprint-hold, repetitions: 3")
    stage.reach("asking")
    first, *_ = said = _within(stage, "bottom", 2)
    assert [say.cue.name for say in said] == ["let_go", "last_one"]
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    assert first.due == next(a.at for a in entered if (a.phase, a.repetition) == ("bottom", 2))


def test_where_the_legs_take_turns_the_last_side_is_called_too(stage_of: StageOf) -> None:
    """Before "last one", not instead."""
    stage = stage_of("exercise: heel-taps, repetitions: 3")
    stage.reach("asking")
    assert [say.cue.name for say in _within(stage, "lift", 6)][:2] == ["right_now", "last_one"]


# -- sides


def test_the_side_is_named_while_the_body_gets_into_position(stage_of: StageOf) -> None:
    """And not a second time right after it."""
    stage = stage_of(ONE_LEG)
    stage.reach("setup")
    said = _all(stage)
    assert "Left leg first." in texts_in([action for _, action in stage.actions])
    assert said.index("first_side") < said.index("say_ready")
    stage.reach("get_ready")
    assert _all(stage).count("first_side") == 1


def test_a_side_that_was_switched_in_the_set_up_is_named_again(stage_of: StageOf) -> None:
    """It is the right leg now."""
    stage = stage_of(ONE_LEG)
    stage.reach("setup")
    stage.hear("switch_legs")
    assert "Right leg first." in texts_in(stage.hear("ready"))


def test_a_side_is_not_praised_for_being_taken_up_again(stage_of: StageOf) -> None:
    """After a pause it is only named."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=4)
    stage.reach("lower", repetition=2)
    stage.hear("pause")
    said = texts_in(stage.hear("carry_on"))
    assert "The right leg." in said
    assert not any("Well done" in text for text in said)


def test_an_easier_exercise_in_the_middle_of_a_side_names_it(stage_of: StageOf) -> None:
    """While the body is set up for it."""
    stage = stage_of(ONE_LEG.replace("range: 2", "range: 1"))
    stage.reach("lower", repetition=4)
    stage.reach("lower", repetition=2)
    stage.hear("click")
    stage.reach("setup")
    assert len(stage.coach.position.load.exercise.sides) == 2
    assert stage.coach.position.side == "right"
    assert "The right leg." in texts_in(stage.wait(0) + [action for _, action in stage.actions[-12:]])


def test_what_is_left_is_counted_from_one_where_both_legs_take_over(stage_of: StageOf) -> None:
    """The numbers of one leg mean nothing to both."""
    stage = stage_of("exercise: single-leg-bent, repetitions: 5, range: 1")
    stage.reach("lower", repetition=3)
    stage.hear("pinch")
    stage.hear("carry_on")
    stage.reach("hold")
    held = [a for _, a in stage.actions if isinstance(a, Enter) and a.phase == "hold"]
    assert [(a.exercise, a.repetition, a.side) for a in held] == [("imprint-hold", 1, None)]


# -- the end of a rest


@pytest.mark.parametrize("rest", range(5, 16))
def test_a_rest_is_counted_down_whole_or_not_at_all(rest: int, stage_of: StageOf) -> None:
    """A lone "one" would mean nothing."""
    stage = stage_of(f"exercise: double-leg, repetitions: 1, sets: 2, rest: {rest}")
    stage.reach("rest")
    before = len(stage.actions)
    stage.reach("imprint")
    counted = tuple(name for name in said_in([a for _, a in stage.actions[before:]]) if name in COUNTDOWN)
    assert counted in ((), COUNTDOWN)
