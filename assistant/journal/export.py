"""The journal for other programs, as CSV and JSON; docs/journal.md describes the columns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any, Literal, TypeAlias

from assistant.journal.rows import JournalNote, LoadChange, Repetition
from assistant.journal.summaries import SessionSummary

Table: TypeAlias = Literal["sessions", "repetitions", "changes", "notes"]

COLUMNS: Mapping[Table, tuple[str, ...]] = {
    "sessions": (
        *("session", "started", "ended_at", "routine", "level", "sets", "repetitions", "tension_seconds"),
        *("soreness", "effort", "sore", "eased", "ended"),
    ),
    "repetitions": ("session", "at", "set", "number", "exercise", "side", "range", "tempo"),
    "changes": ("session", "at", "what", "from", "to", "why"),
    "notes": ("at", "what", "value"),
}
"""Columns of each table, in order."""

Cells: TypeAlias = dict[str, Any]


def tables(sessions: Sequence[SessionSummary], notes: Sequence[JournalNote]) -> dict[Table, list[Cells]]:
    """Return every table as rows; times are written with their offset from UTC."""
    return {
        "sessions": [session_cells(summary) for summary in sessions],
        "repetitions": [_row_cells("repetitions", one, row) for one in sessions for row in one.done],
        "changes": [_row_cells("changes", one, row) for one in sessions for row in one.changes],
        "notes": [{"at": note.at.isoformat(), "what": note.what, "value": note.value} for note in notes],
    }


def as_csv(rows: Sequence[Cells], table: Table) -> str:
    """Write a table with its headings; nothing is an empty cell, yes and no are 1 and 0."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS[table], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: int(cell) if isinstance(cell, bool) else cell for name, cell in row.items()})
    return text.getvalue()


def as_json(found: Mapping[Table, Sequence[Cells]]) -> str:
    """Write all tables as one object of lists."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def session_cells(summary: SessionSummary) -> Cells:
    """Return a session by the names of its columns."""
    cells = {name: _cell(getattr(summary, name)) for name in COLUMNS["sessions"][1:]}
    return {"session": summary.number, **cells}


def _row_cells(table: Table, summary: SessionSummary, row: Repetition | LoadChange) -> Cells:
    return dict(zip(COLUMNS[table], (summary.number, *map(_cell, astuple(row))), strict=True))


def _cell(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
