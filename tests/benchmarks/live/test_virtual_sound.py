"""A private PulseAudio as loudspeaker and microphone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import AssistantError
from assistant.sound import SAMPLE_RATE, Samples, resample
from tests.benchmarks.live.recording import RATE
from tests.benchmarks.live.signals import find
from tests.benchmarks.live.virtual_sound import FEED, LOUDSPEAKER, MICROPHONE, VirtualSound

installed = pytest.mark.skipif(sys.platform != "linux", reason="the virtual hardware is PulseAudio on Linux")

PAUSE = np.zeros(SAMPLE_RATE // 10, np.float32)


@pytest.fixture(scope="module")
def sound() -> Iterator[VirtualSound]:
    """Virtual hardware that several tests share."""
    with VirtualSound() as hardware:
        yield hardware


def tone() -> Samples:
    """Half a second that is like nothing else: a tone that rises from 300 to 3,000 Hz."""
    seconds = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    return np.sin(2 * np.pi * (300 + 2700 * seconds) * seconds).astype(np.float32) * np.float32(0.3)


def root_mean_square(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


def is_gone(server: socket.socket) -> bool:
    """Whether the other end has closed, waiting for it."""
    try:
        return server.recv(1) == b""
    except ConnectionResetError:
        return True


@installed
def test_what_is_played_to_the_microphone_is_recorded_from_it(sound: VirtualSound) -> None:
    """At its level, at one place, and at the time at which it was played."""
    with sound.record(MICROPHONE) as recording:
        before = recording.time_of(recording.size)
        sound.play(np.concatenate([tone(), PAUSE]))
    heard = resample(tone(), SAMPLE_RATE, RATE)
    match = find(heard, recording.samples)
    assert match.correlation > 0.99
    first = round(match.sample)
    level = root_mean_square(recording.between(first, first + heard.size))
    assert level == pytest.approx(root_mean_square(heard), rel=0.02)
    assert before - 0.1 < recording.time_of(match.sample) < before + 1.0


@installed
def test_a_muted_microphone_gives_zeros(sound: VirtualSound) -> None:
    """Until it is no longer muted."""
    sound.mute_microphone(True)
    with sound.record(MICROPHONE) as recording:
        sound.play(np.concatenate([tone(), PAUSE]))
    sound.mute_microphone(False)
    assert not recording.samples.any()
    with sound.record(MICROPHONE) as recording:
        sound.play(np.concatenate([tone(), PAUSE]))
    assert recording.samples.any()


@installed
def test_noise_goes_on_until_it_is_hushed(sound: VirtualSound) -> None:
    """Beside what is said."""
    sound.noise(np.full(100, 0.1, np.float32), seconds=60)
    with sound.record(MICROPHONE) as recording:
        sound.play(np.concatenate([PAUSE, tone(), PAUSE]))
    assert recording.samples[RATE // 20 :].min() > -0.25
    sound.hush()
    sound.play(PAUSE)
    with sound.record(MICROPHONE) as recording:
        sound.play(PAUSE)
    assert not recording.samples.any()


@installed
def test_the_microphone_hears_the_loudspeaker_later_and_weaker(sound: VirtualSound) -> None:
    """By what the echo was given, within a block."""
    player = "import sys, numpy, sounddevice; sounddevice.play(numpy.load(sys.argv[1]), 16000, blocking=True)"
    sound.echo(True, latency_ms=60, volume_db=-6.0)
    with (
        sound.record(f"{LOUDSPEAKER}.monitor") as loudspeaker,
        sound.record(f"{FEED}.monitor") as microphone,
    ):
        path = Path(sound.environment["XDG_RUNTIME_DIR"]) / "tone.npy"
        np.save(path, np.concatenate([PAUSE, tone(), PAUSE, PAUSE]))
        # The environment is what lets a program of PortAudio find these devices.
        subprocess.run(
            [sys.executable, "-c", player, str(path)],
            env=sound.environment,
            capture_output=True,
            timeout=30,
            check=True,
        )
        sound.echo(False)
    heard = resample(tone(), SAMPLE_RATE, RATE)
    near, far = find(heard, loudspeaker.samples), find(heard, microphone.samples)
    assert min(near.correlation, far.correlation) > 0.99
    delay = microphone.time_of(far.sample) - loudspeaker.time_of(near.sample)
    assert delay == pytest.approx(0.06, abs=0.025)
    levels = [
        root_mean_square(recording.between(round(match.sample), round(match.sample) + heard.size))
        for recording, match in ((loudspeaker, near), (microphone, far))
    ]
    assert levels[1] / levels[0] == pytest.approx(10 ** (-6 / 20), rel=0.03)


@installed
def test_a_device_that_is_pulled_out_takes_its_streams_along_and_can_return(sound: VirtualSound) -> None:
    """A recording of it ends instead of going on with another device."""
    with sound.record(MICROPHONE) as recording:
        sound.unload(FEED)
        with pytest.raises(AssistantError, match="can't be recorded"):
            sound.record(MICROPHONE)
    ended = recording.size
    sound.load(FEED)
    sound.load(MICROPHONE)
    with sound.record(MICROPHONE) as again:
        sound.play(np.concatenate([tone(), PAUSE]))
    assert again.samples.any()
    assert recording.size == ended


@installed
def test_a_stream_may_be_moved_to_a_device_that_is_left(sound: VirtualSound) -> None:
    """As PulseAudio does by itself; the recording goes on."""
    with sound.record(MICROPHONE) as recording:
        sound.unload(MICROPHONE, cut=False)
        before = recording.size
        sound.play(np.concatenate([tone(), PAUSE]))
    sound.load(MICROPHONE)
    assert recording.size > before + RATE // 2


@installed
def test_nothing_is_left_behind_when_something_fails() -> None:
    """Neither the folder nor the server, whatever was going on."""

    def fail() -> None:
        with VirtualSound() as sound:
            folders.append(Path(sound.environment["XDG_RUNTIME_DIR"]))
            server.connect(f"{folders[0]}/native")
            sound.record(MICROPHONE)
            sound.play(tone(), wait=False)
            raise RuntimeError("something")

    folders: list[Path] = []
    with socket.socket(socket.AF_UNIX) as server:
        server.settimeout(10)
        with pytest.raises(RuntimeError, match="something"):
            fail()
        assert not folders[0].exists()
        assert is_gone(server)


@installed
def test_the_server_dies_with_a_program_that_is_killed(tmp_path: Path) -> None:
    """Even where that had no time to end it."""
    script = (
        "import sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from tests.benchmarks.live.virtual_sound import VirtualSound\n"
        "with VirtualSound() as sound:\n"
        "    print(sound.environment['XDG_RUNTIME_DIR'], flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        folder = program.stdout.readline().strip()
        with socket.socket(socket.AF_UNIX) as server:
            server.settimeout(10)
            server.connect(f"{folder}/native")
            os.kill(program.pid, signal.SIGKILL)
            assert is_gone(server)


def test_where_pulseaudio_is_missing_the_packages_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In one sentence that says what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    packages = "apt install pulseaudio pulseaudio-utils libasound2-plugins libportaudio2"
    with pytest.raises(AssistantError, match=packages), VirtualSound():
        pass
