"""The public record."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from assistant.errors import AssistantError
from assistant.session.event_log import EventLog, as_line
from assistant.session.records import CueSpoken, Entry, Record, Silenced
from tests.session.entries import LINES, phase
from tests.session.reading import read_line


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
