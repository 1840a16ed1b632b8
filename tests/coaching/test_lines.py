"""One exercise in several lines of a routine, each with a range and a tempo of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Enter
from assistant.testing import Stage

RANGES = "\n".join(f"exercise: double-leg, repetitions: 2, rest: 20, range: {step}" for step in (2, 3, 1))
TEMPI = "\n".join(
    f"exercise: double-leg, repetitions: 2, rest: 20, tempo: {tempo}" for tempo in ("3-0-2-1", "5-0-3-1")
)


def loads(stage: Stage) -> list[tuple[int, str]]:
    """Finish the session, and give the range and the tempo of each set as it ended."""
    stage.reach("finished")
    entered = [action for _, action in stage.actions if isinstance(action, Enter) and action.phase == "lower"]
    return list({action.set: (action.range_step, action.tempo) for action in entered}.values())


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), [2, 3, 1]),
        (("easier",), [1, 1, 1]),
        (("slower",), [2, 3, 1]),
        (("faster",), [2, 3, 1]),
        (("easier", "i_didnt_say_that"), [2, 3, 1]),
        (("slower", "i_didnt_say_that"), [2, 3, 1]),
    ],
)
def test_only_a_shallower_range_makes_later_lines_shallower(
    said: tuple[str, ...], expected: list[int], stage_of: Callable[[str], Stage]
) -> None:
    """Not a change of pace, and not what was taken back."""
    stage = stage_of(RANGES)
    stage.reach("lower")
    for command in said:
        stage.hear(command)
    assert [step for step, _ in loads(stage)] == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((), ["3-0-2-1", "5-0-3-1"]),
        (("slower",), ["4-0-2-1", "5-0-3-1"]),
        (("slower", "i_didnt_say_that"), ["3-0-2-1", "5-0-3-1"]),
    ],
)
def test_slower_never_makes_a_later_line_faster(
    said: tuple[str, ...], expected: list[str], stage_of: Callable[[str], Stage]
) -> None:
    """A line that is slower anyway stays as it is."""
    stage = stage_of(TEMPI)
    stage.reach("lower")
    for command in said:
        stage.hear(command)
    assert [tempo for _, tempo in loads(stage)] == expected


def test_slower_stays_in_force_in_a_line_of_another_range(stage_of: Callable[[str], Stage]) -> None:
    """Whoever wants more time wants it in the next set, too."""
    stage = stage_of(RANGES)
    stage.reach("lower")
    stage.hear("slower")
    assert [tempo.split("-")[0] for _, tempo in loads(stage)] == ["4", "4", "4"]
