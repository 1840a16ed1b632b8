"""A real room: a short queue before the loudspeaker, and the microphone paired with what was played."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from assistant.live.play_queue import PlayQueue
from assistant.live.reconnect import Device
from assistant.session.records import Dropout, DropoutKind
from assistant.session.room import Taken
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

QUEUE_SECONDS = 0.16
"""What is mixed ahead of the loudspeaker, so that a busy moment is not heard. Chosen."""

LONGEST_QUEUE_SECONDS = 0.5
"""To which it grows where the computer is busier than that. Chosen."""

_GROWTH = 1.5
"""By which the queue grows after an underrun. Chosen."""
_BLOCKS_AT_ONCE = 4
"""Blocks that are heard at most before the next one is mixed. Chosen."""


class Loudspeaker(Device, Protocol):
    """Takes samples from a queue; a port because a recorder may stand for it."""

    def serve(self) -> None:
        """Do what is due, where no thread of a device does."""
        ...

    def drain(self) -> None:
        """Play what is queued to its end, and close."""
        ...

    def take_flagged(self) -> int:
        """Return how many drop-outs the device reported since the last time."""
        ...


class Microphone(Device, Protocol):
    """Gives blocks paired with what is played; a port because a recording may stand for it."""

    def take(self, count: int) -> list[Samples]:
        """Return the blocks (BLOCK,) that are there, at most so many."""
        ...

    def restart(self) -> None:
        """Drop what came in while it was not asked for."""
        ...

    def keep_pace(self, skew: float) -> None:
        """Resample so that an echo stands still that got later by so many samples with each sample."""
        ...

    def take_lost(self) -> int:
        """Return how many samples were lost since the last time."""
        ...

    def take_flagged(self) -> int:
        """Return how many drop-outs the device reported since the last time."""
        ...


@dataclass
class LiveRoom:
    """Plays and takes in real time; the caller may be late by as much as the queue holds.

    Args:
        queue: Between the caller and the loudspeaker.
        loudspeaker: Plays it.
        microphone: Listens meanwhile.
        wake: Set whenever a device has given or taken something.
        queue_seconds: What is mixed ahead; 0 where no device waits for it.
    """

    queue: PlayQueue
    loudspeaker: Loudspeaker
    microphone: Microphone
    wake: threading.Event
    queue_seconds: float = QUEUE_SECONDS
    deaf: bool = field(default=False, init=False)
    """Whether what the microphone gives is taken for silence, because it is not the microphone's."""
    opened: bool = field(default=False, init=False)
    """Whether the devices have been opened for the first time."""
    _far: deque[Samples] = field(default_factory=deque[Samples], init=False)
    _dropouts: list[Dropout] = field(default_factory=list[Dropout], init=False)

    def __post_init__(self) -> None:
        self._wanted = round(self.queue_seconds * SAMPLE_RATE)

    @property
    def played(self) -> int:
        """Samples that the loudspeaker has taken."""
        return self.queue.played

    def hush(self) -> int:
        """Fade out what is queued within 10 ms, and return the first sample of the fade."""
        return self.queue.hush()

    def give_way(self, lowered: bool) -> None:
        """Turn down what leaves from now on, or no longer."""
        self.queue.give_way(lowered)

    def exchange(self, block: Samples) -> Sequence[Taken]:
        """Queue a block, wait while the queue is full, and return what was taken meanwhile.

        The beat comes first: while the queue runs low nothing is given, so that the caller mixes more.

        Raises:
            AssistantError: a device can't be opened at the start.
        """
        self.queue.put(block)
        if not self.opened:
            if self.queue.waiting < self._wanted:
                return []
            self.opened = True
            self.microphone.open()
            self.loudspeaker.open()
        self.loudspeaker.serve()
        self._note_missing()
        while 2 * self.queue.waiting >= self._wanted:
            taken = self._take()
            if taken or self.queue.waiting < self._wanted:
                return taken
            self.wake.wait(BLOCK / SAMPLE_RATE)
            self.wake.clear()
            self.loudspeaker.serve()
        return []

    @property
    def behind_seconds(self) -> float:
        """How much was played that the microphone has not been heard beside."""
        return len(self._far) * BLOCK / SAMPLE_RATE

    def restart_microphone(self) -> None:
        """Drop what the microphone gave while it was not asked."""
        self.microphone.restart()

    def take_dropouts(self) -> list[Dropout]:
        """Return what was lost since the last time."""
        dropouts, self._dropouts = self._dropouts, []
        return dropouts

    def close(self, at_once: bool) -> None:
        """Let the devices go, after the last sound or at once."""
        if at_once:
            self.loudspeaker.close()
        else:
            self.loudspeaker.drain()
        self.microphone.close()

    def _take(self) -> list[Taken]:
        self._far.extend(self.queue.take_played())
        blocks = self.microphone.take(min(len(self._far), _BLOCKS_AT_ONCE))
        if self.deaf:
            blocks = [np.zeros_like(block) for block in blocks]
        return [Taken(mic, self._far.popleft()) for mic in blocks]

    def _note_missing(self) -> None:
        if missing := self.queue.take_missing():
            self._wanted = min(round(self._wanted * _GROWTH), round(LONGEST_QUEUE_SECONDS * SAMPLE_RATE))
            self._note("late", missing / SAMPLE_RATE)
        if lost := self.microphone.take_lost():
            self._note("lost", lost / SAMPLE_RATE)
        if self.microphone.take_flagged() + self.loudspeaker.take_flagged():
            self._note("device", 0.0)

    def _note(self, what: DropoutKind, seconds: float) -> None:
        self._dropouts.append(Dropout(what, seconds, self._wanted / SAMPLE_RATE))
