"""Keeping excerpts beside the session: a slow disk must not delay the beat."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from assistant.journal.excerpts import FOLDER_NAME, write_excerpt
from assistant.session.misheard import Excerpt

_LOGGER = logging.getLogger(__name__)

CLOSING_SECONDS = 5.0
"""How long the end of a session waits for what has not been written. Chosen."""


class ExcerptWriter:
    """Hands excerpts to a thread of its own, which writes them; one that can't be written ends the writing.

    Args:
        data: The person's folder.
        clock: Gives the time with the offset from UTC.
    """

    def __init__(self, data: Path, clock: Callable[[], datetime]) -> None:
        self.problem: str | None = None
        """Why nothing is kept any more, in one line."""
        self._data = data
        self._clock = clock
        self._excerpts: queue.SimpleQueue[tuple[Excerpt, datetime] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="excerpts", daemon=True)
        self._thread.start()

    def put(self, excerpt: Excerpt) -> None:
        """Take an excerpt and return at once."""
        self._excerpts.put((excerpt, self._clock()))

    def close(self) -> None:
        """Wait until everything is written, not for ever."""
        self._excerpts.put(None)
        self._thread.join(CLOSING_SECONDS)
        if self._thread.is_alive():
            self.problem = "The last sound of what was misheard could not be written in time."

    def _write_all(self) -> None:
        while (taken := self._excerpts.get()) is not None:
            if self.problem is None:
                self._write(*taken)

    def _write(self, excerpt: Excerpt, at: datetime) -> None:
        try:
            write_excerpt(self._data, excerpt, at)
        except (OSError, RuntimeError) as error:
            _LOGGER.warning("What was misheard is not kept any more", exc_info=True)
            why = error.strerror if isinstance(error, OSError) and error.strerror else error
            self.problem = f"{self._data / FOLDER_NAME}: {why}. What was misheard is not kept any more."
