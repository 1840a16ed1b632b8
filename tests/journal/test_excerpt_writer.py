"""Keeping excerpts beside the session."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from assistant.journal import excerpt_writer
from assistant.journal.excerpt_writer import ExcerptWriter
from assistant.journal.excerpts import read_excerpts
from assistant.session.misheard import Excerpt
from tests.session.excerpt import excerpt

AT = datetime.fromisoformat("2026-03-09T18:04:12+01:00")


class SlowDisk:
    """A disk that answers when it is told to."""

    def __init__(self, write: Callable[[Path, Excerpt, datetime], None]) -> None:
        self.answers = threading.Event()
        self._write = write

    def write(self, data: Path, one: Excerpt, at: datetime) -> None:
        """Write an excerpt, once it may."""
        assert self.answers.wait(60)
        self._write(data, one, at)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowDisk]:
    slow = SlowDisk(excerpt_writer.write_excerpt)
    monkeypatch.setattr(excerpt_writer, "write_excerpt", slow.write)
    yield slow
    slow.answers.set()


def test_the_session_does_not_wait_for_the_disk(tmp_path: Path, disk: SlowDisk) -> None:
    """What is handed over is written at the end at the latest, with the time at which it was handed over."""
    times = iter([AT, AT.replace(minute=5)])
    writer = ExcerptWriter(tmp_path, lambda: next(times))
    for _ in range(2):
        writer.put(excerpt())
    assert list(tmp_path.iterdir()) == []
    disk.answers.set()
    writer.close()
    assert [one.kept.at.minute for one in read_excerpts(tmp_path)[0]] == [5, 4]
    assert writer.problem is None


def test_the_end_of_a_session_does_not_wait_for_ever(
    tmp_path: Path, disk: SlowDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what is missing."""
    monkeypatch.setattr(excerpt_writer, "CLOSING_SECONDS", 0.05)
    writer = ExcerptWriter(tmp_path, lambda: AT)
    writer.put(excerpt())
    writer.close()
    assert writer.problem == "The last sound of what was misheard could not be written in time."


def test_a_disk_that_fails_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """And the session goes on without keeping any more."""
    (tmp_path / "misheard").touch()
    writer = ExcerptWriter(tmp_path, lambda: AT)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            writer.put(excerpt())
        writer.close()
    assert [record.getMessage() for record in caplog.records] == ["What was misheard is not kept any more"]
    assert writer.problem is not None
    assert writer.problem.startswith(f"{tmp_path / 'misheard'}: File exists.")
