"""Clock skew: how fast the echo is getting later, told from the turning of the path that was learnt.

Theory of operation. Loudspeaker and microphone run on clocks of their own: at 50 parts in a million the echo
moves by a sample every 1.25 s, and a canceller that has to learn its path anew all the time cancels some 20
dB less. A path that moves by a time T turns each of its frequencies by an angle proportional to the
frequency, and the slope of these angles is T. So two looks at the path, 0.26 s apart, give how much later it
got. A little of that is believed at once, more when three looks in a row agree in sign; the far end is
delayed by it, so that the path stands still and each look finds only what is left.

Limits. Angles repeat after a full turn: up to 400 parts in a million the band to 3 kHz turns by less than
half a turn between two looks, beyond that a band to 600 Hz tells, and beyond 2,000 nothing does. Without
speech in the far end nothing is learnt, so nothing is found.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from assistant.hearing.echo.convolution import Spectrum
from assistant.sound import BLOCK, SAMPLE_RATE

MOST_SKEW = 2000e-6
"""Clocks differ by a tenth of this at most; a sound server that makes good a delay comes near it. Chosen."""

_INTERVAL = 16
"""Blocks between two looks. Chosen."""

_LEAST_ACTIVE = 10
"""Blocks of an interval in which the far end has to speak, or nothing was learnt. Chosen."""

_SHARE, _LARGER_SHARE = 0.06, 0.35
"""How much of what is found is believed at once, and how much when it has been found again and again."""

# Looks that must agree in sign, and by how much at least; and what is so far off that the path is wrong, too.
# Chosen, as the shares above: a skew is then found to within 3 parts in a million
# (tests/hearing/echo/test_clock_skew.py).
_AGAIN = 3
_CLEAR_SKEW = 15e-6
_JUMP = 60e-6

# What is left to the capture to make good: less is some 20 ms in as many minutes; after so many looks it is
# known (tests/hearing/echo/test_clock_skew.py). Chosen.
_LARGE_SKEW = 20e-6
_KNOWN_LOOKS = 20

# The path turns faster the higher the tone. Up to a drift of 400 parts in a million the wide band turns by
# less than half a round in an interval; the low one tells whether it is more.
_WIDE = slice(200 * 2 * BLOCK // SAMPLE_RATE, 3000 * 2 * BLOCK // SAMPLE_RATE)
_LOW = slice(150 * 2 * BLOCK // SAMPLE_RATE, 600 * 2 * BLOCK // SAMPLE_RATE)
_WIDEST = 300e-6
_ANGLES = np.arange(BLOCK + 1) * np.pi / BLOCK


class ClockSkew:
    """Follows the drift of an echo path over time."""

    def __init__(self) -> None:
        self.jumped = False
        """Whether the drift was just found to be far from what it was, so that the path is, too."""
        self.skew = 0.0
        """Samples by which the echo gets later with each sample."""
        self._before: Spectrum | None = None
        self._blocks = 0
        self._active = 0
        self._found: deque[float] = deque(maxlen=_AGAIN)
        self._looks = 0

    def follow(self, path: Spectrum, active: bool) -> float:
        """Take the path after one more block and give the drift, besides which the path should stand still.

        Args:
            path: The canceller's, shape (partitions, BLOCK + 1), with the drift so far made good.
            active: Whether the far end spoke in the block.
        """
        self.jumped = False
        self._blocks += 1
        self._active += active
        if self._blocks < _INTERVAL:
            return self.skew
        if self._before is not None and self._active >= _LEAST_ACTIVE:
            turned = (np.conj(self._before) * path).sum(axis=0)
            found = _later(turned, _LOW)
            if found is not None and abs(found) < _WIDEST:
                found = _later(turned, _WIDE)
            if found is not None:
                self._looks += 1
                self._found.append(found)
                clear = len(self._found) == _AGAIN and (
                    min(self._found) > _CLEAR_SKEW or max(self._found) < -_CLEAR_SKEW
                )
                self.jumped = clear and abs(found) > _JUMP
                skew = self.skew + (_LARGER_SHARE if clear else _SHARE) * found
                self.skew = min(max(skew, -MOST_SKEW), MOST_SKEW)
        self._before = path.copy()
        self._blocks = self._active = 0
        return self.skew

    def hand_over(self) -> float:
        """Return the skew, which the caller makes good from now on; 0 while it is unknown, or too little."""
        if self._looks < _KNOWN_LOOKS or abs(self.skew) < _LARGE_SKEW:
            return 0.0
        skew, self.skew, self._looks = self.skew, 0.0, 0
        return skew

    def restart(self) -> None:
        """Compare with nothing before: the path was moved."""
        self._before = None
        self._blocks = self._active = 0
        self._found.clear()


def _later(turned: Spectrum, band: slice) -> float | None:
    """Return by how much a path got later with each sample, by its turning in a band; None if silent."""
    turns, angles = turned[band], _ANGLES[band]
    weights = np.abs(turns)
    spread = float(np.sum(weights * angles**2))
    if spread <= 0:
        return None
    return -float(np.sum(weights * angles * np.angle(turns))) / spread / (_INTERVAL * BLOCK)
