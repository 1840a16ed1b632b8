"""Reading ahead: whoever takes never waits, and gets everything in order."""

from __future__ import annotations

import threading
import time

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.read_ahead import ReadAhead


class Ramp:
    """Samples 1, 2, 3 …, given while the gate is open."""

    def __init__(self) -> None:
        self.given = 0
        self.gate = threading.Event()
        self.gate.set()
        self.closed = False

    def close(self) -> None:
        self.closed = True

    def take(self, count: int) -> Samples:
        assert self.gate.wait(10)
        self.given += count
        return np.arange(self.given - count + 1, self.given + 1, dtype=np.float32)


def take(ahead: ReadAhead, count: int) -> Samples:
    """Take until as many samples have come, without the silence between."""
    taken = np.zeros(0, np.float32)
    end = time.monotonic() + 10
    while taken.size < count:
        assert time.monotonic() < end
        part = ahead.take(count - taken.size)
        taken = np.append(taken, part[part != 0])
    return taken


def test_everything_comes_in_order_and_no_more_is_kept_than_wanted() -> None:
    """Whatever is taken at once."""
    ramp = Ramp()
    ahead = ReadAhead(ramp, ahead_seconds=1.0)
    parts: list[Samples] = []
    for count in (1, 256, 7_000, 15_000, 3):
        parts.append(take(ahead, count))
    ahead.close()
    whole = np.concatenate(parts)
    np.testing.assert_array_equal(whole, np.arange(1, whole.size + 1))
    assert ramp.given <= whole.size + 1.5 * SAMPLE_RATE


def test_a_slow_disk_is_silence_and_not_a_wait() -> None:
    """What comes late is played late; nothing of it is lost."""
    ramp = Ramp()
    ramp.gate.clear()
    ahead = ReadAhead(ramp, ahead_seconds=1.0)
    assert not ahead.take(256).any()
    ramp.gate.set()
    assert take(ahead, 2)[1] == 2
    ahead.close()


def test_closed_it_reads_no_more() -> None:
    """And has let go of its file."""
    ramp = Ramp()
    before = threading.active_count()
    ahead = ReadAhead(ramp, ahead_seconds=0.5)
    assert take(ahead, 1) == 1
    ahead.close()
    assert ramp.closed
    given = ramp.given
    ahead.take(8_000)
    assert threading.active_count() == before
    assert ramp.given == given


def test_a_disk_that_hangs_keeps_nobody() -> None:
    """Closing waits a second for it, and no longer."""
    ramp = Ramp()
    ramp.gate.clear()
    ahead = ReadAhead(ramp)
    ahead.close()
    assert not ramp.closed
    ramp.gate.set()
