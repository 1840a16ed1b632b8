"""What is played when, to the sample: the coach's clock and its only way to make sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.backing import Backing

FADE = SAMPLE_RATE // 100
"""Samples of a fade-out: 10 ms are at once to the ear, and do not click."""


@dataclass(frozen=True, slots=True)
class _Sound:
    start: int
    samples: Samples
    gain: float
    is_voice: bool

    @property
    def end(self) -> int:
        return self.start + self.samples.size


class Mixer:
    """Plays sounds from the sample they are scheduled for.

    It is pure: reading it moves its time. It may be used by one thread at a time.

    Args:
        backing: Music under the voice.
    """

    def __init__(self, backing: Backing | None = None) -> None:
        self.backing = backing
        """Music under the voice, if there is any."""
        self.position = 0
        """Samples played so far; the next `read` begins here."""
        self._sounds: list[_Sound] = []
        self._fading: list[_Sound] = []
        self._volume_db = 0.0
        # The voice's gain moves from one value to the next within a fade from this sample on.
        self._turned_at = -FADE
        self._turned_from = 1.0
        self._limit = 1.0

    @property
    def volume(self) -> float:
        """Decibels added to the voice; coaching keeps them within its VOLUME_RANGE_DB."""
        return self._volume_db

    @volume.setter
    def volume(self, decibels: float) -> None:
        self._turned_from = float(self._voice_gain(self.position, 1)[0])
        self._turned_at = self.position
        self._volume_db = decibels

    def play(self, samples: Samples, at: int, gain: float = 1.0, track: str = "voice") -> None:
        """Schedule a sound.

        Args:
            samples: The sound; it must not change before it was played.
            at: Sample to start at; one in the past starts at the position, whole.
            gain: Factor on the samples.
            track: "voice" follows the volume, any other name does not.
        """
        start = max(at, self.position)
        if not samples.size:
            return
        self._sounds.append(_Sound(start, samples, gain, track == "voice"))
        if self.backing is not None and track == "voice":
            self.backing.speak(start, start + samples.size)

    def silence(self, faded: int = 0) -> None:
        """Fade out within 10 ms and drop what is scheduled; what is played afterwards plays.

        Music is held: it comes back when it is resumed.

        Args:
            faded: Samples of the fade that are over at the position, because what was read before is
                being faded out where it waits to be played.
        """
        started = [sound for sound in self._sounds if sound.start < self.position]
        ramp = np.linspace(1, 0, FADE + 1, dtype=np.float32)[1 + faded :]
        tails = [self._mix(started, ramp.size) * ramp] if started and ramp.size else []
        if self.backing is not None:
            tails.append(self.backing.silence(self.position, ramp))
        self._fading += [_Sound(self.position, tail, 1.0, is_voice=False) for tail in tails]
        self._sounds = []

    def read(self, count: int) -> Samples:
        """Return the next samples and move on; loud mixes are turned down to stay within -1 … 1."""
        mix = self._mix(self._fading + self._sounds, count)
        if self.backing is not None:
            mix += self.backing.read(self.position, count)
        mix = self._limited(mix)
        self.position += count
        self._sounds = [sound for sound in self._sounds if sound.end > self.position]
        self._fading = [sound for sound in self._fading if sound.end > self.position]
        return mix

    def _mix(self, sounds: list[_Sound], count: int) -> Samples:
        mix = np.zeros(count, dtype=np.float32)
        for sound in sounds:
            first = max(sound.start, self.position)
            last = min(sound.end, self.position + count)
            if first >= last:
                continue
            part = sound.samples[first - sound.start : last - sound.start] * np.float32(sound.gain)
            if sound.is_voice:
                part = part * self._voice_gain(first, last - first)
            mix[first - self.position : last - self.position] += part
        return mix

    def _voice_gain(self, start: int, count: int) -> Samples:
        turned = (np.arange(start, start + count) - self._turned_at) / FADE
        wanted = 10 ** (self._volume_db / 20)
        return np.interp(turned, (0, 1), (self._turned_from, wanted)).astype(np.float32)

    def _limited(self, mix: Samples) -> Samples:
        peak = float(np.abs(mix).max(initial=0.0))
        wanted = 1.0 if peak <= 1.0 else 1.0 / peak
        before, self._limit = self._limit, wanted
        if wanted == 1.0 == before:
            return mix
        # Down at once, for it must not clip; up over the block, so that nothing clicks.
        gain = np.linspace(min(before, wanted), wanted, mix.size, dtype=np.float32)
        return np.clip(mix * gain, -1.0, 1.0)
