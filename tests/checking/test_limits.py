"""Rules for how much a routine asks for."""

from __future__ import annotations

import pytest

from assistant.checking.finding import from_error
from assistant.checking.routines import check_volumes
from assistant.errors import InputError
from tests.checking.conftest import ladder, with_routine


def test_a_routine_within_the_programme_is_clean() -> None:
    """Three sets, its repetitions, and a rest; the rest after the last set is never taken."""
    shelf = with_routine(
        ladder(),
        "exercise: low, sets: 3, repetitions: 10, rest: 60\nexercise: middle, repetitions: 5, rest: 0",
    )
    assert list(check_volumes(shelf.routines[0])) == []


@pytest.mark.parametrize(
    ("work", "rule", "line", "problem"),
    [
        ("exercise: low, repetitions: 11", "repetitions", 4, "11 repetitions of low are more than its 10"),
        ("exercise: low, rest: 5\nexercise: middle", "rest", 4, "5 s"),
        ("exercise: middle\nexercise: low, sets: 2, rest: 300", "rest", 5, "300 s"),
    ],
)
def test_each_excess_is_found_on_its_line(work: str, rule: str, line: int, problem: str) -> None:
    """Once, however many sets the line has."""
    (found,) = check_volumes(with_routine(ladder(), work).routines[0])
    assert (found.file, found.rule, found.line) == ("mine.yaml", rule, line)
    assert problem in found.problem


def test_sets_lifts_and_lowerings_are_held_where_the_routine_is_read() -> None:
    """With the line, as every other mistake."""
    for work, problem in (
        ("exercise: middle, sets: 2\nexercise: middle, sets: 2", "4 work sets"),
        ("exercise: low\nexercise: middle, repetitions: 26", "from 1 to 25"),
        ("exercise: low\nexercise: middle, tempo: 2-0-1-1", "at least 3 s"),
        ("exercise: low\nexercise: middle, tempo: 3-0-4-1", "as long as the lowering"),
    ):
        with pytest.raises(InputError) as caught:
            with_routine(ladder(), work)
        found = from_error(caught.value, "", "invalid")
        assert (found.file, found.line) == ("mine.yaml", 5)
        assert problem in found.problem


def test_a_step_that_has_too_many_repetitions_is_found_on_its_line() -> None:
    """Where it comes to from the start of the ladder."""
    (found,) = check_volumes(with_routine(ladder(), "exercise: low\nstep: 1, repetitions: 12").routines[0])
    assert (found.rule, found.line) == ("repetitions", 5)
    assert "of high" in found.problem
