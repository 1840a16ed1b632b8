"""The few sounds that are not speech."""

from __future__ import annotations

import functools

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples

_FADE = SAMPLE_RATE // 125
"""Fall of a tone in samples: 8 ms do not click."""

_ATTACK = SAMPLE_RATE // 500
"""Rise of a beat in samples: heard at once, without a click."""

_ONE_HERTZ, _STEPS = 440.0, (0, 4, 7, 12, 16, 19)
"""The beat of one, and the semitones above it for one, two, three …: the notes of a major chord."""


def tone(frequency_hertz: float, seconds: float, gain: float, rise: int = _FADE) -> Samples:
    """Make a sine tone that fades in over `rise` samples, out over 8 ms, with a peak of `gain`."""
    count = round(seconds * SAMPLE_RATE)
    sine = np.sin(2 * np.pi * frequency_hertz / SAMPLE_RATE * np.arange(count))
    envelope = np.ones(count)
    for samples, part in ((rise, envelope), (_FADE, envelope[::-1])):
        fade = min(samples, count // 2)
        part[:fade] = np.sin(np.linspace(0, np.pi / 2, fade, endpoint=False)) ** 2
    return (gain * envelope * sine).astype(np.float32)


@functools.cache
def heard() -> Samples:
    """Return the soft rising pair of notes that says "I heard you"; 0.13 s, for reading only."""
    samples = np.concatenate([tone(660, 0.06, 0.08), tone(990, 0.07, 0.08)])
    samples.setflags(write=False)
    return samples


@functools.cache
def beat(value: int) -> Samples:
    """Return the tone of one beat of the lowering, for reading only.

    The pitch falls with the legs; one is always the same low and longer note, so the end can be heard.
    """
    frequency = _ONE_HERTZ * 2 ** (_STEPS[min(max(value, 1), len(_STEPS)) - 1] / 12)
    samples = tone(frequency, 0.18 if value <= 1 else 0.09, 0.16, _ATTACK)
    samples.setflags(write=False)
    return samples
