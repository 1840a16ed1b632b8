"""What counts as made easier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from assistant.coaching.plan import Plan
from assistant.journal.recorder import was_eased
from assistant.journal.rows import LoadChange

AT = datetime.fromisoformat("2026-03-09T18:00:00+01:00")


@pytest.fixture
def eased(plan_of: Callable[[str], Plan]) -> Callable[..., bool]:
    """Tell whether changes, written as `what before after why`, eased a session."""
    exercises = plan_of("exercise: double-leg").exercises

    def tell(*changes: str) -> bool:
        split = [change.split() for change in changes]
        return was_eased([LoadChange(AT, *fields) for fields in split], exercises)

    return tell


@pytest.mark.parametrize(
    "change",
    [
        "range 3 2 click",
        "repetitions 10 5 shaking",
        "tempo 3-0-1-0 3-0-2-0 easier",
        "exercise double-leg double-leg-bent pinch",
    ],
)
def test_less_of_anything_is_easier(change: str, eased: Callable[..., bool]) -> None:
    """And the other way round it is not."""
    what, before, after, why = change.split()
    assert eased(change)
    assert not eased(f"{what} {after} {before} {why}")


@pytest.mark.parametrize("change", ["tempo 3-0-1-0 4-0-1-0 slower", "tempo 4-0-1-0 3-0-1-0 faster"])
def test_another_pace_of_the_lowering_is_not_easier(change: str, eased: Callable[..., bool]) -> None:
    """It is a wish, in both directions."""
    assert not eased(change)


def test_nothing_changed_is_nothing_eased(eased: Callable[..., bool]) -> None:
    """As planned."""
    assert not eased()


def test_a_harder_step_that_is_withdrawn_is_as_planned(eased: Callable[..., bool]) -> None:
    """Twice withdrawn is easier."""
    assert not eased("range 1 2 harder", "range 2 1 easier")
    assert eased("range 1 2 harder", "range 2 1 easier", "range 2 1 easier")


def test_easier_stays_easier_when_more_follows(eased: Callable[..., bool]) -> None:
    """It was asked for once."""
    assert eased("range 2 1 easier", "range 1 2 harder")


def test_what_was_only_misheard_was_not_eased(eased: Callable[..., bool]) -> None:
    """Only what was taken back."""
    assert not eased("range 2 1 easier", "range 1 2 i_didnt_say_that")
    assert eased("range 3 2 click", "range 2 1 easier", "range 1 2 i_didnt_say_that")
