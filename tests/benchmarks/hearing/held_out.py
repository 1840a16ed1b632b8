"""Held-out synthetic voices (`models/training/held_out.py`) at all rates and pitches."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from assistant.speaking.rendering import Voice
from training.held_out import ACCENTS, VARIANTS

SLOWEST_WORDS_PER_MINUTE, FASTEST_WORDS_PER_MINUTE = 105, 215
LOWEST_PITCH, HIGHEST_PITCH = 15, 85


def held_out_voices(chance: np.random.Generator) -> Iterator[Voice]:
    """Yield voices without end: every variant in every accent, then all of them again in another order.

    Args:
        chance: Source of the order, of the rate and of the pitch.
    """
    names = [f"{accent}+{variant}" for accent in ACCENTS for variant in VARIANTS]
    while True:
        for name in chance.permutation(names).tolist():
            yield Voice(
                str(name),
                int(chance.integers(SLOWEST_WORDS_PER_MINUTE, FASTEST_WORDS_PER_MINUTE + 1)),
                int(chance.integers(LOWEST_PITCH, HIGHEST_PITCH + 1)),
            )
