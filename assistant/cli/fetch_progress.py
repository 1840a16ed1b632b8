"""How a download is shown: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from contextlib import AbstractContextManager

from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

_UNKNOWN_STEP = 10_000_000
"""Bytes between two lines where the whole is not known."""


class ProgressBar(Progress):
    """A bar with size, speed and the time it still takes; gone when it is done."""

    def __init__(self, console: Console, name: str) -> None:
        columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
        super().__init__("{task.description}", *columns, console=console, transient=True)
        self._task = self.add_task(name, total=None)

    def began(self, have: int, total: int | None) -> None:
        """Begin at what is here already, in bytes."""
        self.reset(self._task, total=total, completed=have)

    def came(self, count: int) -> None:
        """Move on by some bytes."""
        self.advance(self._task, count)

    def said(self, text: str) -> None:
        """Print a line above the bar."""
        self.console.print(text)


class ProgressLines(AbstractContextManager["ProgressLines"]):
    """A line at the start and one for each tenth."""

    def __init__(self, console: Console, name: str) -> None:
        self._console = console
        self._name = name
        self._have = 0
        self._total: int | None = None
        self._step = _UNKNOWN_STEP

    def __exit__(self, *_: object) -> None:
        """End; there is nothing to take away."""

    def began(self, have: int, total: int | None) -> None:
        """Say how much there is to come, in bytes."""
        self._have, self._total = have, total
        self._step = max(total // 10, 1) if total else _UNKNOWN_STEP
        size = "a file of unknown size" if total is None else decimal(total)
        what = f"fetching {size}" if have == 0 else f"going on at {decimal(have)} of {size}"
        self.said(f"{self._name}: {what}")

    def came(self, count: int) -> None:
        """Say so when a further tenth is here."""
        before = self._have // self._step
        self._have += count
        if self._have // self._step > before:
            of = "" if self._total is None else f" of {decimal(self._total)}"
            self.said(f"{self._name}: {decimal(self._have)}{of}")

    def said(self, text: str) -> None:
        """Print a line."""
        self._console.print(text)
