"""Watching the microphone's health on its way through the echo canceller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.coaching.events import Event, TroubleBegan, TroubleEnded
from assistant.hearing.echo.canceller import Cancelled, Canceller
from assistant.hearing.health import MicrophoneHealth
from assistant.sound import Samples


@dataclass(slots=True)
class HealthTap:
    """A canceller that also tells the coach when the microphone can't be listened to.

    Args:
        canceller: Does the work.
        health: Judges what goes in and comes out.
        speech_db: Level of the person's speech in decibels of full scale; None while not known.
    """

    canceller: Canceller
    health: MicrophoneHealth
    speech_db: float | None = None
    _lifeless: bool = field(default=False, init=False)
    _events: list[Event] = field(default_factory=list[Event], init=False)

    def process(self, mic: Samples, far: Samples) -> Cancelled:
        """Return the microphone without the loudspeaker; both are one block (BLOCK,)."""
        cancelled = self.canceller.process(mic, far)
        change = self.health.follow(mic, cancelled.clean, far, self.speech_db)
        if change is not None:
            self._events += [*map(TroubleBegan, change.began), *map(TroubleEnded, change.over)]
        if self.health.lifeless != self._lifeless:
            self._lifeless = self.health.lifeless
            self._events.append((TroubleBegan if self._lifeless else TroubleEnded)("lifeless"))
        return cancelled

    def notice(self, now: float) -> Sequence[Event]:
        """Return what has happened since the last time."""
        events, self._events = self._events, []
        return events
