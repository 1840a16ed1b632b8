"""A rising sound, and what its echo tells: how late the loudspeaker reaches the microphone, and how loud."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.hearing.echo.delay import MOST_DELAY_SECONDS
from assistant.sound import SAMPLE_RATE, Samples, active_db

SWEEP_SECONDS = 2.0
"""Length of the sweep; chosen."""

TAIL_SECONDS = MOST_DELAY_SECONDS + 0.4
"""What has to be listened to after the sweep, so that even the latest echo is complete."""

_LOWEST_HERTZ, _HIGHEST_HERTZ = 200.0, 6000.0
_FADE_SECONDS = 0.05
# What is weaker in the far end than this share of its mean power in the band is not divided by.
_LEAST_SHARE = 0.01
# Power of the direct sound against the median of all delays: in 300 pieces of noise chance came to 85.
_LEAST_STRENGTH = 120.0
# The direct sound comes at most so long before the strongest reflections, and is not so much weaker: less
# than the 0.4 of hearing/delay.py, since a sweep stands out further from chance than speech does.
_BEFORE_SECONDS = 0.04
_ONSET_SHARE = 0.1
# Averaged over this, the power of noise varies little.
_WIDTH = SAMPLE_RATE // 1000

Powers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Echo:
    """How the loudspeaker reaches the microphone."""

    delay_seconds: float
    """From what the loudspeaker was given to the direct sound in the microphone."""
    strength: float
    """Power of the path's strongest millisecond against the median: what chance would have is about 1."""


def rising_sound(level_db: float) -> Samples:
    """Make a sweep through the voice's frequencies, each octave as long as the other.

    Args:
        level_db: In decibels of full scale; as loud as the coach speaks, so that it frightens no one.
    """
    time = np.arange(round(SWEEP_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    octaves = np.log(_HIGHEST_HERTZ / _LOWEST_HERTZ)
    phase = 2 * np.pi * _LOWEST_HERTZ * SWEEP_SECONDS / octaves
    sweep = np.sin(phase * (np.exp(time * octaves / SWEEP_SECONDS) - 1))
    fade = np.minimum(1.0, np.minimum(time, SWEEP_SECONDS - time) / _FADE_SECONDS)
    sweep = np.asarray(sweep * np.square(np.sin(np.pi / 2 * fade)), np.float32)
    return np.clip(sweep * np.float32(10 ** ((level_db - active_db(sweep)) / 20)), -1.0, 1.0)


def find_echo(mic: Samples, far: Samples) -> Echo | None:
    """Find the direct sound of the loudspeaker in the microphone; None where it is not clear.

    The path between them is what the microphone's spectrum is, divided by the loudspeaker's.
    Source: Farina, "Simultaneous measurement of impulse response and distortion with a swept-sine
    technique" (108th AES Convention, 2000), with the division of spectra in place of the inverse filter.

    Args:
        mic: The microphone, shape (n,).
        far: What the loudspeaker played in the same time, shape (n,).
    """
    size = 1 << (mic.size + far.size - 1).bit_length()
    band = slice(round(_LOWEST_HERTZ * size / SAMPLE_RATE), round(_HIGHEST_HERTZ * size / SAMPLE_RATE))
    played = np.fft.rfft(far, size)[band]
    power = np.square(np.abs(played))
    if not np.any(power) or not np.any(mic):
        return None
    path = np.zeros(size // 2 + 1, np.complex128)
    least = _LEAST_SHARE * float(np.mean(power))
    path[band] = np.fft.rfft(mic, size)[band] * np.conj(played) / np.maximum(power, least)
    # Two edges as soft as these keep the direct sound from ringing before it comes.
    path[band] *= np.hanning(played.size)
    response = np.square(np.fft.irfft(path, size)[: round(MOST_DELAY_SECONDS * SAMPLE_RATE) + _WIDTH])
    strengths = _averaged(response) / max(float(np.median(response)), 1e-30)
    peak = int(np.argmax(strengths))
    if strengths[peak] < _LEAST_STRENGTH:
        return None
    first = max(peak - round(_BEFORE_SECONDS * SAMPLE_RATE), 0)
    early = strengths[first : peak + 1]
    onset = int(np.argmax(early >= max(_ONSET_SHARE * strengths[peak], _LEAST_STRENGTH / 5)))
    return Echo((first + onset + _WIDTH - 1) / SAMPLE_RATE, float(strengths[peak]))


def _averaged(power: Powers) -> Powers:
    total = np.concatenate([[0.0], np.cumsum(power)])
    return (total[_WIDTH:] - total[:-_WIDTH]) / _WIDTH
