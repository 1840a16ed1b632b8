"""The public record of a session, events.jsonl: one JSON object a line, as things happen.

docs/events.md says what each line holds. Nothing else in Imprint knows that it is JSON.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Self

from assistant.coaching.actions import Answer, Change, Enter, Finish, Mark, Note
from assistant.coaching.checkpoint import Checkpoint
from assistant.coaching.events import Heard, NotUnderstood, TroubleBegan, TroubleEnded
from assistant.errors import AssistantError
from assistant.session import records
from assistant.session.record_file import RecordFile
from assistant.session.records import Entry, Record

EVENTS_FILE = "events.jsonl"

_DECIMALS = 7
"""A sample lasts 0.0000625 s: this many decimals tell it exactly."""

KINDS: Mapping[str, type[Record]] = {
    "phase": Enter,
    "cue": records.CueSpoken,
    "count": records.Counted,
    "heard": Heard,
    "key": Heard,
    "refused": records.CommandRefused,
    "command": Answer,
    "silence": records.Silenced,
    "release": records.Released,
    "change": Change,
    "note": Note,
    "place": Mark,
    "dropout": records.Dropout,
    "summary": Finish,
}
"""Kind of a line to the class of its record, where a line tells of one class alone."""

FIELDS: Mapping[str, tuple[str, ...]] = {
    # The time of a line is its `t`.
    **{kind: tuple(one.name for one in fields(of) if one.name != "at") for kind, of in KINDS.items()},
    "heard": ("text", "command", "slots", "partial", "start", "end", "confidence"),
    "key": ("key", "command", "slots"),
}
"""Attributes of a record in the order in which they are written."""

NAMES: Mapping[str, str] = {
    "name": "id",
    "range_step": "range",
    "before": "from",
    "after": "to",
    "queue_seconds": "latency",
}
"""What an attribute is called in the line, where that is another name."""

_KIND_OF = {of: kind for kind, of in KINDS.items()}


class EventLog:
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
        self._watch = watch
        self._waiting: list[Entry] = []
        self._file: RecordFile | None = None
        if path is not None:
            # Buffered by lines: each is in the file as soon as it is written.
            self._file = RecordFile(path, lambda: path.open("w", 1, encoding="utf-8"), lost)

    def add(self, record: Record, at: float) -> None:
        """Add one line; `at` is in seconds on the sample clock."""
        self._waiting.append(Entry(round(at, _DECIMALS), record))

    def settle(self, until: float = math.inf) -> None:
        """Write what has happened by a time in seconds, in the order of time.

        Decisions are made a little before they are heard; they wait until the loudspeaker has come to them.
        """
        self._waiting.sort(key=lambda entry: entry.at)
        count = sum(entry.at <= until for entry in self._waiting)
        happened, self._waiting = self._waiting[:count], self._waiting[count:]
        for entry in happened:
            if self._watch is not None:
                self._watch(entry)
            if self._file is not None:
                self._file.write(as_line(entry) + "\n")

    def close(self) -> None:
        """Write what is left and close the file."""
        self.settle()
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def as_line(entry: Entry) -> str:
    """Return an entry as it is written, without the end of the line."""
    kind, told = _told(entry.record)
    rounded = {name: round(v, _DECIMALS) if isinstance(v, float) else v for name, v in told.items()}
    return json.dumps({"t": entry.at, "kind": kind, **rounded}, ensure_ascii=False, default=_plain)


def _told(record: Record) -> tuple[str, Mapping[str, object]]:
    """Return the kind of a record's line and what it tells, in order."""
    match record:
        case NotUnderstood(start, end):
            said: dict[str, object] = {"text": "", "command": None, "slots": {}, "partial": False}
            return "heard", {**said, "start": start, "end": end, "confidence": 0.0}
        case TroubleBegan(trouble) | TroubleEnded(trouble):
            return "trouble", {"what": trouble, "over": isinstance(record, TroubleEnded)}
        case Heard():
            kind = "key" if record.key else "heard"
        case _:
            kind = _KIND_OF[type(record)]
    return kind, {NAMES.get(name, name): getattr(record, name) for name in FIELDS[kind]}


def _plain(value: Any) -> dict[str, Any]:
    """Return what JSON has no form for as a dictionary: a place, or slots."""
    return asdict(value) if isinstance(value, Checkpoint) else dict(value)
