"""Aligning what the microphone captured with what was played meanwhile, on the loudspeaker's clock.

The two devices count samples by clocks of their own. The canceller needs both streams in step, so what the
capture lost is filled with silence, and it is resampled by the skew that the canceller finds in the echo. The
counts themselves are too coarse for that: on a busy computer they come later than on an idle one, and a skew
of 57 parts in a million was once read from two devices that run on one clock. Followed, it made the echo
stray, and cost 20 dB of cancellation.
"""

from __future__ import annotations

import logging
from collections import deque

import numpy as np
import soxr

from assistant.sound import SAMPLE_RATE, SampleQueue, Samples

_LOGGER = logging.getLogger(__name__)

WIDEST_SKEW = 0.001
"""Clocks of sound devices differ by less than this share. Chosen."""

WINDOW_SECONDS = 1.0
"""Counts come in bursts; over this time their distance is averaged. Chosen."""

JUMP_SECONDS = 0.02
"""The distance of two clocks that is suddenly this much greater means that samples were lost. Chosen."""

APART_SECONDS = 0.1
"""So far they may run apart slowly, where no echo tells how fast. Chosen."""


class JumpMeter:
    """Compares two counts of samples, both at SAMPLE_RATE, that come at the same moments in bursts."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin anew: one of the counts is another one."""
        self._apart: list[int] = []
        self._until: int | None = None
        self._begun: float | None = None
        self._means: deque[float] = deque(maxlen=5)
        self._off: float | None = None

    def follow(self, first: int, second: int) -> int:
        """Return by how many samples the first count has fallen behind the second; negative: got ahead.

        Args:
            first: Samples by the clock that is judged, all jumps found so far made good.
            second: Samples by the clock that it is judged by.
        """
        window = round(WINDOW_SECONDS * SAMPLE_RATE)
        if self._until is None:
            self._until = second + window
        self._apart.append(second - first)
        if second < self._until:
            return 0
        self._until = max(self._until + window, second)
        mean = sum(self._apart) / len(self._apart)
        self._apart.clear()
        return self._judge(mean)

    def _judge(self, mean: float) -> int:
        if self._begun is None:
            self._begun = mean
        before = float(np.median(self._means)) if self._means else mean
        if abs(mean - before) <= JUMP_SECONDS * SAMPLE_RATE:
            self._off = None
            self._means.append(mean)
            if abs(mean - self._begun) <= APART_SECONDS * SAMPLE_RATE:
                return 0
            self._means.clear()
            return round(mean - self._begun)
        # Once is a burst; twice in the same place is a loss.
        if self._off is None or abs(mean - self._off) > JUMP_SECONDS * SAMPLE_RATE / 2:
            self._off = mean
            return 0
        self._off = None
        return round(mean - before)


class CaptureAlignment:
    """Resamples the microphone to the loudspeaker's clock and fills what it lost with silence.

    The nth block that it gives belongs to the nth block that was played: how much later the echo comes is for
    the canceller.

    Args:
        rate: The microphone's sample rate in hertz.
    """

    def __init__(self, rate: int) -> None:
        self._ratio = 1.0
        self._meter = JumpMeter()
        self._paired = 0
        """Samples that were paired, by the loudspeaker's clock; what waits included."""
        self._queue = SampleQueue()
        self._lost = 0
        self.restart(rate)

    def restart(self, rate: int | None = None) -> None:
        """Begin a new stream after a gap, at another rate where one is given."""
        if rate is not None:
            self._rate = rate
        self._resampler = soxr.ResampleStream(
            self._rate * (1 + 2 * WIDEST_SKEW), SAMPLE_RATE, 1, dtype="float32", vr=True
        )
        self._resampler.set_io_ratio(self._rate, SAMPLE_RATE * self._ratio, 0)
        self._begun = False
        self._meter.restart()

    def forget(self) -> None:
        """Replace what waits by silence: it comes too late to be heard."""
        self._queue.waiting = np.zeros_like(self._queue.waiting)

    def add(self, chunk: Samples, played: int) -> None:
        """Add samples at the microphone's rate, shape (n,); the last one came at `played`."""
        samples = np.asarray(self._resampler.resample_chunk(chunk), dtype=np.float32)
        if not self._begun:
            # Where the chunk ends is where the loudspeaker is; what came before it is silence.
            self._begun = True
            self._fill(played - self._paired - samples.size)
        self._queue.put(samples)
        self._paired += samples.size
        if jump := self._meter.follow(self._paired, played):
            _LOGGER.warning("The capture jumped by %d samples", jump)
            self._lost += abs(jump)
            self._fill(jump)

    def keep_pace(self, skew: float) -> None:
        """Resample so that an echo stands still that got later by so many samples with each sample."""
        ratio = self._ratio * (1 - skew)
        self._ratio = min(max(ratio, 1 - WIDEST_SKEW), 1 + WIDEST_SKEW)
        _LOGGER.info("The microphone's clock is faster by %.1f ppm", (1 - self._ratio) * 1e6)
        # At once: what else takes the skew out stops with the next block.
        self._resampler.set_io_ratio(self._rate, SAMPLE_RATE * self._ratio, 0)

    def absent(self, played: int) -> None:
        """Fill with silence up to a moment by the loudspeaker's clock: there is no microphone."""
        if self._begun:
            self.restart()
        self._fill(played - self._paired)

    def take(self, most: int) -> list[Samples]:
        """Return the blocks (BLOCK,) that are ready, at most so many."""
        return self._queue.take_blocks(most)

    def take_lost(self) -> int:
        """Return how many samples the microphone lost or repeated since the last time."""
        lost, self._lost = self._lost, 0
        return lost

    def _fill(self, count: int) -> None:
        """Add silence, or take back what is too much where the count is negative."""
        count = max(count, -self._queue.waiting.size)
        self._paired += count
        self._queue.put(np.zeros(max(count, 0), np.float32))
        self._queue.waiting = self._queue.waiting[: self._queue.waiting.size + min(count, 0)]
