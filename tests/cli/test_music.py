"""`--music` on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.mark.parametrize("command", ["start", "rehearse"])
@pytest.mark.parametrize(
    ("name", "problem"),
    [("nowhere", "there is no such file or folder"), ("bad.mp3", "can't be played"), ("empty", "no music")],
)
def test_bad_music_is_one_line_before_anything_begins(
    command: str,
    name: str,
    problem: str,
    imprint: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit 2; nothing is written, remembered or said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "data"))
    (tmp_path / "bad.mp3").write_text("no music", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    status, out, err = imprint(command, "--music", name)
    assert (status, out) == (2, "")
    assert problem in err
    assert name in err
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "sessions").exists()
