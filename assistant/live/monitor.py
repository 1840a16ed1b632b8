"""Noticing sound devices that fail, move or fall behind, and telling the coach."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.coaching.events import Event, Trouble, TroubleBegan, TroubleEnded
from assistant.live.pulse import Route
from assistant.live.reconnect import Device, DeviceReconnect
from assistant.session.event_log import EventLog
from assistant.session.records import Dropout

_LOGGER = logging.getLogger(__name__)

ASLEEP_SECONDS = 2.0
"""When this much time is missing between two looks, the computer slept or the program was stopped."""

BEHIND_SECONDS = 2.0
"""When sound waits to be heard for longer than this, the computer is too busy; devices hold back less."""

CAUGHT_UP_SECONDS = 1.0
"""When it waits for less than this, the hearing keeps up again."""

GRACE_SECONDS = 1.0
"""Devices have this much time to come to life, at first and after a sleep."""


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

    def __init__(
        self,
        room: Devices,
        log: EventLog,
        route: Callable[[], Route | None],
        revival: DeviceReconnect,
        changed: Callable[[], None],
        disturbed: Callable[[], None],
        clock: Callable[[], float] | None = None,
    ) -> None:
        self._room = room
        self._log = log
        self._route = route
        self._revival = revival
        self._changed = changed
        self._disturbed = disturbed
        self._clock = clock or awake_or_not
        self._looked: float | None = None
        self._judged_from = 0.0
        self._slept = False
        self._behind = False
        self._home: Route | None = None
        self._troubles: set[Trouble] = set()

    def notice(self, now: float) -> Sequence[Event]:
        """Return what has happened since the last time."""
        self._note_dropouts(now)
        at = self._clock()
        if not self._room.opened:
            self._judged_from = at + GRACE_SECONDS
            return []
        passing: list[Event] = []
        if self._looked is not None and at - self._looked > ASLEEP_SECONDS:
            passing.append(TroubleBegan("asleep"))
            self._judged_from = at + GRACE_SECONDS
            self._slept = True
            self._changed()
        elif self._has_moved():
            passing.append(TroubleBegan("device_changed"))
        elif self._falls_behind():
            # A "stop" that is heard late is worse than one that has to be said again, and is known to be.
            passing.append(TroubleBegan("behind"))
            self._room.restart_microphone()
        self._looked = at
        if at < self._judged_from:
            return passing
        if self._slept:
            # A server may have kept what came meanwhile; it would be heard late from now on.
            self._slept = False
            self._room.restart_microphone()
            self._changed()
        self._revival.tend(at)
        present = self._troubles if self._revival.rescanning else self._present()
        events: list[Event] = [
            *(TroubleBegan(trouble) for trouble in sorted(present - self._troubles)),
            *(TroubleEnded(trouble) for trouble in sorted(self._troubles - present)),
        ]
        self._troubles = present
        self._room.deaf = "microphone_lost" in present
        if passing or events:
            _LOGGER.warning("%s", [*passing, *events])
            self._changed()
        return [*passing, *events]

    def _present(self) -> set[Trouble]:
        present: set[Trouble] = set()
        route = self._route()
        if not self._room.loudspeaker.alive:
            present.add("loudspeaker_lost")
        elif route is not None and route.loudspeaker_muted:
            present.add("loudspeaker_muted")
        if not self._room.microphone.alive or self._takes_monitor(route):
            present.add("microphone_lost")
        elif route is not None and route.microphone_muted:
            present.add("microphone_muted")
        return present

    def _takes_monitor(self, route: Route | None) -> bool:
        """Return whether a sound server gives us what another device plays, since the microphone is gone."""
        return (
            route is not None
            and self._home is not None
            and route.microphone_is_monitor
            and route.microphone != self._home.microphone
        )

    def _has_moved(self) -> bool:
        """Return whether the server has led a stream to another device."""
        route = self._route()
        if route is None or route.loudspeaker is None or route.microphone is None:
            return False
        home = self._home
        if home is None:
            self._home = route
            return False
        if self._takes_monitor(route):
            return False
        if moved := (route.loudspeaker, route.microphone) != (home.loudspeaker, home.microphone):
            _LOGGER.info("The sound server moved a stream: %s, before %s", route, home)
        self._home = route
        return moved

    def _falls_behind(self) -> bool:
        """Return whether the hearing has just fallen behind the sound; once until it has caught up."""
        seconds, before = self._room.behind_seconds, self._behind
        self._behind = seconds > (CAUGHT_UP_SECONDS if before else BEHIND_SECONDS)
        return self._behind and not before

    def _note_dropouts(self, now: float) -> None:
        for dropout in self._room.take_dropouts():
            # What a device reports may be nothing; a canceller that begins anew is deaf for seconds.
            if dropout.what == "lost":
                self._disturbed()
            _LOGGER.warning("%s", dropout)
            self._log.add(dropout, now)


def awake_or_not() -> float:
    """Return the seconds of a clock that goes on while the computer sleeps, where the system has one."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
