"""Watching the microphone's health on its way through the echo canceller."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.coaching.events import Event, TroubleBegan, TroubleEnded
from assistant.hearing.echo.canceller import Cancelled, Canceller
from assistant.hearing.health import MicrophoneHealth
from assistant.sound import Samples


class HealthTap:
    """A canceller that also tells the coach when the microphone can't be listened to.

    Args:
        canceller: Does the work.
        health: Judges what goes in and comes out.
        speech_db: Level of the person's speech in decibels of full scale; None while not known.
    """

    def __init__(
        self, canceller: Canceller, health: MicrophoneHealth, speech_db: float | None = None
    ) -> None:
        self._canceller = canceller
        self._health = health
        self._speech_db = speech_db
        self._lifeless = False
        self._events: list[Event] = []

    def process(self, mic: Samples, far: Samples) -> Cancelled:
        """Return the microphone without the loudspeaker; both are one block (BLOCK,)."""
        cancelled = self._canceller.process(mic, far)
        change = self._health.follow(mic, cancelled.clean, far, self._speech_db)
        if change is not None:
            self._events += [TroubleBegan(trouble) for trouble in change.began]
            self._events += [TroubleEnded(trouble) for trouble in change.over]
        if self._health.lifeless != self._lifeless:
            self._lifeless = not self._lifeless
            self._events.append(TroubleBegan("lifeless") if self._lifeless else TroubleEnded("lifeless"))
        return cancelled

    def notice(self, now: float) -> Sequence[Event]:
        """Return what has happened since the last time."""
        events, self._events = self._events, []
        return events
