"""PortAudio and devices are looked at, as far as they are there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.doctor import hardware
from assistant.doctor.hardware import (
    chime,
    hardware_probes,
    judge_microphone,
    listen,
    look_at_portaudio,
    look_for_device,
)
from assistant.doctor.probes import ProbeError, examine
from assistant.errors import AssistantError
from assistant.live import devices
from assistant.sound import Samples


class HandPortAudio:
    """PortAudio with one device of 44100 Hz, in sounddevice's form; it takes what it is told to."""

    class PortAudioError(Exception):
        """What it raises."""

    def __init__(self, taken: float = 0.01, busy: bool = False, channels: int = 1) -> None:
        self.taken = taken
        self.busy = busy
        self.channels = channels
        self.played: list[tuple[int, ...]] = []

    def get_portaudio_version(self) -> tuple[int, str]:
        return 1, "PortAudio V19"

    def query_devices(self, kind: str | None = None) -> Any:
        device = {
            "index": 0,
            "name": "USB",
            "hostapi": 0,
            "max_input_channels": self.channels,
            "max_output_channels": 2 * self.channels,
            "default_samplerate": 44_100.0,
        }
        return [device] if kind is None else device

    def query_hostapis(self) -> list[dict[str, str]]:
        return [{"name": "ALSA"}]

    def rec(self, count: int, **options: Any) -> Any:
        if self.busy:
            raise self.PortAudioError("Device unavailable")
        assert options["samplerate"] == 44_100
        return self.taken * np.random.default_rng(0).uniform(-1, 1, (count, 1)).astype(np.float32)

    def play(self, played: Any, **options: Any) -> None:
        if self.busy:
            raise self.PortAudioError("Device unavailable")
        assert options["samplerate"] == 44_100
        self.played.append(played.shape)


@pytest.fixture
def usb(monkeypatch: pytest.MonkeyPatch) -> HandPortAudio:
    found = HandPortAudio()
    for module in (devices, hardware):
        monkeypatch.setattr(module, "portaudio", lambda: found)
    return found


def noise(level: float) -> Samples:
    return (level * np.random.default_rng(0).standard_normal(32_000)).astype(np.float32)


def test_a_microphone_that_hears_a_quiet_room_is_fine() -> None:
    """Its level is told."""
    assert judge_microphone(noise(10 ** (-55 / 20))) == "-55 dB"


@pytest.mark.parametrize(
    ("samples", "problem", "volume"),
    [
        (np.zeros(32_000, np.float32), "silence", "80%"),
        (np.clip(noise(2.0), -1, 1), "clips", "50%"),
        (noise(0.1), "too loud", "50%"),
    ],
)
def test_a_microphone_that_can_not_be_listened_to_is_told(
    samples: Samples, problem: str, volume: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Muted, clipping or drowned, with the volume that helps."""
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(ProbeError, match=problem) as caught:
        judge_microphone(samples)
    assert volume in caught.value.paste


def test_a_device_is_listened_to_at_its_own_rate(usb: HandPortAudio) -> None:
    """For two seconds."""
    assert listen(None).size == 2 * 44_100
    assert listen("usb", 1.0).size == 44_100
    assert chime(None)
    assert usb.played[0][1] == 2


def test_a_device_in_use_is_told(usb: HandPortAudio) -> None:
    """With the line that shows by what."""
    usb.busy = True
    for look in (listen, chime):
        with pytest.raises(ProbeError, match="can't be opened") as caught:
            look(None)
        assert "fuser" in caught.value.paste


@pytest.mark.usefixtures("usb")
def test_all_is_well_where_all_is_there() -> None:
    """In the order in which it is needed."""
    found = list(examine(hardware_probes(None, None)))
    assert [finding.what for finding in found] == [
        "PortAudio",
        "microphone",
        "microphone level",
        "loudspeaker",
        "loudspeaker sound",
    ]
    assert all(finding.ok for finding in found)
    assert look_for_device("microphone", "USB") == "USB (as in your settings)"


def test_without_portaudio_nothing_else_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is one line to paste."""

    def missing() -> Any:
        raise AssistantError("PortAudio is not installed")

    monkeypatch.setattr(hardware, "portaudio", missing)
    found = list(examine(hardware_probes(None, None)))
    assert [finding.what for finding in found] == ["PortAudio"]
    assert "portaudio" in str(found[0].paste)
    with pytest.raises(ProbeError):
        look_at_portaudio()


def test_a_device_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whether it was asked for, is unplugged, or must not be used by this person."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(devices, "portaudio", lambda: HandPortAudio(channels=0))
    with pytest.raises(ProbeError) as caught:
        look_for_device("microphone", "USB", tmp_path)
    assert caught.value.paste == "imprint settings unset microphone"
    with pytest.raises(ProbeError) as caught:
        look_for_device("loudspeaker", None, tmp_path)
    assert caught.value.paste.startswith("imprint devices")
    (tmp_path / "controlC0").touch()
    monkeypatch.setattr("os.access", lambda _path="", _mode=0: False)
    with pytest.raises(ProbeError) as caught:
        look_for_device("microphone", None, tmp_path)
    assert "usermod" in caught.value.paste
