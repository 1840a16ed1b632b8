"""Exercises whose sides take turns, as they are coached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from assistant.coaching.actions import Count, Enter, Finish, Say
from tests.stand_ins import Stage

IN_TURN = pytest.mark.parametrize(
    "name", ["heel-taps", "gentle-core", "bird-dog", "dead-bug", "plank-leg-lift", "knee-sway"]
)


def _coached(stage_of: Callable[[str], Stage], name: str, repetitions: int = 3) -> Stage:
    stage = stage_of(f"exercise: {name}, repetitions: {repetitions}")
    stage.reach("finished")
    return stage


@IN_TURN
def test_the_sides_take_turns(stage_of: Callable[[str], Stage], name: str) -> None:
    """Left first, and both as often at the end."""
    stage = _coached(stage_of, name)
    entered = [a for _, a in stage.actions if isinstance(a, Enter) and a.phase == "lower"]
    assert [a.side for a in entered] == ["left", "right"] * 3
    assert Counter(a.side for a in entered) == {"left": 3, "right": 3}
    end = next(a for _, a in stage.actions if isinstance(a, Finish))
    assert end.repetitions == 6


@IN_TURN
def test_each_side_is_called_as_it_begins(stage_of: Callable[[str], Stage], name: str) -> None:
    """With its name; "last one" comes after it."""
    stage = _coached(stage_of, name)
    lifts = [(a.at, a.side) for _, a in stage.actions if isinstance(a, Enter) and a.phase == "lift"]
    calls = {a.due: a.cue.text for _, a in stage.actions if isinstance(a, Say)}
    said = [calls[at] for at, _ in lifts]
    assert said == ["Left.", "Right."] * 3


def test_a_number_is_spoken_for_both_sides_together(stage_of: Callable[[str], Stage]) -> None:
    """At the top of the second of each pair; the lowering is counted for every one."""
    stage = _coached(stage_of, "heel-taps")
    tops = [a.at for _, a in stage.actions if isinstance(a, Enter) and a.phase == "top"]
    numbers = {
        a.due: a.cue.text for _, a in stage.actions if isinstance(a, Say) and a.cue.name.startswith("number")
    }
    assert [numbers.get(at) for at in tops] == [None, "one", None, "two", None, "three"]
    assert [a.value for _, a in stage.actions if isinstance(a, Count)] == [3, 2, 1] * 6


def test_easier_ends_with_both_sides_equal(stage_of: Callable[[str], Stage]) -> None:
    """What is left after the regression to one leg is done anew with each leg."""
    stage = stage_of("exercise: heel-taps, repetitions: 5")
    stage.reach("lower", repetition=4)
    stage.hear("easier")
    stage.hear("easier")
    stage.reach("finished")
    done: Counter[tuple[str, str | None]] = Counter()
    for _, action in stage.actions:
        if isinstance(action, Enter) and action.phase == "lower":
            done[action.exercise, action.side] += 1
    for name in {exercise for exercise, _ in done}:
        assert done[name, "left"] == done[name, "right"], done
