"""A private PulseAudio server, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from assistant.errors import AssistantError

ANSWER_SECONDS = 5.0
"""How long an answer of PulseAudio or its tools may take."""

_TOOLS = ("pulseaudio", "pactl", "pacat", "parec", "setpriv")
_PACKAGES = "pulseaudio pulseaudio-utils libasound2-plugins libportaudio2"
_ALSA = """</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
_SERVER_OPTIONS = (
    "-n --daemonize=no --exit-idle-time=-1 --use-pid-file=no "
    "--log-level=error --realtime=no --high-priority=no --disable-shm=yes"
)
_STARTING_SECONDS = 10.0
_STREAMS = {"sink": "sink-input", "source": "source-output"}


def tied(*command: str) -> list[str]:
    """Return a command that is killed when this program dies, however it dies."""
    return ["setpriv", "--pdeathsig", "KILL", *command]


class PulseServer:
    """A PulseAudio without devices, ended and removed with the context; nothing else is touched.

    Raises:
        AssistantError: PulseAudio or its tools are not installed, or it did not start.
    """

    def __init__(self) -> None:
        self.folder = Path()
        """Where it keeps its files; others may put theirs there, which go with it."""
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables with which a child process finds this server and no other."""
        return {
            **os.environ,
            "XDG_RUNTIME_DIR": str(self.folder),
            "PULSE_SERVER": f"unix:{self.folder}/native",
            "PULSE_RUNTIME_PATH": f"{self.folder}/pulse",
            "PULSE_STATE_PATH": f"{self.folder}/state",
            "PULSE_COOKIE": f"{self.folder}/cookie",
            "ALSA_CONFIG_PATH": f"{self.folder}/asound.conf",
        }

    def pactl(self, *arguments: str) -> str:
        """Let `pactl` do something and return what it says.

        Raises:
            AssistantError: it could not.
        """
        try:
            return subprocess.run(
                ["pactl", *arguments],
                env=self.environment,
                capture_output=True,
                text=True,
                timeout=ANSWER_SECONDS,
                check=True,
            ).stdout.strip()
        except subprocess.SubprocessError as error:
            said = str(getattr(error, "stderr", "") or error).strip()
            raise AssistantError(f"PulseAudio refused {' '.join(arguments)} ({said}).") from error

    def rows(self, what: str) -> list[list[str]]:
        """Return the columns of `pactl list short`, such as those of `sink-inputs`."""
        return [line.split("\t") for line in self.pactl("list", "short", what).splitlines()]

    def cut_streams(self, name: str) -> None:
        """End all streams of programs on a device and its monitor; they see an error.

        When a device goes, PulseAudio by itself would move them to another one.
        """
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(ANSWER_SECONDS)
            # pactl has no command for it.
            control.connect(f"{self.folder}/cli")
            for kind in ("sink", "source"):
                stream = _STREAMS[kind]
                for index in self.streams(kind, name, f"{name}.monitor"):
                    control.sendall(f"kill-{stream} {index}\n".encode())
            # Commands are carried out in turn: once this one answers, the streams have ended. A device taken
            # away by another way before that would move them.
            control.sendall(b"stat\n")
            control.recv(1)

    def streams(self, kind: str, *names: str) -> list[str]:
        """Return the indexes of the streams of programs on devices of a kind, `sink` or `source`."""
        devices = {row[0] for row in self.rows(f"{kind}s") if row[1] in names}
        rows = self.rows(f"{_STREAMS[kind]}s")
        return [row[0] for row in rows if row[1] in devices and "protocol-native.c" in row]

    def close(self) -> None:
        """End the server and remove its folder."""
        try:
            if self._process is not None:
                self._process.kill()
                self._process.wait(ANSWER_SECONDS)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
        if missing:
            raise AssistantError(
                f"Virtual sound hardware needs {' and '.join(missing)}. "
                f"Install what is missing, on Debian with `apt install {_PACKAGES}`."
            )
        self.folder = Path(tempfile.mkdtemp(prefix="imprint-sound-"))
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        folder = self.folder
        (folder / "asound.conf").write_text(_ALSA, encoding="utf-8")
        with (folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                tied(
                    "pulseaudio",
                    *_SERVER_OPTIONS.split(),
                    f"--load=module-native-protocol-unix socket={folder}/native auth-anonymous=1",
                    f"--load=module-cli-protocol-unix socket={folder}/cli",
                ),
                env={**self.environment, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + _STARTING_SECONDS
        while True:
            try:
                self.pactl("info")
                return
            except AssistantError as error:
                if self._process.poll() is not None or time.monotonic() > until:
                    said = (folder / "log").read_text(encoding="utf-8", errors="replace").strip()
                    raise AssistantError(f"PulseAudio did not start ({said or error}).") from error
            time.sleep(0.05)
