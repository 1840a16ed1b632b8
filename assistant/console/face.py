"""The face of a session: shows it while it goes on, and leaves a summary."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Protocol, Self, TextIO, cast

from rich.console import Console

from assistant.console.keys import KEYS, Key
from assistant.console.outlet import outlet_to
from assistant.console.plain import PlainFace
from assistant.console.terminal import TerminalFace
from assistant.session.records import Entry


class Face(Protocol):
    """Where a session is seen; a port because there may be no terminal."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None:
        """Leave the summary."""
        ...

    def see(self, entry: Entry) -> None:
        """Take one entry of the record."""
        ...

    def show_keys(self) -> None:
        """Show the list of keys, or hide it again."""
        ...

    def tick(self, now: float) -> None:
        """Let it be `now`, in seconds on the sample clock; called at every block."""
        ...


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
