"""The noise floor: how loud the room is while no one speaks."""

from __future__ import annotations

import math
from collections import deque

from assistant.sound import BLOCK, SAMPLE_RATE

WINDOW_SECONDS = 4.0
"""No person speaks without a breath for longer than this. Chosen."""

# Longer than a sound, shorter than a pause between words; and how finely the window moves on. Chosen.
_SMOOTHING_SECONDS = 0.15
_PIECE = round(0.5 * SAMPLE_RATE / BLOCK)


class NoiseFloor:
    """The least of the smoothed power over the last seconds (minimum statistics).

    Source: Martin, "Noise power spectral density estimation based on optimal smoothing and minimum
    statistics" (IEEE Transactions on Speech and Audio Processing 9, 2001), without its bias correction.
    """

    def __init__(self) -> None:
        self._smooth: float | None = None
        self._pieces: deque[float] = deque(maxlen=round(WINDOW_SECONDS / 0.5))
        self._least = math.inf
        self._count = 0

    def follow(self, power: float) -> float:
        """Take the power of one block and give the floor, both as means of squares."""
        share = BLOCK / SAMPLE_RATE / _SMOOTHING_SECONDS
        self._smooth = power if self._smooth is None else self._smooth + share * (power - self._smooth)
        self._least = min(self._least, self._smooth)
        self._count += 1
        if self._count == _PIECE:
            self._pieces.append(self._least)
            self._least, self._count = self._smooth, 0
        return min(self._least, *self._pieces) if self._pieces else self._least
