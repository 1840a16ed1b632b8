"""When a sample was taken, told from when the chunks of a recording arrived."""

from __future__ import annotations

import bisect

NEAR_SECONDS = 5.0
"""Only chunks this close are asked: over longer times a stream's clock strays from the computer's."""


class Arrivals:
    """Maps the samples of a stream to the time of the computer's clock, and back.

    Every chunk arrives late, some later than others; the least delayed ones nearby tell the time.
    What delay they have themselves stays in the answer, the same for all samples.

    Args:
        rate: Samples a second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._samples: list[int] = []
        self._times: list[float] = []

    def add(self, sample: int, at: float) -> None:
        """Note that a chunk that begins with `sample` arrived at `at`, in seconds."""
        self._samples.append(sample)
        self._times.append(at)

    def time_of(self, sample: float) -> float:
        """Return the seconds at which a sample was taken.

        Raises:
            ValueError: nothing has arrived yet.
        """
        reach = NEAR_SECONDS * self._rate
        first = bisect.bisect_left(self._samples, sample - reach)
        last = bisect.bisect_right(self._samples, sample + reach)
        return self._start(first, last) + sample / self._rate

    def sample_at(self, time: float) -> float:
        """Return the sample, with its fraction, that was taken at `time`, in seconds.

        Raises:
            ValueError: nothing has arrived yet.
        """
        first = bisect.bisect_left(self._times, time - NEAR_SECONDS)
        last = bisect.bisect_right(self._times, time + NEAR_SECONDS)
        return (time - self._start(first, last)) * self._rate

    def _start(self, first: int, last: int) -> float:
        """Return the seconds of sample 0 as the chunks from `first` to `last` have it."""
        if not self._samples:
            raise ValueError("nothing has arrived yet")
        if first >= last:
            # Asked far outside the recording: the chunk at its edge is the best there is.
            first = min(first, len(self._samples) - 1)
            last = first + 1
        return min(self._times[i] - self._samples[i] / self._rate for i in range(first, last))
