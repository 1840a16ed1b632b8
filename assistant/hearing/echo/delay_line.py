"""A delay that need not be whole samples and may change slowly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.sound import BLOCK, SAMPLE_RATE, Samples

MOST_SECONDS = 1.5
"""The longest delay. Chosen: the latest echo that is looked for, and room to spare."""

LEAST_DELAY = 16
"""Samples; the interpolation looks half its length ahead."""

# Samples of the interpolation, and fractions of a sample for which it is made beforehand. Chosen.
_TAPS = 16
_PHASES = 512
_OFFSETS = np.arange(_TAPS) - _TAPS // 2 + 1


def _kernels() -> npt.NDArray[np.float32]:
    """Make a windowed sinc for each fraction of a sample, shape (_PHASES + 1, _TAPS)."""
    apart = _OFFSETS[None, :] - np.arange(_PHASES + 1)[:, None] / _PHASES
    window = 0.5 + 0.5 * np.cos(np.pi * np.clip(apart / (_TAPS / 2), -1, 1))
    kernels = np.sinc(apart) * window
    return (kernels / kernels.sum(axis=1, keepdims=True)).astype(np.float32)


_KERNELS = _kernels()


class DelayLine:
    """Gives samples later than it takes them.

    Args:
        delay: Samples, at least LEAST_DELAY.
    """

    def __init__(self, delay: float) -> None:
        self.delay = delay
        """Samples by which what is given is later; it may be set between two blocks."""
        self._past: Samples = np.zeros(round(MOST_SECONDS * SAMPLE_RATE) // BLOCK * BLOCK, np.float32)

    def process(self, block: Samples, growth: float = 0.0) -> Samples:
        """Take a block (BLOCK,) and give the delayed one.

        Args:
            block: What comes in.
            growth: Samples by which the delay grows with each sample.
        """
        self._past[:-BLOCK] = self._past[BLOCK:]
        self._past[-BLOCK:] = block
        steps = np.arange(1, BLOCK + 1)
        places = self._past.size - BLOCK + steps - 1 - self.delay - growth * steps
        self.delay += growth * BLOCK
        return self._between(places)

    def last(self, count: int) -> Samples:
        """Return what would have come out last with the delay as it is now, shape (count,)."""
        return self._between(self._past.size - count + np.arange(count) - self.delay)

    def _between(self, places: npt.NDArray[np.floating]) -> Samples:
        whole = np.floor(places).astype(np.int64)
        kernels = _KERNELS[np.rint((places - whole) * _PHASES).astype(np.int64)]
        parts = self._past[whole[:, None] + _OFFSETS[None, :]]
        return np.einsum("ij,ij->i", parts, kernels).astype(np.float32)
