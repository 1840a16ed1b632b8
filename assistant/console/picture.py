"""One screen full of a session, composed for any size of terminal."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyfiglet import Figlet
from rich.text import Text

from assistant.console.keys import KEYS, LIST_KEY, Key, answers_to, command_of, key_list
from assistant.console.view import View
from assistant.console.words import PHASES, trouble_words

ROWS = 5
"""Height of a large letter, which can be read from across the room."""

_CELL = 26
"""Columns for one key and what it means."""

_LARGE_FROM_ROWS = 14
"""Height in rows from which the phase is in large letters."""

_BOTH_LARGE_FROM_ROWS = 20
"""Height in rows from which the repetition is in large letters, too."""

_ASCII = str.maketrans({"█": "#", "▄": "#", "▀": "#", "·": "-", "“": '"', "”": '"', "…": "."})

_STYLES = {"stopped": "bold yellow", "paused": "bold yellow", "asking": "bold magenta", "lower": "bold green"}
"""Colour is decoration: nothing is told by it alone."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How much room there is, and what is asked for."""

    width: int
    """Columns."""
    height: int
    """Rows."""
    keys_shown: bool = False
    ascii_only: bool = False
    """Whether the terminal has no signs beyond ASCII."""
    keys: tuple[Key, ...] = KEYS


@dataclass(frozen=True, slots=True)
class _Part:
    worth: int
    """What is worth less goes first where there is too little room."""
    rows: list[str] = field(default_factory=lambda: [""])
    style: str = ""


def picture(view: View, seconds: float, frame: Frame) -> Text:
    """Return exactly the rows of a frame, none wider than it.

    Args:
        view: What there is to see.
        seconds: Time of the session that is shown.
        frame: The room for it.
    """
    parts = _keys(view, frame) if frame.keys_shown else _session(view, frame)
    above = [_header(view, seconds, frame.width), *parts]
    below = [*_troubles(view, frame.width), _Part(2, [_footer(view)], "bold")]
    while len(_rows(above)) + len(_rows(below)) > frame.height and above + below:
        least = min(above + below, key=lambda part: part.worth)
        (above if least in above else below).remove(least)
    gap = frame.height - len(_rows(above)) - len(_rows(below))
    lines = [*_rows(above), *[Text()] * gap, *_rows(below)]
    for line in lines:
        # A title may hold anything; control codes would reach the terminal.
        shown = "".join(sign for sign in line.plain if sign.isprintable())
        line.plain = shown.translate(_ASCII) if frame.ascii_only else shown
        line.truncate(frame.width, overflow="crop" if frame.ascii_only else "ellipsis")
    return Text("\n", no_wrap=True, end="").join(lines)


def _rows(parts: list[_Part]) -> list[Text]:
    return [Text(row, part.style) for part in parts for row in part.rows]


def _header(view: View, seconds: float, width: int) -> _Part:
    clock = f"{seconds // 60:.0f}:{int(seconds % 60):02}"
    sets = f"set {view.set} of {view.sets}   " if view.set else ""
    left = width - len(sets) - len(clock)
    return _Part(5, [f"{view.title[: max(left - 1, 0)]:<{max(left, 0)}}{sets}{clock}"])


def _session(view: View, frame: Frame) -> list[_Part]:
    style = _STYLES.get(view.phase, "bold")
    gap = _Part(0)
    parts = [gap, _Part(10, _word(view, frame), style), gap]
    if (rows := _work(view, frame)) is not None:
        parts += [_Part(1, rows, "bold"), gap]
    if caption := _caption(view):
        parts.append(_Part(9, [caption], "bold"))
    parts += [_Part(4, [PHASES[view.phase].hint]), gap]
    if view.said:
        parts.append(_Part(3, _said(view.said, frame.width)))
    parts.append(_Part(7, [_heard(view)]))
    if view.following:
        parts.append(_Part(6, [f"Next    {view.following}"]))
    return parts


def _word(view: View, frame: Frame) -> list[str]:
    """The phase, and at the right edge the count."""
    word, count = PHASES[view.phase].word, "" if view.count is None else str(view.count)
    if frame.height >= _LARGE_FROM_ROWS:
        number = large(count)
        room = frame.width - len(number[0])
        if (rows := _first_that_fits([word], room - 2 if count else room)) is not None:
            return [row.ljust(room) + number[i] for i, row in enumerate(rows)]
    return [f"{word.upper()}  {count}".rstrip()]


def _work(view: View, frame: Frame) -> list[str] | None:
    """Side and repetition, or the set outside of repetitions, in large letters; None where they don't fit."""
    if frame.height < _BOTH_LARGE_FROM_ROWS or not view.set:
        return None
    side = f"{view.side} " if view.side else ""
    if not view.repetition:
        return _first_that_fits([f"set {view.set}/{view.sets}"], frame.width)
    number, of = f"{view.repetition}", f"/{view.repetitions}"
    return _first_that_fits([side + number + of, side + number, number + of], frame.width)


def _caption(view: View) -> str:
    side = f"{view.side} leg" if view.side else ""
    repetition = f"repetition {view.repetition} of {view.repetitions}" if view.repetition else ""
    return " · ".join(part for part in (side, repetition) if part)


def _said(text: str, width: int) -> list[str]:
    """What the coach said last, in at most two rows."""
    room = max(width - 8, 1)
    if len(text) <= room:
        return [f"Coach   {text}"]
    cut = text.rfind(" ", 0, room + 1)
    cut = room if cut <= 0 else cut
    return [f"Coach   {text[:cut]}", f"        {text[cut:].strip()}"]


def _heard(view: View) -> str:
    words = f"“{view.heard}”" if view.heard and not view.key else view.heard
    outcome = "" if view.answered is None else "done" if view.answered else "not done"
    told = " · ".join(part for part in (view.key, words, outcome, view.reason) if part)
    return f"{'Key' if view.key else 'Heard':<8}{told}"


def _troubles(view: View, width: int) -> list[_Part]:
    """One bar for each trouble, in reverse video and marked for terminals that have none."""
    return [
        _Part(8, [f"!! {trouble_words(what)} !!".center(width)], "bold reverse") for what in view.troubles
    ]


def _footer(view: View) -> str:
    keys: list[tuple[str, str]] = [] if view.question is None else answers_to(view.question)
    if view.phase in ("greeting", "setup", "rest"):
        keys.append(("Enter", "ready"))
    space = command_of("space", view.phase, view.question)
    if space is not None and view.phase != "finished":
        keys.append(("space", space[0].replace("_", " ")))
    keys += [("s", "stop"), ("p", "pain"), (LIST_KEY, "keys")]
    return " · ".join(f"{key} {meaning}" for key, meaning in keys)


def _keys(view: View, frame: Frame) -> list[_Part]:
    """The phase on one row, then every key; those that matter most come first and go last."""
    word = " · ".join([*_word(view, Frame(frame.width, 1)), *[_caption(view)] * bool(_caption(view))])
    cells = [f"{key:>7} {meaning}"[: _CELL - 1].ljust(_CELL) for key, meaning in key_list(frame.keys)]
    room = frame.height - 4 - len(view.troubles)
    columns = max(frame.width // _CELL, 1)
    count = max(min(math.ceil(len(cells) / columns), room), 0)
    rows = ["".join(cells[i : count * columns : count]).rstrip() for i in range(count)] if count else []
    return [_Part(10, [word], "bold"), _Part(0), _Part(3, rows)]


def _first_that_fits(candidates: Iterable[str], width: int) -> list[str] | None:
    """Return the rows of the first text that fits into a width in columns, or None."""
    for text in candidates:
        rows = large(text)
        if len(rows[0]) <= width:
            return rows
    return None


@functools.lru_cache(maxsize=256)
def large(text: str) -> list[str]:
    """Return the rows of a text in large letters, all of the same width; an empty text has no width."""
    drawn = _figlet().renderText(text.upper()).splitlines()[:ROWS] if text else [""] * ROWS
    width = max(len(row.rstrip()) for row in drawn)
    return [row.rstrip().ljust(width) for row in drawn]


@functools.cache
def _figlet() -> Figlet:
    # Wider than any terminal: what does not fit is never broken into lines.
    return Figlet("ansi_regular", width=1000)
