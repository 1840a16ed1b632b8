"""kill -9 at random moments of whole sessions: a handful of what `tests/benchmarks/killed.py` does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.killed import kill_many


@pytest.mark.parametrize(("how", "kills"), [("keyed", 5), ("live", 3)])
def test_a_session_that_is_killed_loses_nothing_and_is_offered_again(
    tmp_path: Path, how: str, kills: int
) -> None:
    """Whenever that is: every finished repetition is there, and it goes on with the one after it."""
    tally = kill_many(kills, seed=5, how=how, folder=tmp_path)
    assert tally.trouble == []
    assert (tally.lost, tally.damaged, tally.torn, tally.wrong_offers) == (0, 0, 0, 0)
    # Beside a live session, what was finished a moment ago may still be on its way to the disk.
    assert tally.in_flight == 0 or how == "live"
    assert tally.kills == kills
    assert tally.repetitions > 0
