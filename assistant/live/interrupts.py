"""Ctrl-C and its kin as an event: silence and a summary, and no half-written record."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from types import FrameType, TracebackType
from typing import Any, Self

from assistant.coaching.events import Event, Interrupted

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Catches the signals that end a session; the second one ends the program as it would have anyway."""

    def __init__(self) -> None:
        self.signal: int | None = None
        """The signal that came, if one did."""
        self._told = False
        self._before: dict[int, Any] = {}

    @property
    def status(self) -> int | None:
        """The exit status that says so: 130 after Ctrl-C."""
        return None if self.signal is None else 128 + self.signal

    def notice(self, now: float) -> Sequence[Event]:
        """Give the interruption, once."""
        if self.signal is None or self._told:
            return []
        self._told = True
        return [Interrupted()]

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._caught) for number in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._restore()

    def _caught(self, number: int, frame: FrameType | None) -> None:
        self.signal = number
        self._restore()

    def _restore(self) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)
        self._before = {}
