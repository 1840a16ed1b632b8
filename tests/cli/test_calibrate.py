"""`imprint calibrate`, as far as it goes without hardware."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.calibration.kept import UNKNOWN, calibration_of
from assistant.errors import InputError
from assistant.live import calibrate as live
from assistant.live import devices
from assistant.live.calibrate import calibrated, device_names
from assistant.live.devices import Choice, Device, Kind
from assistant.live.pulse import behind_default

Imprint = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, session_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_a_rehearsal_of_it_shows_how_it_goes_and_keeps_nothing(imprint: Imprint, data: Path) -> None:
    """In a room where all is well."""
    status, out, err = imprint("calibrate", "--simulate")
    assert (status, err) == (0, "")
    lines = [line.strip() for line in out.splitlines()]
    assert lines.index("waits for: stop") < lines.index("heard: stop") < lines.index("heard: pause")
    for line in (
        "delay of the echo: 120 ms",
        "commands understood: 3 of 3",
        "All is well. I hear you clearly.",
    ):
        assert line in lines
    assert not data.exists()


def test_without_a_device_one_line_says_so(imprint: Imprint, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is spoken."""
    monkeypatch.setattr(devices, "list_devices", list)
    status, out, err = imprint("calibrate")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "no microphone" in err


def choosing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def choose(kind: Kind, wanted: str | None = None) -> Choice:
        return Choice(Device(0, wanted or name, "ALSA", 1, 1, 48_000), "")

    monkeypatch.setattr(live, "choose", choose)


def test_devices_behind_a_sound_server_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """PortAudio calls them all "default"."""
    choosing(monkeypatch, "default")
    monkeypatch.setattr(live, "behind_default", lambda: ("usb-mic", "hdmi"))
    assert device_names(None, None) == ("default: usb-mic", "default: hdmi")
    assert device_names("hw:1", None) == ("hw:1", "default: hdmi")
    monkeypatch.setattr(live, "behind_default", lambda: None)
    assert device_names(None, None) == ("default", "default")


def test_a_session_begins_with_what_was_kept_of_its_devices(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of recordings in their place nothing is known."""
    choosing(monkeypatch, "USB")
    assert calibrated(None, None) == UNKNOWN
    data.mkdir()
    (data / "calibrations.json").write_text(
        '{"format": 1, "pairs": [{"microphone": "USB", "loudspeaker": "USB", "at": "", '
        '"delay_seconds": 0.25}]}'
    )
    assert calibrated(None, None).delay_seconds == 0.25
    assert calibrated(None, None) == calibration_of(data, "USB", "USB")
    assert calibrated("a.wav", None) == UNKNOWN
    (data / "calibrations.json").write_text("{")
    with pytest.raises(InputError):
        calibrated(None, None)


def test_where_no_sound_server_runs_there_is_nothing_behind_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nobody waits for one."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert behind_default() is None
