"""What is done to a clip before it is heard: kitchen noise, distance, and a moment before and after it."""

from __future__ import annotations

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples

FRAME = 2048
"""Samples of a frame: levels are compared by the strongest frame of each sound."""

QUIET_DB = -20.0
"""Gain of a clip said from far away."""

EDGE_SECONDS = 0.3
"""Before and after a clip: people do not begin to speak in a recording's first sample."""

EDGE_DB = -80.0
"""Level of the noise there: a quiet room, in decibels of full scale."""


def with_edges(clip: Samples, chance: np.random.Generator) -> Samples:
    """Put a moment of very soft noise before and after a clip, shape (n,)."""
    count = round(EDGE_SECONDS * SAMPLE_RATE)
    noise = chance.standard_normal(2 * count).astype(np.float32) * np.float32(10 ** (EDGE_DB / 20))
    return np.concatenate([noise[:count], clip, noise[count:]])


def with_noise(clip: Samples, noise: Samples, snr_db: float, chance: np.random.Generator) -> Samples:
    """Mix a piece of a noise, anywhere in it, into a clip.

    Args:
        clip: What is said, shape (n,).
        noise: The noise; repeated where it is shorter than the clip.
        snr_db: The clip's strongest frame over that of the piece of noise, in decibels.
        chance: Says where the piece begins.
    """
    noise = np.resize(noise, max(noise.size, clip.size))
    start = int(chance.integers(0, noise.size - clip.size + 1))
    piece = noise[start : start + clip.size]
    gain = np.sqrt(frame_energy(clip) / max(frame_energy(piece), 1e-12) / 10 ** (snr_db / 10))
    mixed = clip + piece * np.float32(gain)
    # Turned down as a whole where it would clip, which leaves the ratio as it is.
    return np.asarray(mixed / max(float(np.abs(mixed).max(initial=0.0)), 1.0), np.float32)


def with_gain(clip: Samples, gain_db: float) -> Samples:
    """Make a clip louder or, below 0, quieter."""
    return clip * np.float32(10 ** (gain_db / 20))


def frame_energy(samples: Samples) -> float:
    """Return the energy of the strongest frame; a last one that is cut short counts as it is."""
    frames = np.pad(samples, (0, -samples.size % FRAME)).reshape(-1, FRAME)
    return float(np.sum(np.square(frames, dtype=np.float64), axis=1).max(initial=0.0))
