"""Entries of a record, as a session makes them."""

from __future__ import annotations

from typing import Any

from assistant.coaching.actions import Answer, Change, Enter, Finish, Mark, Note
from assistant.coaching.checkpoint import Checkpoint, Kept
from assistant.coaching.events import Heard, NotUnderstood, TroubleBegan, TroubleEnded
from assistant.session.records import (
    CommandRefused,
    Counted,
    CueSpoken,
    Dropout,
    Entry,
    Record,
    Released,
    Silenced,
)

PHASE: dict[str, Any] = {
    "phase": "lower",
    "exercise": "single-leg",
    "set": 1,
    "repetition": 1,
    "side": "left",
    "sets": 2,
    "range_step": 2,
    "tempo": "3-0-2-0",
}


def phase(at: float, name: str = "lower", **fields: Any) -> Entry:
    """Return the entry of a phase; by default the first lowering of a session."""
    values: dict[str, Any] = {**PHASE, "phase": name, "at": at, **fields}
    return Entry(at, Enter(**values))


def command(at: float, name: str, accepted: bool = True, reason: str = "") -> Entry:
    """Return the entry of what became of a command."""
    return Entry(at, Answer(name, {}, accepted, reason))


def change(at: float, what: str, before: str, after: str, why: str) -> Entry:
    """Return the entry of a change of the load."""
    return Entry(at, Change(what, before, after, why))


def note(at: float, what: str, value: str | int | bool) -> Entry:
    """Return the entry of something that is remembered."""
    return Entry(at, Note(what, value))


def place(at: float, where: Checkpoint | None) -> Entry:
    """Return the entry of where the session would have to go on."""
    return Entry(at, Mark(where, at))


def summary(at: float, ended: str, sets: int, repetitions: int, changes: tuple[str, ...] = ()) -> Entry:
    """Return the entry of the end of a session."""
    return Entry(at, Finish(ended, sets, repetitions, changes))


PLACE = Checkpoint(
    level=3,
    sets_left=1,
    planned="double-leg",
    exercise="double-leg",
    side=0,
    repetition=5,
    other_at=1,
    ahead=0,
    repetitions=10,
    range_step=2,
    tempo="3-0-2-0",
    halved=False,
    shift=0,
    cap=None,
    gentle=False,
    sets_done=1,
    repetitions_done=14,
    kept=(Kept("single-leg", 3, "3-0-2-0", "single-leg", 2, "3-0-2-0"),),
    halved_later=("single-leg",),
)
LINES: list[tuple[Record, str]] = [
    (
        phase(
            1.5, "rest", repetition=0, side=None, title="leg lift", sets_done=1, repetitions_done=10
        ).record,
        '"phase", "phase": "rest", "exercise": "single-leg", "set": 1, "repetition": 0, "side": null, '
        '"title": "leg lift", "repetitions": 0, "sets": 2, "following": "", "part": "work", "range": 2, '
        '"tempo": "3-0-2-0", "sets_done": 1, "repetitions_done": 10',
    ),
    (
        CueSpoken("lift", "Lift, élan.", 0.123456789, 0.1234568, 1.5),
        '"cue", "id": "lift", "text": "Lift, élan.", "due": 0.1234568, "start": 0.1234568, "end": 1.5',
    ),
    (Counted(3, 1.5, 1.5), '"count", "value": 3, "due": 1.5, "start": 1.5'),
    (
        Heard("rest_more", {"number": 2}, "two more", 0.5, 1.25, 0.987654321, partial=True),
        '"heard", "text": "two more", "command": "rest_more", "slots": {"number": 2}, "partial": true, '
        '"start": 0.5, "end": 1.25, "confidence": 0.9876543',
    ),
    (
        NotUnderstood(0.5, 1.25),
        '"heard", "text": "", "command": null, "slots": {}, "partial": false, '
        '"start": 0.5, "end": 1.25, "confidence": 0.0',
    ),
    (
        CommandRefused("pause", "pause", {}, 1.0, 1.5, 0.4, "unsure"),
        '"refused", "text": "pause", "command": "pause", "slots": {}, "start": 1.0, "end": 1.5, '
        '"confidence": 0.4, "because": "unsure"',
    ),
    (
        Heard("number", {"number": 1}, key="1"),
        '"key", "key": "1", "command": "number", "slots": {"number": 1}',
    ),
    (
        Answer("harder", {}, accepted=False, reason="once a set"),
        '"command", "command": "harder", "slots": {}, "accepted": false, "reason": "once a set"',
    ),
    (Silenced(1.5), '"silence", "start": 1.5'),
    (Released("release_supine", "Feet down."), '"release", "id": "release_supine", "text": "Feet down."'),
    (Change("range", "2", "1", "click"), '"change", "what": "range", "from": "2", "to": "1", "why": "click"'),
    (Note("screening", value=False), '"note", "what": "screening", "value": false'),
    (Note("effort", 6), '"note", "what": "effort", "value": 6'),
    (
        Mark(PLACE, 1.5),
        '"place", "place": {"level": 3, "sets_left": 1, "planned": "double-leg", "exercise": "double-leg", '
        '"side": 0, "repetition": 5, "other_at": 1, "ahead": 0, "repetitions": 10, "range_step": 2, '
        '"tempo": "3-0-2-0", "halved": false, "shift": 0, "cap": null, "gentle": false, "sets_done": 1, '
        '"repetitions_done": 14, "kept": [{"planned": "single-leg", "planned_range": 3, '
        '"planned_tempo": "3-0-2-0", "exercise": "single-leg", "range_step": 2, "tempo": "3-0-2-0"}], '
        '"halved_later": ["single-leg"]}',
    ),
    (Mark(None, 1.5), '"place", "place": null'),
    (TroubleBegan("clipping"), '"trouble", "what": "clipping", "over": false'),
    (TroubleEnded("clipping"), '"trouble", "what": "clipping", "over": true'),
    (Dropout("late", 0.02, 0.24), '"dropout", "what": "late", "seconds": 0.02, "latency": 0.24'),
    (
        Finish("asked", 1, 12, ("range: 2 to 1 (click)",)),
        '"summary", "ended": "asked", "sets": 1, "repetitions": 12, "changes": ["range: 2 to 1 (click)"]',
    ),
]
"""A record of each kind, and its line after the time."""
