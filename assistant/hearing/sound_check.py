"""What is wrong with a recording that is heard all the same, and what to do about it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import soundfile

from assistant.errors import InputError
from assistant.hearing.clipping import clipped_runs
from assistant.sound import SAMPLE_RATE, Samples, heard_channel, loudest_db, read_sound

SILENT_PEAK = 1e-4
"""Largest sample of what counts as nothing at all: 80 decibels below full scale. Chosen."""

QUIET_DB = -50.0
"""Level of the loudest words, below which many a microphone's own noise is as loud. Chosen."""

# What programs write for a length that they don't know yet.
_UNKNOWN_LENGTH = 0x7FFF0000

Fault: TypeAlias = Literal["silent", "quiet", "clipped", "stereo", "low rate"]


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that makes a recording harder to hear."""

    what: Fault
    text: str
    """What is wrong and what to do, in one sentence without a full stop."""


def sound_hints(
    heard: Samples, recorded: npt.NDArray[np.float32], rate: int, channels: int
) -> tuple[Hint, ...]:
    """Judge a recording.

    Args:
        heard: Its first channel as it is listened to, shape (n,), at SAMPLE_RATE.
        recorded: The same as it is in the file, shape (m,).
        rate: The file's sample rate in hertz.
        channels: How many channels the file has.
    """
    silent = float(np.abs(recorded).max(initial=0.0)) < SILENT_PEAK
    level = loudest_db(heard)
    places = clipped_runs(recorded)
    where = "in one place" if places == 1 else f"in {places} places"
    quiet = f"it is very quiet ({level:.0f} dB at its loudest); come closer or turn the microphone up"
    stereo = f"it has {channels} channels and only the first is heard; record one channel"
    low_rate = f"its sample rate is {rate} Hz, which blurs words; record at {SAMPLE_RATE} Hz"
    hints = (
        (silent, Hint("silent", "it is silent; check that the microphone is on and not muted")),
        (level < QUIET_DB and not silent, Hint("quiet", quiet)),
        (places, Hint("clipped", f"it clips {where}; turn the microphone down or move away from it")),
        (channels > 1, Hint("stereo", stereo)),
        (rate < SAMPLE_RATE, Hint("low rate", low_rate)),
    )
    return tuple(hint for applies, hint in hints if applies)


def read_checked(path: Path) -> tuple[Samples, tuple[Hint, ...]]:
    """Read a recording as it is listened to, with what is wrong with it.

    Raises:
        InputError: the file is missing, empty, cut short, or no sound.
    """
    if path.is_file() and path.stat().st_size == 0:
        raise InputError(
            "the file is empty",
            remedy="Record again, or copy it again from where it was made",
            file=str(path),
        )
    heard = read_sound(path)
    if not path.is_file():
        # A pipe can be read only once.
        return heard, sound_hints(heard, heard, SAMPLE_RATE, 1)
    with soundfile.SoundFile(str(path)) as file:
        rate, channels = int(file.samplerate), int(file.channels)
        # Other formats only estimate their length.
        promised = int(file.frames) if file.format == "FLAC" else 0
        channel = heard_channel(file)
        recorded = np.asarray(file.read(dtype="float32", always_2d=True)[:, channel], np.float32)
    if recorded.size < promised or _wave_is_cut_short(path):
        raise InputError(
            f"the recording is cut short: it breaks off after {recorded.size / rate:.1f} s",
            remedy="Copy it again from where it was made, or record again",
            file=str(path),
        )
    return heard, sound_hints(heard, recorded, rate, 1 if channel else channels)


def _wave_is_cut_short(path: Path) -> bool:
    """Compare the length that a WAV file declares with what is there; decoding does not tell."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] != b"RIFF" or head[8:] != b"WAVE":
            return False
        at = 12
        while len(chunk := file.read(8)) == 8:
            name, length = struct.unpack("<4sI", chunk)
            at += 8 + length + length % 2
            if name == b"data":
                return length < _UNKNOWN_LENGTH and at - length % 2 > size
            file.seek(at)
    return False
