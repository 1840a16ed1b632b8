"""Echo path change: the echo no longer comes the way it was learnt: a device lost sound, or put some in.

A right estimate of the echo is found in the microphone whole, whatever a person says at the same time, since
no voice moves with it: with microphone m, estimate e and rest m - e, the share found is (m² + e² - (m - e)²)
/ 2e², a correlation. Where it falls, the echo is not there any more.
"""

from __future__ import annotations

import numpy as np

from assistant.sound import Samples

# The figures are chosen: a jump is noticed within a quarter of a second, talk over the echo never taken for
# one (tests/hearing/echo/test_path_change.py).

# The share of the averages that a block leaves as they are: 0.15 s in effect.
_MEMORY = 0.9
# So much of the microphone's power must the estimate have for what it does to be told from chance.
_LEAST_SHARE = 0.1
_LEAST_POWER = 1e-7
# Of the estimate, this much at least is found in the microphone while it is right.
_LEAST_FOUND = 0.45
# A path is known once it takes half of the power out of the microphone; what was never known can't be lost.
_KNOWN = 0.5
# Blocks in a row in which too little is found.
_BLOCKS = 5


class PathChange:
    """Notices when what is taken out of the microphone is not in it any more."""

    def __init__(self) -> None:
        self._mic = self._clean = self._estimate = 0.0
        self._known = False
        self._blocks = 0

    def follow(self, mic: Samples, clean: Samples) -> bool:
        """Whether the path has just been lost.

        Args:
            mic: One block of the microphone, shape (BLOCK,).
            clean: The same without the estimate of the echo.
        """
        estimate = _power(mic - clean)
        if estimate < _LEAST_POWER:
            return False
        self._mic += (1 - _MEMORY) * (_power(mic) - self._mic)
        self._clean += (1 - _MEMORY) * (_power(clean) - self._clean)
        self._estimate += (1 - _MEMORY) * (estimate - self._estimate)
        if self._estimate < _LEAST_SHARE * self._mic:
            self._blocks = 0
            return False
        self._known |= self._clean < _KNOWN * self._mic
        found = (self._mic + self._estimate - self._clean) / (2 * self._estimate)
        self._blocks = self._blocks + 1 if self._known and found < _LEAST_FOUND else 0
        if self._blocks < _BLOCKS:
            return False
        self._known = False
        self._blocks = 0
        return True


def _power(sound: Samples) -> float:
    return float(np.mean(np.square(sound)))
