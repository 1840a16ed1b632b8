"""Entries of a record, as a session makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from assistant.console.view import View, seen
from assistant.record import Entry

Look = Callable[[Iterable[Entry]], View]


@pytest.fixture
def session() -> list[Entry]:
    """A repetition in which somebody asks for more, and the microphone goes."""
    phase = {
        "kind": "phase",
        "exercise": "single-leg",
        "set": 2,
        "repetition": 3,
        "side": "left",
        "title": "single leg lift, leg straight",
        "repetitions": 10,
        "sets": 6,
        "following": "double leg lift, knees bent",
    }
    return [
        {"t": 1.0, **phase, "phase": "lift"},
        {"t": 2.0, "kind": "cue", "id": "lift", "text": "Lift.", "due": 1.0, "start": 1.0, "end": 2.0},
        {"t": 3.0, **phase, "phase": "lower"},
        {"t": 3.0, "kind": "count", "value": 3, "due": 3.0, "start": 3.0},
        {"t": 3.5, "kind": "heard", "text": "harder please", "command": "harder", "slots": {}},
        {"t": 3.5, "kind": "command", "command": "harder", "accepted": False, "reason": "once a set"},
        {"t": 4.0, "kind": "count", "value": 2, "due": 4.0, "start": 4.0},
        {"t": 4.2, "kind": "trouble", "what": "microphone_lost", "over": False},
    ]


@pytest.fixture
def look() -> Look:
    """Fold entries into what there is to see."""

    def fold(entries: Iterable[Entry]) -> View:
        view = View()
        for entry in entries:
            view = seen(view, entry)
        return view

    return fold
