"""Large letters, five rows high, to be read from across the room."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from pyfiglet import Figlet

ROWS = 5
"""Height of a letter."""

_FONT = "ansi_regular"


def first_that_fits(candidates: Iterable[str], width: int) -> list[str] | None:
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
    return Figlet(_FONT, width=1000)
