"""The command line itself."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli.app import write_log


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


def test_what_is_computed_waits_for_no_other_thread() -> None:
    """Where every core is busy, threads of a matrix product wait for each other for a tenth of a second."""
    program = """if True:
        import assistant.hearing.verification
        import numpy
        numpy.ones((400, 400)) @ numpy.ones((400, 400))
        print([line for line in open("/proc/self/status") if line.startswith("Threads")][0].split()[1])
    """
    environment = {name: value for name, value in os.environ.items() if "NUM_THREADS" not in name}
    shown = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert shown.stdout.strip() == "1"


def test_what_a_developer_needs_is_written_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Into the file that IMPRINT_LOG names, with its room; without it nowhere, and never on the terminal."""
    logger, file = logging.getLogger("assistant"), tmp_path / "imprint.log"
    before = logger.handlers[:]
    monkeypatch.delenv("IMPRINT_LOG", raising=False)
    write_log()
    assert logger.handlers == before
    monkeypatch.setenv("IMPRINT_LOG", str(file))
    write_log()
    try:
        logging.getLogger("assistant.live.monitor").debug("the %s is gone", "microphone")
    finally:
        [added] = logger.handlers[len(before) :]
        logger.removeHandler(added)
        added.close()
        logger.setLevel(logging.NOTSET)
    assert file.read_text(encoding="utf-8").endswith("DEBUG assistant.live.monitor: the microphone is gone\n")
    assert capsys.readouterr() == ("", "")


def test_a_log_that_cannot_be_written_is_one_line(
    imprint: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its name."""
    monkeypatch.setenv("IMPRINT_LOG", str(tmp_path / "missing" / "imprint.log"))
    status, _, err = imprint("devices")
    assert status == 2
    assert err.startswith(f"imprint: {tmp_path}/missing/imprint.log: No such file or directory.")
