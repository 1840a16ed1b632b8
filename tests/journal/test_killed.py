"""kill -9 at random moments of whole sessions: a handful of what `tests/benchmarks/killed.py` does."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.killed import kill_many


def test_a_session_that_is_killed_loses_nothing_and_is_offered_again(tmp_path: Path) -> None:
    """Whenever that is: every finished repetition is there, and it goes on with the one after it."""
    tally = kill_many(8, seed=5, how="keyed", folder=tmp_path)
    assert tally.trouble == []
    assert (tally.lost, tally.damaged, tally.torn, tally.wrong_offers) == (0, 0, 0, 0)
    assert tally.kills == 8
    assert tally.repetitions > 0
