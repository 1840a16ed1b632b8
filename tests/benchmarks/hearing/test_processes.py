"""Sharing trials out between processes."""

from __future__ import annotations

from itertools import chain

from assistant.speaking.rendering import Voice
from tests.benchmarks.hearing.processes import CLIPS_PER_CHUNK, chunks
from tests.benchmarks.hearing.trials import (
    OURS,
    ClipTrial,
    NothingTrial,
    Place,
    Synthetic,
    TalkTrial,
    Trial,
    Wanted,
)

PLACE = Place("commands", "clean")


def _clip(number: int) -> ClipTrial:
    source = Synthetic(f"stop {number}", Voice("en-us", 150, 50))
    return ClipTrial(PLACE, OURS, "commands", None, source, Wanted("text", "stop"))


def _talk(number: int) -> TalkTrial:
    return TalkTrial(PLACE, "commands", None, number, 6.0)


def test_trials_keep_their_order() -> None:
    """One after the other they are the list again."""
    trials: list[Trial] = [*map(_clip, range(95)), *map(_talk, range(3)), *map(_clip, range(5))]
    assert list(chain.from_iterable(chunks(trials))) == trials


def test_a_process_hears_many_clips_or_one_talk_or_noise_at_a_time() -> None:
    """These last as long as many clips."""
    noise = NothingTrial(PLACE, "moving", ())
    trials: list[Trial] = [*map(_clip, range(CLIPS_PER_CHUNK + 1)), *map(_talk, range(2)), noise, _clip(0)]
    assert [len(part) for part in chunks(trials)] == [CLIPS_PER_CHUNK, 1, 1, 1, 1, 1]
    assert chunks([]) == []
