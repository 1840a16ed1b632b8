"""Acoustic echo cancellation (AEC): the coach's own voice is taken out of the microphone.

Theory of operation. The loudspeaker's sound (the far end) reaches the microphone through the room: the echo
is the far end, filtered by the room's impulse response, the echo path. The path is not known and changes
when people move. The canceller keeps an estimate of it, filters the far end with that, and subtracts the
result. What is left of a block tells by how much the estimate was wrong, and the estimate is corrected by
it.

The difficulty is the size of that correction. While the person talks (the near end), what is left is mostly
the person, and a large correction would spoil the estimate; while the path is new, a small one learns too
slowly. A Kalman filter settles it: beside each coefficient of the path it keeps a variance, how wrong that
coefficient may be, and beside each frequency the power of what is not echo. The gain of the correction is
the first relative to the sum of both. So it falls by itself when the person talks and rises when the path is
unknown, and no separate double-talk detector holds the adaptation. The path is long (320 ms, 5,120 samples),
so it is cut into partitions of one block, each applied in the frequency domain by overlap-save, which is
cheap.

Only the estimate is subtracted, nothing else. A canceller for telephony would go on to suppress what is
left; for a recognizer that is worse than a little echo, since it distorts the person's words too: commands
over three levels of echo were right 0.82, 0.63 and 0.33 of the time with WebRTC's suppressor, and 0.99, 0.96
and 0.86 with a linear canceller.

What is left of the coach would still make words. So each block is also judged: is there clearly more in it
than the echo that the variances expect to be left, and than the room's noise (`NoiseFloor`), and does it not
move with the echo (`EchoShare`)? That is near-end speech, and everything behind rests on it.

Limits. It is linear: a loudspeaker that distorts leaves its distortion in. It sees 320 ms behind the far
end: later echoes need the far end delayed (`delay_tracking`). The echo return loss enhancement (ERLE) is 15
dB or more after three seconds of speech in a living room, and less in the first second. A path that moves
faster than it is learnt, such as that of two clocks that run apart, costs some 20 dB, unless the clock skew
is taken out first.

Source: Kuech, Mabande and Enzner, "State-space architecture of the partitioned-block-based acoustic echo
controller" (ICASSP 2014).
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from assistant.hearing.echo.convolution import Spectra, Spectrum, power
from assistant.hearing.echo.near_end import EchoShare, NoiseFloor
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

PARTITIONS = 20
"""Blocks of echo path that are followed: 320 ms, delay included. Chosen for a living room."""

Power = npt.NDArray[np.float32]

# Power of the path's gain before anything is known; rooms die away, here by 1 dB a block, which is a
# reverberation time of about a second. Chosen.
_FIRST_VARIANCE = 10 ** (-0.1 * np.arange(PARTITIONS, dtype=np.float32))
# The path keeps this share of itself per block; people move. Chosen.
_PATH_MEMORY = 0.999
# Keeps the learning from standing still. Chosen.
_LEAST_VARIANCE = 1e-9
# Short, so that the first block in which the person talks already slows the learning down. Chosen.
_NOISE_MEMORY = 0.7
# Powers in a bin of the spectrum, of what is not echo: before anything is known, and what keeps from dividing
# by zero in silence. Chosen.
_FIRST_NOISE = 1e-3
_LEAST_NOISE = 1e-6
# Each block this many partitions are made causal again: all of them within 0.16 s. Chosen, for its cost.
_TRIMMED = 2
# Near-end speech is 5 dB above the echo that may be left, 10 dB above the room's own noise, whose bursts
# reach that far, and above -60 dB to full scale. At 6, 5 and 3 dB, of 235 commands in an echo 12 dB louder
# 204, 211 and 212 are heard, and 30 minutes of the coach alone make 0, 0 and 2 commands.
_NEAR_RATIO = 3.0
_NOISE_RATIO = 10.0
_NEAR_LEAST_POWER = 1e-6
# More than this share of it echo, and it is no person, whatever the filter expects to be left. Chosen.
_MOST_ECHO = 0.5
# In which speech has its power; below it is hum, above it hiss. Chosen.
_SPEECH_BAND = slice(200 * 2 * BLOCK // SAMPLE_RATE, 4000 * 2 * BLOCK // SAMPLE_RATE)


class Cancelled(NamedTuple):
    """One block of the microphone without the loudspeaker."""

    clean: Samples
    """Shape (BLOCK,)."""
    near_end: bool
    """Whether it holds clearly more than the echo that may be left, and the room's noise."""


class Canceller(Protocol):
    """Takes the loudspeaker out of the microphone; a port because a live one does more than a simple one."""

    def process(self, mic: Samples, far: Samples) -> Cancelled:
        """Return the microphone without the loudspeaker; both are one block (BLOCK,)."""
        ...


class EchoCanceller:
    """A partitioned-block frequency-domain Kalman filter; see the module."""

    def __init__(self) -> None:
        bins = BLOCK + 1
        self._far = Spectra(PARTITIONS)
        self._far_power: Power = np.zeros((PARTITIONS, bins), np.float32)
        self.path: Spectrum = np.zeros((PARTITIONS, bins), np.complex64)
        """The echo path as learnt so far; only this class changes it."""
        self._path_power: Power = np.zeros((PARTITIONS, bins), np.float32)
        self._variance: Power = np.repeat(_FIRST_VARIANCE[:, None], bins, axis=1)
        self._noise: Power = np.full(bins, _FIRST_NOISE, np.float32)
        self._padded = np.zeros(2 * BLOCK, np.float32)
        self._trim = 0
        self._floor = NoiseFloor()
        self._share = EchoShare(_SPEECH_BAND.stop - _SPEECH_BAND.start)

    def process(self, mic: Samples, far: Samples) -> Cancelled:
        """Return the microphone without the loudspeaker, without delay.

        Args:
            mic: One block of the microphone, shape (BLOCK,).
            far: What the loudspeaker played at the same time, shape (BLOCK,).
        """
        self._far.push(far)
        self._far_power[1:] = self._far_power[:-1]
        self._far_power[0] = power(self._far.history[0])
        echo = np.fft.irfft((self.path * self._far.history).sum(axis=0))[BLOCK:]
        clean = (mic - echo).astype(np.float32)
        self._padded[BLOCK:] = clean
        error = np.fft.rfft(self._padded).astype(np.complex64)
        powers = power(error)
        self._noise += (1 - _NOISE_MEMORY) * (powers - self._noise)
        left: Power = (self._variance * self._far_power).sum(axis=0)
        heard = float(np.sum(powers[_SPEECH_BAND])) / BLOCK**2
        expected = float(np.sum(left[_SPEECH_BAND])) / BLOCK**2
        noise = self._floor.follow(heard)
        self._padded[BLOCK:] = echo
        estimate = np.fft.rfft(self._padded)[_SPEECH_BAND].astype(np.complex64)
        share = self._share.follow(error[_SPEECH_BAND], estimate)
        least = _NEAR_RATIO * expected + _NOISE_RATIO * noise + _NEAR_LEAST_POWER
        self._learn(error, left)
        return Cancelled(clean, share < _MOST_ECHO and heard > least)

    def shift(self, blocks: int, before: Samples) -> None:
        """Go on with a far end that comes later, or earlier, than it did; what was learnt moves along.

        Args:
            blocks: By how many blocks the far end comes later from now on, so that the path is as much
                shorter; negative where it comes earlier.
            before: The last of that far end before the next block, shape ((PARTITIONS + 1) * BLOCK,).
        """
        self._far = Spectra(PARTITIONS)
        for block in before.reshape(-1, BLOCK):
            self._far.push(block)
        self._far_power = power(self._far.history)
        kept = max(PARTITIONS - abs(blocks), 0)
        old = slice(max(blocks, 0), max(blocks, 0) + kept)
        new = slice(max(-blocks, 0), max(-blocks, 0) + kept)
        path, variance = self.path[old].copy(), self._variance[old].copy()
        self.path[:] = 0
        self._variance[:] = _FIRST_VARIANCE[:, None]
        self.path[new], self._variance[new] = path, variance
        self._path_power = power(self.path)

    def estimate(self, path: Spectrum) -> Samples:
        """Return what another path, of the shape of `path`, makes of the far end in the last block."""
        return np.fft.irfft((path * self._far.history).sum(axis=0))[BLOCK:].astype(np.float32)

    def resume(self, path: Spectrum, later: int, share: float) -> None:
        """Go on with a path that was learnt before, of which the echo comes later by some samples.

        Args:
            path: Of the shape of `path`.
            later: Samples; negative where it comes earlier.
            share: How much of its power may have changed.
        """
        response = np.fft.irfft(path, axis=1)[:, :BLOCK].reshape(-1)
        moved = np.zeros((PARTITIONS, 2 * BLOCK))
        whole = np.zeros_like(response)
        kept = max(response.size - abs(later), 0)
        old, new = max(-later, 0), max(later, 0)
        whole[new : new + kept] = response[old : old + kept]
        moved[:, :BLOCK] = whole.reshape(PARTITIONS, BLOCK)
        self.path[:] = np.fft.rfft(moved, axis=1)
        self._path_power = power(self.path)
        self._variance[:] = np.float32(share) * _FIRST_VARIANCE[:, None]

    def doubt(self, share: float = 1.0) -> None:
        """Learn the path faster: it has changed at once.

        Args:
            share: How much of its power may have changed; 1 is as at the beginning.
        """
        self._variance = np.maximum(self._variance, np.float32(share) * _FIRST_VARIANCE[:, None])

    def forget(self) -> None:
        """Learn the path from nothing: it is another one."""
        self.path[:] = 0
        self._path_power[:] = 0
        self.doubt()

    def _learn(self, error: Spectrum, left: Power) -> None:
        step = self._variance / (left + self._noise + np.float32(_LEAST_NOISE))
        change = np.conj(self._far.history)
        change *= error
        change *= step
        self.path += change
        # Half: the error's window is half zeros, the far end's is full.
        step *= self._far_power
        step *= -0.5
        step += 1
        self._variance *= step
        self._variance *= _PATH_MEMORY**2
        self._variance += (1 - _PATH_MEMORY**2) * self._path_power + _LEAST_VARIANCE
        trimmed = slice(self._trim, self._trim + _TRIMMED)
        self._trim = (self._trim + _TRIMMED) % PARTITIONS
        response = np.fft.irfft(self.path[trimmed], axis=1)
        response[:, BLOCK:] = 0
        self.path[trimmed] = np.fft.rfft(response, axis=1)
        self._path_power[trimmed] = power(self.path[trimmed])
