"""The face in a terminal: what is drawn, when, and what is left."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from typing import TextIO, cast

import pytest
from rich.console import Console

from assistant.coaching.actions import Enter
from assistant.console.faces import PlainFace, TerminalFace, choose_face
from assistant.console.outlet import Outlet
from assistant.session.records import Counted, CueSpoken, Entry

ENTER_ALTERNATE, LEAVE_ALTERNATE = "\x1b[?1049h", "\x1b[?1049l"


class Screen:
    """A terminal of 80 by 24 with a face in it; counts the pictures that reach it."""

    def __init__(self, sink: Callable[[str], object] | None = None) -> None:
        self.taken: list[str] = []
        self.outlet = Outlet(sink or self.taken.append, is_terminal=True)
        file = cast(TextIO, self.outlet)
        self.console = Console(file=file, force_terminal=True, width=80, height=24, color_system=None)
        self.face = TerminalFace(self.console, self.outlet)

    def pictures(self) -> list[str]:
        """Give every picture that was drawn until now."""
        while self.outlet.behind:
            pass
        return [text for text in self.taken if "? keys" in text]

    def draws_at(self, now: float) -> bool:
        """Tell whether a tick draws."""
        before = len(self.pictures())
        self.face.tick(now)
        return len(self.pictures()) > before


def test_it_uses_the_alternate_screen_and_leaves_the_summary_on_the_normal_one(
    session: list[Entry],
) -> None:
    """Also when something goes wrong meanwhile."""
    screen = Screen()

    def fail() -> None:
        with screen.face as face:
            for entry in session:
                face.see(entry)
            assert screen.draws_at(5.0)
            raise RuntimeError("something went wrong")

    with pytest.raises(RuntimeError):
        fail()
    text = "".join(screen.taken)
    during, after = text.split(LEAVE_ALTERNATE)
    assert during.startswith(ENTER_ALTERNATE)
    assert "left leg · repetition 3 of 10" in during
    assert "The session was broken off." not in during
    assert "The session was broken off." in after
    assert "\x1b[?25h" in text.split("\x1b[?25l")[-1]


def test_a_new_phase_and_each_count_are_drawn_at_once(session: list[Entry]) -> None:
    """At the next tick, however short ago the last picture was."""
    screen = Screen()
    with screen.face as face:
        assert screen.draws_at(0.016) is False
        now = 0.016
        for entry in session:
            if isinstance(entry.record, Enter | Counted):
                now += 0.016
                face.see(entry)
                assert screen.draws_at(now)
                assert not screen.draws_at(now + 0.001)


def test_everything_else_is_drawn_at_most_eight_times_a_second(session: list[Entry]) -> None:
    """And only when something has changed, or the clock goes on."""
    screen = Screen()
    cue = session[1]
    with screen.face as face:
        drawn = 0
        for block in range(1, 126):
            face.see(cue)
            drawn += screen.draws_at(block * 0.016)
        assert 14 <= drawn <= 16
        assert screen.draws_at(2.2)
        assert sum(screen.draws_at(2.2 + block * 0.016) for block in range(1, 126)) == 2


def test_the_question_mark_swaps_the_session_for_the_keys(session: list[Entry]) -> None:
    """At once, and back again."""
    screen = Screen()
    with screen.face as face:
        for entry in session:
            face.see(entry)
        assert screen.draws_at(5.0)
        face.show_keys()
        assert screen.draws_at(5.001)
        assert "how do I do this" in screen.pictures()[-1]
        assert "Heard" not in screen.pictures()[-1]
        face.show_keys()
        assert screen.draws_at(5.002)
        assert "Heard" in screen.pictures()[-1]


def test_a_terminal_that_stalls_holds_nobody_up(session: list[Entry]) -> None:
    """Pictures are left out until it goes on; then the newest comes."""
    stalled, taken = threading.Event(), list[str]()

    def slow(text: str) -> None:
        assert stalled.wait(10)
        taken.append(text)

    screen = Screen(slow)
    with screen.face as face:
        for block in range(1000):
            face.see(session[block % len(session)])
            face.tick(block * 0.016)
        stalled.set()
        while screen.outlet.behind:
            pass
        assert len([text for text in taken if "? keys" in text]) == 1
        face.tick(16.0)
    assert "0:16" in [text for text in taken if "? keys" in text][-1]


def test_a_new_size_is_followed(session: list[Entry]) -> None:
    """By the next picture."""
    screen = Screen()
    with screen.face as face:
        face.see(session[0])
        assert screen.draws_at(1.0)
        screen.console.size = (60, 15)  # type: ignore[assignment]
        assert screen.draws_at(2.0)
        assert screen.pictures()[-1].count("\n") == 14


@pytest.mark.parametrize("term", ["dumb", "", None])
def test_a_terminal_that_can_do_nothing_gets_plain_lines(term: str | None) -> None:
    """So does one for which they are asked for; any other gets the picture."""
    far, near = os.openpty()
    environment = {} if term is None else {"TERM": term}
    with os.fdopen(near, "w") as stream:
        faces = [
            choose_face(stream, environment),
            choose_face(stream, {"TERM": "xterm"}, plain=True),
            choose_face(stream, {"TERM": "xterm"}),
        ]
    os.close(far)
    assert [type(face) for face in faces] == [PlainFace, PlainFace, TerminalFace]


def test_what_is_no_terminal_gets_plain_lines() -> None:
    """Whatever TERM says."""
    stream = io.StringIO()
    with choose_face(stream, {"TERM": "xterm"}) as face:
        face.see(Entry(1.0, CueSpoken("lift", "Lift.", 0.0, 0.0, 1.0)))
    assert stream.getvalue().splitlines()[0] == "  0:01.0  coach: Lift."
    assert "\x1b" not in stream.getvalue()
