"""The one loop: a block out, a block in, what was heard to the coach, what it decides to the mixer.

Time is the count of samples played, so a count lands on its beat, and the same loop runs a session over
devices or, faster than real time, over a simulated room.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.coaching.actions import Action
from assistant.coaching.coach import Coach
from assistant.coaching.events import Heard, NotUnderstood, Started
from assistant.hearing.listener import Listener
from assistant.performer import Performer
from assistant.record import Record
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from assistant.speaking.mixer import Mixer


class Room(Protocol):
    """A loudspeaker and a microphone in one place; a port because most sessions in tests have neither."""

    def exchange(self, played: Samples) -> Samples:
        """Play one block and give the block that the microphone took meanwhile, both (BLOCK,)."""
        ...


class Runner:
    """Runs one session to its end.

    Args:
        coach: The brain.
        performer: Carries out what it decides.
        mixer: The sample clock.
        listener: Turns what the microphone took into events.
        room: Where the sound goes and comes from.
        record: What was heard goes there.
        watch: Shown every list of actions with the time at which it was decided.
    """

    def __init__(
        self,
        coach: Coach,
        performer: Performer,
        mixer: Mixer,
        listener: Listener,
        room: Room,
        record: Record,
        watch: Callable[[Sequence[Action], float], None],
    ) -> None:
        self._coach = coach
        self._performer = performer
        self._mixer = mixer
        self._listener = listener
        self._room = room
        self._record = record
        self._watch = watch

    def run(self, longest_seconds: float = math.inf) -> None:
        """Run until the last word of the session has been said, or for the longest time allowed."""
        self._decide(self._coach.handle(Started(), 0.0), 0.0)
        while self._performer.now < min(self._coach.over_at or math.inf, longest_seconds):
            self.step()

    def step(self) -> None:
        """Run one block."""
        end = (self._mixer.position + BLOCK) / SAMPLE_RATE
        # What is due within this block is decided before the block is mixed: no beat is ever late.
        while (due := self._coach.next_deadline()) is not None and due < end:
            self._decide(self._coach.advance(due), due)
        played = self._mixer.read(BLOCK)
        self._performer.played()
        taken = self._room.exchange(played)
        for event in self._listener.hear(taken, played, self._performer.context, self._performer.spoken()):
            self._hear(event)
        self._record.settle()

    def _hear(self, event: Heard | NotUnderstood) -> None:
        now = self._performer.now
        if isinstance(event, Heard):
            self._record.add(
                "heard",
                now,
                text=event.text,
                command=event.command,
                slots=dict(event.slots),
                partial=event.partial,
                start=event.start,
                end=event.end,
                confidence=event.confidence,
            )
        else:
            self._record.add(
                "heard",
                now,
                text="",
                command=None,
                slots={},
                partial=False,
                start=event.start,
                end=event.end,
                confidence=0.0,
            )
        self._decide(self._coach.handle(event, now), now)

    def _decide(self, actions: Sequence[Action], now: float) -> None:
        self._performer.perform(actions, now)
        self._watch(actions, now)
