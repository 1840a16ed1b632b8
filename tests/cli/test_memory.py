"""What the commands do about memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.cli.memory import load_remembered, now_here, remembering
from assistant.coaching.history import EXPERIENCED, History, PastSession
from assistant.journal.experienced import write_experienced
from assistant.places import shipped

EXERCISES = ("imprint-hold", "single-leg-bent", "single-leg", "double-leg")


@pytest.fixture
def routine(tmp_path: Path) -> str:
    """A routine that follows the ladder, from level 3 on."""
    path = tmp_path / "mine.yaml"
    path.write_text("name: mine\nstart_level: 3\nwork:\n  - {step: 0}\n", encoding="utf-8")
    return str(path)


def last(level: int) -> History:
    """Somebody who has trained before."""
    return History(sessions=(PastSession(3, level, "completed"),))


def exercise_of(routine: str, level: int | None, history: History) -> str:
    """Give the only exercise of a session."""
    return load_remembered(routine, str(shipped("voices") / "en"), level, history).plan.sets[0].exercise


def test_a_session_starts_where_the_last_one_left_off(routine: str) -> None:
    """Somebody new starts where the routine says."""
    assert exercise_of(routine, None, last(5)) == "double-leg"
    assert exercise_of(routine, None, History()) == "single-leg"


def test_a_level_that_is_asked_for_is_the_level(routine: str) -> None:
    """Whatever is remembered."""
    assert exercise_of(routine, 1, last(5)) == "single-leg-bent"


def test_a_remembered_level_that_is_no_rung_is_the_next_below(routine: str) -> None:
    """The ladder may have changed since."""
    assert exercise_of(routine, None, last(99)) == exercise_of(routine, 10, History())
    assert exercise_of(routine, None, last(-1)) == "imprint-hold"


def test_what_is_wrong_with_the_journal_is_told_before_and_after(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line each time, and the session goes on."""
    (tmp_path / "data").touch()
    with remembering(tmp_path / "data") as memory:
        told = capsys.readouterr().err
        assert memory.history == History()
    assert told.startswith("imprint: ")
    assert told.count("\n") == 1
    assert capsys.readouterr().err == ""


def test_a_rehearsal_of_nobody_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the person's own journal is."""
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "data"))
    with remembering(None) as memory:
        assert memory.history == EXPERIENCED
    assert list(tmp_path.iterdir()) == []


def test_days_are_counted_from_today_on_this_computers_calendar(tmp_path: Path) -> None:
    """With its offset from UTC."""
    now = now_here()
    assert now.utcoffset() is not None
    write_experienced(tmp_path, now - timedelta(days=4))
    with remembering(tmp_path) as memory:
        assert memory.history.screened_days_ago in (4, 5)


def test_a_live_session_without_a_device_leaves_no_trace_of_training(
    tmp_path: Path, imprint: Callable[..., tuple[int, str, str]]
) -> None:
    """It ends before it begins: the next one is the first."""
    said = tmp_path / "said.wav"
    status, _, _ = imprint("start", "--mic", said, "--speaker", tmp_path / "x.wav", "--data", tmp_path / "d")
    assert status == 2
    with remembering(tmp_path / "d") as memory:
        assert memory.history == History()
