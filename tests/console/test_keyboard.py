"""The real keyboard, on a real terminal pair and on pipes."""

from __future__ import annotations

import os
import subprocess
import sys
import termios
from collections.abc import Iterator

import pytest

from assistant.console.keyboard import Keyboard

LOCAL_FLAGS = 3


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """The far end of a terminal, where keys are pressed, and the near end, where they are read."""
    far, near = os.openpty()
    yield far, near
    os.close(far)
    os.close(near)


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """The end of a pipe that is written to, and the one that is read."""
    read, write = os.pipe()
    yield write, read
    os.close(read)


def test_keys_come_one_by_one_and_named(terminal: tuple[int, int]) -> None:
    """Without Enter, and in small letters."""
    far, near = terminal
    with Keyboard(near) as keyboard:
        assert keyboard.read() == []
        os.write(far, b"s N?\t\x7f\r")
        assert keyboard.read() == ["s", "space", "n", "?", "tab", "backspace", "enter"]
        assert keyboard.read() == []


def test_arrows_are_no_stop(terminal: tuple[int, int]) -> None:
    """Nor are function keys and the arrows' other modes, however they are cut up."""
    far, near = terminal
    with Keyboard(near) as keyboard:
        os.write(far, b"\x1b[A\x1b[B\x1bOC\x1b[D")
        assert keyboard.read() == ["up", "down", "right", "left"]
        os.write(far, b"\x1b[15~\x1bOP\x1b[1;5A\x1b[3~\x1b[[As")
        assert keyboard.read() == ["s"]
        os.write(far, b"\x1b")
        assert keyboard.read() == []
        os.write(far, b"[")
        assert keyboard.read() + keyboard.read() == []
        os.write(far, b"A")
        assert keyboard.read() == ["up"]
        assert [keyboard.read() for _ in range(5)] == [[]] * 5


def test_a_lone_escape_is_one_within_two_further_looks(terminal: tuple[int, int]) -> None:
    """Some 30 ms where the looks are 16 ms apart."""
    far, near = terminal
    with Keyboard(near) as keyboard:
        os.write(far, b"\x1b")
        assert keyboard.read() == []
        assert keyboard.read() + keyboard.read() == ["escape"]
        assert [keyboard.read() for _ in range(3)] == [[]] * 3


def test_escape_before_another_key_counts_at_once(terminal: tuple[int, int]) -> None:
    """Twice in a row, too, and before the letter that some terminals send for Alt."""
    far, near = terminal
    with Keyboard(near) as keyboard:
        os.write(far, b"\x1b\x1b")
        assert keyboard.read() == ["escape"]
        os.write(far, b"e")
        assert keyboard.read() == ["escape", "e"]


def test_the_terminal_echoes_nothing_meanwhile_and_everything_afterwards(terminal: tuple[int, int]) -> None:
    """It is given back as it was, whatever happened."""
    far, near = terminal
    before = termios.tcgetattr(near)

    def fail() -> None:
        with Keyboard(near) as keyboard:
            flags = termios.tcgetattr(near)[LOCAL_FLAGS]
            assert not flags & (termios.ECHO | termios.ICANON)
            os.write(far, b"s")
            keyboard.read()
            raise RuntimeError("something went wrong")

    with pytest.raises(RuntimeError):
        fail()
    assert termios.tcgetattr(near) == before


def test_ctrl_c_still_interrupts_and_ctrl_s_stops_nothing(terminal: tuple[int, int]) -> None:
    """A terminal that holds its output would hold up whoever writes to it."""
    _, near = terminal
    with Keyboard(near):
        mode = termios.tcgetattr(near)
        assert mode[LOCAL_FLAGS] & termios.ISIG
        assert not mode[0] & termios.IXON


def test_what_was_typed_before_is_no_command(terminal: tuple[int, int]) -> None:
    """It was meant for the shell."""
    far, near = terminal
    os.write(far, b"f\n")
    with Keyboard(near) as keyboard:
        assert keyboard.read() == []


def test_a_mode_that_somebody_else_set_is_set_again(terminal: tuple[int, int]) -> None:
    """As a shell does between Ctrl-Z and fg."""
    far, near = terminal
    before = termios.tcgetattr(near)
    with Keyboard(near) as keyboard:
        other = termios.tcgetattr(near)
        other[LOCAL_FLAGS] |= termios.ECHO | termios.ICANON | termios.NOFLSH
        termios.tcsetattr(near, termios.TCSANOW, other)
        keyboard.read()
        os.write(far, b"s")
        assert keyboard.read() == ["s"]
    assert termios.tcgetattr(near) == before


def test_a_pipe_is_read_character_by_character(pipe: tuple[int, int]) -> None:
    """Line ends mean nothing; a letter beyond ASCII may arrive in pieces; the end is quiet."""
    write, read = pipe
    with Keyboard(read) as keyboard:
        assert keyboard.read() == []
        os.write(write, b"s\r\n \n\xc3")
        assert keyboard.read() == ["s", "space"]
        os.write(write, b"\xa4g")
        assert keyboard.read() == ["ä", "g"]
        os.close(write)
        assert [keyboard.read() for _ in range(3)] == [[]] * 3


def test_no_input_at_all_is_no_key() -> None:
    """A descriptor that is closed, and one that is empty."""
    closed = os.open(os.devnull, os.O_RDONLY)
    with Keyboard(closed) as keyboard:
        assert keyboard.read() == []
    os.close(closed)
    with Keyboard(closed) as keyboard:
        assert keyboard.read() == []


def test_a_terminal_that_hangs_up_ends_the_keys() -> None:
    """Quietly; leaving is quiet, too."""
    far, near = os.openpty()
    with Keyboard(near) as keyboard:
        os.close(far)
        assert [keyboard.read() for _ in range(3)] == [[]] * 3
    os.close(near)


def test_a_background_process_gets_no_keys_and_is_not_stopped() -> None:
    """Reading there would stop it; once in the foreground it gets what is pressed from then on."""
    far, near = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", BACKGROUND],
        stdin=near,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        assert process.stdout is not None
        os.write(far, b"x")
        assert process.stdout.readline() == "in front\n"
        os.write(far, b"s")
        assert process.stdout.read().splitlines() == ["[] ['s']", "ended"]
    os.close(far)
    os.close(near)


BACKGROUND = """
import fcntl, os, select, signal, termios
from assistant.console.keyboard import Keyboard

fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
looked, look = os.pipe()
child = os.fork()
if child == 0:
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    os.setpgid(0, 0)
    with Keyboard(0) as keyboard:
        behind = keyboard.read()
        os.write(look, b"!")
        while os.tcgetpgrp(0) != os.getpgrp():
            behind += keyboard.read()
        behind += keyboard.read()
        os.write(1, b"in front\\n")
        while not (keys := keyboard.read()):
            pass
    os.write(1, f"{behind} {keys}\\n".encode())
    os._exit(0)
os.close(look)
stopped = False
while not stopped and not select.select([looked], [], [], 0.01)[0]:
    stopped = os.waitpid(child, os.WNOHANG | os.WUNTRACED)[0] == child
if stopped:
    os.kill(child, signal.SIGKILL)
else:
    os.tcsetpgrp(0, child)
    os.waitpid(child, 0)
    os.write(1, b"ended")
"""
