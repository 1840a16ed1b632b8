"""The public record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from assistant.record import Entry, Record


def test_a_block_is_written_in_the_order_of_time(tmp_path: Path) -> None:
    """One JSON object a line; times to the microsecond."""
    seen: list[Entry] = []
    with Record(tmp_path / "events.jsonl", seen.append) as record:
        record.add("phase", 1.2345678, phase="lower")
        record.add("cue", 1.2, id="x")
        record.settle()
        record.add("silence", 2.0, start=2.0)
    lines = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    assert lines == seen
    assert [(line["t"], line["kind"]) for line in lines] == [
        (1.2, "cue"),
        (1.2345678, "phase"),
        (2.0, "silence"),
    ]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """With what to do."""
    with pytest.raises(AssistantError, match=r"events.jsonl: it can't be written.*--out"):
        Record(tmp_path / "missing" / "events.jsonl")


def test_a_full_disk_is_one_sentence() -> None:
    """It is noticed at the line that did not fit."""
    record = Record(Path("/dev/full"))
    record.add("silence", 0.0)
    with pytest.raises(AssistantError, match="No space left"):
        record.settle()
