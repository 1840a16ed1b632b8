"""A live session as a child process: started, given keys, followed by its record, ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from assistant.errors import AssistantError
from assistant.session.records import Entry
from tests.benchmarks.live.pulse import tied
from tests.journal.experienced import write_experienced
from tests.session.reading import read_line

IMPRINT = (sys.executable, "-c", "from assistant.cli import main; main()")
"""The command `imprint`, whether or not it is on the path."""

POLL_SECONDS = 0.02

_ENDING_SECONDS = 15.0


class LiveSession:
    """`imprint start` with a record that is followed and keys that are pressed.

    The person has done the tutorial and the screening, remembered in the folder alone, and has no
    settings.

    Args:
        folder: Gets the record and what the program prints.
        environment: The variables with which it runs.
        arguments: What follows `imprint start --record …`.
        imprint: The command itself.
    """

    def __init__(
        self,
        folder: Path,
        environment: dict[str, str],
        arguments: Sequence[str],
        imprint: Sequence[str] = IMPRINT,
    ) -> None:
        self.record = folder / "record"
        """The folder that holds session.wav and events.jsonl."""
        self.entries: list[Entry] = []
        """The lines of the record that were read so far."""
        self._read_bytes = 0
        self._seen = 0
        self._output = folder / "output"
        data = folder / "data"
        write_experienced(data, datetime.now().astimezone())
        self.started = time.monotonic()
        """Seconds of the computer's clock at which it was started."""
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(
                tied(*imprint, "start", "--record", str(self.record), *arguments),
                cwd=folder,
                env={**environment, "IMPRINT_DATA": str(data), "IMPRINT_CONFIG": str(folder / "config")},
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=output,
            )

    def press(self, key: str) -> float:
        """Press a key and return the seconds of the computer's clock at which it went down.

        Raises:
            AssistantError: the session is over.
        """
        assert self._process.stdin is not None
        at = time.monotonic()
        try:
            os.write(self._process.stdin.fileno(), key.encode())
        except BrokenPipeError as error:
            raise self._ended() from error
        return at

    def wait_for(self, wanted: Callable[[Entry], bool], seconds: float) -> Entry | None:
        """Return the next entry of the record that is wanted; None when it has not come in time.

        Raises:
            AssistantError: the session ended before.
        """
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            running = self._process.poll() is None
            self._read()
            while self._seen < len(self.entries):
                self._seen += 1
                if wanted(self.entries[self._seen - 1]):
                    return self.entries[self._seen - 1]
            if not running:
                raise self._ended()
            time.sleep(POLL_SECONDS)
        return None

    def follow(self) -> list[Entry]:
        """Return the entries that were neither waited for nor given yet."""
        self._read()
        entries = self.entries[self._seen :]
        self._seen = len(self.entries)
        return entries

    @property
    def peak_memory_mib(self) -> float:
        """The most memory that it has held so far, in MiB.

        Raises:
            AssistantError: the session is over.
        """
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
            line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        except (OSError, StopIteration) as error:
            raise self._ended() from error
        return int(line.split()[1]) / 1024

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return self._output.read_text(encoding="utf-8", errors="replace")

    @property
    def status(self) -> int | None:
        """Its exit status; None while it runs."""
        return self._process.poll()

    def signal(self, number: int) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def close(self) -> None:
        """Interrupt it and wait until its files are complete."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(_ENDING_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(_ENDING_SECONDS)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> None:
        path = self.record / "events.jsonl"
        if not path.exists():
            return
        with path.open("rb") as file:
            file.seek(self._read_bytes)
            written = file.read()
        whole = written[: written.rfind(b"\n") + 1]
        self._read_bytes += len(whole)
        self.entries += [read_line(line) for line in whole.splitlines()]

    def _ended(self) -> AssistantError:
        said = self.output.strip().splitlines()
        return AssistantError(f"The session that was measured ended early: {' '.join(said[-3:])}")
