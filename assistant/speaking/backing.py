"""Music under the coach's voice: how loud it is at each sample of the mixer's clock."""

from __future__ import annotations

from itertools import pairwise
from typing import Protocol

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples

DUCKED = 10 ** (-12 / 20)
"""Gain under the voice, and while an answer is listened for: 12 dB down; chosen."""

RAMP = round(0.15 * SAMPLE_RATE)
"""Samples in which it goes down before a cue and up again after it; chosen."""

HOLD = round(0.8 * SAMPLE_RATE)
"""Samples that it stays down after a cue: between the numbers of a lowering it does not come up."""

_RISE, _OUT = SAMPLE_RATE, 2 * SAMPLE_RATE
"""Samples of coming back out of silence, and of going; chosen."""


class Music(Protocol):
    """Samples without end; a port because a disk is slower than a loop that must not wait."""

    def take(self, count: int) -> Samples:
        """Return the next samples, shape (count,), at once; silence where none are ready."""
        ...


class Backing:
    """Music that makes way for the voice.

    It is pure, as the mixer is that reads it: every change has a place on the sample clock, so the same
    session has the same music to the sample.

    Args:
        music: What is played.
    """

    def __init__(self, music: Music) -> None:
        self._music = music
        self._spoken: list[tuple[int, int]] = []
        self._low = True
        self._held = False
        # The gain moves from one value to another within some samples from this one on.
        self._from, self._to, self._at, self._ramp = 0.0, 0.0, 0, RAMP

    def speak(self, start: int, end: int) -> None:
        """Make way for a voice that sounds from sample `start` until before `end`."""
        self._spoken.append((start - RAMP, end + HOLD))

    def listen(self, on: bool) -> None:
        """Stay down while an answer is listened for, or no longer."""
        self._low = on

    def hold(self) -> None:
        """Fade away; nothing but `resume` brings it back."""
        self._held = True

    def resume(self) -> None:
        """Come back, from where it was left."""
        self._held = False

    def silence(self, position: int, ramp: Samples) -> Samples:
        """Return the last samples before silence, from the position on, faded by a ramp; then it is held."""
        gains = self._gains(position, ramp.size)
        tail = self._music.take(ramp.size) * gains * ramp
        self._spoken = []
        self._held = True
        self._from = self._to = 0.0
        return tail.astype(np.float32)

    def read(self, position: int, count: int) -> Samples:
        """Return the samples from a position on; while it is silent the music does not go on."""
        gains = self._gains(position, count)
        self._spoken = [(start, end) for start, end in self._spoken if end > position + count]
        if self._held and not gains.any():
            return np.zeros(count, np.float32)
        return self._music.take(count) * gains

    def _gains(self, position: int, count: int) -> Samples:
        last = position + count
        edges = {edge for span in self._spoken for edge in span if position < edge < last}
        gains = np.empty(count, np.float32)
        for start, end in pairwise(sorted({position, last, *edges})):
            self._turn(self._wanted(start), start)
            gains[start - position : end - position] = self._gain(np.arange(start, end))
        return gains

    def _wanted(self, at: int) -> float:
        if self._held:
            return 0.0
        spoken = any(start <= at < end for start, end in self._spoken)
        return DUCKED if self._low or spoken else 1.0

    def _turn(self, wanted: float, at: int) -> None:
        if wanted == self._to:
            return
        now = float(self._gain(np.array([at]))[0])
        self._ramp = _OUT if wanted == 0.0 else _RISE if self._to == 0.0 else RAMP
        self._from, self._to, self._at = now, wanted, at

    def _gain(self, at: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Samples:
        done = (at - self._at) / self._ramp
        return np.interp(done, (0, 1), (self._from, self._to)).astype(np.float32)
