"""Music that is ready when it is wanted: a thread reads ahead, so that the audio loop waits for no disk."""

from __future__ import annotations

import threading
from typing import Protocol

import numpy as np

from assistant.sound import SAMPLE_RATE, SampleQueue, Samples
from assistant.speaking.backing import Music

AHEAD_SECONDS = 4.0
"""What is kept ready, a quarter of a megabyte: longer than a disk takes to wake; chosen."""

_PIECE = SAMPLE_RATE // 4
"""Samples read at once."""

_CLOSING_SECONDS = 1.0
"""How long closing waits for a disk that hangs; chosen."""


class Source(Music, Protocol):
    """Music that may take its time; a port because a disk that is slow can't be had on demand."""

    def close(self) -> None:
        """Let go of what is open."""
        ...


class ReadAhead:
    """Takes music from a source in a thread of its own.

    Args:
        source: What may take its time.
        ahead_seconds: How much of it is kept ready.
    """

    def __init__(self, source: Source, ahead_seconds: float = AHEAD_SECONDS) -> None:
        self._source = source
        self._most = round(ahead_seconds * SAMPLE_RATE)
        self._ready = SampleQueue()
        self._change = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._fill, name="music", daemon=True)
        self._thread.start()

    def take(self, count: int) -> Samples:
        """Return the next samples, shape (count,), at once; silence where the disk is too slow."""
        with self._change:
            ready = self._ready.take(count)
            self._change.notify_all()
        return np.concatenate([ready, np.zeros(count - ready.size, np.float32)])

    def close(self) -> None:
        """Read no more, and let go of the source; a thread that waits for a disk is left behind with it."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._thread.join(_CLOSING_SECONDS)
        if not self._thread.is_alive():
            self._source.close()

    def _fill(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closed or self._ready.waiting.size < self._most)
                if self._closed:
                    return
            piece = self._source.take(_PIECE)
            with self._change:
                self._ready.put(piece)
                self._change.notify_all()
