"""The sound of a session, beside its record."""

from __future__ import annotations

import contextlib
import resource
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.errors import AssistantError
from assistant.hearing.sound_check import read_checked
from assistant.session.room import RecordedRoom
from assistant.sound import BLOCK
from tests.stand_ins import SilentRoom


@contextlib.contextmanager
def _no_file_larger_than(size: int) -> Generator[None, None, None]:
    """Stand for a disk with so little room, in bytes."""
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, allowed[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)


def test_a_session_goes_on_without_its_sound(tmp_path: Path) -> None:
    """It is told once; what was written before can be heard."""
    lost: list[AssistantError] = []
    file = tmp_path / "session.wav"
    room = RecordedRoom(SilentRoom(), file, lost.append)
    block = np.full(BLOCK, 0.5, np.float32)
    with _no_file_larger_than(10 * BLOCK):
        assert [len(room.exchange(block)) for _ in range(9)] == [1] * 9
    room.close()
    assert [str(why).split(" (")[0] for why in lost] == [f"{file}: it can't be written"]
    both, _ = soundfile.read(file)
    assert BLOCK < len(both) < 9 * BLOCK
    assert both[0, 0] == 0.5


def test_a_rehearsal_is_nothing_without_its_sound(tmp_path: Path) -> None:
    """There, nobody is told but by the error."""
    room = RecordedRoom(SilentRoom(), tmp_path / "session.wav")
    block = np.zeros(BLOCK, np.float32)
    with _no_file_larger_than(2 * BLOCK), pytest.raises(AssistantError, match=r"session\.wav: it can't be"):
        room.exchange(block)


def test_a_recording_of_ours_is_heard_by_its_microphone(tmp_path: Path) -> None:
    """The right channel: on the left is the coach, who must not be taken for the person."""
    room = RecordedRoom(SilentRoom(), tmp_path / "session.wav")
    room.exchange(np.full(BLOCK, 0.5, np.float32))
    room.close()
    heard, hints = read_checked(tmp_path / "session.wav")
    assert not heard.any()
    assert [hint.what for hint in hints] == ["silent"]


def test_a_recorded_room_gives_way_as_its_room_does(tmp_path: Path) -> None:
    """And no other way."""
    room = SilentRoom()
    recorded = RecordedRoom(room, tmp_path / "session.wav")
    recorded.give_way(lowered=True)
    recorded.close()
    assert room.lowered == [True]
