"""PortAudio's streams at their end, where PortAudio may hang."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from assistant.live import streams
from assistant.live.devices import Choice, Device, Kind
from assistant.live.play_queue import PlayQueue
from assistant.live.streams import DeviceLoudspeaker, DeviceMicrophone

SYSTEM = Device(0, "USB", "ALSA", 1, 2, 48_000)


class HandStream:
    """A stream that asks once, when it is started, and may hang when it is ended."""

    def __init__(self, callback: Callable[..., None], channels: int, end: threading.Event) -> None:
        self.active = True
        self.done: list[str] = []
        self.callback = callback
        self._channels = channels
        self._end = end

    def start(self) -> None:
        self.callback(np.zeros((480, self._channels), np.float32), 480, None, 0)

    def stop(self, ignore_errors: bool) -> None:
        self._end.wait()
        self.done.append("stop")

    def close(self, ignore_errors: bool) -> None:
        self._end.wait()
        self.done.append("close")


class HandPortAudio:
    """PortAudio in sounddevice's form; `end` is set while it does not hang."""

    class PortAudioError(Exception):
        """What it raises."""

    def __init__(self) -> None:
        self.end = threading.Event()
        self.streams: list[HandStream] = []

    def OutputStream(self, callback: Callable[..., None], channels: int, **_: Any) -> HandStream:
        self.streams.append(HandStream(callback, channels, self.end))
        return self.streams[-1]

    InputStream = OutputStream


def choose(kind: Kind, wanted: str | None) -> Choice:
    return Choice(SYSTEM, "the only one")


@pytest.fixture
def portaudio(monkeypatch: pytest.MonkeyPatch) -> HandPortAudio:
    module = HandPortAudio()
    monkeypatch.setattr(streams, "portaudio", lambda: module)
    monkeypatch.setattr(streams, "choose", choose)
    # However slow the computer is that runs the tests.
    monkeypatch.setattr(streams, "DEAD_SECONDS", 60.0)
    return module


@pytest.fixture
def left_open(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    left: list[bool] = []
    monkeypatch.setattr(streams, "leave_open", lambda: left.append(True))
    return left


def test_devices_are_let_go_after_the_last_sound(portaudio: HandPortAudio, left_open: list[bool]) -> None:
    """What the device holds is played out first, which takes a moment; a microphone has nothing to play."""
    wake = threading.Event()
    loudspeaker = DeviceLoudspeaker(None, PlayQueue(), wake)
    microphone = DeviceMicrophone(None, PlayQueue(), wake)
    loudspeaker.open()
    microphone.open()
    assert loudspeaker.alive
    assert microphone.alive
    threading.Timer(0.05, portaudio.end.set).start()
    loudspeaker.drain()
    microphone.close()
    assert [stream.done for stream in portaudio.streams] == [["stop", "close"], ["close"]]
    assert not left_open


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 3e38])
def test_what_is_no_sound_does_not_deafen(bad: float, portaudio: HandPortAudio) -> None:
    """One such sample would stay in the resampler, and nothing be heard any more."""
    queue = PlayQueue()
    microphone = DeviceMicrophone(None, queue, threading.Event())
    microphone.open()
    quiet = np.full((480, 1), 0.01, np.float32)
    broken = quiet.copy()
    broken[7] = bad
    given: list[float] = []
    for chunk in [broken, *[quiet] * 60]:
        queue.put(np.zeros(160, np.float32))
        queue.pull(160)
        portaudio.streams[0].callback(chunk, 480, None, 0)
        given += [float(np.abs(block).max()) for block in microphone.take(100)]
    assert np.isfinite(given).all()
    assert given[-1] == pytest.approx(0.01, abs=1e-3)
    portaudio.end.set()
    microphone.close()


@pytest.mark.parametrize("how", ["drain", "close"])
def test_a_device_that_hangs_does_not_keep_us(
    portaudio: HandPortAudio, left_open: list[bool], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """It is left to the end of the program, which then must not wait for it either."""
    monkeypatch.setattr(streams, "CLOSE_SECONDS", 0.05)
    loudspeaker = DeviceLoudspeaker(None, PlayQueue(), threading.Event())
    loudspeaker.open()
    getattr(loudspeaker, how)()
    assert left_open == [True]
    assert not loudspeaker.alive
    portaudio.end.set()


_PROGRAM = """
import atexit, threading
from types import SimpleNamespace
from assistant.live import streams
from assistant.live.reconnect import in_thread

def hang():
    threading.Event().wait()

module = SimpleNamespace(_exit_handler=hang)
atexit.register(module._exit_handler)
streams.portaudio = lambda: module
in_thread(hang)
streams.leave_open()
print("over")
"""


def test_the_program_ends_though_portaudio_hangs() -> None:
    """Neither its own end nor a thread that waits for it holds ours up."""
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=True
    )
    assert ended.stdout == "over\n"
