"""Fitting speech to the beat: it starts at once, ends soon and is as loud as the rest."""

from __future__ import annotations

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples

VERSION = 1
"""Goes up with every change that makes shaped speech differ: cached clips become stale."""

_AUDIBLE = 0.02
"""Part of the peak at which the first consonant has begun; an f can stay below 5 % for 45 ms."""
_CLEAR = 0.055
"""Part of the peak that the sound reaches within a millisecond of its start."""
_FADE_IN = _ONSET = SAMPLE_RATE // 2000
"""Samples before the onset that fade in, and samples after it in which it is judged: 0.5 ms each."""
_EASE = SAMPLE_RATE // 500
"""Samples in which the lift of a weak consonant ends: 2 ms do not click."""

_GONE = 0.01
"""Part of the peak below which the last sound is over."""
_TAIL = _FRAME = SAMPLE_RATE // 50
"""Samples in which the end fades out, and of a frame whose loudness is measured: 20 ms each."""
_ACTIVE_DB = 25.0
"""Frames this much weaker than the loudest are pauses and do not count as loudness.

`sound.active_db` has 30, for noisy rooms; with that, clips would be up to 0.7 dB louder (60 cues measured).
"""
_LOUDNESS, _CEILING = 10 ** (-20 / 20), 10 ** (-3 / 20)
"""Of full scale: the level of all speech, -20 dB, and its highest peak, -3 dB; chosen."""


def shape(speech: Samples) -> Samples:
    """Trim and level speech; silence and nothing give nothing.

    The sound is clear (at 5 % of its peak) within 1 ms of sample 0, ends 20 ms after the last
    sound, has -20 dBFS while it speaks, or less where its peak would pass -3 dBFS.
    """
    return level(trim(speech))


def trim(speech: Samples) -> Samples:
    """Cut silence away from both ends, leaving 20 ms to fade out; silence gives nothing."""
    loud = np.abs(speech)
    peak = float(loud.max(initial=0.0))
    if peak == 0.0:
        return speech[:0]
    onset = int(np.argmax(loud >= _AUDIBLE * peak))
    last = speech.size - 1 - int(np.argmax(loud[::-1] >= _GONE * peak))
    start = max(0, onset - _FADE_IN)
    cut = speech[start : last + 1 + _TAIL].copy()
    _lift_first_consonant(cut, onset - start, peak)
    cut[: onset - start] *= np.linspace(0, 1, onset - start, endpoint=False, dtype=np.float32)
    tail = cut.size - (last + 1 - start)
    cut[cut.size - tail :] *= np.linspace(1, 0, tail + 1, dtype=np.float32)[1:]
    return cut


def level(speech: Samples) -> Samples:
    """Bring speech to -20 dBFS over the 20 ms frames in which it speaks, its peak to -3 at most."""
    if speech.size == 0:
        return speech
    frames = np.pad(speech, (0, -speech.size % _FRAME)).reshape(-1, _FRAME)
    powers = np.mean(np.square(frames, dtype=np.float64), axis=1)
    speaking = powers[powers >= powers.max() * 10 ** (-_ACTIVE_DB / 10)]
    gain = min(_LOUDNESS / float(np.sqrt(speaking.mean())), _CEILING / float(np.abs(speech).max()))
    return speech * np.float32(gain)


def _lift_first_consonant(cut: Samples, onset: int, peak: float) -> None:
    """Make a weak first consonant clear from its first millisecond on.

    Cutting it off instead would turn "four" into "our"; leaving it as it is, its beat would be
    heard 45 ms late. It never becomes louder than a seventh of the peak.
    """
    loud = np.abs(cut)
    first = float(loud[onset : onset + _ONSET].max())
    if first >= _CLEAR * peak:
        return
    gain = _CLEAR * peak / first
    strong = onset + int(np.argmax(loud[onset:] >= _CLEAR * peak))
    lift = np.ones(cut.size, dtype=np.float32)
    lift[:strong] = gain
    # Eased out before the strong sound, so that the lift ends without a step.
    ease = min(_EASE, strong - onset - _ONSET)
    lift[strong - ease : strong] = np.linspace(gain, 1, ease, dtype=np.float32)
    cut *= lift
