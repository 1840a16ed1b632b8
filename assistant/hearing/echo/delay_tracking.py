"""Taking out the coach's voice where its echo comes late, or later and later."""

from __future__ import annotations

import numpy as np

from assistant.hearing.echo.canceller import PARTITIONS, Cancelled, EchoCanceller
from assistant.hearing.echo.clock_skew import ClockSkew
from assistant.hearing.echo.delay import TOLERANCE, DelayTracker
from assistant.hearing.echo.delay_line import LEAST_DELAY, DelayLine
from assistant.hearing.echo.path_change import PathChange
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

LATEST_BLOCK = 8
"""The direct echo may come this many blocks after the far end: the room's echo still has 0.19 s then."""

_EARLIEST_BLOCK = 1
_TARGET_BLOCK = 2
# Room for an echo that comes earlier and earlier, before the far end has to be moved by a block.
_FIRST_DELAY = 64.0
_ACTIVE_POWER = 1e-6
# A path that drifted for a moment is mostly as it was. Doubted as a whole, it would hide who talks over it.
_DRIFTED = 0.1


class DelayTrackingCanceller:
    """An echo canceller whose far end is delayed as much as the echo needs, and keeps pace with its clock.

    Args:
        delay_seconds: By how much the echo followed the far end when that was measured before; where it
            starts from. Another delay is found all the same.
    """

    def __init__(self, delay_seconds: float | None = None) -> None:
        self._canceller = EchoCanceller()
        self._tracker = DelayTracker()
        self.clock_skew = ClockSkew()
        """How fast the echo gets later."""
        self._path_change = PathChange()
        self.line = DelayLine(_FIRST_DELAY)
        """Delays the far end."""
        self.delay: float | None = None
        """Samples by which the echo follows the far end; None while not known."""
        if delay_seconds is not None:
            self._align(round(delay_seconds * SAMPLE_RATE))

    def process(self, mic: Samples, far: Samples) -> Cancelled:
        """Return the microphone without the loudspeaker, without delay.

        Args:
            mic: One block of the microphone, shape (BLOCK,).
            far: What the loudspeaker was given at the same time, shape (BLOCK,).
        """
        delay = self._tracker.follow(mic, far)
        if delay is not None:
            self._align(delay)
        if self.line.delay < LEAST_DELAY + 1:
            self._move(1)
        before = self.line.delay
        delayed = self.line.process(far, self.clock_skew.skew)
        if self.delay is not None:
            self.delay += self.line.delay - before
        cancelled = self._canceller.process(mic, delayed)
        self.clock_skew.follow(self._canceller.path, float(np.mean(np.square(delayed))) > _ACTIVE_POWER)
        if self.clock_skew.jumped:
            self._canceller.doubt(_DRIFTED)
        if self._path_change.follow(mic, cancelled.clean):
            self.forget()
        return cancelled

    def forget(self) -> None:
        """Learn the path from nothing: a device lost sound, or is another one."""
        self._canceller.forget()
        self.clock_skew.restart()
        self._tracker.restart()

    def _align(self, delay: int) -> None:
        if self.delay is not None and abs(delay - self.delay) <= TOLERANCE:
            return
        self.delay = delay
        block = int(delay - self.line.delay) // BLOCK
        out_of_place = not _EARLIEST_BLOCK <= block <= LATEST_BLOCK
        if out_of_place:
            self._move(max(block - _TARGET_BLOCK, -int((self.line.delay - LEAST_DELAY) // BLOCK)))
            # Of the path only a half was within reach.
            self._canceller.doubt()

    def _move(self, blocks: int) -> None:
        """Let the far end come later by some blocks; what was learnt of the path moves along."""
        if blocks == 0:
            return
        self.line.delay += blocks * BLOCK
        self._canceller.shift(blocks, self.line.last((PARTITIONS + 1) * BLOCK))
        self.clock_skew.restart()
