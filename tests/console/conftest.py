"""Entries of a record, as a session makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from assistant.coaching.events import Heard, TroubleBegan
from assistant.console.view import View, seen
from assistant.session.records import Counted, CueSpoken, Entry
from tests.session.entries import command, phase

Look = Callable[[Iterable[Entry]], View]


@pytest.fixture
def session() -> list[Entry]:
    """A repetition in which somebody asks for more, and the microphone goes."""
    moving = {
        "set": 2,
        "repetition": 3,
        "title": "single leg lift, leg straight",
        "repetitions": 10,
        "sets": 6,
        "following": "double leg lift, knees bent",
    }
    return [
        phase(1.0, "lift", **moving),
        Entry(2.0, CueSpoken("lift", "Lift.", due=1.0, start=1.0, end=2.0)),
        phase(3.0, "lower", **moving),
        Entry(3.0, Counted(3, due=3.0, start=3.0)),
        Entry(3.5, Heard("harder", text="harder please")),
        command(3.5, "harder", accepted=False, reason="once a set"),
        Entry(4.0, Counted(2, due=4.0, start=4.0)),
        Entry(4.2, TroubleBegan("microphone_lost")),
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
