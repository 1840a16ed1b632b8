"""Aligning what the microphone captured with what was played meanwhile, on the loudspeaker's clock.

The two devices count samples by clocks of their own. The canceller needs both streams in step, so the capture
is resampled by the measured skew, and what it lost is filled with silence.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import soxr

from assistant.sound import SAMPLE_RATE, SampleQueue, Samples

_LOGGER = logging.getLogger(__name__)

WIDEST_SKEW = 0.002
"""Clocks of sound devices differ by less than this share. Chosen."""

_SLEW_SECONDS = 0.5
"""Over this time a new ratio is taken up, so that it is not heard as a jump. Chosen."""

WINDOW_SECONDS = 1.0
"""Counts come in bursts; over this time their distance is averaged. Chosen."""

SHORTEST_SECONDS = 40
"""A skew is not judged by less than this. Chosen."""

LONGEST_SECONDS = 240
"""Nor by more: devices get warm. Chosen."""

LEAST_SKEW = 8e-6
"""A skew below this does not matter to the canceller. Chosen."""

JUMP_SECONDS = 0.02
"""The distance of two clocks that is suddenly this much greater means that samples were lost. Chosen."""


@dataclass(frozen=True, slots=True)
class SkewUpdate:
    """What a measurement has newly found."""

    jump: int = 0
    """Samples by which the first clock has suddenly fallen behind the second; negative: got ahead."""
    skew: float = 0.0
    """Share by which the first runs slower, besides what was found before; 0 while that is not certain."""


class SkewMeter:
    """Compares two counts of samples, both at SAMPLE_RATE, that come at the same moments in bursts."""

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Begin anew: one of the counts is another one."""
        self._apart: list[int] = []
        self._until: int | None = None
        self._means: deque[float] = deque(maxlen=LONGEST_SECONDS)
        self._off: float | None = None

    def follow(self, first: int, second: int) -> SkewUpdate:
        """Take both counts at one moment.

        Args:
            first: Samples by the clock that is judged, all jumps and skews found so far made good.
            second: Samples by the clock that it is judged by.
        """
        window = round(WINDOW_SECONDS * SAMPLE_RATE)
        if self._until is None:
            self._until = second + window
        self._apart.append(second - first)
        if second < self._until:
            return SkewUpdate()
        self._until = max(self._until + window, second)
        mean = sum(self._apart) / len(self._apart)
        self._apart.clear()
        return self._judge(mean)

    def _judge(self, mean: float) -> SkewUpdate:
        if self._means and abs(mean - self._means[-1]) > JUMP_SECONDS * SAMPLE_RATE:
            # Once is a burst; twice in the same place is a loss.
            if self._off is None or abs(mean - self._off) > JUMP_SECONDS * SAMPLE_RATE / 2:
                self._off = mean
                return SkewUpdate()
            jump = round(mean - float(np.median(list(self._means)[-5:])))
            self._off = None
            return SkewUpdate(jump=jump)
        self._off = None
        self._means.append(mean)
        count = len(self._means)
        if count < SHORTEST_SECONDS or count % 10:
            return SkewUpdate()
        times = np.arange(count) * WINDOW_SECONDS * SAMPLE_RATE
        times -= times.mean()
        values = np.asarray(self._means, dtype=np.float64)
        spread = float(times @ times)
        slope = float(times @ values) / spread
        rest: npt.NDArray[np.float64] = values - values.mean() - slope * times
        error = float(np.sqrt(np.mean(rest**2) / spread * count / (count - 2)))
        if abs(slope) < max(LEAST_SKEW, 4 * error):
            return SkewUpdate()
        self._means.clear()
        return SkewUpdate(skew=slope)


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
        self._queue = SampleQueue()
        self._lost = 0
        self.restart(rate)

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
        found = self._meter.follow(self._paired, played)
        if found.jump:
            _LOGGER.warning("The capture jumped by %d samples", found.jump)
            self._lost += abs(found.jump)
            self._fill(found.jump)
        if found.skew:
            _LOGGER.info("The microphone's clock is slower by another %.1f ppm", found.skew * 1e6)
            ratio = self._ratio * (1 + found.skew)
            self._ratio = min(max(ratio, 1 - WIDEST_SKEW / 2), 1 + WIDEST_SKEW / 2)
            slew = round(_SLEW_SECONDS * SAMPLE_RATE)
            self._resampler.set_io_ratio(self._rate, SAMPLE_RATE * self._ratio, slew)

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
