"""Opening lost devices again, in a thread of its own, since opening may block."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from assistant.errors import AssistantError

_LOGGER = logging.getLogger(__name__)

REOPEN_SECONDS = 0.5
"""How often a device that is gone is tried again. Chosen."""

RESCAN_SECONDS = 4.0
"""How often PortAudio is made to look for devices anew, which silences the others for a moment. Chosen."""

CLOSE_SECONDS = 2.0
"""What takes longer than this at the end of a session hangs, and is left behind. Chosen."""


class Device(Protocol):
    """A device that can be opened again."""

    @property
    def alive(self) -> bool:
        """Whether it is there."""
        ...

    def open(self) -> None:
        """Begin to play or listen; also again, after it was gone."""
        ...

    def close(self) -> None:
        """Let it go at once."""
        ...


def in_thread(job: Callable[[], None]) -> Callable[[float], bool]:
    """Run a job in the background, where it never keeps the program from ending.

    Returns:
        Waits for the job, at most so many seconds, and tells whether it still runs.
    """
    thread = threading.Thread(target=job, name="devices", daemon=True)
    thread.start()

    def runs(wait_seconds: float) -> bool:
        thread.join(wait_seconds)
        return thread.is_alive()

    return runs


@dataclass(slots=True)
class DeviceReconnect:
    """Tries to open lost devices, one attempt at a time.

    Args:
        devices: All that PortAudio has open.
        rescan: Makes PortAudio look for devices anew; all are closed meanwhile.
        may_open: Tells whether it makes sense to try a device now.
        give_up: Told at the end that an attempt hangs.
        run: Runs an attempt, and returns what waits for it so many seconds and returns whether it still runs.
    """

    devices: tuple[Device, ...]
    rescan: Callable[[], None]
    may_open: Callable[[Device], bool]
    give_up: Callable[[], None]
    run: Callable[[Callable[[], None]], Callable[[float], bool]] = in_thread
    rescanning: bool = field(default=False, init=False)
    """Whether devices are closed only to be looked for."""
    _runs: Callable[[float], bool] = field(default=lambda _: False, init=False)
    _tried: float = field(default=0.0, init=False)
    _lost: float = field(default=0.0, init=False)

    def tend(self, at: float) -> None:
        """Begin an attempt where one is due; `at` is in seconds."""
        dead = [device for device in self.devices if not device.alive]
        if not dead:
            # A device that has just gone may be on its way out: it is not tried at once.
            self._lost = self._tried = at
        if at - self._tried < REOPEN_SECONDS or self._runs(0.0):
            return
        dead = [device for device in dead if self.may_open(device)]
        if not dead:
            return
        self._tried = at
        scan = at - self._lost > RESCAN_SECONDS
        if scan:
            self._lost = at
        self._runs = self.run(lambda: self._attempt(dead, scan))

    def close(self) -> None:
        """Wait until no attempt is going on: devices are closed next."""
        if self._runs(CLOSE_SECONDS):
            self.give_up()

    def _attempt(self, dead: list[Device], scan: bool) -> None:
        opened = [_opened(device) for device in dead]
        if all(opened) or not scan:
            return
        _LOGGER.info("PortAudio looks for devices anew")
        self.rescanning = True
        try:
            for device in self.devices:
                device.close()
            self.rescan()
            for device in self.devices:
                _opened(device)
        finally:
            self.rescanning = False


def _opened(device: Device) -> bool:
    try:
        device.open()
    except AssistantError as error:
        # It is tried again; the coach has said that it is gone.
        _LOGGER.info("%s is not back: %s", type(device).__name__, error)
        return False
    _LOGGER.info("%s is open again", type(device).__name__)
    return True
