"""The coach gives way: what leaves for the loudspeaker is turned down while a person speaks.

It acts where samples leave, behind everything that was mixed ahead, so that it is heard at once. The beat
and the counts go on.
"""

from __future__ import annotations

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples

LOWERED = 10 ** (-15 / 20)
"""Gain while a person speaks: 15 dB down, at which words of both can be told. Chosen."""

DOWN = SAMPLE_RATE // 50
"""Samples in which it goes down: 20 ms do not click. Chosen."""

UP = SAMPLE_RATE // 4
"""Samples in which it comes back. Chosen."""


class GivingWay:
    """A gain that moves between two values; pure, one thread at a time."""

    def __init__(self) -> None:
        self.lowered = False
        """Where it moves to from the next sample on."""
        self._gain = 1.0

    def process(self, samples: Samples) -> Samples:
        """Return the next samples, shape (n,), with the gain on them."""
        wanted = LOWERED if self.lowered else 1.0
        if self._gain == wanted or not samples.size:
            return samples if wanted == 1.0 else samples * np.float32(wanted)
        step = (LOWERED - 1.0) / DOWN if self.lowered else (1.0 - LOWERED) / UP
        gains = self._gain + step * np.arange(1, samples.size + 1)
        gains = np.maximum(gains, wanted) if self.lowered else np.minimum(gains, wanted)
        self._gain = float(gains[-1])
        return samples * gains.astype(np.float32)
