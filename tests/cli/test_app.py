"""The command line itself."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("arguments", [("--help",), ("plan", "nothing")])
def test_a_terminal_that_does_not_know_its_width_is_shown_something(arguments: tuple[str, ...]) -> None:
    """Help, or what is wrong; and no traceback."""
    program = "from assistant.cli import main; main()"
    shown = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "COLUMNS": "0"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert len(shown.stdout + shown.stderr) > 40
    assert "Traceback" not in shown.stderr
