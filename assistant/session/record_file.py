"""A file of the record that may fail: the session goes on without it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, unwritable


class RecordFile:
    """Writes into a file until that fails.

    Args:
        path: The file, for messages.
        begin: Opens it.
        lost: Called with why, once, where the file can't be written any more. None raises that instead.

    Raises:
        AssistantError: the file can't be written.
    """

    def __init__(
        self, path: Path, begin: Callable[[], Any], lost: Callable[[AssistantError], None] | None
    ) -> None:
        self._path = path
        self._lost = lost
        try:
            self._file = begin()
        except (OSError, RuntimeError) as error:
            raise unwritable(path, error) from error

    def write(self, part: object) -> None:
        """Add what comes next, a line or samples."""
        if self._file is None:
            return
        try:
            self._file.write(part)
        except (OSError, RuntimeError) as error:
            # What could not be written would be tried again when the file is closed.
            with contextlib.suppress(OSError, RuntimeError):
                self.close()
            self._file = None
            why = unwritable(self._path, error)
            if self._lost is None:
                raise why from error
            self._lost(why)

    def close(self) -> None:
        """Finish the file."""
        if self._file is not None:
            self._file.close()
