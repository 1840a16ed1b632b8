"""No command needs or uses a network, but `imprint models fetch`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

# Runs first in every Python that the commands start; sound servers are reached by sockets of the kind "unix".
DENIAL = """\
import os
import socket
import sys


def deny(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        where = arguments[0]
    elif event in ("socket.connect", "socket.bind", "socket.sendto"):
        where = arguments[1]
        if arguments[0].family == socket.AF_UNIX:
            return
    else:
        return
    # urllib3, which Vosk imports, asks in this way whether the machine knows IPv6 at all.
    if event == "socket.bind" and where[0] == "::1":
        return
    with open(os.environ["ATTEMPTS"], "a") as attempts:
        attempts.write(f"{event} {where}\\n")
    raise OSError("there is no network")


sys.addaudithook(deny)
"""

ROUTINE = "name: short\nwork:\n  - {exercise: double-leg, sets: 1, repetitions: 1, range: 2, rest: 6}\n"
ATHLETE = """\
says:
  - {at: {set: 1, repetition: 1, phase: lower, seconds: 0.6}, say: how many left}
answers: {how_sore: two}
"""

Offline = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def attempts(tmp_path: Path) -> Path:
    """Where each attempt to use a network is written down."""
    return tmp_path / "attempts"


@pytest.fixture
def offline(tmp_path: Path, attempts: Path, session_cache: Path) -> Offline:
    """Run a command with an empty HOME, where every socket to a network is denied."""
    hooks, home = tmp_path / "hooks", tmp_path / "home"
    hooks.mkdir()
    home.mkdir()
    (hooks / "sitecustomize.py").write_text(DENIAL, encoding="utf-8")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("IMPRINT_", "XDG_"))}
    environment = {
        **kept,
        "HOME": str(home),
        "IMPRINT_CACHE": str(session_cache),
        "PYTHONPATH": str(hooks),
        "ATTEMPTS": str(attempts),
    }

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from assistant.cli import main; main()", *map(str, arguments)],
            cwd=home,
            env=environment,
            capture_output=True,
            text=True,
            timeout=250,
            check=False,
        )

    return run


def test_a_session_and_all_around_it_need_no_network(
    offline: Offline, attempts: Path, tmp_path: Path
) -> None:
    """They work where there is none, and nothing so much as tries."""
    routine, out = tmp_path / "short.yaml", tmp_path / "out"
    athlete = tmp_path / "athlete.yaml"
    routine.write_text(ROUTINE, encoding="utf-8")
    athlete.write_text(ATHLETE, encoding="utf-8")
    for arguments in (
        ("rehearse", routine, "--athlete", athlete, "--out", out, "--data", tmp_path / "data"),
        ("hear", out / "session.wav"),
        ("history", "--data", tmp_path / "data"),
        ("export", "--data", tmp_path / "data", "--out", tmp_path / "mine.json", "--format", "json"),
        ("check",),
        ("plan",),
        ("settings",),
        ("voices",),
        ("models", "list"),
    ):
        done = offline(*arguments)
        assert done.returncode == 0, (arguments, done.stderr)
    offline("doctor")
    assert not attempts.exists(), attempts.read_text()


def test_fetching_a_model_does_and_says_so(offline: Offline, attempts: Path) -> None:
    """Which shows that the denial above would have been noticed."""
    done = offline("models", "fetch", "vosk-model-small-en-us-0.15")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert attempts.read_text().startswith("socket.")
