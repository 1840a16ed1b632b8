"""Reading events.jsonl again."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from assistant.coaching.events import NotUnderstood, TroubleBegan, TroubleEnded
from assistant.session.event_log import EVENTS_FILE, FIELDS, KINDS, NAMES
from assistant.session.records import Entry, Record


def read_line(line: str | bytes) -> Entry:
    """Return the entry of a line as `as_line` writes it.

    Raises:
        ValueError: the line is not such a one.
    """
    try:
        told: dict[str, Any] = json.loads(line)
        at, kind = told["t"], told["kind"]
        if kind == "trouble":
            record: Record = (TroubleEnded if told["over"] else TroubleBegan)(told["what"])
        elif kind == "heard" and told["command"] is None:
            record = NotUnderstood(told["start"], told["end"])
        else:
            values = {name: told[NAMES.get(name, name)] for name in FIELDS[kind]}
            record = TypeAdapter(KINDS[kind]).validate_python({"at": at, **values})
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a line of {EVENTS_FILE} ({error!r}): {line!r}") from error
    return Entry(at, record)
