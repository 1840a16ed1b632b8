"""The face in a terminal: one screen full, redrawn when something has changed."""

from __future__ import annotations

from typing import Self

from rich.console import Console
from rich.live import Live

from assistant.console.keys import KEYS, Key
from assistant.console.outlet import Outlet
from assistant.console.picture import Frame, picture
from assistant.console.summary import summary_lines
from assistant.console.view import View, seen
from assistant.session.records import Entry

REFRESH_SECONDS = 0.125
"""Shortest time between two pictures, except at a new phase or count."""


class TerminalFace:
    """Shows phase, count, side, repetition, what was heard and what comes next, in the alternate screen.

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
        self._changed = True
        self._urgent = True
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
        if (before.phase, before.count) != (self._view.phase, self._view.count):
            self._urgent = True

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
        width, height = self._console.size
        ascii_only = not self._console.encoding.startswith("utf")
        frame = Frame(width, height, self._keys_shown, ascii_only, self._keys)
        self._live.update(picture(self._view, now, frame), refresh=True)
