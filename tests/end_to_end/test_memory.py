"""What one session leaves for the next, with all audio on."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.memory import now_here
from assistant.journal.journal import SqliteJournal
from tests.journal.experienced import write_experienced

ROUTINE = """\
name: short
work:
  - {exercise: double-leg, repetitions: 2, range: 2}
"""

ATHLETE = """\
voice: en-us+f3
answers:
  {ready: ready, yesterday: one, rest_day: "yes", effort: six, reserve: three,
   soreness: one, carry_on: carry on}
"""

Imprint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def session(
    imprint: Imprint, tmp_path: Path, session_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[dict[str, Any]]]:
    """Rehearse a short session and give its record."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "own"))
    (tmp_path / "short.yaml").write_text(ROUTINE, encoding="utf-8")
    (tmp_path / "athlete.yaml").write_text(ATHLETE, encoding="utf-8")

    def run(*options: object) -> list[dict[str, Any]]:
        out = tmp_path / "out"
        status, _, err = imprint(
            *("rehearse", tmp_path / "short.yaml", "--athlete", tmp_path / "athlete.yaml", "--out", out),
            *options,
        )
        assert status == 0, err
        return [json.loads(line) for line in (out / "events.jsonl").read_text(encoding="utf-8").splitlines()]

    return run


def test_a_session_is_remembered_by_the_next(
    session: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    """It is shorter in words, asks how the last one was left, and both are in the journal."""
    data = tmp_path / "data"
    write_experienced(data, now_here())
    first, second = session("--data", data), session("--data", data)

    def cues(entries: list[dict[str, Any]]) -> list[str]:
        return [entry["id"] for entry in entries if entry["kind"] == "cue"]

    assert "setup_double_leg" in cues(first)
    assert "ask_yesterday" not in cues(first)
    assert "setup_double_leg" not in cues(second)
    assert "ask_yesterday" in cues(second)
    with closing(SqliteJournal(data)) as journal:
        states = [written.state for written in journal.sessions()]
        notes = [(note.what, note.value) for note in journal.notes()]
    assert [(one.sets, one.repetitions, one.effort, one.soreness) for one in states] == [(1, 2, 6, 1)] * 2
    assert [one.ended for one in states] == ["completed", "completed"]
    assert ("explained", "double-leg") in notes
    assert ("yesterday", 1) in notes


def test_a_rehearsal_leaves_nothing_where_the_person_keeps_theirs(
    session: Callable[..., list[dict[str, Any]]], tmp_path: Path
) -> None:
    """Neither tutorial nor screening is asked for, and no journal is made."""
    entries = session()
    asked = [entry["id"] for entry in entries if entry["kind"] == "cue" and "screen" in entry["id"]]
    assert asked == []
    assert not (tmp_path / "own").exists()
