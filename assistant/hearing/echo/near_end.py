"""What near-end speech stands out from: what is coherent with the echo, and the room's noise."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from assistant.hearing.echo.convolution import Spectrum, power
from assistant.sound import BLOCK, SAMPLE_RATE

WINDOW_SECONDS = 4.0
"""No person speaks without a breath for longer than this. Chosen."""

# Longer than a sound, shorter than a pause between words; and how finely the window moves on. Chosen.
_SMOOTHING_SECONDS = 0.15
_PIECE = round(0.5 * SAMPLE_RATE / BLOCK)

# The share of the average that a block leaves as it is: 0.2 s in effect. Chosen.
_MEMORY = 0.85
# So many blocks are averaged in effect; as many independent ones would agree by this share by chance.
_BY_CHANCE = (1 - _MEMORY) / (1 + _MEMORY)
# Keeps from dividing by zero in silence. Chosen.
_LEAST_POWER = 1e-9


class EchoShare:
    """Follows how much of a sound is coherent with an estimate of the echo, over the last 0.2 s.

    A person's voice is not, however loud; an echo that the canceller fails to take out is, since it differs
    from the estimate by a filter that changes slowly.
    Source of the idea: Gänsler et al., "A double-talk detector based on coherence" (IEEE Transactions on
    Communications 44, 1996).

    Args:
        bins: Of the spectra.
    """

    def __init__(self, bins: int) -> None:
        self._cross: Spectrum = np.zeros(bins, np.complex64)
        self._echo = np.zeros(bins, np.float32)
        self._sound = 0.0

    def follow(self, sound: Spectrum, echo: Spectrum) -> float:
        """Take the spectra of one block, shape (bins,), and give the share, from 0 to 1."""
        self._cross += (1 - _MEMORY) * (sound * np.conj(echo) - self._cross)
        self._echo += (1 - _MEMORY) * (power(echo) - self._echo)
        self._sound += (1 - _MEMORY) * (float(np.sum(power(sound))) - self._sound)
        coherent = float(np.sum(power(self._cross) / (self._echo + _LEAST_POWER)))
        share = coherent / (self._sound + _LEAST_POWER)
        return min(max((share - _BY_CHANCE) / (1 - _BY_CHANCE), 0.0), 1.0)


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
