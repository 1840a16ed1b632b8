"""What is done to a clip before it is heard: a room around it, noise, distance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples, frame_powers, loudest_db

FRAME = 2048
"""Samples of a frame: levels are compared by the strongest frame of each sound."""

QUIET_DB = -20.0
"""Gain of a clip said from far away."""

EDGE_SECONDS = 0.3
"""Before and after a clip in a recording: people do not begin to speak in its first sample."""

AROUND_SECONDS = 1.0
"""Before and after a clip in a session: longer than an utterance takes to be over. Chosen."""

EDGE_DB = -80.0
"""Level of the noise there: a quiet room, in decibels of full scale."""

# The first of so many pieces of noise is taken whose loudest frame has no more than twice the energy of the
# loudest under the clip. Chosen.
_TRIED_PIECES, _ENOUGH_SHARE = 20, 0.5
# Of the loudest frame of what is said: what is weaker is no word any more. Chosen.
_OVER_DB = 25.0


@dataclass(frozen=True, slots=True, eq=False)
class InRoom:
    """A clip with what surrounds it."""

    samples: Samples
    around: int
    """Samples before the clip, and as many after it."""

    @property
    def recording(self) -> Samples:
        """The clip as a recording of it: with less around it."""
        cut = self.around - round(EDGE_SECONDS * SAMPLE_RATE)
        return self.samples[cut : self.samples.size - cut]


def in_room(clip: Samples, chance: np.random.Generator, seconds: float = AROUND_SECONDS) -> InRoom:
    """Put a quiet room before and after a clip, shape (n,): a very soft noise, so many seconds each."""
    count = round(seconds * SAMPLE_RATE)
    noise = chance.standard_normal(2 * count).astype(np.float32) * np.float32(10 ** (EDGE_DB / 20))
    return InRoom(np.concatenate([noise[:count], clip, noise[count:]]), count)


def with_noise(heard: InRoom, noise: Samples, snr_db: float, chance: np.random.Generator) -> InRoom:
    """Mix a piece of a noise into a clip and what surrounds it.

    The piece is anywhere in the noise, but is not much louder around the clip than under it: the ratio is of
    what is under it.

    Args:
        heard: What is said.
        noise: The noise; repeated where it is shorter than that.
        snr_db: The clip's strongest frame over that of the noise in the recording of it, in decibels.
        chance: Says where the piece begins.
    """
    samples = heard.samples
    noise = np.resize(noise, max(noise.size, samples.size))
    starts = chance.integers(0, noise.size - samples.size + 1, _TRIED_PIECES)
    pieces = (InRoom(noise[start : start + samples.size], heard.around) for start in starts)
    piece = max(pieces, key=_least_loud_around)
    ratio = frame_energy(heard.recording) / max(frame_energy(piece.recording), 1e-12)
    mixed = samples + piece.samples * np.float32(np.sqrt(ratio / 10 ** (snr_db / 10)))
    # Turned down as a whole where it would clip, which leaves the ratio as it is.
    return InRoom(np.asarray(mixed / max(float(np.abs(mixed).max()), 1.0), np.float32), heard.around)


def _least_loud_around(piece: InRoom) -> float:
    """Return how much of its loudest frame's energy is under the clip; enough is enough."""
    share = frame_energy(piece.recording) / max(frame_energy(piece.samples), 1e-12)
    return min(share, _ENOUGH_SHARE)


def with_gain(heard: InRoom, gain_db: float) -> InRoom:
    """Make a clip and what surrounds it louder or, below 0, quieter."""
    return InRoom(heard.samples * np.float32(10 ** (gain_db / 20)), heard.around)


def at_level(samples: Samples, level_db: float) -> Samples:
    """Turn a sound, shape (n,), up or down until the loudest word's length of it has a level, and clip it."""
    return np.clip(samples * np.float32(10 ** ((level_db - loudest_db(samples)) / 20)), -1.0, 1.0)


def end_of_speech(clip: Samples) -> float:
    """Return when what is said in a clip, shape (n,), is over, in seconds."""
    powers = frame_powers(clip)
    loud = np.flatnonzero(powers > powers.max(initial=0.0) * 10 ** (-_OVER_DB / 10))
    return (float(loud[-1]) + 1) * 0.02 if loud.size else clip.size / SAMPLE_RATE


def frame_energy(samples: Samples) -> float:
    """Return the energy of the strongest frame; a last one that is cut short counts as it is."""
    frames = np.pad(samples, (0, -samples.size % FRAME)).reshape(-1, FRAME)
    return float(np.sum(np.square(frames, dtype=np.float64), axis=1).max(initial=0.0))
