"""A calibration on real devices."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator

from assistant.calibration.kept import UNKNOWN, Calibration, calibration_of
from assistant.errors import AssistantError
from assistant.live.devices import choose
from assistant.live.files import is_sound_file
from assistant.live.play_queue import PlayQueue
from assistant.live.pulse import behind_default
from assistant.live.room import LiveRoom
from assistant.live.streams import DeviceLoudspeaker, DeviceMicrophone
from assistant.places import data_folder

_SERVERS = frozenset({"default", "pulse", "pipewire", "sysdefault"})
"""Devices of PortAudio that are whatever the sound server says."""


@contextlib.contextmanager
def live_room(microphone: str | None, loudspeaker: str | None) -> Generator[LiveRoom]:
    """Open a room between two devices, by number or name; None is the system's default.

    Raises:
        AssistantError: a device is not there, can't be opened, or was lost before the end.
    """
    wake, queue = threading.Event(), PlayQueue()
    room = LiveRoom(
        queue, DeviceLoudspeaker(loudspeaker, queue, wake), DeviceMicrophone(microphone, queue, wake), wake
    )
    try:
        yield room
        for what, device in (("microphone", room.microphone), ("loudspeaker", room.loudspeaker)):
            if not device.alive:
                raise AssistantError(f"The {what} was lost. Plug it in, then start again: imprint calibrate")
    except BaseException:
        room.close(at_once=True)
        raise
    room.close(at_once=False)


def calibrated(microphone: str | None, loudspeaker: str | None) -> Calibration:
    """Return what was measured of the devices that a session uses; of files, nothing is known.

    Raises:
        InputError: what was kept is damaged, or a device is not there.
    """
    if is_sound_file(microphone) or is_sound_file(loudspeaker):
        return UNKNOWN
    return calibration_of(data_folder(), *device_names(microphone, loudspeaker))


def device_names(microphone: str | None, loudspeaker: str | None) -> tuple[str, str]:
    """Return the names by which two devices are known again.

    Raises:
        InputError: one of them is not there.
    """
    names = choose("microphone", microphone).device.name, choose("loudspeaker", loudspeaker).device.name
    if not _SERVERS.intersection(names) or (behind := behind_default()) is None:
        return names
    # Such a name stands for whatever device is the default now.
    microphone_name, loudspeaker_name = (
        (f"{name}: {real}" if name in _SERVERS else name) for name, real in zip(names, behind, strict=True)
    )
    return microphone_name, loudspeaker_name
