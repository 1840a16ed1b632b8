"""The command line itself: one application, and where it writes."""

from __future__ import annotations

import sys

from cyclopts import App
from rich.console import Console

from assistant import __version__

app = App(
    name="imprint",
    help="A hands-free, offline workout coach: you talk, it listens, counts and answers.",
    version=__version__,
    result_action="return_value",
)

# Names of routines and devices may hold square brackets: nothing is markup.
OUT = Console(highlight=False, soft_wrap=True, markup=False)
ERR = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


def can_ask() -> bool:
    """Tell whether somebody is there to answer a question on the terminal."""
    return sys.stdin is not None and sys.stdin.isatty()  # pyright: ignore[reportUnnecessaryComparison]


DEFAULT_ROUTINE = "leg-lifts"
