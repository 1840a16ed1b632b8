"""The public record, and the sound beside it."""

from __future__ import annotations

import contextlib
import json
import re
import resource
from collections.abc import Generator
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import soundfile

from assistant.errors import AssistantError, InputError
from assistant.hearing.sound_check import read_checked
from assistant.live.files import free_folder, refuse_same_file
from assistant.session.event_log import EventLog, as_line, read_line
from assistant.session.records import CueSpoken, Entry, Record, Silenced
from assistant.session.room import RecordedRoom
from assistant.sound import BLOCK
from assistant.testing import SilentRoom
from tests.session.entries import LINES, phase


def test_a_block_is_written_in_the_order_of_time(tmp_path: Path) -> None:
    """One JSON object a line; times to the microsecond."""
    seen: list[Entry] = []
    with EventLog(tmp_path / "events.jsonl", seen.append) as log:
        log.add(phase(1.2345678).record, 1.2345678)
        log.add(CueSpoken("x", "X.", 1.0, 1.0, 1.2), 1.2)
        log.settle()
        log.add(Silenced(2.0), 2.0)
    lines = (tmp_path / "events.jsonl").read_text().splitlines()
    assert [read_line(line) for line in lines] == seen
    assert [(line["t"], line["kind"]) for line in map(json.loads, lines)] == [
        (1.2, "cue"),
        (1.2345678, "phase"),
        (2.0, "silence"),
    ]


@pytest.mark.parametrize(("record", "told"), LINES)
def test_each_kind_has_its_line(record: Record, told: str) -> None:
    """To the byte, for whatever reads it; and it is read as it was, but for digits beyond the seventh."""
    line = as_line(Entry(1.5, record))
    assert line == f'{{"t": 1.5, "kind": {told}}}'
    assert as_line(read_line(line)) == line
    assert type(read_line(line).record) is type(record)


def test_every_kind_of_record_is_tried() -> None:
    """So that none is added that can't be written."""
    assert {type(record) for record, _ in LINES} == set(get_args(Record))


def test_the_page_tells_the_fields_of_each_kind_in_order() -> None:
    """docs/events.md is what others read the file by."""
    page = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", page, re.MULTILINE))
    for record, _ in LINES:
        fields: dict[str, object] = json.loads(as_line(Entry(1.5, record)))
        kind = str(fields["kind"])
        places = [rows[kind].find(f"`{name}`") for name in fields if name not in ("t", "kind")]
        assert -1 not in places, kind
        assert places == sorted(places), kind


@pytest.mark.parametrize(
    "line", ["", "[]", "{}", '{"t": 1.0, "kind": "weather"}', '{"t": 1.0, "kind": "count"}']
)
def test_what_is_no_line_of_a_record_is_refused(line: str) -> None:
    """As half a line is."""
    with pytest.raises(ValueError, match=r"Expecting value|not a line of events\.jsonl"):
        read_line(line)


def test_whoever_reads_the_file_finds_in_it_what_was_remembered_before(tmp_path: Path) -> None:
    """The journal comes first: killed in between, the process must not have promised more."""
    path = tmp_path / "events.jsonl"
    written: list[str] = []
    with EventLog(path, lambda entry: written.append(path.read_text())) as log:
        log.add(Silenced(1.0), 1.0)
    assert written == [""]
    assert path.read_text()


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(AssistantError, match=r"events.jsonl: it can't be written.*choose another folder"):
        EventLog(tmp_path / "missing" / "events.jsonl")


def test_a_full_disk_is_one_sentence() -> None:
    """It is noticed at the line that did not fit."""
    log = EventLog(Path("/dev/full"))
    log.add(Silenced(0.0), 0.0)
    with pytest.raises(AssistantError, match="No space left"):
        log.settle()


def test_a_session_goes_on_without_its_record() -> None:
    """Whoever watches sees everything; why it is not written is told once."""
    seen: list[Entry] = []
    lost: list[AssistantError] = []
    with EventLog(Path("/dev/full"), seen.append, lost.append) as log:
        for second in range(3):
            log.add(Silenced(float(second)), float(second))
            log.settle()
    assert [entry.at for entry in seen] == [0.0, 1.0, 2.0]
    assert [str(why) for why in lost] == [
        "/dev/full: it can't be written (No space left on device). Free some space or choose another folder."
    ]


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


def test_a_second_recording_leaves_the_first_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes into a folder with a number."""
    wanted = tmp_path / "record"
    assert free_folder(wanted) == wanted
    wanted.mkdir()
    assert free_folder(wanted) == wanted
    (wanted / "events.jsonl").touch()
    assert free_folder(wanted) == tmp_path / "record-2"
    (tmp_path / "record-2").mkdir()
    (tmp_path / "record-2" / "session.wav").touch()
    assert free_folder(wanted) == tmp_path / "record-3"
    monkeypatch.chdir(wanted)
    assert free_folder(Path()) == tmp_path / "record-3"


def test_the_coach_is_not_written_over_what_it_listens_to(tmp_path: Path) -> None:
    """Whatever the two are called."""
    (tmp_path / "link.wav").symlink_to(tmp_path / "both.wav")
    refuse_same_file(None, "both.wav")
    refuse_same_file(str(tmp_path / "mic.wav"), str(tmp_path / "both.wav"))
    with pytest.raises(InputError, match=r"both\.wav.*Give --speaker another file"):
        refuse_same_file(str(tmp_path / "both.wav"), str(tmp_path / "link.wav"))
