"""docs/first-session.md: a newcomer's hour, every command of it, in its order."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli import app
from assistant.live import devices

PAGE = (Path(__file__).parent.parent / "docs" / "first-session.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    imprint (.+)$", PAGE, re.MULTILINE)

LIVE = ["calibrate", "start"]
"""Need devices; tests of sessions and of calibration have virtual ones."""


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, session_cache: Path) -> Path:
    """Somebody who has nothing yet, and no sound hardware."""
    for name in ("data", "config"):
        monkeypatch.setenv(f"IMPRINT_{name.upper()}", str(tmp_path / name))
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    monkeypatch.setattr(devices, "list_devices", list)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.timeout(300)
def test_every_command_works_in_the_order_of_the_page(
    imprint: Callable[..., tuple[int, str, str]], newcomer: Path
) -> None:
    """The doctor alone complains, of the devices that are not there."""
    assert len(COMMANDS) == PAGE.count("\n    imprint ") == 14
    for command in COMMANDS:
        if command in LIVE:
            continue
        status, out, said = imprint(*shlex.split(command))
        if command == "doctor":
            assert status == 1
            assert [line.split()[1] for line in out.splitlines() if line.startswith("wrong")] == [
                "microphone:",
                "loudspeaker:",
            ]
        else:
            assert status == 0, (command, said)
    assert (newcomer / "lift.wav").stat().st_size > 1000
    assert (newcomer / "rehearsal" / "session.wav").exists()


@pytest.mark.parametrize("command", LIVE)
def test_what_needs_devices_is_known_all_the_same(command: str) -> None:
    """To the command line itself."""
    assert command in COMMANDS
    handler, *_ = app.parse_args([command], print_error=False, exit_on_error=False)
    assert handler.__name__ == command
