"""The few sounds that are not speech."""

from __future__ import annotations

import functools

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples

_FADE = SAMPLE_RATE // 125
"""Fall of a tone in samples: 8 ms do not click."""

_ATTACK = SAMPLE_RATE // 500
"""Rise of a beat in samples: heard at once, without a click."""

_BREATH_SECONDS, _BREATH_FADE_SECONDS, _BREATH_LOWEST_HERTZ = 1.5, 0.15, 100.0
_BREATH_GAIN = 10 ** (-30 / 20)
"""Of the breath: 10 dB below speech."""

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
def breath() -> Samples:
    """Return the soft breath, 1.5 s and a moment of quiet, with which a session begins; for reading only.

    It holds all frequencies of speech at once, so that the echo of the room is learnt before anybody speaks:
    of 100 words over the greeting in 50 made-up rooms 97 are heard at an echo as loud as the person, and 93
    at one 6 dB louder; 79 and 72 before (`tests/benchmarks/first_seconds.py`). The breath was chosen on
    these rooms.
    """
    count = round(_BREATH_SECONDS * SAMPLE_RATE)
    frequencies = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    pink = (frequencies > _BREATH_LOWEST_HERTZ) / np.sqrt(np.maximum(frequencies, _BREATH_LOWEST_HERTZ))
    noise = np.fft.irfft(np.fft.rfft(np.random.default_rng(0).standard_normal(count)) * pink, count)
    noise *= _BREATH_GAIN / np.sqrt(np.mean(np.square(noise)))
    fade = np.minimum(np.arange(count), np.arange(count)[::-1]) / (_BREATH_FADE_SECONDS * SAMPLE_RATE)
    quiet = np.zeros(round(_BREATH_FADE_SECONDS * SAMPLE_RATE))
    samples = np.concatenate([noise * np.minimum(fade, 1.0), quiet]).astype(np.float32)
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
