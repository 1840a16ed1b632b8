"""Rules for exercises."""

from __future__ import annotations

import pytest

from assistant.checking.ladder import check_ladder
from tests.checking.conftest import EXERCISE, ladder

MIDDLE = EXERCISE.format(name="middle", level=3, regression="low")
HIGH = EXERCISE.format(name="high", level=5, regression="middle")


def test_a_ladder_that_leads_down_is_clean() -> None:
    """The lowest rung needs no regression."""
    assert list(check_ladder(ladder())) == []


@pytest.mark.parametrize(
    ("stem", "text", "rule", "line", "column", "problem"),
    [
        ("middle", MIDDLE.replace("name: middle", "name: mid"), "exercise-name", 1, 1, "itself 'mid'"),
        ("high", HIGH.replace("regression: middle\n", ""), "regression", 2, 1, "nothing easier"),
        ("high", HIGH.replace("regression: middle", "regression: none"), "regression", 9, 1, "'none'"),
        ("low", EXERCISE.format(name="low", level=0, regression="high"), "regression", 9, 1, "go round"),
        ("high", HIGH.replace("level: 5", "level: 3"), "regression", 9, 1, "middle is at level 3"),
        ("middle", MIDDLE + "progression: low\n", "progression", 15, 1, "low is at level 0"),
        ("high", HIGH.replace("level: 5", "level: 8"), "equipment", 2, 1, "needs equipment"),
    ],
)
def test_each_mistake_is_found_where_it_is(
    stem: str, text: str, rule: str, line: int, column: int, problem: str
) -> None:
    """With the file, the line and the column."""
    found = [one for one in check_ladder(ladder(**{stem: text})) if one.file == f"{stem}.yaml"]
    assert [(one.rule, one.line, one.column) for one in found] == [(rule, line, column)]
    assert problem in found[0].problem


def test_a_regression_never_leads_up() -> None:
    """Even where it does not go round."""
    text = EXERCISE.format(name="middle", level=3, regression="high")
    shelf = ladder(middle=text, high=HIGH.replace("regression: middle", "regression: low"))
    (found,) = check_ladder(shelf)
    assert (found.file, found.rule) == ("middle.yaml", "regression")
    assert "high is at level 5" in found.problem
    assert found.concerns == {"high.yaml"}


@pytest.mark.parametrize(
    ("middle", "problem"),
    [
        (MIDDLE.replace("{shallowest: 1, deepest: 2}", "{shallowest: 3, deepest: 4}"), "begins at range 3"),
        (MIDDLE + "equipment: [ball]\n", "needs a ball"),
    ],
)
def test_a_regression_asks_for_no_more(middle: str, problem: str) -> None:
    """It may be what is left after the back came up; a session would refuse to start with it."""
    (found,) = check_ladder(ladder(middle=middle))
    assert (found.file, found.line, found.rule) == ("high.yaml", 9, "regression")
    assert problem in found.problem
    assert found.concerns == {"middle.yaml"}


def test_every_exercise_of_a_round_is_named_with_the_way() -> None:
    """So that one of them can be chosen to be corrected."""
    found = list(check_ladder(ladder(low=EXERCISE.format(name="low", level=0, regression="high"))))
    assert {one.file for one in found} == {"low.yaml", "middle.yaml", "high.yaml"}
    assert "low to high to middle to low" in found[0].problem


def test_the_side_branch_needs_no_regression() -> None:
    """Nor equipment."""
    text = HIGH.replace("regression: middle", "branch: side").replace("level: 5", "level: 9")
    assert list(check_ladder(ladder(high=text))) == []


def test_equipment_that_is_named_is_enough() -> None:
    """From level 8 on."""
    text = HIGH.replace("level: 5", "level: 8") + "equipment: [ball]\n"
    assert list(check_ladder(ladder(high=text))) == []
