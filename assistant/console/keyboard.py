"""The keyboard: which keys were pressed since the last look, without ever waiting for one."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
import select
import termios
from typing import Any, Protocol, Self, TypeAlias

_Mode: TypeAlias = list[Any]
"""What `termios.tcgetattr` gives."""

_PATIENCE_READS = 2
"""Looks in a row without anything new after which an Esc stands alone: some 30 ms at a look every 16 ms."""

_NAMES = {
    " ": "space",
    "\r": "enter",
    "\n": "enter",
    "\t": "tab",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x1b": "escape",
}
_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}

_SEQUENCE = re.compile(r"\x1b(?:\[\[.|\[[0-?]*[ -/]*[@-Z\\-~]|O[0-9;]*[A-Za-z])")
"""What a terminal sends for a key other than a character: an arrow, a function key."""

_BEGUN = re.compile(r"\x1b(?:\[\[?|\[[0-?]*[ -/]*|O[0-9;]*)?")
"""What may become such a sequence."""


class Keys(Protocol):
    """Where keys come from; a port because tests and sessions without a terminal have no keyboard."""

    def read(self) -> list[str]:
        """Return the keys pressed since the last time, by the names of `keys.Key.names`; never wait."""
        ...


class Keyboard:
    """The keys of a terminal or a pipe, read one by one and not echoed; Ctrl-C interrupts as usual.

    In a pipe, line ends mean nothing. While the process is in the background it gets no keys.

    Args:
        fd: File descriptor to read; it stays open.
    """

    def __init__(self, fd: int = 0) -> None:
        self._fd = fd
        self._at_end = False
        self._pending = ""
        self._empty_reads = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("ignore")
        self._is_terminal = os.isatty(fd)
        self._before: _Mode | None = None

    def __enter__(self) -> Self:
        """Let the terminal give each key at once."""
        if self._is_terminal and self._in_foreground():
            self._listen()
        return self

    def __exit__(self, *_: object) -> None:
        """Give the terminal back as it was, and drop what was typed for the coach alone."""
        # In the background the terminal belongs to another program, which has set it up for itself.
        if self._before is not None and self._in_foreground():
            with contextlib.suppress(termios.error):
                self._set(self._before)
        self._before = None

    def read(self) -> list[str]:
        """Return the keys pressed since the last time; to be called every few hundredths of a second."""
        text = self._take()
        self._empty_reads = 0 if text else self._empty_reads + 1
        keys, self._pending = _split(self._pending + text)
        if self._pending and self._empty_reads >= _PATIENCE_READS:
            # Only Esc itself is followed by nothing; of anything else cut short, stop is the safe reading.
            keys.append("escape")
            self._pending = ""
        return keys

    def _take(self) -> str:
        if self._at_end:
            return ""
        try:
            if self._is_terminal and not self._ready_for_keys():
                return ""
            if not select.select([self._fd], [], [], 0)[0]:
                return ""
            taken = os.read(self._fd, 1024)
        except (OSError, ValueError, termios.error):
            # The terminal is gone, or there never was anything to read.
            taken = b""
        self._at_end = not taken
        text = self._decoder.decode(taken)
        return text if self._is_terminal else re.sub(r"[\r\n]", "", text)

    def _ready_for_keys(self) -> bool:
        if not self._in_foreground():
            return False
        # Whoever had the terminal meanwhile (Ctrl-Z, then fg) may have left it in another mode.
        if termios.tcgetattr(self._fd)[3] & (termios.ICANON | termios.ECHO):
            self._listen()
        return True

    def _listen(self) -> None:
        mode = termios.tcgetattr(self._fd)
        if self._before is None:
            self._before = termios.tcgetattr(self._fd)
        # Ctrl-S would stop the output, and with it this program; here it is a key like any other.
        mode[0] &= ~termios.IXON
        mode[3] &= ~(termios.ICANON | termios.ECHO)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        self._set(mode)

    def _set(self, mode: _Mode) -> None:
        # What was typed for the shell is not for the coach, nor the other way round. Waiting until
        # all output has gone out, as TCSAFLUSH does, could take for ever.
        termios.tcflush(self._fd, termios.TCIFLUSH)
        termios.tcsetattr(self._fd, termios.TCSANOW, mode)

    def _in_foreground(self) -> bool:
        try:
            return os.tcgetpgrp(self._fd) == os.getpgrp()
        except OSError:
            # Not our controlling terminal: without job control no other program can have it.
            return True


def _split(text: str) -> tuple[list[str], str]:
    """Return the keys in what a terminal sent, and the beginning of one that is not complete."""
    keys: list[str] = []
    while text:
        if sequence := _SEQUENCE.match(text):
            arrow = sequence[0]
            if arrow[1] in "[O" and arrow[-1] in _ARROWS and len(arrow) == 3:
                keys.append(_ARROWS[arrow[-1]])
            text = text[sequence.end() :]
        elif _BEGUN.fullmatch(text):
            return keys, text
        else:
            keys.append(_NAMES.get(text[0], text[0].lower()))
            text = text[1:]
    return keys, ""
