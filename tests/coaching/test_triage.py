"""What follows from pain: the table."""

from __future__ import annotations

import pytest

from assistant.coaching.complaint import PLACES
from assistant.coaching.triage import Outcome, triage

TRIAGE = [
    ("back", 0, False, Outcome.CONFIRM_ZERO),
    ("back", 1, False, Outcome.SHALLOWER),
    ("back", 2, False, Outcome.SHALLOWER),
    ("back", 2, True, Outcome.END_LIFTS),
    ("back", 3, False, Outcome.END_LIFTS),
    ("back", 5, False, Outcome.END_LIFTS),
    ("back", 6, False, Outcome.END_SESSION),
    ("back", None, False, Outcome.END_SESSION),
    ("hip", 0, False, Outcome.REGRESS),
    ("hip", 5, False, Outcome.REGRESS),
    ("hip", 6, False, Outcome.END_SESSION),
    ("hip", None, False, Outcome.END_SESSION),
    ("elsewhere", 0, False, Outcome.CONFIRM_ZERO),
    ("elsewhere", 2, False, Outcome.GO_ON),
    ("elsewhere", 3, False, Outcome.END_SESSION),
    ("elsewhere", None, False, Outcome.END_SESSION),
    (None, None, False, Outcome.END_SESSION),
    (None, 0, False, Outcome.CONFIRM_ZERO),
]


@pytest.mark.parametrize(("where", "score", "before", "outcome"), TRIAGE)
def test_the_triage_table(where: str | None, score: int | None, before: bool, outcome: Outcome) -> None:
    """What follows from where it is sore and how much."""
    assert triage(where, score, before) is outcome


SCORES = (None, *range(11))


@pytest.mark.parametrize("kind", ["sharp", "stabbing", "spreading"])
@pytest.mark.parametrize("where", [*PLACES, None])
def test_severe_pain_counts_as_much_whatever_its_number(where: str | None, kind: str) -> None:
    """Also at nought: what stabbed in the movement may do so again."""
    for before in (False, True):
        outcomes = {triage(where, score, before, kind) for score in SCORES}
        assert outcomes == {triage(where, 6, before)} == {triage(where, None, before)}


@pytest.mark.parametrize("kind", ["burning", "dull", "pulling", "sore", "cramp", None])
def test_any_other_pain_counts_as_its_number(kind: str | None) -> None:
    """At every place."""
    for where in PLACES:
        for score in SCORES:
            assert triage(where, score, False, kind) is triage(where, score, False)


def test_the_groin_counts_as_the_hip_and_any_other_place_as_elsewhere() -> None:
    """Of those that can be named."""
    for score in SCORES:
        for before in (False, True):
            assert triage("groin", score, before) is triage("hip", score, before)
            for where in sorted(set(PLACES) - {"back", "hip", "groin"}):
                assert triage(where, score, before) is triage("elsewhere", score, before)
