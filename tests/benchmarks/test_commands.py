"""The command line of the measurements."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run it from a folder, as `./run bench` does."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "tests.benchmarks", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'models'}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_help_names_what_can_be_measured(tmp_path: Path) -> None:
    """And how it is typed."""
    shown = run(tmp_path, "--help")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("Usage: ./run bench COMMAND")
    assert all(name in shown.stdout for name in ("latency", "timing", "hearing", "understood", "cost"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("hearing", "--data", "."),
            ".: there is no manifest.jsonl in the folder. Give a folder of recordings",
        ),
        (("hearing", "--errors", "no/x"), "no/x: No such file or directory. Check the name."),
        (("hearing", "--sets", "songs"), "field --sets: there is no set 'songs'. Use some of: keywords,"),
        (("understood", "--parts", "songs"), "no sentence is of these parts and meanings. See the names in"),
        (("latency", "--trials", "0"), "field --trials: 0 trials are out of range. Give 1 to 1000."),
        (("timing", "--minutes", "0"), "field --minutes: 0 minutes are out of range. Give 0.1 to 120."),
        (("cost", "--model", "none"), "none"),
        (("timing", "--minute", "3"), "Unknown option: --minute. Did you mean --minutes?"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """With what to do, a status that is not 0, and no traceback."""
    refused = run(tmp_path, *arguments)
    first, *more = refused.stderr.splitlines()
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert first.startswith(f"./run bench: {said}")
    assert more in ([], ["See: ./run bench --help"])
