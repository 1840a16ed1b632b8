"""Which microphone and loudspeaker there are, which would be used, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias, cast

from assistant.errors import AssistantError, InputError
from assistant.live.files import is_sound_file

Kind: TypeAlias = Literal["microphone", "loudspeaker"]

_SIDE: dict[Kind, str] = {"microphone": "input", "loudspeaker": "output"}
_OPTION: dict[Kind, str] = {"microphone": "--mic", "loudspeaker": "--speaker"}


@dataclass(frozen=True, slots=True)
class Device:
    """One sound device as PortAudio lists it."""

    index: int
    name: str
    system: str
    """The sound system that offers it, such as ALSA."""
    input_channels: int
    output_channels: int
    rate: int
    """Its own sample rate in hertz."""

    def channels(self, kind: Kind) -> int:
        """Return its channels in a direction."""
        return self.input_channels if kind == "microphone" else self.output_channels


@dataclass(frozen=True, slots=True)
class Choice:
    """A device that is used, and why."""

    device: Device
    why: str


def portaudio() -> Any:
    """Return the sounddevice module, which has no types of its own.

    Raises:
        AssistantError: PortAudio is not installed.
    """
    try:
        # PortAudio is loaded by the import, and may not be installed.
        import sounddevice  # noqa: PLC0415
    except OSError as error:
        raise AssistantError(
            "PortAudio is not installed, so there is no sound. Paste this: "
            "sudo apt-get install libportaudio2 (on macOS it comes with Imprint)"
        ) from error
    return cast(Any, sounddevice)


def list_devices() -> list[Device]:
    """Return every device; none where PortAudio is missing or finds nothing."""
    try:
        module = portaudio()
    except AssistantError:
        return []
    try:
        found: list[dict[str, Any]] = list(module.query_devices())
        systems: list[str] = [api["name"] for api in module.query_hostapis()]
    except module.PortAudioError:
        return []
    return [
        Device(
            index,
            str(entry["name"]),
            systems[int(entry["hostapi"])],
            int(entry["max_input_channels"]),
            int(entry["max_output_channels"]),
            round(float(entry["default_samplerate"])),
        )
        for index, entry in enumerate(found)
    ]


def missing_device() -> str | None:
    """Say what is missing for a live session, such as "microphone"; None where nothing is."""
    devices = list_devices()
    missing = [kind for kind in _SIDE if not any(device.channels(kind) > 0 for device in devices)]
    return " and no ".join(missing) or None


def choose(kind: Kind, wanted: str | None = None) -> Choice:
    """Choose a device.

    Args:
        kind: What for.
        wanted: Its number or a part of its name; None is the system's default.

    Raises:
        InputError: there is no such device, or more than one.
    """
    wrong = partial(InputError, field=_OPTION[kind])
    if is_sound_file(wanted):
        remedy = "Give the number or a part of the name of one that `imprint devices` shows"
        raise wrong(f"{wanted!r} is a file, and this needs a {kind}", remedy=remedy)
    fitting = [device for device in list_devices() if device.channels(kind) > 0]
    if not fitting:
        remedy = "Plug one in, or give a WAV or FLAC file; `imprint rehearse` needs none"
        raise wrong(f"there is no {kind} here", remedy=remedy)
    if wanted is None:
        return _default(kind, fitting)
    if wanted.isdecimal():
        named = [device for device in fitting if device.index == int(wanted)]
    else:
        named = [device for device in fitting if device.name.casefold() == wanted.casefold()]
        named = named or [device for device in fitting if wanted.casefold() in device.name.casefold()]
    if len(named) == 1:
        return Choice(named[0], f"asked for with {_OPTION[kind]} {wanted}")
    known = ", ".join(f"{device.index} ({device.name})" for device in named or fitting)
    problem = f"{len(named)} devices are called {wanted!r}" if named else f"there is no {kind} {wanted!r}"
    raise wrong(problem, remedy=f"Give the number of one of: {known}. `imprint devices` shows more")


def _default(kind: Kind, fitting: list[Device]) -> Choice:
    module = portaudio()
    try:
        index = int(module.query_devices(kind=_SIDE[kind])["index"])
    except (module.PortAudioError, ValueError):
        index = -1
    default = next((device for device in fitting if device.index == index), None)
    if default is None:
        return Choice(fitting[0], "the first that there is; the system names no default")
    return Choice(default, "the system's default")
