"""Opening lost devices again, where opening may hang."""

from __future__ import annotations

import threading
from collections.abc import Callable

from assistant.live.reconnect import DeviceReconnect, in_thread


class LostDevice:
    """A device that is gone until it is opened."""

    def __init__(self) -> None:
        self.alive = False

    def open(self) -> None:
        self.alive = True

    def close(self) -> None:
        self.alive = False


class Attempts:
    """Attempts that hang until they are let go, one by one, by hand."""

    def __init__(self) -> None:
        self.device = LostDevice()
        self.jobs: list[Callable[[], None]] = []
        self.waited: list[float] = []
        self.given_up = 0
        self.revival = DeviceReconnect((self.device,), lambda: None, lambda _: True, self.give_up, self.run)

    def give_up(self) -> None:
        self.given_up += 1

    def run(self, job: Callable[[], None]) -> Callable[[float], bool]:
        self.jobs.append(job)

        def runs(wait_seconds: float) -> bool:
            self.waited.append(wait_seconds)
            return len(self.jobs) > 0

        return runs


def test_an_attempt_that_hangs_holds_up_nothing_and_is_the_only_one() -> None:
    """Some sound systems keep whoever opens a device waiting until it is there."""
    attempts = Attempts()
    for second in range(1, 20):
        attempts.revival.tend(float(second))
    assert len(attempts.jobs) == 1
    assert set(attempts.waited) == {0.0}
    attempts.jobs.pop()()
    assert attempts.device.alive
    attempts.revival.tend(21.0)
    assert attempts.jobs == []


def test_at_the_end_an_attempt_that_hangs_is_given_up() -> None:
    """After a moment: most are only under way."""
    attempts = Attempts()
    attempts.revival.tend(1.0)
    attempts.revival.close()
    assert attempts.given_up == 1
    assert 0 < attempts.waited[-1] < 5


def test_at_the_end_an_attempt_that_is_over_is_not_given_up() -> None:
    """Nor is one that never was."""
    attempts = Attempts()
    attempts.revival.close()
    attempts.revival.tend(1.0)
    attempts.jobs.pop()()
    attempts.revival.close()
    assert attempts.given_up == 0


def test_a_job_that_hangs_keeps_neither_its_caller_nor_the_program() -> None:
    """A daemon: the interpreter ends without it."""
    begun, end = threading.Event(), threading.Event()
    daemons: list[bool] = []

    def hang() -> None:
        daemons.append(threading.current_thread().daemon)
        begun.set()
        end.wait()

    runs = in_thread(hang)
    begun.wait()
    hangs = runs(0.0)
    end.set()
    assert hangs
    assert not runs(10.0)
    assert daemons == [True]
