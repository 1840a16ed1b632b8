"""Files in place of devices."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.live.files import free_folder, refuse_same_file


def test_a_second_recording_leaves_the_first_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes into a folder with a number."""
    wanted = tmp_path / "record"
    assert free_folder(wanted) == wanted
    wanted.mkdir()
    assert free_folder(wanted) == wanted
    (wanted / "events.jsonl").touch()
    assert free_folder(wanted) == tmp_path / "record-2"
    (tmp_path / "record-2").mkdir()
    (tmp_path / "record-2" / "session.wav").touch()
    assert free_folder(wanted) == tmp_path / "record-3"
    monkeypatch.chdir(wanted)
    assert free_folder(Path()) == tmp_path / "record-3"


def test_the_coach_is_not_written_over_what_it_listens_to(tmp_path: Path) -> None:
    """Whatever the two are called."""
    (tmp_path / "link.wav").symlink_to(tmp_path / "both.wav")
    refuse_same_file(None, "both.wav")
    refuse_same_file(str(tmp_path / "mic.wav"), str(tmp_path / "both.wav"))
    with pytest.raises(InputError, match=r"both\.wav.*Give --speaker another file"):
        refuse_same_file(str(tmp_path / "both.wav"), str(tmp_path / "link.wav"))
