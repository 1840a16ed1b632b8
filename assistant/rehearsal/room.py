"""A simulated room: echo, noise and a person who talks."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from assistant.errors import InputError
from assistant.hearing.echo.convolution import PartitionedFilter
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db, read_sound

SPEECH_DB = -26.0
"""Level of the athlete's speech at the microphone, in decibels of full scale: nominal in ITU-T P.830."""

ECHO_DELAY_SECONDS = 0.03
"""From the loudspeaker's block to the microphone's: devices, and a metre of air. Chosen."""

REVERBERATION_SECONDS = 0.2
"""Time in which the echo decays by 60 dB: a furnished room. Chosen."""

LONGEST_RESPONSE_SECONDS = 5.0
"""Concert halls echo for two to three seconds. Chosen."""

_DIRECT_SHARE = 0.5
"""The direct sound of an impulse response is its first sample with this share of the largest. Chosen."""

_FLOOR_DB = -75.0
"""Level of the microphone's own noise. Chosen."""


def impulse_response(rng: np.random.Generator, delay: float, reverberation: float) -> Samples:
    """Return a synthetic echo path: a delay, a direct sound and an exponentially decaying tail.

    Args:
        rng: Source of the tail.
        delay: Seconds before the direct sound.
        reverberation: Seconds in which the tail decays by 60 dB.
    """
    count = int(reverberation * SAMPLE_RATE)
    tail = rng.standard_normal(count) * 10 ** (-3 * np.arange(count) / count)
    tail[0] = 3.0
    tail /= np.sqrt(np.sum(tail**2))
    return np.concatenate([np.zeros(int(delay * SAMPLE_RATE)), tail]).astype(np.float32)


def read_response(file: Path) -> Samples:
    """Read the impulse response of a room that was measured, at SAMPLE_RATE.

    Raises:
        InputError: the file is missing, no sound file, silent, or too long to be one.
    """
    response = read_sound(file)
    wrong = partial(InputError, file=str(file))
    if response.size > LONGEST_RESPONSE_SECONDS * SAMPLE_RATE:
        problem = f"it lasts {response.size / SAMPLE_RATE:.0f} s, too long for the impulse response of a room"
        raise wrong(problem, remedy=f"Give one of {LONGEST_RESPONSE_SECONDS:g} s at most")
    if not response.any():
        raise wrong("it is silent", remedy="Give a recording of an impulse in a room")
    return response


def from_direct_sound(response: Samples) -> Samples:
    """Return an impulse response without the time that the direct sound takes."""
    loud = np.abs(response)
    return response[int(np.argmax(loud >= _DIRECT_SHARE * loud.max())) :]


def convolve(sound: Samples, response: Samples) -> Samples:
    """Return a sound as it comes through an impulse response, with what that adds behind it."""
    size = sound.size + response.size - 1
    length = 1 << (size - 1).bit_length()
    product = np.fft.rfft(sound, length) * np.fft.rfft(response, length)
    return np.asarray(np.fft.irfft(product, length)[:size], np.float32)


def through_room(samples: Samples, response: Samples) -> Samples:
    """Return a sound as it is heard in a room, at the same level, with the room's tail behind it."""
    heard = convolve(samples, response)
    return heard * np.float32(10 ** ((active_db(samples) - active_db(heard)) / 20))


class SimulatedRoom:
    """What the coach plays comes back as echo, with noise and the athlete's voice.

    Args:
        echo_db: Level of the echo relative to the athlete's speech.
        speech: A piece of the coach's speech, by which the echo's level is set.
        noise: A recording that is repeated as background, or None.
        snr_db: Level of the athlete's speech relative to that noise.
        seed: Makes the echo path and the microphone's own noise.
        delay_seconds: From the loudspeaker's block to the direct sound in the microphone's.
        responses: Impulse responses from the athlete to the microphone, each used for one thing that is
            said, in turn; the coach's echo takes the first. Without any, the athlete is heard dry, and the
            echo's path is made up.
    """

    def __init__(
        self,
        echo_db: float,
        speech: Samples,
        noise: Samples | None,
        snr_db: float,
        seed: int,
        delay_seconds: float = ECHO_DELAY_SECONDS,
        responses: Sequence[Samples] = (),
    ) -> None:
        self._rng = np.random.default_rng(seed)
        self._responses = itertools.cycle([from_direct_sound(response) for response in responses])
        if responses:
            silence = np.zeros(int(delay_seconds * SAMPLE_RATE), np.float32)
            path = np.concatenate([silence, from_direct_sound(responses[0])])
        else:
            path = impulse_response(self._rng, delay_seconds, REVERBERATION_SECONDS)
        came_back = np.convolve(speech, path).astype(np.float32)
        path *= np.float32(10 ** ((SPEECH_DB + echo_db - active_db(came_back)) / 20))
        self._echo = PartitionedFilter(path, BLOCK)
        self._noise = None
        if noise is not None:
            gain = 10 ** ((SPEECH_DB - snr_db - active_db(noise)) / 20)
            self._noise = np.resize(noise, max(noise.size, BLOCK)) * np.float32(gain)
        self._voices: list[tuple[int, Samples]] = []
        self.position = 0
        """Samples that the microphone has taken."""

    def say(self, samples: Samples, at: int) -> None:
        """Have the athlete's sound begin at a sample, as loud at the microphone as it is given."""
        response = next(self._responses, None)
        if response is not None:
            samples = through_room(samples, response)
        self._voices.append((max(at, self.position), samples))

    def exchange(self, played: Samples) -> Samples:
        """Play one block (BLOCK,) and return what the microphone takes meanwhile."""
        taken = self._echo.process(played)
        taken += self._rng.standard_normal(BLOCK).astype(np.float32) * np.float32(10 ** (_FLOOR_DB / 20))
        if self._noise is not None:
            where = np.arange(self.position, self.position + BLOCK) % self._noise.size
            taken += self._noise[where]
        end = self.position + BLOCK
        for start, samples in self._voices:
            first, last = max(start, self.position), min(start + samples.size, end)
            if first < last:
                taken[first - self.position : last - self.position] += samples[first - start : last - start]
        self._voices = [voice for voice in self._voices if voice[0] + voice[1].size > end]
        self.position = end
        return np.clip(taken, -1.0, 1.0)
