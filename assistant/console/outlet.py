"""A text stream that never makes the writer wait: a terminal that stalls must not stall the coach."""

from __future__ import annotations

import io
import os
import queue
import select
import threading
from collections.abc import Callable
from typing import TextIO

_LAST_WORDS_SECONDS = 1.0
"""How long closing waits for a slow terminal; chosen."""


class Outlet(io.TextIOBase):
    """Hands what is written to a thread of its own, in order; gives up quietly when its reader has gone.

    Args:
        sink: Takes a text; may block, and raise OSError when its reader has gone.
        is_terminal: Whether a terminal is at the other end.
        encoding: The terminal's.
    """

    def __init__(self, sink: Callable[[str], object], is_terminal: bool, encoding: str = "utf-8") -> None:
        super().__init__()
        self._sink = sink
        self._is_terminal = is_terminal
        self._encoding = encoding
        self._texts: queue.Queue[str | None] = queue.Queue()
        self._thread = threading.Thread(target=self._pass_on, name="outlet", daemon=True)
        self._thread.start()

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the other end."""
        return self._encoding

    @property
    def behind(self) -> bool:
        """Whether something that was written has not gone out yet."""
        return self._texts.unfinished_tasks > 0

    def isatty(self) -> bool:
        """Return whether a terminal is at the other end."""
        return self._is_terminal

    def writable(self) -> bool:
        """Return that one can write."""
        return True

    def write(self, text: str, /) -> int:
        """Take a text and return at once."""
        if text and not self.closed:
            self._texts.put(text)
        return len(text)

    def close(self) -> None:
        """Wait a little until everything has gone out."""
        if not self.closed:
            self._texts.put(None)
            self._thread.join(_LAST_WORDS_SECONDS)
        super().close()

    def _pass_on(self) -> None:
        gone = False
        while (text := self._texts.get()) is not None:
            try:
                if not gone:
                    self._sink(text)
            except (OSError, ValueError):
                gone = True
            self._texts.task_done()


def outlet_to(stream: TextIO) -> Outlet:
    """Make an outlet to a stream; to its file descriptor where it has one, so that no lock is ever shared."""
    encoding = stream.encoding or "utf-8"
    try:
        fd = stream.fileno()
    except (OSError, ValueError):
        return Outlet(stream.write, stream.isatty(), encoding)
    stream.flush()

    def sink(text: str) -> None:
        left = text.encode(encoding, "replace")
        while left:
            # Somebody may have made the terminal non-blocking; waiting is what this thread is for.
            select.select([], [fd], [])
            left = left[os.write(fd, left) :]

    return Outlet(sink, stream.isatty(), encoding)
