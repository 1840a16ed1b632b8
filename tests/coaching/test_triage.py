"""What follows from pain: the table."""

from __future__ import annotations

import pytest

from assistant.coaching.triage import Outcome, triage

TRIAGE = [
    ("back", 0, False, Outcome.CONFIRM_ZERO),
    ("back", 1, False, Outcome.SHALLOWER),
    ("back", 2, False, Outcome.SHALLOWER),
    ("back", 2, True, Outcome.END_LIFTS),
    ("back", 3, False, Outcome.END_LIFTS),
    ("back", None, False, Outcome.END_LIFTS),
    ("hip", 0, False, Outcome.REGRESS),
    ("hip", 5, False, Outcome.REGRESS),
    ("hip", 6, False, Outcome.END_LIFTS),
    ("hip", None, False, Outcome.END_LIFTS),
    ("elsewhere", 0, False, Outcome.CONFIRM_ZERO),
    ("elsewhere", 2, False, Outcome.GO_ON),
    ("elsewhere", 3, False, Outcome.END_SESSION),
    ("elsewhere", None, False, Outcome.END_SESSION),
    (None, None, False, Outcome.END_SESSION),
]


@pytest.mark.parametrize(("where", "score", "before", "outcome"), TRIAGE)
def test_the_triage_table(where: str | None, score: int | None, before: bool, outcome: Outcome) -> None:
    """What follows from where it is sore and how much."""
    assert triage(where, score, before) is outcome
