"""The command line itself: one application, and where it writes."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from cyclopts import App, Parameter
from rich.console import Console

from assistant import __version__

if TYPE_CHECKING:
    from rich.table import Column, Table

app = App(
    name="imprint",
    help="A hands-free, offline workout coach: you talk, it listens, counts and answers.",
    version=__version__,
    result_action="return_value",
)

# A terminal that does not know how wide it is says 0, and would be shown nothing.
if not os.environ.get("COLUMNS", "1").strip("0"):
    del os.environ["COLUMNS"]

# Names of routines and devices may hold square brackets, and places end in :100: nothing is markup.
OUT = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
ERR = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


def write_log() -> None:
    """Write what a developer needs to see into the file that IMPRINT_LOG names, if it is set.

    Raises:
        OSError: the file can't be written.
    """
    if path := os.environ.get("IMPRINT_LOG"):
        handler = logging.FileHandler(path, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logger = logging.getLogger("assistant")
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)


def can_ask() -> bool:
    """Return whether a person can answer a question on the terminal."""
    return sys.stdin is not None and sys.stdin.isatty()  # pyright: ignore[reportUnnecessaryComparison]


def asked(question: str) -> str:
    """Ask on the terminal and return the answer in small letters; the end of the input is a no."""
    try:
        return input(question).strip().lower()
    except EOFError:
        return "no"


def empty_table(*headings: str | Column, title: str | None = None, **every: Any) -> Table:
    """Return an empty table.

    Args:
        headings: Of its columns.
        title: What stands above it.
        every: What each column has that is not given whole, as for `rich.table.Column`.
    """
    from rich import box
    from rich.table import Column, Table

    columns = (Column(one, **every) if isinstance(one, str) else one for one in headings)
    return Table(
        *columns, title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False
    )


DEFAULT_ROUTINE = "leg-lifts"

AsJson: TypeAlias = Annotated[bool, Parameter(name="--json", negative=())]
"""The option of commands that can print for other programs."""
