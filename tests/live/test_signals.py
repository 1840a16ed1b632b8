"""Signals as events, and what C libraries print."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from assistant.coaching.events import Interrupted
from assistant.live.signals import EndSignals
from assistant.live.stderr_silencer import silent_stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_one_interruption_and_an_exit_status(number: int) -> None:
    """130 after Ctrl-C, as shells have it."""
    with EndSignals() as interrupts:
        assert interrupts.notice(0.0) == []
        assert interrupts.status is None
        signal.raise_signal(number)
        assert interrupts.notice(0.1) == [Interrupted()]
        assert interrupts.notice(0.2) == []
        assert interrupts.status == 128 + number


@pytest.fixture
def from_a_terminal() -> Iterator[None]:
    """Ctrl-C is listened to; tests that a shell started in the background inherit that it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("from_a_terminal")
def test_a_second_ctrl_c_ends_the_program_as_ever() -> None:
    """Should the first one hang."""
    with EndSignals():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_signals_are_given_back() -> None:
    """What came before is what comes after."""
    before = signal.getsignal(signal.SIGTERM)
    with EndSignals():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_what_libraries_print_is_dropped_and_ours_is_not(capfd: pytest.CaptureFixture[str]) -> None:
    """Also after the libraries are done."""
    with silent_stderr():
        os.write(2, b"ALSA lib: unable to open slave\n")
        sys.stderr.write("Free some space.\n")
    os.write(2, b"later\n")
    assert capfd.readouterr().err == "Free some space.\nlater\n"
