"""Noticing lost, muted and moved devices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.coaching.events import Event, TroubleBegan, TroubleEnded
from assistant.errors import AssistantError
from assistant.live.monitor import DeviceMonitor
from assistant.live.pulse import Route
from assistant.live.reconnect import DeviceReconnect
from assistant.session.event_log import EventLog
from assistant.session.records import Dropout, Entry

HOME = Route("laptop speaker", "laptop mic")


class HandDevice:
    """A device that is unplugged and plugged in by hand."""

    def __init__(self) -> None:
        self.alive = True
        self.plugged = True
        self.opened = 0

    def open(self) -> None:
        self.opened += 1
        if not self.plugged:
            raise AssistantError("It is not there.")
        self.alive = True

    def close(self) -> None:
        self.alive = False


def at_once(job: Callable[[], None]) -> Callable[[float], bool]:
    """Run an attempt in no time."""
    job()
    return lambda _: False


class HandRoom:
    """A room of two such devices."""

    def __init__(self) -> None:
        self.opened = True
        self.deaf = False
        self.restarts = 0
        self.behind_seconds = 0.2
        self.loudspeaker = HandDevice()
        self.microphone = HandDevice()
        self.dropouts: list[Dropout] = []

    def restart_microphone(self) -> None:
        self.restarts += 1

    def take_dropouts(self) -> list[Dropout]:
        dropouts, self.dropouts = self.dropouts, []
        return dropouts


class Watched:
    """A watch over them, on fake time."""

    def __init__(self) -> None:
        self.room = HandRoom()
        self.route: Route | None = HOME
        self.now = 100.0
        self.offered = True
        self.entries: list[Entry] = []
        self.log = EventLog(None, self.entries.append)
        self.scans = self.changed = self.disturbed = 0
        self.watch = self.begin()
        self.events: list[Event] = []
        self.wait(0.1)

    def begin(self) -> DeviceMonitor:
        revival = DeviceReconnect(
            (self.room.microphone, self.room.loudspeaker),
            self.scan,
            lambda _: self.offered,
            lambda: None,
            at_once,
        )
        return DeviceMonitor(
            self.room, self.log, lambda: self.route, revival, self.change, self.disturb, lambda: self.now
        )

    def change(self) -> None:
        self.changed += 1

    def disturb(self) -> None:
        self.disturbed += 1

    def scan(self) -> None:
        self.scans += 1

    def wait(self, seconds: float) -> list[Event]:
        before = len(self.events)
        end = self.now + seconds
        while self.now < end - 1e-9:
            self.now += 0.016
            self.events += self.watch.notice(self.now)
        return self.events[before:]


@pytest.mark.parametrize("which", ["microphone", "loudspeaker"])
def test_a_lost_device_is_told_at_once_and_opened_again(which: str) -> None:
    """Within a block; and its return within a second, though never in the moment in which it goes."""
    watched = Watched()
    device: HandDevice = getattr(watched.room, which)
    device.alive = device.plugged = False
    assert watched.wait(0.02)[0] == TroubleBegan(f"{which}_lost")  # type: ignore[arg-type]
    assert watched.wait(5) == []
    device.plugged = True
    assert watched.wait(1.0)[0] == TroubleEnded(f"{which}_lost")  # type: ignore[arg-type]
    assert watched.wait(5) == []


def test_devices_are_looked_for_anew_while_one_is_gone() -> None:
    """A device that was plugged in again may have another number; not too often, for that is heard."""
    watched = Watched()
    watched.room.microphone.alive = watched.room.microphone.plugged = False
    watched.wait(30)
    assert 5 <= watched.scans <= 8
    assert watched.room.loudspeaker.alive


def test_nothing_is_watched_before_the_devices_are_open() -> None:
    """They are not lost, they have not begun."""
    watched = Watched()
    watched.room.opened = watched.room.microphone.alive = False
    assert watched.wait(3) == []


@pytest.mark.parametrize("what", ["microphone", "loudspeaker"])
def test_mute_is_told_and_its_end(what: str) -> None:
    """As the sound server has it."""
    watched = Watched()
    watched.route = replace(HOME, **{f"{what}_muted": True})
    assert watched.wait(0.1) == [TroubleBegan(f"{what}_muted")]  # type: ignore[arg-type]
    watched.route = HOME
    assert watched.wait(0.1) == [TroubleEnded(f"{what}_muted")]  # type: ignore[arg-type]


def test_a_stream_that_was_moved_is_told_once() -> None:
    """There and back again are two moves."""
    watched = Watched()
    watched.route = replace(HOME, loudspeaker="headphones")
    assert watched.wait(3) == [TroubleBegan("device_changed")]
    watched.route = HOME
    assert watched.wait(3) == [TroubleBegan("device_changed")]


def test_a_microphone_replaced_by_a_monitor_is_lost() -> None:
    """What the server gives instead is our own voice; there is nothing to reopen."""
    watched = Watched()
    watched.route = replace(HOME, microphone="speaker.monitor", microphone_is_monitor=True)
    assert watched.wait(5) == [TroubleBegan("microphone_lost")]
    assert watched.room.microphone.opened == 0
    watched.route = HOME
    assert watched.wait(5) == [TroubleEnded("microphone_lost")]


def test_a_monitor_that_was_chosen_is_a_microphone() -> None:
    """Some use one on purpose."""
    watched = Watched()
    watched.watch = watched.begin()
    watched.route = Route("speaker", "loop.monitor", microphone_is_monitor=True)
    assert watched.wait(5) == []


def test_without_a_server_only_the_devices_count() -> None:
    """Nothing is guessed."""
    watched = Watched()
    watched.route = None
    assert watched.wait(5) == []


def test_missing_time_is_sleep_and_devices_have_a_moment_to_wake() -> None:
    """They are not called lost for having slept too."""
    watched = Watched()
    watched.now += 60
    watched.room.microphone.alive = False
    assert watched.wait(0.05) == [TroubleBegan("asleep")]
    watched.room.microphone.alive = True
    assert watched.wait(5) == []


def test_hearing_that_falls_behind_is_told_and_catches_up() -> None:
    """Once: what was said meanwhile is dropped, and not obeyed half a minute later."""
    watched = Watched()
    watched.room.behind_seconds = 1.9
    assert watched.wait(0.02) == []
    watched.room.behind_seconds = 2.1
    assert watched.wait(0.02) == [TroubleBegan("behind")]
    assert (watched.room.restarts, watched.changed) == (1, 1)
    watched.room.behind_seconds = 1.1
    assert watched.wait(0.02) == []
    watched.room.behind_seconds = 2.1
    assert watched.wait(0.02) == []
    watched.room.behind_seconds = 0.9
    assert watched.wait(0.02) == []
    watched.room.behind_seconds = 2.1
    assert watched.wait(0.02) == [TroubleBegan("behind")]


def test_drop_outs_are_recorded() -> None:
    """With what is mixed ahead from now on."""
    watched = Watched()
    watched.room.dropouts = [Dropout("late", 0.02, 0.24)]
    watched.wait(0.02)
    watched.log.settle()
    [entry] = watched.entries
    assert entry.record == Dropout("late", 0.02, 0.24)


def test_drop_outs_of_devices_disturb_the_canceller() -> None:
    """Sound that was lost moves the echo; our own being late does not, nor what a device merely reports."""
    watched = Watched()
    watched.room.dropouts = [Dropout("late", 0.02, 0.24), Dropout("device", 0.0, 0.24)]
    watched.wait(0.02)
    assert watched.disturbed == 0
    watched.room.dropouts = [Dropout("lost", 0.02, 0.24)]
    watched.wait(0.02)
    assert (watched.disturbed, watched.changed) == (1, 0)


def test_what_is_heard_while_devices_change_is_no_person() -> None:
    """After sleep, a move, a loss and a return."""
    watched = Watched()
    watched.route = replace(HOME, loudspeaker="headphones")
    watched.wait(0.02)
    assert watched.changed == 1
    watched.room.microphone.alive = False
    watched.wait(0.02)
    assert watched.changed == 2
    watched.wait(2.0)
    assert watched.changed == 4
    watched.now += 60
    watched.wait(2.0)
    assert watched.changed == 6
    assert watched.room.restarts == 1


def test_what_was_heard_before_it_changed_is_forgotten_as_well() -> None:
    """A queue and a buffer later: of a muted microphone there was no echo to learn."""
    watched = Watched()
    watched.route = replace(HOME, microphone_muted=True)
    watched.wait(0.02)
    assert watched.changed == 1
    watched.wait(3.0)
    assert watched.changed == 2
    watched.route = HOME
    assert watched.wait(0.02) == [TroubleEnded("microphone_muted")]
    assert watched.changed == 3
    watched.wait(0.5)
    assert watched.changed == 3
    watched.wait(0.2)
    assert watched.changed == 4
    watched.wait(5.0)
    assert watched.changed == 4


def test_a_microphone_that_is_lost_is_silence() -> None:
    """Even while something else is given in its place."""
    watched = Watched()
    assert not watched.room.deaf
    watched.route = replace(HOME, microphone="speaker.monitor", microphone_is_monitor=True)
    watched.wait(0.02)
    assert watched.room.deaf
    watched.route = HOME
    watched.wait(0.02)
    assert not watched.room.deaf


def test_what_the_server_does_not_offer_is_not_opened() -> None:
    """Opening it would wait for it, with the lock of the sound system held."""
    watched = Watched()
    watched.offered = False
    watched.room.loudspeaker.alive = False
    watched.wait(5)
    assert watched.room.loudspeaker.opened == 0
    watched.offered = True
    assert TroubleEnded("loudspeaker_lost") in watched.wait(1)
