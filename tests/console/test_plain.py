"""The face in plain lines, and the transcript it is made of."""

from __future__ import annotations

import pytest

from assistant.coaching.events import Heard, NotUnderstood, TroubleEnded
from assistant.console.faces import PlainFace
from assistant.console.keys import key_list
from assistant.console.outlet import Outlet
from assistant.console.transcript import transcript_line
from assistant.session.records import Counted, CueSpoken, Dropout, Entry, Silenced
from tests.session.entries import change, command, phase, summary


def test_each_thing_that_happens_is_a_line(session: list[Entry]) -> None:
    """Troubles, drop-outs and keys as well; the summary comes last."""
    taken: list[str] = []
    with PlainFace(Outlet(taken.append, is_terminal=False)) as face:
        for entry in session:
            face.see(entry)
            face.tick(entry.at)
        face.see(Entry(65.0, Dropout("late", 0.032, 0.1)))
        face.see(Entry(66.0, Heard("stop", key="s")))
        face.see(Entry(67.0, TroubleEnded("microphone_lost")))
    assert "".join(taken).splitlines() == [
        "  0:02.0  coach: Lift.",
        "  0:03.0  set 2 left, repetition 3",
        "  0:03.5  YOU: harder please",
        "  0:03.5  (harder: once a set)",
        "  0:04.2  !! the microphone is gone: I can't hear you, use the keys",
        "  1:05.0  (drop-out: late, 32 ms)",
        "  1:06.0  KEY: s (stop)",
        "  1:07.0  !! over: the microphone is gone: I can't hear you, use the keys",
        "",
        "The session was broken off.",
        "It had come to set 2 of 6, single leg lift, leg straight, repetition 3.",
        "The sound dropped out once, 0.03 s in all.",
    ]


def test_a_line_goes_out_as_soon_as_it_is_there(session: list[Entry]) -> None:
    """One text each, with its line end."""
    taken: list[str] = []
    with PlainFace(Outlet(taken.append, is_terminal=False)) as face:
        for entry in session:
            face.see(entry)
    assert taken[0] == "  0:02.0  coach: Lift.\n"
    assert all(text.endswith("\n") and text.count("\n") == 1 for text in taken)


def test_there_are_no_control_codes_even_if_a_title_has_some() -> None:
    """Nothing but signs and line ends."""
    taken: list[str] = []
    with PlainFace(Outlet(taken.append, is_terminal=True)) as face:
        face.see(Entry(1.0, CueSpoken("x", "\x1b[31mred\x07\nline", 0.0, 0.0, 1.0)))
        face.show_keys()
    text = "".join(taken)
    assert all(sign.isprintable() or sign == "\n" for sign in text)
    assert text.splitlines()[0] == "  0:01.0  coach: [31mredline"


def test_the_list_of_keys_is_one_line_a_key() -> None:
    """So that it can be read aloud."""
    taken: list[str] = []
    with PlainFace(Outlet(taken.append, is_terminal=False)) as face:
        face.show_keys()
    assert [line.split(maxsplit=0)[0].strip() for line in taken[: len(key_list())]] == [
        f"{key}  {meaning}" for key, meaning in key_list()
    ]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        (phase(61.0, "rest", exercise="x", side=None), "-- rest: x, set 1"),
        (phase(61.0, "top", exercise="x", side=None), None),
        (Entry(61.0, NotUnderstood(60.0, 61.0)), "YOU: (not understood)"),
        (command(61.0, "stop"), None),
        (Entry(61.0, Silenced(1.0)), "(silence)"),
        (change(61.0, "tempo", "a", "b", "slower"), "(change: tempo a to b, slower)"),
        (summary(61.0, "asked", 2, 9), "2 sets, 9 repetitions; asked"),
        (Entry(61.0, Counted(3, 61.0, 61.0)), None),
    ],
)
def test_an_entry_has_its_line(entry: Entry, line: str | None) -> None:
    """None where it says nothing new."""
    assert transcript_line(entry) == (None if line is None else f"  1:01.0  {line}")
