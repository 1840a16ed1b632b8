"""The command line itself: one application, and where it writes."""

from __future__ import annotations

from cyclopts import App
from rich.console import Console

from assistant import __version__

app = App(
    name="imprint",
    help="A hands-free, offline workout coach: you talk, it listens, counts and answers.",
    version=__version__,
    result_action="return_value",
)

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)

DEFAULT_ROUTINE = "leg-lifts"
