"""What stays on the screen."""

from __future__ import annotations

import pytest

from assistant.coaching.events import TroubleBegan
from assistant.console.transcript import summary_lines
from assistant.console.view import View, seen
from assistant.console.words import ENDINGS
from assistant.session.records import Dropout, Entry
from tests.session.entries import summary


@pytest.mark.parametrize("ended", ["completed", "asked", "pain", "red_flag", "silence", "interrupted"])
def test_it_says_how_the_session_ended_and_what_was_done(ended: str) -> None:
    """In words, with singular and plural, and what was changed."""
    end = summary(9.0, ended, 1, 12, ("tempo: 3-0-2-1 to 4-0-2-1 (slower)",))
    assert summary_lines(seen(View(), end)) == [
        ENDINGS[ended],
        "Done: 1 set, 12 repetitions.",
        "Changed: tempo: 3-0-2-1 to 4-0-2-1 (slower).",
    ]


def test_a_session_without_an_end_was_broken_off() -> None:
    """It says where, as far as it had come."""
    assert summary_lines(View()) == ["The session was broken off."]
    view = View(set=2, sets=6, title="single leg lift", repetition=3)
    assert summary_lines(view)[1] == "It had come to set 2 of 6, single leg lift, repetition 3."
    assert summary_lines(View(set=2, sets=6, title="x"))[1] == "It had come to set 2 of 6, x."


def test_it_tells_what_went_wrong_with_the_sound() -> None:
    """Drop-outs with their length, and troubles that never ended."""
    view = View()
    view = seen(view, Entry(1.0, Dropout("late", 0.25, 0.1)))
    assert summary_lines(view)[-1] == "The sound dropped out once, 0.25 s in all."
    view = seen(view, Entry(1.0, Dropout("lost", 0.5, 0.1)))
    view = seen(view, Entry(2.0, TroubleBegan("clipping")))
    assert summary_lines(view)[-2:] == [
        "The sound dropped out 2 times, 0.75 s in all.",
        "At the end: the microphone is too loud: turn it down.",
    ]
