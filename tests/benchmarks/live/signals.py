"""Where words, pieces and silences lie in a recording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.sound import Samples

AUDIBLE = 1e-3
"""Part of full scale (-60 dBFS) above which something sounds."""

_WORD_PART = 0.05
"""Part of its peak below which a word is over."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a piece was found."""

    sample: float
    """Its first sample, with a fraction."""
    correlation: float
    """How alike they are there, whatever the level: 1 is the same sound."""


def find(piece: Samples, recording: Samples) -> Match:
    """Find where a recording is most like a piece.

    Raises:
        ValueError: the recording is shorter than the piece.
    """
    if recording.size < piece.size or piece.size == 0:
        raise ValueError("the recording is shorter than the piece")
    likeness = _correlation(np.asarray(piece, np.float64), np.asarray(recording, np.float64))
    best = int(np.argmax(likeness))
    if 0 < best < likeness.size - 1:
        before, at, after = likeness[best - 1 : best + 2]
        # The top of the parabola through the three: finer than a sample.
        bend = before - 2 * at + after
        shift = 0.0 if bend == 0 else float(0.5 * (before - after) / bend)
        return Match(best + shift, float(at))
    return Match(float(best), float(likeness[best]))


def first_sound(recording: Samples, audible: float = AUDIBLE) -> int | None:
    """Return the first sample that sounds; None where none does."""
    loud = np.flatnonzero(np.abs(recording) > audible)
    return int(loud[0]) if loud.size else None


def word_end(word: Samples) -> int:
    """Return the sample after the last one above 5 % of the word's peak."""
    loud = np.abs(word)
    heard = np.flatnonzero(loud > _WORD_PART * loud.max(initial=0.0))
    return int(heard[-1]) + 1 if heard.size else 0


def silence_after(recording: Samples, start: int, quiet: int, audible: float = AUDIBLE) -> int | None:
    """Return the sample at which the first silence after `start` begins.

    Args:
        recording: What the loudspeaker was given.
        start: Sample from which to look.
        quiet: How many samples without sound make a silence; a gap within a word is shorter.
        audible: Part of full scale above which something sounds.

    Returns:
        The sample after the last sound; `start` itself where nothing sounds there; None where there is
        no such silence.
    """
    loud = np.flatnonzero(np.abs(recording[start:]) > audible)
    edges = np.concatenate([[-1], loud, [max(recording.size - start, 0)]])
    gaps = np.diff(edges) - 1
    silent = np.flatnonzero(gaps >= quiet)
    return start + int(edges[silent[0]]) + 1 if silent.size else None


def _correlation(
    piece: npt.NDArray[np.float64], recording: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    places = recording.size - piece.size + 1
    length = 1 << (recording.size - 1).bit_length()
    spectrum = np.fft.rfft(recording, length) * np.conj(np.fft.rfft(piece, length))
    products = np.fft.irfft(spectrum, length)[:places]
    sums = np.concatenate([[0.0], np.cumsum(np.square(recording))])
    energies = sums[piece.size :] - sums[:places]
    # What is next to silent is like nothing: dividing by its energy would make noise a match.
    floor = max(float(energies.max()) * 1e-6, 1e-12)
    norms = np.sqrt(np.maximum(energies, floor) * max(float(np.sum(np.square(piece))), 1e-12))
    return products / norms
