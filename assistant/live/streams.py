"""PortAudio's streams: a loudspeaker and a microphone at their own rates, each in a thread of its own."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import soxr

from assistant.errors import AssistantError
from assistant.live.alignment import CaptureAlignment
from assistant.live.devices import Kind, choose, portaudio
from assistant.live.play_queue import PlayQueue
from assistant.live.reconnect import CLOSE_SECONDS, in_thread
from assistant.sound import BLOCK, SAMPLE_RATE, SampleQueue, Samples

_LOGGER = logging.getLogger(__name__)

LATENCY_SECONDS = 0.05
"""What a device is asked to hold ready: less, and a busy computer stutters. Chosen."""

DEAD_SECONDS = 0.5
"""A stream that has asked for nothing for this long is lost. Chosen."""

_START_SECONDS = 3.0
"""How long a loudspeaker may take to ask for its first samples. Chosen."""

_PIECE = 64
"""Samples that are resampled at once: few, so that little waits besides the queue. Chosen."""


def rescan() -> None:
    """Make PortAudio look for devices anew; every stream has to be closed."""
    module = portaudio()
    # It keeps the list that it made when it was loaded; sounddevice has no other way to renew it.
    module._terminate()
    module._initialize()


def leave_open() -> None:
    """Let the program end without closing PortAudio, which would wait for a device that hangs."""
    # sounddevice has no other way to say so.
    atexit.unregister(portaudio()._exit_handler)


class _Stream:
    """One PortAudio stream that can be opened again."""

    def __init__(self, kind: Kind, wanted: str | None, wake: threading.Event) -> None:
        self._kind: Kind = kind
        self._wanted = wanted
        self._wake = wake
        self._stream: Any = None
        self._called = -DEAD_SECONDS
        self._flagged = 0

    @property
    def alive(self) -> bool:
        """Whether the device is there and asks for samples."""
        stream = self._stream
        return bool(stream is not None and stream.active and time.monotonic() - self._called < DEAD_SECONDS)

    def take_flagged(self) -> int:
        """Return how often the device itself reported a drop-out since the last time."""
        flagged, self._flagged = self._flagged, 0
        return flagged

    def close(self) -> None:
        """Let the device go; what it still holds is dropped."""
        self._end(lambda stream: stream.close(ignore_errors=True))

    def _begin(self, make: str, channels: int, **options: Any) -> None:
        module = portaudio()
        self.close()
        try:
            stream = getattr(module, make)(
                channels=channels, dtype="float32", blocksize=0, latency=LATENCY_SECONDS, **options
            )
            # A stream counts as alive from its first call on: one without a device never calls.
            self._called = -DEAD_SECONDS
            stream.start()
        except (module.PortAudioError, ValueError) as error:
            raise AssistantError(
                f"The {self._kind} can't be opened ({error}). Close what else uses it, or choose another: "
                "imprint devices"
            ) from error
        _LOGGER.info("The %s is device %s at %s Hz", self._kind, options["device"], options["samplerate"])
        self._stream = stream

    def _end(self, end: Callable[[Any], None]) -> None:
        stream, self._stream = self._stream, None
        if stream is not None and in_thread(lambda: end(stream))(CLOSE_SECONDS):
            leave_open()

    def _noticed(self, status: Any) -> None:
        self._called = time.monotonic()
        if status:
            self._flagged += 1
        self._wake.set()


class DeviceLoudspeaker(_Stream):
    """Plays a queue on a device; on none, time goes on all the same.

    Args:
        wanted: The device's number or name; None is the system's default.
        queue: What is played.
        wake: Set whenever the device has taken something.
    """

    def __init__(self, wanted: str | None, queue: PlayQueue, wake: threading.Event) -> None:
        super().__init__("loudspeaker", wanted, wake)
        self._queue = queue
        self._served: float | None = None

    def open(self) -> None:
        """Begin to play.

        Raises:
            AssistantError: the device is not there or can't be opened.
        """
        device = choose("loudspeaker", self._wanted).device
        resampler = soxr.ResampleStream(SAMPLE_RATE, device.rate, 1, dtype="float32", quality="LQ")
        ready = SampleQueue()

        def fill(out: npt.NDArray[np.float32], count: int, _: object, status: object) -> None:
            while ready.waiting.size < count:
                ready.put(np.asarray(resampler.resample_chunk(self._queue.pull(_PIECE)), np.float32))
            out[:] = ready.take(count)[:, None]
            self._noticed(status)

        channels = min(device.output_channels, 2)
        self._begin("OutputStream", channels, device=device.index, samplerate=device.rate, callback=fill)

    def serve(self) -> None:
        """Let the time of a device that is gone pass."""
        if self.alive:
            self._served = None
            return
        now = time.monotonic()
        if self._served is None:
            self._served = now
        due = int((now - self._served) * SAMPLE_RATE)
        self._served += due / SAMPLE_RATE
        self._queue.pull(min(due, self._queue.waiting))

    def drain(self) -> None:
        """Wait until what is queued has been played, and let the device go."""
        end = time.monotonic() + self._queue.waiting / SAMPLE_RATE + 2 * LATENCY_SECONDS
        while self.alive and self._queue.waiting and time.monotonic() < end:
            time.sleep(BLOCK / SAMPLE_RATE)
        if self.alive:
            self._end(_finish)
        self.close()


class DeviceMicrophone(_Stream):
    """Takes sound from a device, paired with what is played; from none, silence.

    Args:
        wanted: The device's number or name; None is the system's default.
        queue: What is played meanwhile.
        wake: Set whenever the device has given something.
    """

    def __init__(self, wanted: str | None, queue: PlayQueue, wake: threading.Event) -> None:
        super().__init__("microphone", wanted, wake)
        self._queue = queue
        self._chunks: deque[tuple[Samples, int]] = deque()
        self._pairing: CaptureAlignment | None = None
        self._begun: tuple[deque[tuple[Samples, int]], int] | None = None
        """A stream that was opened, perhaps by another thread, and its rate."""

    def open(self) -> None:
        """Begin to listen.

        Raises:
            AssistantError: the device is not there or can't be opened.
        """
        device = choose("microphone", self._wanted).device

        def keep(taken: npt.NDArray[np.float32], _: int, __: object, status: object) -> None:
            chunks.append((_sound(taken[:, 0]), self._queue.played))
            self._noticed(status)

        chunks: deque[tuple[Samples, int]] = deque()
        self._begin("InputStream", 1, device=device.index, samplerate=device.rate, callback=keep)
        self._begun = (chunks, device.rate)

    def take(self, count: int) -> list[Samples]:
        """Return the blocks (BLOCK,) that are there, at most `count`."""
        if self._begun is not None:
            (self._chunks, rate), self._begun = self._begun, None
            if self._pairing is None:
                self._pairing = CaptureAlignment(rate)
            else:
                self._pairing.restart(rate)
        pairing = self._pairing
        if pairing is None:
            return []
        while self._chunks:
            pairing.add(*self._chunks.popleft())
        if not self.alive:
            pairing.absent(self._queue.played)
        return pairing.take(count)

    def restart(self) -> None:
        """Drop what came in while it was not asked for, and align anew."""
        self._chunks.clear()
        if self._pairing is not None:
            self._pairing.forget()
            self._pairing.restart()

    def keep_pace(self, skew: float) -> None:
        """Resample so that an echo stands still that got later by so many samples with each sample."""
        if self._pairing is not None:
            self._pairing.keep_pace(skew)

    def take_lost(self) -> int:
        """Return how many samples were lost since the last time."""
        return 0 if self._pairing is None else self._pairing.take_lost()


def _sound(samples: npt.NDArray[np.float32]) -> Samples:
    """Copy what a device gave; what is no sound would stay in every filter behind it for ever."""
    return np.clip(np.nan_to_num(samples, posinf=0.0, neginf=0.0), -1.0, 1.0)


def _finish(stream: Any) -> None:
    stream.stop(ignore_errors=True)
    stream.close(ignore_errors=True)


def play_out(samples: Samples, wanted: str | None) -> None:
    """Play samples on a loudspeaker and return when they have been played.

    Args:
        samples: The sound.
        wanted: The device's number or name; None is the system's default.

    Raises:
        AssistantError: there is no such device, or it does not play.
    """
    queue, wake = PlayQueue(), threading.Event()
    queue.put(samples)
    loudspeaker = DeviceLoudspeaker(wanted, queue, wake)
    loudspeaker.open()
    if not wake.wait(_START_SECONDS):
        loudspeaker.close()
        raise AssistantError("The loudspeaker does not play. See `imprint devices`, and choose another.")
    loudspeaker.drain()
