"""Python, libraries, folders and disk are looked at."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from assistant.doctor.installation import (
    LIBRARIES,
    installation_probes,
    look_at_disk,
    look_at_folder,
    look_at_library,
    look_at_python,
)
from assistant.doctor.probes import ProbeError, examine

ROOT = Path(__file__).parent.parent.parent


def test_every_dependency_is_looked_at() -> None:
    """But the one that only macOS has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[=>;\s]", wanted)[0] for wanted in project["dependencies"]}
    assert set(LIBRARIES) == names - {"pyobjc-framework-Cocoa"}


def test_an_old_python_is_too_old() -> None:
    """With what to install."""
    assert look_at_python((3, 11, 2)).startswith("3.11.2")
    with pytest.raises(ProbeError, match=r"3\.10\.9 is older") as caught:
        look_at_python((3, 10, 9))
    assert "python3.11" in caught.value.paste


def test_a_library_is_told_with_its_version() -> None:
    """As it is installed."""
    assert re.match(r"\d+\.\d+", look_at_library("numpy"))


def test_a_library_that_is_missing_or_broken_is_installed_again() -> None:
    """The broken one in the version that is there."""
    with pytest.raises(ProbeError, match="not installed") as missing:
        look_at_library("imprint-nothing-of-the-kind")
    assert missing.value.paste.endswith("-m pip install --force-reinstall imprint-nothing-of-the-kind")

    def broken(_: str) -> object:
        raise OSError("libfoo.so: no such file")

    with pytest.raises(ProbeError, match=r"libfoo\.so") as caught:
        look_at_library("vosk", broken)
    assert re.search(r" vosk==[\d.]+$", caught.value.paste)
    # PortAudio is told by itself.
    assert look_at_library("sounddevice", broken)


def test_a_folder_is_made_and_written_in(tmp_path: Path) -> None:
    """And nothing is left in it."""
    assert look_at_folder(tmp_path / "a" / "b") == str(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    """With the line that makes it so."""
    (tmp_path / "it's a file").touch()
    with pytest.raises(ProbeError, match="can't be written") as caught:
        look_at_folder(tmp_path / "it's a file" / "b")
    assert "chmod" in caught.value.paste
    assert shlex.split(caught.value.paste)[3] == str(tmp_path / "it's a file" / "b")


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """Also of a folder that is not there yet."""
    assert look_at_disk(tmp_path / "none" / "yet", lambda _: 3_000_000_000) == "3.0 GB free"
    assert look_at_disk(tmp_path, lambda _: 200_000_000) == "200 MB free"
    with pytest.raises(ProbeError, match="5 MB free, less than 200 MB"):
        look_at_disk(tmp_path, lambda _: 5_000_000)
    assert "free" in look_at_disk(tmp_path / "none" / "yet")


def test_a_folder_that_hangs_keeps_nobody_waiting(tmp_path: Path) -> None:
    """Each has a time limit of its own."""
    probes = installation_probes({"data folder": tmp_path})
    assert all(0 < probe.seconds <= 30 for probe in probes)
    found = {finding.what: finding for finding in examine([p for p in probes if p.what not in LIBRARIES])}
    assert set(found) == {"Python", "data folder", "disk"}
