"""When somebody who is not the coach made a sound, and how loud it was."""

from __future__ import annotations

from collections import deque

import numpy as np

from assistant.sound import BLOCK, SAMPLE_RATE, Samples, loudest_db

LEAST_SHARE = 0.12
"""This share of a phrase's blocks must hold speech: much of it hides behind the coach's voice."""

_REMEMBERED_SECONDS = 12.0
_WORD_TAIL_SECONDS = 0.1


class Evidence:
    """Remembers the last seconds, block by block, and whether there was speech."""

    def __init__(self) -> None:
        self._blocks: deque[tuple[float, bool, Samples]] = deque()

    def add(self, now: float, speech: bool, block: Samples) -> None:
        """Add the block that ended at `now`, in seconds, shape (n,)."""
        self._blocks.append((now, speech, block))
        while self._blocks[0][0] < now - _REMEMBERED_SECONDS:
            self._blocks.popleft()

    def of_speech(self, start: float, end: float) -> bool:
        """Tell whether there was enough speech between two moments, in seconds."""
        blocks = [speech for at, speech, _ in self._blocks if start <= at <= end]
        return sum(blocks) >= max(LEAST_SHARE * len(blocks), 1)

    def seconds(self, start: float, end: float) -> float:
        """Give how many seconds of speech there were between two moments."""
        block = BLOCK / SAMPLE_RATE
        return block * sum(speech for at, speech, _ in self._blocks if start <= at <= end + block)

    def end_of_speech(self, start: float, end: float) -> float:
        """Give when speech between two moments really ended; `end` where there is no telling."""
        spoken = [at for at, speech, _ in self._blocks if speech and start <= at <= end]
        return min(end, spoken[-1] + _WORD_TAIL_SECONDS) if spoken else end

    def loudest_db(self, start: float, end: float) -> float:
        """Give the level of the loudest word between two moments, in decibels of full scale."""
        blocks = [block for at, _, block in self._blocks if start <= at <= end]
        return loudest_db(np.concatenate([np.zeros(0, np.float32), *blocks]))
