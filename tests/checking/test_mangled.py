"""Whatever becomes of a file, it is read or refused with file, line and remedy, soon and in little memory."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.mangled import MOST_MEGABYTES, MOST_SECONDS, run


def test_mangled_files_are_read_or_refused(tmp_path: Path) -> None:
    """Three hundred of all kinds; `tests/benchmarks/mangled.py` does as many as one likes."""
    done = run(300, 7, tmp_path)
    assert done.wrong == ()
    assert sum(done.outcomes.values()) == done.files == 300
    assert min(done.outcomes["read"], done.outcomes["refused"]) > 10
    assert done.slowest_seconds < MOST_SECONDS, done.slowest
    # Of the whole process; the limit itself is held where nothing else runs in it.
    assert done.grown_megabytes < MOST_MEGABYTES
