"""The port between the coach and the air: a loudspeaker and a microphone in one place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

import numpy as np
import soundfile

from assistant.errors import AssistantError
from assistant.session.record_file import RecordFile
from assistant.sound import MICROPHONE_SECOND, SAMPLE_RATE, Samples

SOUND_FILE = "session.wav"


@dataclass(frozen=True, slots=True)
class Taken:
    """One block of the microphone, with what the loudspeaker played while it was taken."""

    mic: Samples
    """Shape (BLOCK,)."""
    far: Samples
    """Shape (BLOCK,)."""


class Room(Protocol):
    """A loudspeaker and a microphone; a port, since rehearsals and tests have neither."""

    @property
    def played(self) -> int:
        """Samples that have gone out to the loudspeaker; those that are queued follow."""
        ...

    def exchange(self, block: Samples) -> Sequence[Taken]:
        """Queue the next block (BLOCK,) to be played, and return what was taken since the last time.

        What is taken has no gaps: the nth block of all that are given belongs to the nth block played.
        """
        ...

    def hush(self) -> int:
        """Fade out what is queued, and return the first sample of the fade."""
        ...

    def give_way(self, lowered: bool) -> None:
        """Turn down what leaves from now on, or no longer."""
        ...


class RecordedRoom:
    """A room whose two sides go into a stereo file: left as played, right as the microphone took it.

    Args:
        room: Where the sound really goes.
        path: The WAV file.
        lost: Called with why, once, where the file can't be written any more: the sound goes on without it.
            None raises that instead.

    Raises:
        AssistantError: the file can't be written.
    """

    def __init__(self, room: Room, path: Path, lost: Callable[[AssistantError], None] | None = None) -> None:
        self._room = room
        self._file = RecordFile(path, lambda: _begun(path), lost)

    @property
    def played(self) -> int:
        """Samples that have gone out to the loudspeaker."""
        return self._room.played

    def hush(self) -> int:
        """Fade out what is queued, and return the first sample of the fade."""
        return self._room.hush()

    def give_way(self, lowered: bool) -> None:
        """Turn down what leaves from now on, or no longer."""
        self._room.give_way(lowered)

    def exchange(self, block: Samples) -> Sequence[Taken]:
        """Queue the next block, and write down what comes back."""
        taken = self._room.exchange(block)
        for both in taken:
            self._file.write(np.stack([both.far, both.mic], axis=1))
        return taken

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _begun(path: Path) -> soundfile.SoundFile:
    file = soundfile.SoundFile(str(path), "w", samplerate=SAMPLE_RATE, channels=2, subtype="PCM_16")
    file.comment = MICROPHONE_SECOND
    return file
