"""What is counted of the calls, the renders and the reads."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tests.benchmarks.trace import (
    Calls,
    Reads,
    calls_of_command,
    calls_under,
    in_mid_lowering,
    reads_at_start,
    touched_in_session,
)

OUTER = """
def work(inner):
    return inside(inner) + inner()

def inside(inner):
    return sum(inner() for _ in range(2))
"""
INNER = "def inner():\n    return len('three')\n"
ROUTINE = "name: short\nwork:\n  - {exercise: double-leg, sets: 1, repetitions: 1, range: 2, rest: 6}\n"


@pytest.fixture
def routine(tmp_path: Path) -> str:
    """A session of one repetition."""
    path = tmp_path / "short.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return str(path)


def test_calls_are_counted_with_their_files_and_the_changes_between_them(tmp_path: Path) -> None:
    """A generator is called each time that it goes on; the same file again is no change."""
    (tmp_path / "outer.py").write_text(OUTER, encoding="utf-8")
    (tmp_path / "inner.py").write_text(INNER, encoding="utf-8")
    outer = runpy.run_path(str(tmp_path / "outer.py"))
    inner = runpy.run_path(str(tmp_path / "inner.py"))["inner"]
    # work, inside; the generator, inner, again, again, and its end; inner.
    assert calls_under(tmp_path, lambda: outer["work"](inner)) == Calls(8, 2, 5)
    assert calls_under(tmp_path / "elsewhere", lambda: outer["work"](inner)) == Calls(0, 0, 0)


@pytest.mark.parametrize("command", ["stop", "next_set"])
def test_a_command_is_traced_in_mid_lowering(command: str) -> None:
    """The coach acts on it, in more than one file."""
    stage = in_mid_lowering("leg-lifts")
    assert stage.phase == "lower"
    calls = calls_of_command(stage, command)
    assert stage.phase != "lower"
    assert 1 < calls.files <= calls.changes_of_file + 1 <= calls.calls


def test_reads_are_seen_while_it_is_watched_and_writing_is_no_read(tmp_path: Path) -> None:
    """Each time that a file is opened."""
    reads, path = Reads(), tmp_path.resolve() / "file"
    path.write_text("before", encoding="utf-8")
    path.read_text(encoding="utf-8")
    reads.watching = True
    path.write_text("meanwhile", encoding="utf-8")
    path.read_text(encoding="utf-8")
    path.read_bytes()
    reads.watching = False
    path.read_text(encoding="utf-8")
    assert [read for read in reads.paths if read.is_relative_to(tmp_path.resolve())] == [path, path]


def test_a_start_reads_each_file_at_least_once(
    routine: str, monkeypatch: pytest.MonkeyPatch, session_cache: Path
) -> None:
    """Those of the routine, of the voice and of the model, and the journal."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    started = reads_at_start(routine)
    assert all(reads >= files > 0 for reads, files in started.shelves.values())
    assert started.reads == sum(reads for reads, _ in started.shelves.values())
    assert started.reads - started.files == sum(times - 1 for times in started.again.values())


def test_a_whole_session_is_watched(
    routine: str, monkeypatch: pytest.MonkeyPatch, session_cache: Path
) -> None:
    """In every call of the coach and in these alone: the cache is cold, much more is rendered before."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    touched = touched_in_session(routine)
    assert touched.coach_calls > 10
    assert touched.renders == len(touched.rendered) < 20
