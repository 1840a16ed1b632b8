"""What waits for the loudspeaker."""

from __future__ import annotations

import weakref

import numpy as np
import pytest

from assistant.live.play_queue import PlayQueue
from assistant.sound import BLOCK, Samples
from assistant.speaking.mixer import FADE


def _ramp(start: int, count: int) -> Samples:
    """Every sample is its own number."""
    return np.arange(start, start + count, dtype=np.float32)


@pytest.mark.parametrize("pieces", [[64] * 16, [1, 1023], [300, 300, 424]])
def test_samples_come_out_as_they_went_in(pieces: list[int]) -> None:
    """Whatever the device asks for at once."""
    queue = PlayQueue()
    for start in range(0, 1024, BLOCK):
        queue.put(_ramp(start, BLOCK))
    out = np.concatenate([queue.pull(piece) for piece in pieces])
    np.testing.assert_array_equal(out, _ramp(0, 1024))
    assert (queue.played, queue.waiting, queue.take_missing()) == (1024, 0, 0)


def test_what_comes_too_late_is_dropped_so_that_the_beat_stays() -> None:
    """After a gap of 100 samples, sample 400 is still the 400th that is played."""
    queue = PlayQueue()
    queue.put(_ramp(0, BLOCK))
    first = queue.pull(BLOCK + 100)
    assert not first[BLOCK:].any()
    queue.put(_ramp(BLOCK, BLOCK))
    second = queue.pull(BLOCK - 100)
    np.testing.assert_array_equal(second, _ramp(BLOCK + 100, BLOCK - 100))
    assert queue.take_missing() == 100
    assert queue.take_missing() == 0


def test_a_gap_longer_than_a_block_drops_whole_blocks() -> None:
    """The same over several blocks."""
    queue = PlayQueue()
    queue.pull(2 * BLOCK + 10)
    for start in range(0, 4 * BLOCK, BLOCK):
        queue.put(_ramp(start, BLOCK))
    np.testing.assert_array_equal(queue.pull(50), _ramp(2 * BLOCK + 10, 50))


def test_hush_fades_what_waits_within_ten_milliseconds() -> None:
    """Without a step, and the time of what follows stays."""
    queue = PlayQueue()
    queue.put(np.ones(4 * BLOCK, np.float32))
    queue.pull(100)
    assert queue.hush() == 100
    queue.put(np.ones(BLOCK, np.float32))
    out = queue.pull(5 * BLOCK - 100)
    assert np.abs(np.diff(out[:FADE])).max() < 0.01
    assert not out[FADE : 4 * BLOCK - 100].any()
    assert (out[4 * BLOCK - 100 :] == 1).all()


def test_hush_of_an_empty_queue_says_where_it_is() -> None:
    """The fade is the mixer's then."""
    queue = PlayQueue()
    queue.put(_ramp(0, BLOCK))
    queue.pull(BLOCK)
    assert queue.hush() == BLOCK


def test_what_was_played_is_told_as_it_was_heard() -> None:
    """Gaps, dropped and faded samples included, in whole blocks."""
    queue = PlayQueue()
    queue.put(np.ones(BLOCK, np.float32))
    queue.pull(BLOCK + 60)
    queue.put(np.full(BLOCK, 2, np.float32))
    queue.hush()
    queue.pull(BLOCK - 60)
    far = np.concatenate(queue.take_played())
    assert far.size == 2 * BLOCK
    assert (far[:BLOCK] == 1).all()
    assert not far[BLOCK : BLOCK + 60].any()
    assert 1.9 < far[BLOCK + 60] < 2
    assert not far[BLOCK + 60 + FADE :].any()
    assert queue.take_played() == []


def test_a_pull_of_nothing_changes_nothing() -> None:
    """And nothing of it is kept: a file as a loudspeaker may ask for none again and again."""
    queue = PlayQueue()
    queue.put(_ramp(0, BLOCK))
    nothing = queue.pull(0)
    assert nothing.size == 0
    assert (queue.played, queue.waiting, queue.take_missing()) == (0, BLOCK, 0)
    kept = weakref.ref(nothing)
    del nothing
    assert kept() is None


def test_it_gives_way_in_what_was_queued_before() -> None:
    """From the next sample that leaves on; the canceller is given what was played."""
    queue = PlayQueue()
    queue.put(np.ones(4 * BLOCK, np.float32))
    queue.pull(BLOCK)
    queue.give_way(lowered=True)
    lowered = queue.pull(2 * BLOCK)
    assert lowered[0] < 1
    assert lowered[-1] == pytest.approx(10 ** (-15 / 20))
    queue.give_way(lowered=False)
    assert queue.pull(BLOCK)[-1] > lowered[-1]
    far = queue.take_played()
    np.testing.assert_array_equal(np.concatenate(far[1:3]), lowered)
