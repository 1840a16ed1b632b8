"""One screen full, in any size."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from assistant.coaching.phases import PHASES
from assistant.console.keys import key_list
from assistant.console.picture import Frame, large, picture
from assistant.console.view import View
from assistant.console.words import PHASES as WORDS
from assistant.session.records import Entry

Look = Callable[[Iterable[Entry]], View]

USUAL = Frame(80, 24)
SIZES = [(80, 24), (200, 60), (79, 23), (60, 18), (40, 14), (40, 10), (20, 6), (10, 3), (3, 2), (1, 1)]


def _rows(view: View, frame: Frame = USUAL) -> list[str]:
    return picture(view, 754.2, frame).plain.split("\n")


def _has_large(rows: list[str], text: str) -> bool:
    wanted = [row.rstrip() for row in large(text)]
    return any(
        all(want in rows[i + j] for j, want in enumerate(wanted)) for i in range(len(rows) - len(wanted) + 1)
    )


def test_every_fact_is_visible(session: list[Entry], look: Look) -> None:
    """Phase, count, side and repetition are large; the rest is there to be read."""
    rows = _rows(look(session))
    for text in ("lower", "2", "left 3/10"):
        assert _has_large(rows, text), text
    screen = "\n".join(rows)
    for text in (
        "single leg lift, leg straight",
        "set 2 of 6",
        "12:34",
        "left leg · repetition 3 of 10",
        "Lower slowly",
        "Coach   Lift.",
        "Heard   “harder please” · not done · once a set",
        "Next    double leg lift, knees bent",
        "!! the microphone is gone: I can't hear you, use the keys !!",
        "space pause · s stop · p pain · ? keys",
    ):
        assert text in screen, text


def test_a_terminal_of_80_by_24_takes_it_as_it_is(session: list[Entry], look: Look) -> None:
    """No row wraps, and none is left over."""
    console = Console(file=io.StringIO(), force_terminal=True, width=80, height=24, color_system=None)
    with console.capture() as capture:
        console.print(picture(look(session), 754.2, USUAL))
    printed = capture.get().replace("\x1b[1m", "").replace("\x1b[7m", "").replace("\x1b[1;7m", "")
    assert printed.replace("\x1b[0m", "").rstrip("\n").split("\n") == _rows(look(session))


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("keys_shown", [False, True])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_phase_fills_every_size_exactly(
    session: list[Entry], look: Look, phase: str, keys_shown: bool, width: int, height: int
) -> None:
    """Never a row or a column too many, however much is wrong at once."""
    view = look(session)
    for troubles in ((), ("clipping", "drowned", "device_changed")):
        rows = _rows(replace(view, phase=phase, troubles=troubles), Frame(width, height, keys_shown))
        assert len(rows) == height
        assert max(cell_len(row) for row in rows) <= width


@pytest.mark.parametrize("phase", PHASES)
def test_every_phase_is_told_in_large_letters(session: list[Entry], look: Look, phase: str) -> None:
    """And in small ones what to do."""
    rows = _rows(replace(look(session), phase=phase, count=None))
    assert _has_large(rows, WORDS[phase].word)
    assert WORDS[phase].hint in rows


@pytest.mark.parametrize(("width", "height"), [(40, 10), (60, 8), (30, 24)])
def test_where_there_is_little_room_letters_are_small(
    session: list[Entry], look: Look, width: int, height: int
) -> None:
    """What matters most stays."""
    screen = "\n".join(_rows(look(session), Frame(width, height)))
    assert "LOWER  2" in screen
    assert "repetition 3" in screen
    assert "!!" in screen
    assert "█" not in screen or height >= 20


def test_a_key_is_told_from_a_word(session: list[Entry], look: Look) -> None:
    """With what it stood for and what came of it."""
    rows = _rows(replace(look(session), key="n", heard="next set", answered=True, reason=""))
    assert "Key     n · next set · done" in [row.rstrip() for row in rows]


def test_outside_of_repetitions_the_set_is_large(session: list[Entry], look: Look) -> None:
    """With the side, where there is one, below."""
    rows = _rows(replace(look(session), phase="imprint", repetition=0, count=None))
    assert _has_large(rows, "set 2/6")
    assert "left leg" in rows


def test_trouble_is_told_without_colour(session: list[Entry], look: Look) -> None:
    """In reverse video, and between marks where there is none."""
    text = picture(look(session), 0.0, USUAL)
    bars = [span for span in text.spans if "reverse" in str(span.style)]
    assert [text.plain[bar.start : bar.end].strip()[:2] for bar in bars] == ["!!"]


def test_an_open_question_shows_the_keys_that_answer_it(session: list[Entry], look: Look) -> None:
    """Stop and pain stay beside them, on one row."""
    asking = replace(look(session), phase="asking", troubles=())
    for question, keys in [
        ("finish", "y yes · n no · s stop · p pain · ? keys"),
        ("how_sore", "0-9 how sore · t ten · s stop · p pain · ? keys"),
        ("where", "b back · h j hip · e k n somewhere else · s stop · p pain · ? keys"),
        ("ready", "Enter r ready · space pause · s stop · p pain · ? keys"),
    ]:
        assert _rows(replace(asking, question=question))[-1].rstrip() == keys


@pytest.mark.parametrize(
    ("phase", "keys"),
    [
        ("lower", "space pause · s stop · p pain · ? keys"),
        ("setup", "Enter ready · space pause · s stop · p pain · ? keys"),
        ("paused", "space carry on · s stop · p pain · ? keys"),
        ("stopped", "space carry on · s stop · p pain · ? keys"),
        ("finished", "s stop · p pain · ? keys"),
    ],
)
def test_the_last_row_shows_the_keys_that_matter_now(phase: str, keys: str) -> None:
    """What space does depends on the phase."""
    assert _rows(View(phase=phase))[-1].rstrip() == keys


def test_the_list_of_keys_is_complete_in_80_by_24(session: list[Entry], look: Look) -> None:
    """Phase, count and trouble stay above and below it."""
    rows = _rows(look(session), replace(USUAL, keys_shown=True))
    screen = "\n".join(rows)
    for signs, meaning in key_list():
        assert f"{signs} {meaning}" in screen
    assert "LOWER  2 · left leg · repetition 3 of 10" in screen
    assert "!! the microphone is gone" in screen


def test_a_long_cue_takes_two_rows(session: list[Entry], look: Look) -> None:
    """Broken between words."""
    said = "Lie flat on your back with your knees bent, feet on the floor. Arms beside you, palms down."
    rows = [row.rstrip() for row in _rows(replace(look(session), said=said))]
    at = rows.index("Coach   Lie flat on your back with your knees bent, feet on the floor. Arms")
    assert rows[at + 1] == "        beside you, palms down."


@pytest.mark.parametrize("keys_shown", [False, True])
def test_a_terminal_without_further_signs_gets_ascii(
    session: list[Entry], look: Look, keys_shown: bool
) -> None:
    """Letters of # instead of blocks."""
    rows = _rows(look(session), Frame(80, 24, keys_shown, ascii_only=True))
    assert "\n".join(rows).isascii()
    assert keys_shown or "#######" in "\n".join(rows)


def test_control_codes_in_a_title_are_not_shown() -> None:
    """They would move the cursor or colour the rest."""
    rows = _rows(View(title="lift\x1b[2J\x07", set=1, sets=2, following="next\x1b[0m\nline"))
    assert len(rows) == 24
    assert all(row.isprintable() for row in rows)
