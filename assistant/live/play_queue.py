"""What was mixed and waits for the loudspeaker: a short queue that can be silenced at once."""

from __future__ import annotations

import threading

import numpy as np

from assistant.sound import SampleQueue, Samples
from assistant.speaking.giving_way import GivingWay
from assistant.speaking.mixer import FADE


class PlayQueue:
    """Samples between the loop that mixes them and the thread of the device that plays them.

    After an underrun the missing samples are silence, and those that come late are dropped: a sample's number
    stays its time, and the beat goes on where it would have been.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue = SampleQueue()
        self._far = SampleQueue()
        self._way = GivingWay()
        self.played = 0
        """Samples that the device has taken."""
        self._late = 0
        self._missing = 0

    @property
    def waiting(self) -> int:
        """Samples that it has not taken yet."""
        return self._queue.waiting.size

    def put(self, block: Samples) -> None:
        """Add what comes next, shape (n,)."""
        with self._lock:
            late = min(self._late, block.size)
            self._late -= late
            self._queue.put(block[late:])

    def pull(self, count: int) -> Samples:
        """Return the next samples, shape (count,); the device calls it in a thread of its own."""
        with self._lock:
            ready = self._queue.take(count)
            missing = count - ready.size
            self._late += missing
            self._missing += missing
            samples = self._way.process(np.concatenate([ready, np.zeros(missing, np.float32)]))
            self.played += count
            self._far.put(samples)
            return samples

    def give_way(self, lowered: bool) -> None:
        """Turn down what leaves from now on, or no longer."""
        with self._lock:
            self._way.lowered = lowered

    def hush(self) -> int:
        """Fade out what waits within 10 ms, and return the first sample of the fade."""
        with self._lock:
            gains = np.zeros_like(self._queue.waiting)
            gains[:FADE] = np.linspace(1, 0, FADE + 1, dtype=np.float32)[1 : 1 + gains.size]
            self._queue.waiting = self._queue.waiting * gains
            return self.played

    def take_missing(self) -> int:
        """Return how many samples came too late since the last time."""
        with self._lock:
            missing, self._missing = self._missing, 0
            return missing

    def take_played(self) -> list[Samples]:
        """Return what was played since the last time in whole blocks, each (BLOCK,)."""
        with self._lock:
            return self._far.take_blocks()
