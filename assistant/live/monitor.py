"""Noticing sound devices that fail, move or fall behind, and telling the coach."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.coaching.events import Event, Trouble, TroubleBegan, TroubleEnded
from assistant.live.pulse import Route
from assistant.live.reconnect import Device, DeviceReconnect
from assistant.session.event_log import EventLog
from assistant.session.records import Dropout

_LOGGER = logging.getLogger(__name__)

ASLEEP_SECONDS = 2.0
"""When this much time is missing between two looks, the computer slept or the program was stopped. Chosen."""

BEHIND_SECONDS = 2.0
"""Sound that waits longer than this to be heard: the computer is too busy; devices hold back less. Chosen."""

CAUGHT_UP_SECONDS = 1.0
"""When it waits for less than this, the hearing keeps up again. Chosen."""

GRACE_SECONDS = 1.0
"""Devices have this much time to come to life, at first and after a sleep. Chosen."""


SETTLED_SECONDS = 0.6
"""What a device took before it changed has been heard after this time: queue and buffer. Chosen."""


class Devices(Protocol):
    """What is watched, of a room; a port because devices can't be unplugged by a test."""

    deaf: bool
    """Whether what the microphone gives is to be taken for silence."""

    @property
    def opened(self) -> bool:
        """Whether the devices have been opened for the first time."""
        ...

    @property
    def loudspeaker(self) -> Device:
        """Where it plays."""
        ...

    @property
    def microphone(self) -> Device:
        """Where it listens."""
        ...

    @property
    def behind_seconds(self) -> float:
        """How much was played that the microphone has not been heard beside."""
        ...

    def restart_microphone(self) -> None:
        """Drop what the microphone gave while it was not asked."""
        ...

    def take_dropouts(self) -> list[Dropout]:
        """Return what was lost since the last time."""
        ...


def awake_or_not() -> float:
    """Return the seconds of a clock that goes on while the computer sleeps, where the system has one."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


@dataclass(slots=True)
class DeviceMonitor:
    """Tells the coach of devices that are lost, muted or changed, and of time that is missing.

    Args:
        room: Whose devices are watched.
        log: Drop-outs go there.
        route: Gives where a sound server leads the streams; None where it does not tell.
        revival: Opens them again.
        changed: Told when another device is heard or plays: what is being heard then is no person.
        disturbed: Told when the echo may come another way than before.
        clock: Seconds; it goes on while the computer sleeps.
    """

    room: Devices
    log: EventLog
    route: Callable[[], Route | None]
    revival: DeviceReconnect
    changed: Callable[[], None]
    disturbed: Callable[[], None]
    clock: Callable[[], float] = awake_or_not
    _looked: float | None = field(default=None, init=False)
    _judged_from: float = field(default=0.0, init=False)
    _slept: bool = field(default=False, init=False)
    _behind: bool = field(default=False, init=False)
    _settled_at: float | None = field(default=None, init=False)
    _home: Route | None = field(default=None, init=False)
    _troubles: set[Trouble] = field(default_factory=set[Trouble], init=False)

    def notice(self, now: float) -> Sequence[Event]:
        """Return what has happened since the last time."""
        self._note_dropouts(now)
        at = self.clock()
        if not self.room.opened:
            self._judged_from = at + GRACE_SECONDS
            return []
        events: list[Event] = []
        if self._looked is not None and at - self._looked > ASLEEP_SECONDS:
            events.append(TroubleBegan("asleep"))
            self._judged_from = at + GRACE_SECONDS
            self._slept = True
            self.changed()
        elif self._has_moved():
            events.append(TroubleBegan("device_changed"))
        elif self._falls_behind():
            # A "stop" that is heard late is worse than one that has to be said again, and is known to be.
            events.append(TroubleBegan("behind"))
            self.room.restart_microphone()
        self._looked = at
        if at < self._judged_from:
            return events
        if self._slept:
            # A server may have kept what came meanwhile; it would be heard late from now on.
            self._slept = False
            self.room.restart_microphone()
            self.changed()
        self.revival.tend(at)
        present = self._troubles if self.revival.rescanning else self._present()
        events += map(TroubleBegan, sorted(present - self._troubles))
        events += map(TroubleEnded, sorted(self._troubles - present))
        self._troubles = present
        self.room.deaf = "microphone_lost" in present
        if events:
            _LOGGER.warning("%s", events)
            self.changed()
            self._settled_at = at + SETTLED_SECONDS
        elif self._settled_at is not None and at >= self._settled_at:
            # Until now it was heard as it was: of a muted microphone no echo was learnt.
            self._settled_at = None
            self.changed()
        return events

    def _present(self) -> set[Trouble]:
        present: set[Trouble] = set()
        route = self.route() or Route()
        if not self.room.loudspeaker.alive:
            present.add("loudspeaker_lost")
        elif route.loudspeaker_muted:
            present.add("loudspeaker_muted")
        if not self.room.microphone.alive or self._takes_monitor(route):
            present.add("microphone_lost")
        elif route.microphone_muted:
            present.add("microphone_muted")
        return present

    def _takes_monitor(self, route: Route) -> bool:
        """Return whether a sound server gives us what another device plays, since the microphone is gone."""
        home = self._home
        return home is not None and route.microphone_is_monitor and route.microphone != home.microphone

    def _has_moved(self) -> bool:
        """Return whether the server has led a stream to another device."""
        route = self.route() or Route()
        if None in (route.loudspeaker, route.microphone) or self._takes_monitor(route):
            return False
        home, self._home = self._home or route, route
        if moved := (route.loudspeaker, route.microphone) != (home.loudspeaker, home.microphone):
            _LOGGER.info("The sound server moved a stream: %s, before %s", route, home)
        return moved

    def _falls_behind(self) -> bool:
        """Return whether the hearing has just fallen behind the sound; once until it has caught up."""
        seconds, before = self.room.behind_seconds, self._behind
        self._behind = seconds > (CAUGHT_UP_SECONDS if before else BEHIND_SECONDS)
        return self._behind and not before

    def _note_dropouts(self, now: float) -> None:
        for dropout in self.room.take_dropouts():
            # What a device reports may be nothing; a canceller that begins anew is deaf for seconds.
            if dropout.what == "lost":
                self.disturbed()
            _LOGGER.warning("%s", dropout)
            self.log.add(dropout, now)
