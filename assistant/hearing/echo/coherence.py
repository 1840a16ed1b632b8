"""Coherence with the echo: it tells what is left of the coach's voice from a person who speaks."""

from __future__ import annotations

import numpy as np

from assistant.hearing.echo.convolution import Spectrum, power

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
