"""The few sounds that are not speech."""

from __future__ import annotations

import functools

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples

_FADE = SAMPLE_RATE // 125


def tone(frequency_hertz: float, seconds: float, gain: float) -> Samples:
    """Make a sine tone with 8 ms fades at both ends; `gain` is its peak from 0 to 1."""
    count = round(seconds * SAMPLE_RATE)
    sine = np.sin(2 * np.pi * frequency_hertz / SAMPLE_RATE * np.arange(count))
    fade = min(_FADE, count // 2)
    rise = np.sin(np.linspace(0, np.pi / 2, fade, endpoint=False)) ** 2
    envelope = np.concatenate([rise, np.ones(count - 2 * fade), rise[::-1]])
    return (gain * envelope * sine).astype(np.float32)


@functools.cache
def heard() -> Samples:
    """Give the soft rising pair of notes that says "I heard you"; 0.13 s, for reading only."""
    samples = np.concatenate([tone(660, 0.06, 0.08), tone(990, 0.07, 0.08)])
    samples.setflags(write=False)
    return samples
