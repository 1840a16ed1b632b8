"""The public record of a session, events.jsonl: one JSON object a line, as things happen.

docs/events.md says what each line holds.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Self, TypeAlias

from assistant.errors import AssistantError

Entry: TypeAlias = dict[str, Any]
"""One line of the record: `t`, `kind` and the kind's own fields."""

_DECIMALS = 7
"""A sample lasts 0.0000625 s: this many decimals tell it exactly."""


class Record:
    """Shows the record line by line to whoever watches, and writes it.

    In that order: what can be read in the file is in the journal, or on its way into it.

    Args:
        path: The file; None keeps no file.
        watch: Called with every entry.
        lost: Called with why, once, where the file can't be written any more: what is recorded goes on
            without it. None raises that instead.

    Raises:
        AssistantError: the file can't be written.
    """

    def __init__(
        self,
        path: Path | None,
        watch: Callable[[Entry], None] | None = None,
        lost: Callable[[AssistantError], None] | None = None,
    ) -> None:
        self._path = path
        self._watch = watch
        self._lost = lost
        self._file: IO[str] | None = None
        self._waiting: list[Entry] = []
        if path is not None:
            try:
                self._file = path.open("w", encoding="utf-8")
            except OSError as error:
                raise unwritable(path, error) from error

    def add(self, kind: str, at: float, **fields: object) -> None:
        """Add one line; `at` is in seconds on the sample clock."""
        entry: Entry = {"t": round(at, _DECIMALS), "kind": kind}
        for name, value in fields.items():
            entry[name] = round(value, _DECIMALS) if isinstance(value, float) else value
        self._waiting.append(entry)

    def settle(self, until: float = math.inf) -> None:
        """Write what has happened by a time in seconds, in the order of time.

        Decisions are made a little before they are heard; they wait until the loudspeaker has come to them.
        """
        self._waiting.sort(key=lambda entry: entry["t"])
        count = sum(entry["t"] <= until for entry in self._waiting)
        happened, self._waiting = self._waiting[:count], self._waiting[count:]
        for entry in happened:
            if self._watch is not None:
                self._watch(entry)
            self._write(entry)

    def _write(self, entry: Entry) -> None:
        if self._file is None or self._path is None:
            return
        try:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()
        except OSError as error:
            # What could not be written would be tried again when the file is closed.
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
            why = unwritable(self._path, error)
            if self._lost is None:
                raise why from error
            self._lost(why)

    def close(self) -> None:
        """Write what is left and close the file."""
        self.settle()
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def unwritable(path: Path, error: OSError) -> AssistantError:
    """Make the error for a file that can't be written."""
    return AssistantError(
        f"{path}: it can't be written ({error.strerror or error}). Free some space or choose another folder."
    )
