"""When somebody who is not the coach made a sound."""

from __future__ import annotations

from collections import deque

from assistant.sound import BLOCK, SAMPLE_RATE

LEAST_SHARE = 0.12
"""This share of a phrase's blocks must hold speech: much of it hides behind the coach's voice."""

_REMEMBERED_SECONDS = 12.0
_WORD_TAIL_SECONDS = 0.1


class Evidence:
    """Remembers for the last seconds, block by block, whether there was speech."""

    def __init__(self) -> None:
        self._blocks: deque[tuple[float, bool]] = deque()

    def add(self, now: float, speech: bool) -> None:
        """Add the block that ended at `now`, in seconds."""
        self._blocks.append((now, speech))
        while self._blocks[0][0] < now - _REMEMBERED_SECONDS:
            self._blocks.popleft()

    def of_speech(self, start: float, end: float) -> bool:
        """Tell whether there was enough speech between two moments, in seconds."""
        blocks = [speech for at, speech in self._blocks if start <= at <= end]
        return sum(blocks) >= max(LEAST_SHARE * len(blocks), 1)

    def seconds(self, start: float, end: float) -> float:
        """Give how many seconds of speech there were between two moments."""
        block = BLOCK / SAMPLE_RATE
        return block * sum(speech for at, speech in self._blocks if start <= at <= end + block)

    def end_of_speech(self, start: float, end: float) -> float:
        """Give when speech between two moments really ended; `end` where there is no telling."""
        spoken = [at for at, speech in self._blocks if speech and start <= at <= end]
        return min(end, spoken[-1] + _WORD_TAIL_SECONDS) if spoken else end
