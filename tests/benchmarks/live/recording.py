"""A recording of a virtual device that grows while it is looked at."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Self

import numpy as np

from assistant.errors import AssistantError
from assistant.sound import Samples
from tests.benchmarks.live.arrivals import Arrivals

RATE = 48_000
"""Hertz: the devices' own rate, so that nothing is resampled on the way."""

_SAMPLE_BYTES = 4
_CHUNK_BYTES = 1 << 16
_FIRST_SECONDS = 5.0
_CLOSING_SECONDS = 2.0


class Recording:
    """Takes what a recorder writes, and when it came; mono float32 at RATE.

    Args:
        recorder: Writes raw samples to its standard output; ended with the recording.
        clock: Returns the seconds at which a chunk arrived.
    """

    def __init__(
        self, recorder: subprocess.Popen[bytes], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._recorder = recorder
        self._clock = clock
        self._bytes = bytearray()
        self._arrivals = Arrivals(RATE)
        self._lock = threading.Lock()
        self._begun = threading.Event()
        self._thread = threading.Thread(target=self._take, name="recording", daemon=True)
        self._thread.start()

    def wait_until_begun(self) -> None:
        """Wait for the first samples.

        Raises:
            AssistantError: none came.
        """
        if not self._begun.wait(_FIRST_SECONDS) or self.size == 0:
            raise AssistantError("The virtual sound device can't be recorded. Start the measurement again.")

    @property
    def size(self) -> int:
        """How many samples there are by now."""
        return len(self._bytes) // _SAMPLE_BYTES

    @property
    def samples(self) -> Samples:
        """A copy of all samples so far."""
        return self.between(0, self.size)

    def between(self, first: int, last: int) -> Samples:
        """Return a copy of the samples from `first` until before `last`, fewer where there are fewer."""
        with self._lock:
            piece = bytes(self._bytes[max(first, 0) * _SAMPLE_BYTES : max(last, 0) * _SAMPLE_BYTES])
        return np.frombuffer(piece[: len(piece) // _SAMPLE_BYTES * _SAMPLE_BYTES], np.float32)

    def time_of(self, sample: float) -> float:
        """Return the seconds of the computer's clock at which a sample was taken."""
        with self._lock:
            return self._arrivals.time_of(sample)

    def sample_at(self, time: float) -> int:
        """Return the sample that was taken at `time`, in seconds of the computer's clock."""
        with self._lock:
            return round(self._arrivals.sample_at(time))

    def close(self) -> None:
        """End the recorder; what was recorded stays."""
        self._recorder.kill()
        self._recorder.wait(_CLOSING_SECONDS)
        self._thread.join(_CLOSING_SECONDS)
        if self._recorder.stdout is not None:
            self._recorder.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _take(self) -> None:
        assert self._recorder.stdout is not None
        # Past the file's buffer, which would wait until it is full.
        while chunk := os.read(self._recorder.stdout.fileno(), _CHUNK_BYTES):
            at = self._clock()
            with self._lock:
                # A virtual device gives a chunk when its first sample is due.
                self._arrivals.add(self.size, at)
                self._bytes += chunk
            self._begun.set()
        self._begun.set()
