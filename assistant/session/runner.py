"""The one loop: a block out, a block in, what was heard to the coach, what it decides to the mixer.

Time is the count of samples played, so a count lands on its beat, and the same loop runs a session over
devices or, faster than real time, over a simulated room.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.coaching.actions import Action
from assistant.coaching.coach import Coach
from assistant.coaching.events import Event, Interrupted, Started
from assistant.hearing.listener import Listener
from assistant.hearing.rejection import Refused
from assistant.session.event_log import EventLog
from assistant.session.misheard import Misheard
from assistant.session.performer import Performer
from assistant.session.records import CommandRefused
from assistant.session.room import Room
from assistant.sound import BLOCK, SAMPLE_RATE
from assistant.speaking.mixer import Mixer

_LOGGER = logging.getLogger(__name__)


class Sense(Protocol):
    """What the coach is told besides what the microphone hears: keys, signals, devices that come and go."""

    def notice(self, now: float) -> Sequence[Event]:
        """Return what has happened since the last time; `now` is in seconds on the sample clock."""
        ...


@dataclass(frozen=True, slots=True)
class Runner:
    """Runs one session to its end.

    Args:
        coach: The brain.
        performer: Carries out what it decides.
        mixer: The sample clock.
        listener: Turns what the microphone took into events.
        room: Where the sound goes and comes from.
        log: What was heard goes there.
        senses: What else tells the coach what happens, besides the microphone.
        watch: Shown every list of actions with the time at which it was decided.
        misheard: Is told of everything that was heard.
        gives_way: Whether the coach gets softer while a person near speaks.
    """

    coach: Coach
    performer: Performer
    mixer: Mixer
    listener: Listener
    room: Room
    log: EventLog
    senses: Sequence[Sense]
    watch: Callable[[Sequence[Action], float], None] | None = None
    misheard: Misheard | None = None
    gives_way: bool = True

    def run(self, longest_seconds: float = math.inf) -> None:
        """Run until the last word of the session has been said, or for the longest time allowed."""
        self._decide(self.coach.handle(Started(), 0.0), 0.0)
        while self.performer.now < min(self._over_at, longest_seconds):
            self.step()

    @property
    def _over_at(self) -> float:
        return math.inf if self.coach.over_at is None else self.coach.over_at

    def step(self) -> None:
        """Run one block."""
        end = (self.mixer.position + BLOCK) / SAMPLE_RATE
        # What is due within this block is decided before the block is mixed: no beat is ever late.
        while (due := self.coach.next_deadline()) is not None and due < end:
            self._decide(self.coach.advance(due), due)
        for sense in self.senses:
            for event in sense.notice(self.performer.now):
                self._happen(event, self.performer.context)
        for taken in self.room.exchange(self.mixer.read(BLOCK)):
            context, spoken = self.performer.context, self.performer.spoken
            for sound in self.listener.hear(taken.mic, taken.far, context, spoken):
                if isinstance(sound, Refused):
                    self._refuse(sound, context)
                else:
                    self._happen(sound, context)
            if self.gives_way:
                self.room.give_way(self.listener.is_spoken_to)
        self.performer.played()
        self.log.settle(self.room.played / SAMPLE_RATE)

    def _happen(self, event: Event, context: str) -> None:
        now = self.performer.now
        if self.misheard is not None:
            self.misheard.see(event, context)
        _LOGGER.debug("%.3f s: %s", now, event)
        # What the coach makes of these two is recorded.
        if not isinstance(event, Started | Interrupted):
            self.log.add(event, now)
        self._decide(self.coach.handle(event, now), now)

    def _refuse(self, refused: Refused, context: str) -> None:
        if self.misheard is not None:
            self.misheard.see(refused, context)
        heard = refused.heard
        said = (heard.text, heard.command, heard.slots, heard.start, heard.end, heard.confidence)
        self.log.add(CommandRefused(*said, refused.because), self.performer.now)

    def _decide(self, actions: Sequence[Action], now: float) -> None:
        self.performer.perform(actions, now)
        if self.watch is not None:
            self.watch(actions, now)
