"""Virtual sound hardware: a loudspeaker and a microphone on a private PulseAudio."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from typing import IO, Self

import numpy as np

from assistant.errors import AssistantError
from assistant.sound import SAMPLE_RATE, Samples
from tests.benchmarks.live.pulse import ANSWER_SECONDS, PulseServer, tied
from tests.benchmarks.live.recording import RATE, Recording

LOUDSPEAKER, FEED, MICROPHONE = "spk", "micfeed", "mic"
"""The devices: what the program plays into, what the person speaks into, what the program records from."""

_LOUDSPEAKER_MONITOR = f"{LOUDSPEAKER}.monitor"
# Without norewinds a first block comes two seconds late.
_MODULES = {
    LOUDSPEAKER: f"module-null-sink sink_name={LOUDSPEAKER} rate={RATE} channels=2 norewinds=1",
    FEED: f"module-null-sink sink_name={FEED} rate={RATE} channels=1 norewinds=1",
    MICROPHONE: f"module-remap-source source_name={MICROPHONE} master={FEED}.monitor",
}
_OPENING_SECONDS = 2.0
_LATENCIES_MS = {"--playback": 200, "--record": 10}
"""What is recorded is wanted at once; what is played must not run dry when the computer is busy."""


class VirtualSound:
    """A loudspeaker and a microphone while the context lasts; nothing else on the computer is touched.

    Raises:
        AssistantError: PulseAudio or its tools are not installed, or it did not start.
    """

    def __init__(self) -> None:
        self._server = PulseServer()
        self._players: list[subprocess.Popen[bytes]] = []
        self._recordings: list[Recording] = []
        self._holders: dict[str, subprocess.Popen[bytes]] = {}
        self._loaded: dict[str, str] = {}
        self._echo: str | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables with which a child process finds these devices and no others."""
        # By name: when one is unplugged, PulseAudio would give the program another device for it.
        return {**self._server.environment, "PULSE_SINK": LOUDSPEAKER, "PULSE_SOURCE": MICROPHONE}

    def play(self, samples: Samples, wait: bool = True) -> None:
        """Let the microphone hear samples, mono at SAMPLE_RATE; by default until they have sounded."""
        # From a file: no thread has to keep writing while it plays.
        with tempfile.TemporaryFile(dir=self._server.folder) as file:
            file.write(np.asarray(samples, np.float32).tobytes())
            file.seek(0)
            player = self._stream("--playback", FEED, SAMPLE_RATE, stdin=file)
        self._players = [playing for playing in self._players if playing.poll() is None]
        self._players.append(player)
        if wait:
            try:
                player.wait(samples.size / SAMPLE_RATE + ANSWER_SECONDS)
            except subprocess.TimeoutExpired as error:
                raise AssistantError("The virtual microphone is stuck. Start again.") from error

    def noise(self, samples: Samples, seconds: float) -> None:
        """Let the microphone hear samples over and over for some seconds, beside all else."""
        self.play(np.resize(samples, round(seconds * SAMPLE_RATE)), wait=False)

    def hush(self) -> None:
        """End what is being played to the microphone."""
        for player in self._players:
            self._end(player)
        self._players.clear()

    def record(self, source: str) -> Recording:
        """Record what a device gives, such as `spk.monitor`; begun when this returns, until it is closed.

        A recording of a device that is unloaded ends with it.

        Raises:
            AssistantError: the device gives nothing.
        """
        recording = Recording(self._stream("--record", source, RATE, stdout=subprocess.PIPE))
        self._recordings.append(recording)
        recording.wait_until_begun()
        return recording

    def echo(self, on: bool, latency_ms: int = 30, volume_db: float = 0.0) -> None:
        """Let the microphone hear the loudspeaker, or no longer.

        The echo goes with either device when it is unloaded, and does not return with it.

        Args:
            on: Whether it hears it; a new latency or volume replaces those before.
            latency_ms: How much later.
            volume_db: How much louder, in decibels.
        """
        if self._echo is not None:
            # It may have gone with a device.
            with contextlib.suppress(AssistantError):
                self._server.pactl("unload-module", self._echo)
            self._echo = None
        if on:
            # Without adjust_time=0 it would stray by 50 ppm, now this way, now that.
            loopback = (
                f"module-loopback source={_LOUDSPEAKER_MONITOR} sink={FEED} latency_msec={latency_ms} "
                "adjust_time=0 source_dont_move=1 sink_dont_move=1"
            )
            self._echo = self._server.pactl("load-module", *loopback.split())
            rows = self._server.rows("sink-inputs")
            stream = next(row[0] for row in rows if "module-loopback.c" in row)
            # A plain factor: "-6dB" would be taken as a step down from the volume before.
            self._server.pactl("set-sink-input-volume", stream, f"{10 ** (volume_db / 20):.6f}")

    def mute_microphone(self, on: bool) -> None:
        """Mute the microphone, as its switch does, or no longer."""
        self._server.pactl("set-source-mute", MICROPHONE, "1" if on else "0")

    def load(self, name: str) -> None:
        """Plug a device in: `spk`, `micfeed` or `mic`."""
        self._loaded[name] = self._server.pactl("load-module", *_MODULES[name].split())
        if name != MICROPHONE:
            # A null sink's blocks shrink to the smallest that a stream asks for; a device's do not change.
            self._holders[name] = self._stream("--record", f"{name}.monitor", RATE)
        if name == LOUDSPEAKER:
            self._server.pactl("set-default-sink", LOUDSPEAKER)
        elif name == MICROPHONE:
            self._server.pactl("set-default-source", MICROPHONE)

    def unload(self, name: str, cut: bool = True) -> None:
        """Pull a device out; with `micfeed` the `mic` goes as well.

        Args:
            name: `spk`, `micfeed` or `mic`.
            cut: Whether the streams on it end with an error. Otherwise PulseAudio moves them to a device
                that is left: what is played then goes into the microphone.
        """
        if name == FEED and MICROPHONE in self._loaded:
            self.unload(MICROPHONE, cut)
        if cut:
            self._wait_until_used(name)
            self._server.cut_streams(name)
        if name in self._holders:
            self._end(self._holders.pop(name))
        self._server.pactl("unload-module", self._loaded.pop(name))

    def close(self) -> None:
        """End every recording and everything that plays, and take the devices away."""
        try:
            for recording in self._recordings:
                recording.close()
            self.hush()
            for holder in self._holders.values():
                self._end(holder)
        finally:
            self._server.close()

    def __enter__(self) -> Self:
        self._server.__enter__()
        try:
            for name in _MODULES:
                self.load(name)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wait_until_used(self, name: str) -> None:
        """Wait a moment for the program's stream: on a busy computer it may come after its first record."""
        kind = {LOUDSPEAKER: "sink", MICROPHONE: "source"}.get(name)
        until = time.monotonic() + _OPENING_SECONDS
        while kind is not None and not self._server.streams(kind, name) and time.monotonic() < until:
            time.sleep(0.05)

    @staticmethod
    def _end(stream: subprocess.Popen[bytes]) -> None:
        stream.kill()
        stream.wait(ANSWER_SECONDS)

    def _stream(
        self,
        direction: str,
        device: str,
        rate: int,
        stdin: IO[bytes] | int = subprocess.DEVNULL,
        stdout: int = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        options = f"--device={device} --rate={rate} --channels=1 --latency-msec={_LATENCIES_MS[direction]}"
        return subprocess.Popen(
            tied("pacat", direction, "--raw", "--format=float32le", *options.split()),
            env=self._server.environment,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.DEVNULL,
        )
