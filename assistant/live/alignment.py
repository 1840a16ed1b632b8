"""Aligning what the microphone captured with what was played meanwhile, on the loudspeaker's clock.

The two devices count samples by clocks of their own. The canceller needs both streams in step, so the capture
is resampled by the measured skew, and what it lost is filled with silence.
"""

from __future__ import annotations

import logging
from collections import deque

import numpy as np
import soxr

from assistant.live.clock_skew import SkewMeter
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

_LOGGER = logging.getLogger(__name__)

WIDEST_SKEW = 0.002
"""Clocks of sound devices differ by less than this share."""

_SLEW_SECONDS = 0.5


class CaptureAlignment:
    """Resamples the microphone to the loudspeaker's clock and fills what it lost with silence.

    The nth block that it gives belongs to the nth block that was played: how much later the echo comes is for
    the canceller.

    Args:
        rate: The microphone's sample rate in hertz.
    """

    def __init__(self, rate: int) -> None:
        self._ratio = 1.0
        self._meter = SkewMeter()
        self._paired = 0
        """Samples that were paired, by the loudspeaker's clock; what waits included."""
        self._waiting: deque[Samples] = deque()
        self._lost = 0
        self.restart(rate)

    @property
    def _ready(self) -> int:
        return sum(part.size for part in self._waiting)

    def restart(self, rate: int | None = None) -> None:
        """Begin a new stream after a gap, at another rate where one is given."""
        if rate is not None:
            self._rate = rate
        self._resampler = soxr.ResampleStream(
            self._rate * (1 + WIDEST_SKEW), SAMPLE_RATE, 1, dtype="float32", vr=True
        )
        self._resampler.set_io_ratio(self._rate, SAMPLE_RATE * self._ratio, 0)
        self._begun = False
        self._meter.restart()

    def forget(self) -> None:
        """Replace what waits by silence: it comes too late to be heard."""
        self._waiting = deque([np.zeros(self._ready, np.float32)])

    def add(self, chunk: Samples, played: int) -> None:
        """Add samples at the microphone's rate, shape (n,); the last one came at `played`."""
        samples = np.asarray(self._resampler.resample_chunk(chunk), dtype=np.float32)
        if not self._begun:
            # Where the chunk ends is where the loudspeaker is; what came before it is silence.
            self._begun = True
            self._fill(played - self._paired - samples.size)
        self._waiting.append(samples)
        self._paired += samples.size
        found = self._meter.follow(self._paired, played)
        if found.jump:
            _LOGGER.warning("The capture jumped by %d samples", found.jump)
            self._lost += abs(found.jump)
            self._fill(found.jump)
        if found.skew:
            self._ratio *= 1 + found.skew
            _LOGGER.info("The microphone's clock is slower by another %.1f ppm", found.skew * 1e6)
            self._ratio = min(max(self._ratio, 1 - WIDEST_SKEW / 2), 1 + WIDEST_SKEW / 2)
            self._resampler.set_io_ratio(
                self._rate, SAMPLE_RATE * self._ratio, round(_SLEW_SECONDS * SAMPLE_RATE)
            )

    def absent(self, played: int) -> None:
        """Fill with silence up to a moment by the loudspeaker's clock: there is no microphone."""
        if self._begun:
            self.restart()
        self._fill(played - self._paired)

    def take(self, most: int) -> list[Samples]:
        """Return the blocks (BLOCK,) that are ready, at most so many."""
        count = min(self._ready // BLOCK, most)
        if count <= 0:
            return []
        whole = np.concatenate(list(self._waiting))
        self._waiting = deque([whole[count * BLOCK :]])
        return list(whole[: count * BLOCK].reshape(count, BLOCK))

    def take_lost(self) -> int:
        """Return how many samples the microphone lost or repeated since the last time."""
        lost, self._lost = self._lost, 0
        return lost

    def _fill(self, count: int) -> None:
        """Add silence, or take back what is too much where the count is negative."""
        self._paired += max(count, -self._ready)
        if count > 0:
            self._waiting.append(np.zeros(count, np.float32))
        elif count < 0:
            whole = np.concatenate([np.zeros(0, np.float32), *self._waiting])
            self._waiting = deque([whole[: max(whole.size + count, 0)]])
