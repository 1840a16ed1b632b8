"""The public record of a session, events.jsonl: one JSON object a line, as things happen.

docs/events.md says what each line holds. Nothing else in Imprint knows that it is JSON.
"""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Self

from pydantic import TypeAdapter

from assistant.coaching.actions import Answer, Change, Enter, Finish, Mark, Note
from assistant.coaching.events import Heard, NotUnderstood, TroubleBegan, TroubleEnded
from assistant.errors import AssistantError
from assistant.session.records import Counted, CueSpoken, Dropout, Entry, Record, Released, Silenced

EVENTS_FILE = "events.jsonl"

_DECIMALS = 7
"""A sample lasts 0.0000625 s: this many decimals tell it exactly."""

_KINDS: Mapping[str, tuple[type[Record], tuple[str, ...]]] = {
    "phase": (
        Enter,
        (
            *("phase", "exercise", "set", "repetition", "side", "title", "repetitions", "sets"),
            *("following", "part", "range", "tempo", "sets_done", "repetitions_done"),
        ),
    ),
    "cue": (CueSpoken, ("id", "text", "due", "start", "end")),
    "count": (Counted, ("value", "due", "start")),
    "heard": (Heard, ("text", "command", "slots", "partial", "start", "end", "confidence")),
    "key": (Heard, ("key", "command", "slots")),
    "command": (Answer, ("command", "slots", "accepted", "reason")),
    "silence": (Silenced, ("start",)),
    "release": (Released, ("id", "text")),
    "change": (Change, ("what", "from", "to", "why")),
    "note": (Note, ("what", "value")),
    "place": (Mark, ("place",)),
    "dropout": (Dropout, ("what", "seconds", "latency")),
    "summary": (Finish, ("ended", "sets", "repetitions", "changes")),
}
"""Kind of a line to the class of its record and its fields, in the order in which they are written."""

_ATTRIBUTES: Mapping[str, str] = {
    "id": "name",
    "range": "range_step",
    "from": "before",
    "to": "after",
    "latency": "queue_seconds",
}
"""A field's attribute, where that has another name."""

_KIND_OF = {of: kind for kind, (of, _) in _KINDS.items()}


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
            self._write(entry)

    def _write(self, entry: Entry) -> None:
        if self._file is None or self._path is None:
            return
        try:
            self._file.write(as_line(entry) + "\n")
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


def as_line(entry: Entry) -> str:
    """Return an entry as it is written, without the end of the line."""
    kind, fields = _told(entry.record)
    rounded = {name: round(v, _DECIMALS) if isinstance(v, float) else v for name, v in fields.items()}
    return json.dumps({"t": entry.at, "kind": kind, **rounded}, ensure_ascii=False, default=dict)


def read_line(line: str | bytes) -> Entry:
    """Return the entry of a line as `as_line` writes it.

    Raises:
        ValueError: the line is not such a one.
    """
    try:
        fields: dict[str, Any] = json.loads(line)
        at, kind = fields.pop("t"), fields.pop("kind")
        if kind == "trouble":
            record: Record = (TroubleEnded if fields["over"] else TroubleBegan)(fields["what"])
        elif kind == "heard" and fields["command"] is None:
            record = NotUnderstood(fields["start"], fields["end"])
        else:
            of, names = _KINDS[kind]
            values = {_ATTRIBUTES.get(name, name): fields[name] for name in names}
            # The time of these stands in the line only once.
            values |= {"at": at} if of in (Enter, Mark) else {}
            record = TypeAdapter(of).validate_python(values)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a line of {EVENTS_FILE} ({error!r}): {line!r}") from error
    return Entry(at, record)


def _told(record: Record) -> tuple[str, Mapping[str, object]]:
    """Return the kind of a record's line and its fields in order."""
    match record:
        case NotUnderstood():
            said: dict[str, object] = {"text": "", "command": None, "slots": {}, "partial": False}
            return "heard", {**said, "start": record.start, "end": record.end, "confidence": 0.0}
        case TroubleBegan() | TroubleEnded():
            return "trouble", {"what": record.trouble, "over": isinstance(record, TroubleEnded)}
        case Mark():
            return "place", {"place": None if record.place is None else asdict(record.place)}
        case Heard():
            kind = "key" if record.key else "heard"
        case _:
            kind = _KIND_OF[type(record)]
    return kind, {name: getattr(record, _ATTRIBUTES.get(name, name)) for name in _KINDS[kind][1]}


def unwritable(path: Path, error: OSError) -> AssistantError:
    """Return the error for a file that can't be written."""
    return AssistantError(
        f"{path}: it can't be written ({error.strerror or error}). Free some space or choose another folder."
    )
