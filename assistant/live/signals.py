"""Signals that end a session (Ctrl-C, SIGTERM, SIGHUP) as an event, so that it ends with a whole record."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from types import FrameType
from typing import Any, Self

from assistant.coaching.events import Event, Interrupted

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class EndSignals:
    """Catches the signals that end a session; a second one ends the program at once."""

    def __init__(self) -> None:
        self.signal: int | None = None
        """The signal that came, if any."""
        self._events: list[Event] = []
        self._before: dict[int, Any] = {}

    @property
    def status(self) -> int | None:
        """The exit status for it, such as 130 after Ctrl-C; None without a signal."""
        return None if self.signal is None else 128 + self.signal

    def notice(self, now: float) -> Sequence[Event]:
        """Return the interruption, once."""
        events, self._events = self._events, []
        return events

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._caught) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        self._restore()

    def _caught(self, number: int, frame: FrameType | None) -> None:
        self.signal = number
        self._events.append(Interrupted())
        self._restore()

    def _restore(self) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)
        self._before = {}
