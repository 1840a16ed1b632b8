"""What was measured is kept for each pair of devices."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.calibration.kept import UNKNOWN, Calibration, calibration_of, keep
from assistant.calibration.measured import Measured, Played, Quiet, Said
from assistant.calibration.sweep import Echo
from assistant.errors import InputError

NOW = datetime(2026, 3, 9, 18, tzinfo=UTC)


def measured(delay: float = 0.1234) -> Measured:
    said = Said("stop", understood=True, voice_db=-31.25, clipped=False)
    played = Played(Echo(delay, 1e4), echo_db=-30.0, clipped=False, silent=False)
    return Measured(Quiet(-70.0, clipped=False), played, (said,))


def test_each_pair_has_its_own(tmp_path: Path) -> None:
    """The latest of each counts."""
    keep(tmp_path / "data", "USB", "Built-in", measured(0.3), NOW)
    keep(tmp_path / "data", "USB", "HDMI", measured(0.2), NOW)
    path = keep(tmp_path / "data", "USB", "Built-in", measured(), NOW)
    assert calibration_of(tmp_path / "data", "USB", "Built-in") == Calibration(0.1234, -70.0, -31.2)
    assert calibration_of(tmp_path / "data", "USB", "HDMI").delay_seconds == 0.2
    assert calibration_of(tmp_path / "data", "HDMI", "USB") == UNKNOWN
    assert [file.name for file in path.parent.iterdir()] == ["calibrations.json"]
    assert json.loads(path.read_text())["pairs"][-1]["at"] == "2026-03-09T18:00:00+00:00"


def test_what_was_not_found_is_not_known(tmp_path: Path) -> None:
    """Headphones have no echo."""
    found = Measured(Quiet(-70.0, clipped=False), Played(None, None, clipped=False, silent=False))
    keep(tmp_path, "a", "b", found, NOW)
    assert calibration_of(tmp_path, "a", "b") == Calibration(None, -70.0, None)
    assert calibration_of(tmp_path / "none", "a", "b") == UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"format": 2, "pairs": []}',
        '{"format": 1, "pairs": [{"microphone": "a"}]}',
        '{"format": 1, "pairs": [{"microphone": "a", "loudspeaker": "b", "at": "", "delay_seconds": 99}]}',
    ],
)
def test_a_damaged_file_is_told_and_replaced_by_the_next_calibration(tmp_path: Path, text: str) -> None:
    """It holds nothing that can't be measured again."""
    (tmp_path / "calibrations.json").write_text(text)
    with pytest.raises(InputError, match="imprint calibrate"):
        calibration_of(tmp_path, "a", "b")
    keep(tmp_path, "a", "b", measured(), NOW)
    assert calibration_of(tmp_path, "a", "b").delay_seconds == 0.1234


def test_what_can_not_be_kept_is_told(tmp_path: Path) -> None:
    """With the file's name."""
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"calibrations\.json"):
        keep(tmp_path / "file", "a", "b", measured(), NOW)


def test_noise_as_it_was_when_measured_does_not_count_as_drowning() -> None:
    """However quiet the voice was; nothing is said without both."""
    assert Calibration(0.1, -70.0, -31.0).drowned_db == -31.0
    assert Calibration(0.1, -40.0, -35.0).drowned_db == -28.0
    assert Calibration(0.1, -40.0, None).drowned_db is None
    assert UNKNOWN.drowned_db is None
