"""What was mixed and waits for the loudspeaker: a short queue that can be silenced at once."""

from __future__ import annotations

import threading
from collections import deque

import numpy as np

from assistant.sound import BLOCK, Samples
from assistant.speaking.mixer import FADE


class PlayQueue:
    """Samples between the loop that mixes them and the thread of the device that plays them.

    After an underrun the missing samples are silence, and those that come late are dropped: a sample's number
    stays its time, and the beat goes on where it would have been.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: deque[Samples] = deque()
        self._waiting = 0
        self._played = 0
        self._late = 0
        self._missing = 0
        self._far: deque[Samples] = deque()

    @property
    def played(self) -> int:
        """Samples that the device has taken."""
        return self._played

    @property
    def waiting(self) -> int:
        """Samples that it has not taken yet."""
        return self._waiting

    def put(self, block: Samples) -> None:
        """Add what comes next, shape (n,)."""
        with self._lock:
            late = min(self._late, block.size)
            self._late -= late
            self._blocks.append(block[late:])
            self._waiting += block.size - late

    def pull(self, count: int) -> Samples:
        """Return the next samples, shape (count,); the device calls it in a thread of its own."""
        if not count:
            return np.zeros(0, np.float32)
        with self._lock:
            parts: list[Samples] = []
            needed = count
            while needed and self._blocks:
                block = self._blocks.popleft()
                if block.size > needed:
                    self._blocks.appendleft(block[needed:])
                    block = block[:needed]
                parts.append(block)
                needed -= block.size
            self._waiting -= count - needed
            if needed:
                parts.append(np.zeros(needed, np.float32))
                self._late += needed
                self._missing += needed
            samples = np.concatenate(parts)
            self._played += count
            self._far.append(samples)
            return samples

    def hush(self) -> int:
        """Fade out what waits within 10 ms, and return the first sample of the fade."""
        with self._lock:
            if self._waiting:
                whole = np.concatenate(list(self._blocks))
                ramp = np.linspace(1, 0, FADE + 1, dtype=np.float32)[1 : 1 + whole.size]
                whole[: ramp.size] *= ramp
                whole[ramp.size :] = 0
                self._blocks = deque([whole])
            return self._played

    def take_missing(self) -> int:
        """Return how many samples came too late since the last time."""
        with self._lock:
            missing, self._missing = self._missing, 0
            return missing

    def take_played(self) -> list[Samples]:
        """Return what was played since the last time in whole blocks, each (BLOCK,)."""
        with self._lock:
            total = sum(part.size for part in self._far)
            if total < BLOCK:
                return []
            whole = np.concatenate(list(self._far))
            count = total // BLOCK
            self._far = deque([whole[count * BLOCK :]])
        return list(whole[: count * BLOCK].reshape(count, BLOCK))
