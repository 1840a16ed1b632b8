"""Which sound devices there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast


def _devices() -> Iterable[Mapping[str, Any]]:
    try:
        # PortAudio is loaded by the import, and may not be installed: then there is no device.
        import sounddevice  # noqa: PLC0415
    except OSError:
        return []
    module = cast(Any, sounddevice)
    try:
        return cast("list[dict[str, Any]]", list(module.query_devices()))
    except module.PortAudioError:
        return []


def missing_device() -> str | None:
    """Say what is missing for a live session, such as "microphone"; None where nothing is."""
    devices = list(_devices())
    missing = [
        name
        for name, channels in (
            ("microphone", "max_input_channels"),
            ("loudspeaker", "max_output_channels"),
        )
        if not any(device[channels] > 0 for device in devices)
    ]
    return " and no ".join(missing) or None
