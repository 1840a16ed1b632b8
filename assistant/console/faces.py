"""The faces of a session: in a terminal or in plain lines, they show how it goes and leave a summary."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Protocol, Self, TextIO, cast

from rich.console import Console
from rich.live import Live

from assistant.console.keys import KEYS, Key, key_list
from assistant.console.outlet import Outlet, outlet_to
from assistant.console.picture import Frame, picture
from assistant.console.transcript import summary_lines, transcript_line
from assistant.console.view import View, seen
from assistant.session.records import Entry

REFRESH_SECONDS = 0.125
"""Shortest time between two pictures, except at a new phase or count."""


class Face(Protocol):
    """Where a session is seen; a port because there may be no terminal."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None:
        """Leave the summary."""

    def see(self, entry: Entry) -> None:
        """Take one entry of the record."""

    def show_keys(self) -> None:
        """Show the list of keys, or hide it again."""

    def tick(self, now: float) -> None:
        """Let it be `now`, in seconds on the sample clock; called at every block."""


class PlainFace:
    """Writes one line for each thing that happens, without colour and control codes.

    It is for pipes, logs, screen readers and terminals that can do nothing else.

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
        for line in ("", *summary_lines(self._view)):
            self._write(line)
        self._outlet.close()

    def see(self, entry: Entry) -> None:
        """Write what an entry says."""
        self._view = seen(self._view, entry)
        if (line := transcript_line(entry)) is not None:
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


class TerminalFace:
    """Shows phase, count, side, repetition, what was heard and what comes next, in the alternate screen.

    It is redrawn when something has changed.

    Args:
        console: Writes to the outlet.
        outlet: The terminal; closed with the face. While it is behind, pictures are left out.
        keys: All keys, for the list of them.
    """

    def __init__(self, console: Console, outlet: Outlet, keys: tuple[Key, ...] = KEYS) -> None:
        self._console = console
        self._outlet = outlet
        self._keys = keys
        self._live = Live(
            console=console, screen=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        )
        self._view = View()
        self._keys_shown = False
        self._changed = self._urgent = True
        self._shown_at = 0.0

    def __enter__(self) -> Self:
        self._live.start()
        self._show(0.0)
        return self

    def __exit__(self, *_: object) -> None:
        """Go back to the normal screen and leave the summary there."""
        self._live.stop()
        for line in summary_lines(self._view):
            self._console.print(line, markup=False)
        self._outlet.close()

    def see(self, entry: Entry) -> None:
        """Take one entry; it is shown by the next tick that is due."""
        before, self._view = self._view, seen(self._view, entry)
        self._changed = True
        self._urgent |= (before.phase, before.count) != (self._view.phase, self._view.count)

    def show_keys(self) -> None:
        """Show the list of keys instead of the session, or the session again."""
        self._keys_shown = not self._keys_shown
        self._urgent = True

    def tick(self, now: float) -> None:
        """Draw what has changed: a phase or a count at once, anything else a few times a second."""
        due = now >= self._shown_at + REFRESH_SECONDS and (self._changed or int(now) != int(self._shown_at))
        if (due or self._urgent) and not self._outlet.behind:
            self._show(now)

    def _show(self, now: float) -> None:
        self._changed = self._urgent = False
        self._shown_at = now
        ascii_only = not self._console.encoding.startswith("utf")
        frame = Frame(*self._console.size, self._keys_shown, ascii_only, self._keys)
        self._live.update(picture(self._view, now, frame), refresh=True)


def choose_face(
    stream: TextIO,
    environment: Mapping[str, str] = os.environ,
    plain: bool = False,
    keys: tuple[Key, ...] = KEYS,
) -> Face:
    """Return the face that fits: plain lines where the stream is not a terminal, or a very simple one.

    Args:
        stream: Standard output.
        environment: Has TERM.
        plain: Whether plain lines are asked for.
        keys: All keys, for the list of them.
    """
    outlet = outlet_to(stream)
    if plain or not stream.isatty() or environment.get("TERM", "dumb") in ("", "dumb", "unknown"):
        return PlainFace(outlet, keys)
    return TerminalFace(Console(file=cast(TextIO, outlet), highlight=False), outlet, keys)
