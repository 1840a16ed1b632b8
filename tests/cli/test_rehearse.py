"""`imprint rehearse --data`: what is told is remembered."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.memory import now_here
from assistant.journal.journal import SqliteJournal
from assistant.journal.rows import Row
from assistant.rehearsal.rehearse import Rehearsed
from assistant.session.records import Entry
from tests.journal.experienced import write_experienced
from tests.session.entries import note


def _effort(value: int) -> Entry:
    return note(float(value), "effort", value)


def test_a_rehearsal_waits_for_the_journal(
    imprint: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However slow the disk: a kill finds everything in it that the record or the screen told."""
    write = SqliteJournal.write
    found: list[int | None] = []

    def write_slowly(journal: SqliteJournal, session: int | None, rows: Sequence[Row]) -> None:
        time.sleep(0.05)
        write(journal, session, rows)

    def rehearse(*arguments: Any, **_: Any) -> Rehearsed:
        watch: Callable[[Entry], None] = arguments[5]
        for value in (3, 4, 5):
            watch(_effort(value))
            with closing(SqliteJournal(tmp_path)) as journal:
                found.append(journal.sessions()[-1].state.effort)
        return Rehearsed(5.0, (), ())

    write_experienced(tmp_path, now_here())
    monkeypatch.setattr(SqliteJournal, "write", write_slowly)
    monkeypatch.setattr("assistant.rehearsal.rehearse.rehearse", rehearse)
    status, _, _ = imprint("rehearse", "--data", str(tmp_path))
    assert status == 0
    assert found == [3, 4, 5]
