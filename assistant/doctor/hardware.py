"""PortAudio, the microphone and the loudspeaker."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from assistant.doctor.probes import Probe, ProbeError
from assistant.doctor.remedies import install_portaudio, volume
from assistant.errors import AssistantError, InputError
from assistant.hearing.clipping import clipped_runs
from assistant.hearing.health import LOUDEST_NOISE_DB
from assistant.hearing.sound_check import SILENT_PEAK
from assistant.live.devices import Device, Kind, choose, portaudio
from assistant.sound import SAMPLE_RATE, Samples, power_db
from assistant.speaking import earcons

LISTENING_SECONDS = 2.0
"""How long the microphone is listened to."""

_SWITCHING_SECONDS = 0.3
"""What is passed over first: a microphone that is switched on may crackle."""

_CHIME_GAIN = 0.5
"""The chime is half as loud as in a session."""


def look_at_portaudio() -> str:
    """Say PortAudio's version.

    Raises:
        ProbeError: it is not installed.
    """
    try:
        return str(portaudio().get_portaudio_version()[1])
    except AssistantError as error:
        raise ProbeError("PortAudio is not installed, so there is no sound", install_portaudio()) from error


def look_for_device(kind: Kind, wanted: str | None, sound_folder: Path = Path("/dev/snd")) -> str:
    """Say which device would be used, and why.

    Raises:
        ProbeError: there is none, or not the one that was asked for.
    """
    try:
        choice = choose(kind, wanted)
    except InputError as error:
        raise ProbeError(error.problem, _how_to_find(kind, wanted, sound_folder)) from error
    return f"{choice.device.name} ({'as in your settings' if wanted else choice.why})"


def judge_microphone(samples: Samples) -> str:
    """Say how loud a microphone's sound is, shape (n,), as the device gives it: resampled, flat tops ripple.

    Raises:
        ProbeError: it can't be listened to.
    """
    level = power_db(samples)
    if float(np.abs(samples).max(initial=0.0)) <= SILENT_PEAK:
        problem = "it gives silence: muted, switched off, or nobody spoke into one with a noise gate"
        raise ProbeError(problem, volume("microphone", 80))
    if clipped_runs(samples):
        raise ProbeError("it clips: its volume is too high", volume("microphone", 50))
    if level > LOUDEST_NOISE_DB:
        problem = f"the background is at {level:.0f} dB, too loud for a voice to be heard over it"
        raise ProbeError(problem, volume("microphone", 50))
    return f"{level:.0f} dB"


def listen(wanted: str | None, seconds: float = LISTENING_SECONDS) -> Samples:
    """Take some seconds of a microphone.

    Raises:
        InputError: there is no such device.
        ProbeError: it can't be opened.
    """
    with _opening("microphone", wanted) as (device, module):
        rate = device.rate
        count = round((seconds + _SWITCHING_SECONDS) * rate)
        form = {"samplerate": rate, "channels": 1, "dtype": "float32", "device": device.index}
        taken = module.rec(count, **form, blocking=True)
    return np.asarray(taken[round(_SWITCHING_SECONDS * rate) :, 0], np.float32)


def chime(wanted: str | None) -> str:
    """Play the sound with which a command is confirmed.

    Raises:
        InputError: there is no such device.
        ProbeError: it can't be opened.
    """
    with _opening("loudspeaker", wanted) as (device, module):
        rate = device.rate
        sound = np.asarray(soxr.resample(earcons.heard() * _CHIME_GAIN, SAMPLE_RATE, rate), np.float32)
        channels = min(device.output_channels, 2)
        played = np.repeat(np.pad(sound, (0, rate // 10))[:, None], channels, axis=1)
        module.play(played, samplerate=rate, device=device.index, blocking=True)
    return "a chime was played; if you did not hear it, turn the volume up"


def hardware_probes(microphone: str | None, loudspeaker: str | None) -> list[Probe]:
    """Return the probes of PortAudio and both devices; by number or name, None is the system's default."""

    def level() -> str:
        return judge_microphone(listen(microphone))

    unmute = volume("loudspeaker", 60)
    return [
        Probe("PortAudio", look_at_portaudio, install_portaudio()),
        Probe("microphone", lambda: look_for_device("microphone", microphone), needs="PortAudio"),
        Probe("microphone level", level, "imprint devices", needs="microphone"),
        Probe("loudspeaker", lambda: look_for_device("loudspeaker", loudspeaker), needs="PortAudio"),
        Probe("loudspeaker sound", lambda: chime(loudspeaker), unmute, needs="loudspeaker"),
    ]


def _how_to_find(kind: Kind, wanted: str | None, sound_folder: Path) -> str:
    if wanted is not None:
        return f"imprint settings unset {kind}"
    cards = list(sound_folder.glob("controlC*")) if sys.platform == "linux" else []
    if cards and not any(os.access(card, os.R_OK | os.W_OK) for card in cards):
        return 'sudo usermod -aG audio "$(id -un)"   # then log out and in again'
    return f"imprint devices   # after plugging a {kind} in"


@contextlib.contextmanager
def _opening(kind: Kind, wanted: str | None) -> Generator[tuple[Device, Any]]:
    """Give a device, and PortAudio to use it with.

    Raises:
        InputError: there is no such device.
        ProbeError: it can't be opened.
    """
    device, module = choose(kind, wanted).device, portaudio()
    try:
        yield device, module
    except (module.PortAudioError, ValueError) as error:
        used = "fuser -v /dev/snd/*   # what else uses it"
        raise ProbeError(f"the {kind} can't be opened ({error})", used) from error
