"""Whether a sound was overdriven: samples at full scale, or tops that were cut off below it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.sound import Samples

FULL_SCALE = 0.98
"""Telephone formats and 8-bit files do not reach 1. Chosen."""

CLIPPED_RUN = 4
"""Equal samples in a row at full scale that only clipping makes. Chosen."""

_FLAT_SHARE = 0.98
"""A top that was cut off before the gain lies this near to the loudest sample. Chosen."""

_LOUD = 0.2
"""A block whose loudest sample is below this is not overdriven, whatever its tops look like. Chosen."""


def clipped_runs(recorded: npt.NDArray[np.float32], level: float = FULL_SCALE) -> int:
    """Return in how many places a sound, shape (n,), stays at a level or above for CLIPPED_RUN samples."""
    held = (np.abs(recorded[1:]) >= level) & (recorded[1:] == recorded[:-1])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], held, [False]])))
    return int(np.count_nonzero(edges[1::2] - edges[::2] >= CLIPPED_RUN - 1))


def clipped(mic: Samples) -> bool:
    """Whether a block of a microphone, shape (n,), reaches full scale, or has its tops cut off below it.

    A file is judged by its runs alone. What a microphone gives live has often changed its sample rate on the
    way, and then no top is quite flat: there, one sample at full scale counts.
    """
    peak = float(np.abs(mic).max())
    if peak < _LOUD:
        return False
    return peak >= FULL_SCALE or clipped_runs(mic, _FLAT_SHARE * peak) > 0
