"""By how much an echo has jumped, told by the echo itself.

Theory of operation. A device that lost sound, or put some in, moves the echo and leaves it as it was. So what
the path of before makes of the far end is the echo that is in the microphone now, only earlier or later, and
the lag at which the two are alike is the jump, to the sample. They are alike as a whole, with every
reflection, so that less than a second tells it, where the cross-correlation with the far end takes several.

Limits. It needs a far end that speaks, and finds nothing where the path has changed, too: another device, or
one that was carried elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.sound import BLOCK, Samples

MOST_LAG = 20 * BLOCK
"""Samples by which it may have jumped: 0.32 s. Chosen."""

# Blocks after which it is looked at, and so at last given up. Chosen.
_LOOKS = (16, 24, 32, 40, 56, 72, 96)
# How alike they must be, with 1 for the same: a person who talks as loudly as the echo leaves 0.7. Chosen.
_LEAST_ALIKE = 0.6
# The share of the echo's energy that must have a counterpart in the microphone at a lag. Chosen.
_LEAST_OVERLAP = 0.3
_LEAST_ENERGY = 1e-6


class MovedEcho:
    """Looks for the echo of before in what the microphone takes now.

    Args:
        before: The last blocks of the microphone, each (BLOCK,), oldest first.
    """

    def __init__(self, before: Sequence[Samples]) -> None:
        self._mic = list(before)
        self._echo: list[Samples] = [np.zeros(BLOCK, np.float32) for _ in before]
        self._blocks = 0

    @property
    def given_up(self) -> bool:
        """Whether it has looked for long enough."""
        return self._blocks >= _LOOKS[-1]

    def follow(self, mic: Samples, echo: Samples) -> int | None:
        """Take one block of the microphone, and what the path of before would make of the far end.

        Returns:
            The samples by which the echo comes later now, negative where it comes earlier; None while not
            known.
        """
        self._mic.append(mic)
        self._echo.append(echo)
        self._blocks += 1
        return self._look() if self._blocks in _LOOKS else None

    def _look(self) -> int | None:
        mic, echo = np.concatenate(self._mic), np.concatenate(self._echo)
        size = 1 << (mic.size + MOST_LAG).bit_length()
        product = np.fft.irfft(np.fft.rfft(mic, size) * np.conj(np.fft.rfft(echo, size)), size)
        lags = np.arange(-MOST_LAG, MOST_LAG + 1)
        # Of each lag: the energy of the microphone under the moved echo, and that of the part under it.
        begins, ends = np.maximum(lags, 0), np.minimum(mic.size + lags, mic.size)
        mic_energy, echo_energy = (np.concatenate([[0.0], np.cumsum(np.square(one))]) for one in (mic, echo))
        under = mic_energy[ends] - mic_energy[begins]
        moved = echo_energy[ends - lags] - echo_energy[begins - lags]
        enough = (moved > _LEAST_OVERLAP * echo_energy[-1]) & (moved > _LEAST_ENERGY * mic.size)
        alike = np.where(enough, product[lags] / np.sqrt(under * moved + _LEAST_ENERGY), 0.0)
        best = int(np.argmax(alike))
        return int(lags[best]) if alike[best] > _LEAST_ALIKE else None
