"""How two sound devices' clocks run apart, told from how many samples each has come to."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.sound import SAMPLE_RATE

WINDOW_SECONDS = 1.0
"""Counts come in bursts; over this time their distance is averaged."""

SHORTEST_SECONDS = 40
"""A skew is not judged by less than this."""

LONGEST_SECONDS = 240
"""Nor by more: devices get warm."""

LEAST_SKEW = 8e-6
"""A skew below this does not matter to the canceller."""

JUMP_SECONDS = 0.02
"""The distance of two clocks that is suddenly this much greater means that samples were lost."""


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
        self._sum = 0.0
        self._number = 0
        self._until: int | None = None
        self._means: deque[float] = deque(maxlen=LONGEST_SECONDS)
        self._off: float | None = None

    def follow(self, first: int, second: int) -> SkewUpdate:
        """Take both counts at one moment.

        Args:
            first: Samples by the clock that is judged, all jumps and skews found so far made good.
            second: Samples by the clock that it is judged by.
        """
        if self._until is None:
            self._until = second + round(WINDOW_SECONDS * SAMPLE_RATE)
        self._sum += second - first
        self._number += 1
        if second < self._until:
            return SkewUpdate()
        self._until += max(round(WINDOW_SECONDS * SAMPLE_RATE), second - self._until)
        mean = self._sum / self._number
        self._sum, self._number = 0.0, 0
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
