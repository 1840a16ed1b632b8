"""What was heard, as measurements keep it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.coaching.events import Slots


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was heard."""

    text: str
    command: str
    slots: Slots
    start: float = 0.0
    end: float = 0.0
    at: float = 0.0
    """When a session had heard it, in seconds as its start and its end; a recording has no such time."""
    safety: bool = False
