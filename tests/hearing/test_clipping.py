"""Sound that was overdriven."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.hearing.clipping import clipped_runs
from assistant.sound import SAMPLE_RATE

TONE = np.sin(2 * np.pi * 200 * np.arange(SAMPLE_RATE) / SAMPLE_RATE).astype(np.float32)


def test_a_tone_up_to_full_scale_does_not_clip() -> None:
    """Its peaks touch the limit and leave it again."""
    assert clipped_runs(TONE) == 0
    rounded = np.asarray(np.round(TONE * 32767) / 32768, np.float32)
    assert clipped_runs(rounded) == 0


@pytest.mark.parametrize(("run", "places"), [(3, 0), (4, 1), (50, 1)])
def test_clipping_is_more_than_three_samples_at_full_scale(run: int, places: int) -> None:
    sound = 0.1 * TONE
    sound[500 : 500 + run] = 32767 / 32768
    assert clipped_runs(sound) == places


def test_a_level_that_is_held_below_full_scale_is_no_clipping() -> None:
    assert clipped_runs(np.full(100, 0.9, np.float32)) == 0
