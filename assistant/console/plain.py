"""The face in plain lines, for pipes, logs, screen readers and terminals that can do nothing else."""

from __future__ import annotations

from typing import Self

from assistant.console.keys import KEYS, Key, key_list
from assistant.console.outlet import Outlet
from assistant.console.summary import summary_lines
from assistant.console.transcript import transcript_line
from assistant.console.view import View, seen
from assistant.session.records import Entry


class PlainFace:
    """Writes one line for each thing that happens, without colour and control codes.

    Args:
        outlet: Where the lines go; closed with the face.
        keys: All keys, for the list of them.
    """

    def __init__(self, outlet: Outlet, keys: tuple[Key, ...] = KEYS) -> None:
        self._outlet = outlet
        self._keys = keys
        self._view = View()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the summary."""
        self._write("")
        for line in summary_lines(self._view):
            self._write(line)
        self._outlet.close()

    def see(self, entry: Entry) -> None:
        """Write what an entry says."""
        self._view = seen(self._view, entry)
        line = transcript_line(entry)
        if line is not None:
            self._write(line)

    def show_keys(self) -> None:
        """Write the list of keys."""
        for key, meaning in key_list(self._keys):
            self._write(f"{key:>9}  {meaning}")

    def tick(self, now: float) -> None:
        """Write nothing: lines come when something happens."""

    def _write(self, line: str) -> None:
        # A title or a recognized word may hold anything; control codes would reach the terminal.
        self._outlet.write("".join(sign for sign in line if sign.isprintable()) + "\n")
