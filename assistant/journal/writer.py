"""Writing the journal beside the session: a slow disk must not delay the beat."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence

from assistant.journal.database import BusyError, JournalError
from assistant.journal.journal import Journal
from assistant.journal.rows import Row

_LOGGER = logging.getLogger(__name__)

CLOSING_SECONDS = 5.0
"""How long the end of a session waits for what has not been written."""

SETTLING_SECONDS = 1.0
"""How long a session that has time waits for it in between, where another program holds the file."""


class JournalWriter:
    """Hands rows to a thread of its own, which writes them in order, each batch in one transaction.

    While another program holds the file it tries again; what can't be written for another reason ends the
    writing, and `problem` says so.

    Args:
        journal: Where they go; used by that thread alone until the writer is closed.
        session: The session that they belong to.
    """

    def __init__(self, journal: Journal, session: int) -> None:
        self.problem: str | None = None
        """Why nothing is written any more, in one line."""
        self._journal = journal
        self._session = session
        self._batches: queue.SimpleQueue[Sequence[Row] | threading.Event | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._write_all, name="journal", daemon=True)
        self._thread.start()

    def put(self, rows: Sequence[Row]) -> None:
        """Take rows and return at once."""
        self._batches.put(rows)

    def settle(self) -> None:
        """Wait until everything that was put is written, not for ever."""
        written = threading.Event()
        self._batches.put(written)
        written.wait(SETTLING_SECONDS)

    def close(self) -> bool:
        """Wait until everything is written, not for ever; tell whether the journal is free again."""
        self._closing.set()
        self._batches.put(None)
        self._thread.join(CLOSING_SECONDS)
        if self._thread.is_alive():
            self.problem = "The end of this session could not be written into the journal in time."
        return not self._thread.is_alive()

    def _write_all(self) -> None:
        while (batch := self._batches.get()) is not None:
            if isinstance(batch, threading.Event):
                batch.set()
            elif self.problem is None:
                self._write(batch)

    def _write(self, rows: Sequence[Row]) -> None:
        while True:
            try:
                self._journal.write(self._session, rows)
            except BusyError as error:
                if not self._closing.is_set():
                    continue
                self.problem = str(error)
            except JournalError as error:
                _LOGGER.warning("The journal is not written any more", exc_info=True)
                self.problem = str(error)
            return
