"""A room in real time, on devices that are moved by hand."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.errors import InputError
from assistant.live.files import FileMicrophone, Recorder, is_sound_file
from assistant.live.play_queue import PlayQueue
from assistant.live.room import LONGEST_QUEUE_SECONDS, LiveRoom
from assistant.session.room import Taken
from assistant.sound import BLOCK, SAMPLE_RATE, Samples


class HandLoudspeaker:
    """Takes from the queue as many blocks as it is told to, whenever it is served."""

    def __init__(self, queue: PlayQueue) -> None:
        self.alive = False
        self.queue = queue
        self.at_once = 1
        self.flagged = 0

    def open(self) -> None:
        self.alive = True

    def serve(self) -> None:
        if self.alive:
            self.queue.pull(self.at_once * BLOCK)

    def drain(self) -> None:
        self.queue.pull(self.queue.waiting)
        self.close()

    def close(self) -> None:
        self.alive = False

    def take_flagged(self) -> int:
        flagged, self.flagged = self.flagged, 0
        return flagged


class HandMicrophone:
    """Gives what the far end is, delayed by some blocks, as a microphone with a buffer does."""

    def __init__(self) -> None:
        self.alive = False
        self.held = 0
        self.lost = 0
        self.level = 0.0

    def open(self) -> None:
        self.alive = True

    def take(self, count: int) -> list[Samples]:
        return [np.full(BLOCK, self.level, np.float32)] * max(count - self.held, 0)

    def close(self) -> None:
        self.alive = False

    def restart(self) -> None:
        self.held = 0

    def keep_pace(self, skew: float) -> None:
        pass

    def take_lost(self) -> int:
        lost, self.lost = self.lost, 0
        return lost

    def take_flagged(self) -> int:
        return 0


class Bench:
    """A room on such devices."""

    def __init__(self) -> None:
        self.queue = PlayQueue()
        self.loudspeaker = HandLoudspeaker(self.queue)
        self.microphone = HandMicrophone()
        self.room = LiveRoom(self.queue, self.loudspeaker, self.microphone, threading.Event())
        self.taken: list[Taken] = []
        self.given = 0

    def step(self, times: int = 1) -> None:
        for _ in range(times):
            self.given += 1
            self.taken += self.room.exchange(np.full(BLOCK, self.given, np.float32))


def test_devices_are_opened_when_the_queue_is_full() -> None:
    """So that the first word does not stutter."""
    bench = Bench()
    bench.step(9)
    assert not bench.room.opened
    bench.step()
    assert bench.room.opened
    assert bench.loudspeaker.alive
    assert bench.microphone.alive


def test_every_block_played_comes_back_with_what_the_microphone_took() -> None:
    """In order, each once, however the microphone lags."""
    bench = Bench()
    bench.microphone.held = 3
    bench.step(200)
    far = [int(taken.far[0]) for taken in bench.taken]
    assert far == list(range(1, len(far) + 1))
    assert len(far) > 150


def test_a_low_queue_is_filled_before_anything_is_listened_to() -> None:
    """The beat comes first; hearing catches up."""
    bench = Bench()
    bench.step(20)
    bench.loudspeaker.at_once = 8
    bench.step()
    bench.loudspeaker.at_once = 0
    before = len(bench.taken)
    bench.step(2)
    assert bench.queue.waiting == 4 * BLOCK
    assert len(bench.taken) == before
    bench.step(4)
    assert len(bench.taken) > before


def test_hearing_that_is_slower_than_the_sound_falls_behind() -> None:
    """By what was played and not heard yet."""
    bench = Bench()
    bench.step(20)
    assert bench.room.behind_seconds < 0.1
    bench.microphone.held = 1000
    bench.step(100)
    assert bench.room.behind_seconds == pytest.approx(100 * BLOCK / SAMPLE_RATE, abs=0.2)


def test_being_late_makes_the_queue_longer_and_is_told() -> None:
    """Up to a limit: after that it would be felt in every answer."""
    bench = Bench()
    bench.step(20)
    lengths: list[float] = []
    for _ in range(8):
        bench.loudspeaker.at_once = 60
        bench.step()
        bench.loudspeaker.at_once = 1
        bench.step(60)
        for dropout in bench.room.take_dropouts():
            assert dropout.what == "late"
            assert dropout.seconds > 0
            lengths.append(dropout.queue_seconds)
    assert lengths[0] == pytest.approx(0.24)
    assert lengths == sorted(lengths)
    assert lengths[-1] == LONGEST_QUEUE_SECONDS


def test_drop_outs_of_devices_are_told() -> None:
    """Those that the microphone lost, with their length, and those that a device reports."""
    bench = Bench()
    bench.step(20)
    bench.microphone.lost = 1600
    bench.loudspeaker.flagged = 2
    bench.step()
    assert [(d.what, d.seconds) for d in bench.room.take_dropouts()] == [("lost", 0.1), ("device", 0.0)]


@pytest.mark.parametrize(
    ("name", "is_file"), [("usb mic", False), ("3", False), ("in.wav", True), ("out.FLAC", True)]
)
def test_a_sound_file_is_told_from_a_device(name: str, is_file: bool) -> None:
    """By its ending; no name is the system's device."""
    assert is_sound_file(name) is is_file
    assert not is_sound_file(None)


def test_between_two_files_nobody_waits(tmp_path: Path) -> None:
    """What was recorded is heard beside what is written, sample by sample, and then silence."""
    said = np.linspace(0, 0.5, 5 * BLOCK + 40, dtype=np.float32)
    soundfile.write(tmp_path / "in.wav", said, SAMPLE_RATE, subtype="FLOAT")
    queue = PlayQueue()
    recorder = Recorder(tmp_path / "out.wav", queue, timed=False)
    microphone = FileMicrophone(tmp_path / "in.wav")
    room = LiveRoom(queue, recorder, microphone, threading.Event(), 0.0)
    taken: list[Taken] = []
    for i in range(8):
        taken += room.exchange(np.full(BLOCK, i / 10, np.float32))
    room.close(at_once=False)
    heard = np.concatenate([both.mic for both in taken])
    assert heard.size == 8 * BLOCK
    np.testing.assert_allclose(heard[: said.size], said, atol=1e-6)
    assert not heard[said.size :].any()
    written, _ = soundfile.read(tmp_path / "out.wav", dtype="float32")
    np.testing.assert_allclose(written[::BLOCK], np.arange(8) / 10, atol=1e-4)


def test_a_recorder_that_cannot_write_says_so(tmp_path: Path) -> None:
    """With the option to change."""
    with pytest.raises(InputError, match="--speaker"):
        Recorder(tmp_path / "no" / "out.wav", PlayQueue(), timed=False)


def test_a_deaf_room_takes_silence() -> None:
    """In whole blocks, so that the time goes on."""
    bench = Bench()
    bench.microphone.level = 0.5
    bench.step(20)
    assert bench.taken[-1].mic.max() == 0.5
    bench.room.deaf = True
    before = len(bench.taken)
    bench.step(10)
    assert len(bench.taken) == before + 10
    assert not np.concatenate([taken.mic for taken in bench.taken[before:]]).any()
