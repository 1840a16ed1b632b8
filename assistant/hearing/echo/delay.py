"""How much later than the loudspeaker's sound its echo comes: buffers, Bluetooth, air.

Theory of operation. Where the echo comes a time T after the far end, the cross-correlation of microphone and
far end has its peak at T. Speech makes that peak wide and full of side lobes, since a vowel resembles itself
a pitch period later; so both are whitened first, which leaves only the phases (the phase transform, PHAT)
and makes the peak sharp. One piece of about a second does not show it over noise, hence a cross-spectrum
that adds up pieces and slowly forgets them. A peak counts once it stands far enough above chance, in the sum
and in the last piece alone, and two pieces in a row agree on it.

The delay that is wanted is that of the direct sound, not of the strongest reflection: from the peak it goes
back to where the sound begins.

Limits. It needs speech in the far end, in noise several seconds of it. Delays beyond 0.8 s are not seen.

Source: Knapp and Carter, "The generalized correlation method for estimation of time delay" (IEEE
Transactions on Acoustics, Speech, and Signal Processing 24, 1976).
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from assistant.hearing.echo.convolution import Spectrum
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

MOST_DELAY_SECONDS = 0.8
"""Echoes that come later than this are not looked for. Chosen, for Bluetooth."""

TOLERANCE = SAMPLE_RATE // 200
"""Samples (5 ms) by which two estimates of the same delay may differ. Chosen."""

# Where no source is given below, the figure is chosen, and tests/hearing/echo/test_delay.py holds what comes
# of it: a delay is known within four seconds of speech, and never one where there is no echo.

# Blocks of the far end in one piece: a second.
_FAR_BLOCKS = 64
# Right after the echo has moved, a piece must hold nothing from before, and some come soon after each other;
# not many, since there may be no echo any more.
_HURRIED_BLOCKS = 16
_HURRIED_PIECES = 12
# Blocks from a jump until a hurried piece holds enough of what came after it.
_NEW_BLOCKS = 48
# The share of a hurried piece in which the far end must speak.
_LEAST_ACTIVE = 0.3
_LATER_BLOCKS = round(MOST_DELAY_SECONDS * SAMPLE_RATE / BLOCK)
# Longer than far end and microphone of one piece together, so that late echoes don't alias to early ones.
_FFT_SIZE = 32_768
# Pieces cut out with hard edges resemble each other at these.
_EDGE_BLOCKS = 2
# Above, the hiss of one voice's consonants resembles the hiss of another's.
_LOWEST_HERTZ, _HIGHEST_HERTZ = 150, 4000
# So every second sample of the correlation will do.
_STEP = 2
ACTIVE_POWER = 1e-6
"""Mean power of a block in which the far end speaks: -60 dB to full scale."""
# Amplitude, -120 dB to full scale, that is not made louder.
_SILENCE = 1e-6
# What lies between the harmonics, this far below the mean power, is not whitened: it is not the voice.
_VALLEY = 0.3
# The far end's active seconds after which a piece's weight has fallen to 1 / e.
_MEMORY_SECONDS = 2.0
# An echo's power exceeds that of chance by this in the sum, and by this in the last piece alone: in the
# sum one piece that resembles by chance would agree with itself.
_LEAST_STRENGTH = 14.0
_LEAST_SUPPORT = 3.0
# The widths, in steps, over which power is averaged; the direct sound comes at most that much before the
# strongest reflections, and is not this much weaker.
_PEAK_WIDTH = SAMPLE_RATE // _STEP // 250
_ONSET_WIDTH = SAMPLE_RATE // _STEP // 1000
_BEFORE_PEAK = SAMPLE_RATE // _STEP // 25
_ONSET_SHARE = 0.4
_ONSET_STRENGTH = 8.0
# Median of the square of a normal variable: what chance alone gives.
_MEDIAN_OF_CHANCE = 0.455

Powers = npt.NDArray[np.floating]


class DelayTracker:
    """Finds the delay of the echo by the cross-correlation of loudspeaker and microphone, whitened.

    About once a second in which the far end speaks, one more piece of both goes into a cross-spectrum
    that forgets; two estimates that agree make a new delay. Without an echo no two do.
    """

    def __init__(self) -> None:
        held = _FAR_BLOCKS + _LATER_BLOCKS
        silence = np.zeros(BLOCK, np.float32)
        self._mic: deque[Samples] = deque([silence] * held, maxlen=held)
        self._far: deque[Samples] = deque([silence] * held, maxlen=held)
        self._active: deque[bool] = deque([False] * held, maxlen=held)
        self._since_piece = _FAR_BLOCKS
        self._hurried = 0
        self._cross: Spectrum = np.zeros(_FFT_SIZE // _STEP // 2 + 1, np.complex64)
        self._candidate: int | None = None
        self.delay: int | None = None
        """The samples by which the echo's direct sound follows the far end; None while not known."""
        self.confidence = 0.0
        """How clear the last estimate was: from 0, chance, to 1."""

    def follow(self, mic: Samples, far: Samples) -> int | None:
        """Take one block and give the delay in samples as it is known now, or None.

        Args:
            mic: One block of the microphone, shape (BLOCK,).
            far: What the loudspeaker was given at the same time, shape (BLOCK,).
        """
        self._mic.append(mic)
        self._far.append(far)
        self._active.append(float(np.mean(np.square(far))) > ACTIVE_POWER)
        self._since_piece += 1
        if self._hurried:
            share = sum(self._active) / len(self._active)
            if self._since_piece >= _HURRIED_BLOCKS and share > _LEAST_ACTIVE:
                self._add_piece(share, _HURRIED_BLOCKS)
        # A piece begins with the speech, so that short words are not cut in two.
        elif self._since_piece >= _FAR_BLOCKS and self._active[_EDGE_BLOCKS]:
            share = sum(self._active[i] for i in range(_FAR_BLOCKS)) / _FAR_BLOCKS
            self._add_piece(share, _FAR_BLOCKS)
        return self.delay

    def restart(self) -> None:
        """Forget what was found: the echo has moved."""
        self._cross[:] = 0
        self._candidate = None
        self._hurried = _HURRIED_PIECES
        self._since_piece = _HURRIED_BLOCKS - _NEW_BLOCKS

    def _add_piece(self, share: float, blocks: int) -> None:
        self._since_piece = 0
        windows = (_LAST_WINDOW, _WHOLE_WINDOW) if self._hurried else (_WHOLE_WINDOW, _FIRST_WINDOW)
        self._hurried = max(self._hurried - 1, 0)
        piece = _whitened(np.concatenate(self._mic), np.concatenate(self._far), *windows)
        self._cross *= np.float32(np.exp(-share * blocks * BLOCK / SAMPLE_RATE / _MEMORY_SECONDS))
        self._cross += np.float32(share) * piece
        correlation = _correlation(self._cross)
        strengths = _averaged(correlation, _PEAK_WIDTH)
        peak = int(np.argmax(strengths))
        strength = float(strengths[peak])
        support = float(np.mean(_correlation(piece)[peak : peak + _PEAK_WIDTH]))
        self.confidence = max(0.0, 1.0 - _LEAST_STRENGTH / max(strength, _LEAST_STRENGTH))
        clear = strength > _LEAST_STRENGTH and support > _LEAST_SUPPORT
        self._agree(_onset(correlation, peak, strength) if clear else None)

    def _agree(self, found: int | None) -> None:
        before, self._candidate = self._candidate, found
        if found is None or before is None or abs(found - before) > TOLERANCE:
            return
        self._hurried = 0
        if self.delay is None or abs(found - self.delay) > TOLERANCE:
            self.delay = found


def _rounded_edges(count: int) -> Samples:
    edge = _EDGE_BLOCKS * BLOCK
    window = np.ones(count, np.float32)
    window[:edge] = np.square(np.sin(np.pi / 2 * (np.arange(edge) + 0.5) / edge))
    window[-edge:] = window[:edge][::-1]
    return window


_WHOLE_WINDOW = _rounded_edges((_FAR_BLOCKS + _LATER_BLOCKS) * BLOCK)
_FIRST_WINDOW = np.pad(_rounded_edges(_FAR_BLOCKS * BLOCK), (0, _LATER_BLOCKS * BLOCK))
_LAST_WINDOW = _FIRST_WINDOW[::-1]
_BAND = slice(_LOWEST_HERTZ * _FFT_SIZE // SAMPLE_RATE, _HIGHEST_HERTZ * _FFT_SIZE // SAMPLE_RATE)


def _flattened(mic: Samples) -> Samples:
    """Return the sound without hum, equally loud in every block: a clap resembles a word's edge."""
    mic = np.diff(mic, prepend=mic[:1])
    loudness = np.sqrt(np.mean(np.square(mic.reshape(-1, BLOCK)), axis=1)) + np.float32(_SILENCE)
    middles = BLOCK * (np.arange(mic.size // BLOCK) + 0.5)
    return mic / np.asarray(np.interp(np.arange(mic.size), middles, loudness), np.float32)


def _whitened(mic: Samples, far: Samples, mic_window: Samples, far_window: Samples) -> Spectrum:
    """Return the cross-spectrum of one piece, in which every frequency of the voice counts the same."""
    mic_spectrum = np.fft.rfft(_flattened(mic) * mic_window, _FFT_SIZE)[_BAND].astype(np.complex64)
    far_spectrum = np.fft.rfft(far * far_window, _FFT_SIZE)[_BAND].astype(np.complex64)
    power = np.square(np.abs(far_spectrum))
    size = np.abs(mic_spectrum) * np.sqrt(power + _VALLEY * np.mean(power)) + np.float32(1e-20)
    cross: Spectrum = np.zeros(_FFT_SIZE // _STEP // 2 + 1, np.complex64)
    cross[_BAND] = mic_spectrum * np.conj(far_spectrum) / size
    return cross


def _correlation(cross: Spectrum) -> Powers:
    """Return the power of the correlation at every delay, in steps, where chance alone is 1."""
    power = np.square(np.fft.irfft(cross)[: _LATER_BLOCKS * BLOCK // _STEP + _PEAK_WIDTH])
    return power / max(float(np.median(power)) / _MEDIAN_OF_CHANCE, 1e-30)


def _averaged(power: Powers, width: int) -> Powers:
    total = np.concatenate([[0.0], np.cumsum(power, dtype=np.float64)])
    return (total[width:] - total[:-width]) / width


def _onset(correlation: Powers, peak: int, strength: float) -> int:
    """Return the sample at which the sound begins whose strongest 4 ms begin at a peak."""
    first = max(peak - _BEFORE_PEAK, 0)
    near = _averaged(correlation[first : peak + _PEAK_WIDTH], _ONSET_WIDTH)
    onset = int(np.argmax(near > max(_ONSET_SHARE * strength, _ONSET_STRENGTH)))
    return _STEP * (first + onset + _ONSET_WIDTH)
