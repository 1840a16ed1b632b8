"""A recording in place of the microphone, and a recorder in place of the loudspeaker."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
import soundfile

from assistant.errors import InputError
from assistant.live.play_queue import PlayQueue
from assistant.session.event_log import EVENTS_FILE
from assistant.session.room import SOUND_FILE
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, read_sound

SOUND_FILES = (".wav", ".flac")
"""Suffixes of files that can stand for a device."""

RECORDED = (SOUND_FILE, EVENTS_FILE)
"""Files of a recorded session."""


def is_sound_file(wanted: str | None) -> bool:
    """Return whether a sound file was asked for instead of a device."""
    return wanted is not None and wanted.lower().endswith(SOUND_FILES)


def refuse_same_file(microphone: str | None, loudspeaker: str | None) -> None:
    """Check that the session does not overwrite the recording that it listens to.

    Raises:
        InputError: both are one file.
    """
    if is_sound_file(microphone) and is_sound_file(loudspeaker):
        heard, spoken = Path(str(microphone)), Path(str(loudspeaker))
        if os.path.realpath(heard) == os.path.realpath(spoken):
            raise InputError(
                "the coach would be written over what it listens to",
                remedy="Give --speaker another file",
                file=str(heard),
            )


def free_folder(wanted: Path) -> Path:
    """Return a folder for a recording: the wanted one, or a numbered one where it has one already."""
    named = wanted if wanted.name not in ("", "..") else wanted.resolve()
    number, folder = 1, wanted
    while any((folder / name).exists() for name in RECORDED):
        number += 1
        folder = named.parent / f"{named.name}-{number}"
    return folder


class _File:
    """What stands for a device and never fails."""

    alive = True

    def take_flagged(self) -> int:
        """Return 0: a file reports no drop-outs."""
        return 0


class FileMicrophone(_File):
    """A recording as a microphone: block by block as it is asked for, and silence after its end.

    Args:
        path: A WAV or FLAC file of any rate.

    Raises:
        InputError: it can't be read.
    """

    def __init__(self, path: Path) -> None:
        self._samples = read_sound(path)
        self._position = 0

    def open(self) -> None:
        """Do nothing: the file was read when this was made."""

    def close(self) -> None:
        """Do nothing."""

    def take(self, count: int) -> list[Samples]:
        """Return the next blocks (BLOCK,)."""
        end = self._position + count * BLOCK
        part = self._samples[self._position : end]
        self._position = end
        return list(np.pad(part, (0, count * BLOCK - part.size)).reshape(count, BLOCK))

    def restart(self) -> None:
        """Do nothing: a file gives only what it is asked for."""

    def keep_pace(self, skew: float) -> None:
        """Do nothing: a file has no clock."""

    def take_lost(self) -> int:
        """Return 0: a file loses no samples."""
        return 0


class Recorder(_File):
    """A loudspeaker that writes a file, in real time or as fast as it can.

    Args:
        path: The WAV or FLAC file; what is there is replaced.
        queue: What is played.
        timed: Whether time passes as on a device: there is a real microphone.

    Raises:
        InputError: the file can't be written.
    """

    def __init__(self, path: Path, queue: PlayQueue, timed: bool) -> None:
        self._queue = queue
        self._timed = timed
        self._served: float | None = None
        try:
            self._file = soundfile.SoundFile(
                str(path), "w", samplerate=SAMPLE_RATE, channels=1, subtype="PCM_16"
            )
        except (OSError, RuntimeError) as error:
            raise InputError(
                f"it can't be written ({error})",
                remedy="Give another file",
                file=str(path),
                field="--speaker",
            ) from error

    def open(self) -> None:
        """Begin to play."""
        self._served = time.monotonic()

    def serve(self) -> None:
        """Write what is due."""
        if self._served is None:
            return
        due = self._queue.waiting
        if self._timed:
            due = min(due, int((time.monotonic() - self._served) * SAMPLE_RATE))
            self._served += due / SAMPLE_RATE
        self._file.write(self._queue.pull(due))

    def drain(self) -> None:
        """Write what is left and finish the file."""
        self._file.write(self._queue.pull(self._queue.waiting))
        self.close()

    def close(self) -> None:
        """Finish the file."""
        self._served = None
        self._file.close()
