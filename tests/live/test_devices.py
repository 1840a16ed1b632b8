"""Which device is used, and why."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.errors import InputError
from assistant.live import devices
from assistant.live.devices import choose, list_devices, missing_device


class HandPortAudio:
    """PortAudio's lists, made by hand, in sounddevice's form."""

    class PortAudioError(Exception):
        """What it raises."""

    def __init__(self, *found: tuple[str, int, int], default: int = -1) -> None:
        self._found = [
            {
                "index": i,
                "name": name,
                "hostapi": 0,
                "max_input_channels": inputs,
                "max_output_channels": outputs,
                "default_samplerate": 48_000.0,
            }
            for i, (name, inputs, outputs) in enumerate(found)
        ]
        self._default = default

    def query_devices(self, kind: str | None = None) -> Any:
        if kind is None:
            return self._found
        if self._default < 0:
            raise self.PortAudioError("no default")
        return self._found[self._default]

    def query_hostapis(self) -> list[dict[str, str]]:
        return [{"name": "ALSA"}]


LAPTOP = (("Built-in Audio", 2, 2), ("USB Microphone", 1, 0), ("HDMI", 0, 8), ("USB Headset", 1, 2))


@pytest.fixture
def laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "portaudio", lambda: HandPortAudio(*LAPTOP, default=0))


@pytest.mark.usefixtures("laptop")
def test_the_default_of_the_system_is_used() -> None:
    """Unless another is asked for."""
    choice = choose("microphone")
    assert (choice.device.name, choice.why) == ("Built-in Audio", "the system's default")
    assert choice.device.rate == 48_000


@pytest.mark.usefixtures("laptop")
@pytest.mark.parametrize("wanted", ["1", "usb mic", "USB Microphone"])
def test_a_device_is_asked_for_by_number_or_a_part_of_its_name(wanted: str) -> None:
    """In any case of letters."""
    choice = choose("microphone", wanted)
    assert choice.device.index == 1
    assert wanted in choice.why


@pytest.mark.usefixtures("laptop")
@pytest.mark.parametrize(
    ("wanted", "problem"), [("USB", "2 devices"), ("9", "no microphone"), ("HDMI", "no microphone")]
)
def test_what_is_no_device_or_more_than_one_is_refused(wanted: str, problem: str) -> None:
    """With those that there are; a loudspeaker is no microphone."""
    with pytest.raises(InputError, match=problem) as error:
        choose("microphone", wanted)
    assert "--mic" in str(error.value)
    assert "USB Microphone" in str(error.value)


def test_without_a_default_the_first_that_fits_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """And that is said."""
    monkeypatch.setattr(devices, "portaudio", lambda: HandPortAudio(*LAPTOP))
    choice = choose("loudspeaker")
    assert choice.device.index == 0
    assert "no default" in choice.why


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the person who has to plug it in."""
    for found, missing in [
        ((), "microphone and no loudspeaker"),
        ((("HDMI", 0, 8),), "microphone"),
        ((("USB", 1, 0),), "loudspeaker"),
        (LAPTOP, None),
    ]:
        monkeypatch.setattr(devices, "portaudio", lambda found=found: HandPortAudio(*found))
        assert missing_device() == missing
    monkeypatch.setattr(devices, "portaudio", HandPortAudio)
    assert list_devices() == []
    with pytest.raises(InputError, match="rehearse"):
        choose("loudspeaker")


def test_a_file_where_a_device_is_needed_is_no_missing_device() -> None:
    """Calibrating needs the real one."""
    with pytest.raises(InputError, match=r"'a\.wav' is a file, and this needs a microphone"):
        choose("microphone", "a.wav")
