"""Sound as the whole product handles it: mono float32 at one rate, in blocks of one size."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from assistant.errors import InputError

SAMPLE_RATE = 16_000
"""Hertz; what the recognizer hears and what the coach plays."""

MICROPHONE_SECOND = "Imprint: the coach left, the microphone right"
"""What a sound file says of itself in which a session was recorded."""

LEAST_RATE, MOST_RATE = 4_000, 384_000
"""Hertz; recordings of other rates are refused."""

BLOCK = 256
"""Samples handled at once: 16 ms."""

Samples: TypeAlias = npt.NDArray[np.float32]
"""Mono samples in -1 … 1 at SAMPLE_RATE, shape (n,)."""


class SampleQueue:
    """Samples that wait, first in, first out; for one thread at a time."""

    def __init__(self) -> None:
        self.waiting: Samples = np.zeros(0, np.float32)
        """What has not been taken, shape (n,)."""

    def put(self, samples: Samples) -> None:
        """Add what comes next, shape (n,)."""
        self.waiting = np.concatenate([self.waiting, samples])

    def take(self, most: int) -> Samples:
        """Return the next samples, shape (n,): all that there are, but at most so many."""
        taken, self.waiting = self.waiting[:most], self.waiting[most:]
        return taken

    def take_blocks(self, most: int | None = None) -> list[Samples]:
        """Return the whole blocks (BLOCK,) that there are, at most so many."""
        ready = self.waiting.size // BLOCK
        count = ready if most is None else min(ready, most)
        return list(self.take(count * BLOCK).reshape(count, BLOCK))


def resample(samples: npt.NDArray[np.float32], rate: int, to: int = SAMPLE_RATE) -> Samples:
    """Change the sample rate of mono samples; `rate` and `to` in hertz."""
    if rate == to:
        return samples
    return np.asarray(soxr.resample(samples, rate, to), dtype=np.float32)


def heard_channel(file: soundfile.SoundFile) -> int:
    """Return the channel of an open sound file that a microphone took: the first, in our own the second."""
    return 1 if file.channels > 1 and file.comment == MICROPHONE_SECOND else 0


def read_sound(path: Path) -> Samples:
    """Read a WAV or FLAC file of any rate as mono at SAMPLE_RATE: its first channel, or our microphone's.

    Raises:
        InputError: the file is missing, no sound file, or has no samples.
    """
    wrong = partial(InputError, file=str(path))
    try:
        with soundfile.SoundFile(str(path)) as file:
            rate, channel = int(file.samplerate), heard_channel(file)
            samples = file.read(file.frames, dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        problem = "there is no such file" if not path.exists() else f"it can't be read as sound ({error})"
        raise wrong(problem, remedy="Give a WAV or FLAC file that plays elsewhere") from error
    if samples.shape[0] == 0:
        raise wrong("the recording is empty", remedy="Record again, at least a second")
    if not LEAST_RATE <= rate <= MOST_RATE:
        remedy = f"Record at {LEAST_RATE} to {MOST_RATE} Hz, best at {SAMPLE_RATE}"
        raise wrong(f"its sample rate is {rate} Hz", remedy=remedy)
    if not np.all(np.isfinite(samples)):
        raise wrong("the recording holds values that are no numbers", remedy="Export it again as 16-bit WAV")
    first = np.asarray(samples[:, channel], dtype=np.float32, order="C")
    # Floating-point files may exceed full scale; everything behind this expects -1 … 1.
    return resample(first / max(float(np.abs(first).max()), 1.0), int(rate))


def read_far_end(path: Path) -> Samples | None:
    """Read what the loudspeaker played in a recording of ours, at SAMPLE_RATE; None of any other.

    Give it a file that `read_sound` has read.
    """
    if not path.is_file():
        return None
    with soundfile.SoundFile(str(path)) as file:
        if not heard_channel(file):
            return None
        samples = file.read(file.frames, dtype="float32", always_2d=True)
        return resample(np.asarray(samples[:, 0], dtype=np.float32, order="C"), int(file.samplerate))


def write_sound(path: Path, samples: Samples) -> None:
    """Write mono samples into a WAV or FLAC file, in 16 bits; what is there is replaced.

    Raises:
        InputError: the file can't be written, or its name says it is something else.
    """
    wrong = partial(InputError, file=str(path))
    if path.suffix.lower() not in (".wav", ".flac"):
        raise wrong("its name does not end as that of a WAV or FLAC file", remedy="Give one in .wav")
    try:
        soundfile.write(str(path), samples, SAMPLE_RATE, subtype="PCM_16")
    except (OSError, RuntimeError) as error:
        raise wrong(f"it can't be written ({error})", remedy="Give another file") from error


def power_db(samples: Samples) -> float:
    """Return the mean power of samples in decibels relative to full scale; silence is -120."""
    if samples.size == 0:
        return -120.0
    return float(10 * np.log10(max(float(np.mean(np.square(samples, dtype=np.float64))), 1e-12)))


def frame_powers(samples: Samples) -> npt.NDArray[np.float64]:
    """Return the mean power of each whole 20 ms frame, shape (n // 320,)."""
    frame = SAMPLE_RATE // 50
    frames = samples[: samples.size // frame * frame].reshape(-1, frame)
    return np.mean(np.square(frames, dtype=np.float64), axis=1)


def active_db(samples: Samples) -> float:
    """Return the level of speech where there is any: frames of 20 ms within 30 dB of the loudest."""
    powers = frame_powers(samples)
    loud = powers[powers > powers.max(initial=0.0) * 1e-3]
    return float(10 * np.log10(max(float(loud.mean()) if loud.size else 0.0, 1e-12)))


def loudest_db(samples: Samples) -> float:
    """Return the level of the loudest 0.4 s, the length of a word, in decibels of full scale."""
    powers = frame_powers(samples)
    word = min(20, max(powers.size, 1))
    if powers.size < word:
        return power_db(samples)
    means = np.convolve(powers, np.ones(word) / word, mode="valid")
    return float(10 * np.log10(max(float(means.max()), 1e-12)))
