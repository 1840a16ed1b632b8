"""Sets in one line, `3x10 @3-0-2-1 rest 45s`: what people write on a whiteboard, taken apart.

One table, `_PARTS`, says what each part looks like: `parse_sets` reads by it, and `PATTERN` tells editors.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

from assistant.coaching.tempo import parse_tempo
from assistant.programme.limits import LONGEST_REST_SECONDS, MOST_REPETITIONS, MOST_SETS

Repetitions: TypeAlias = int | Literal["fewest", "most"]
"""A number, or an end of what is usual for the exercise."""

EXAMPLE = "3x10 @3-0-2-1 rest 45s"


def _within(digits: str, fewest: int, most: int, what: str) -> int:
    value = int(digits[:12])
    if not fewest <= value <= most:
        raise ValueError(f"{digits[:12]} {what} are not between {fewest} and {most}")
    return value


def _sets(text: str) -> int:
    return _within(text, 1, MOST_SETS, "sets")


def _repetitions(text: str) -> int | str:
    return text if text in ("fewest", "most") else _within(text, 1, MOST_REPETITIONS, "repetitions")


def _tempo(text: str) -> str:
    return str(parse_tempo(text))


def _seconds(text: str) -> int:
    minutes, seconds = re.findall(r"([0-9]+)m", text), re.findall(r"([0-9]+)s?$", text)
    # Longer numbers are out of range anyway.
    total = sum(60 * int(one[:9]) for one in minutes) + sum(int(one[:9]) for one in seconds)
    return _within(str(total), 0, LONGEST_REST_SECONDS, "seconds of rest")


class _Part(NamedTuple):
    name: str
    sign: str
    """What it begins with."""
    words: str
    """What follows that."""
    read: Callable[[str], int | str]
    """Take those words for a value; ValueError says what is wrong with them."""
    expected: str = ""
    """What they should be; where this says nothing, `read` says it of any word."""


_PARTS = (
    _Part("sets", "", "[0-9]+", _sets, f"how many sets, and may go on: {EXAMPLE}"),
    _Part(
        "repetitions",
        "[xX×]",  # noqa: RUF001
        "[0-9]+|fewest|most",
        _repetitions,
        "how many repetitions, or fewest, or most",
    ),
    _Part("tempo", "@", r"[0-9]+(?:-[0-9]+){3}(?!\S)", _tempo),
    _Part(
        "rest",
        r"rest\b",
        r"(?:[0-9]+m\s*(?:[0-9]+s?)?|[0-9]+s?)(?!\S)",
        _seconds,
        "how long the rest is, such as 45s or 1m30s",
    ),
)

PATTERN = (
    rf"^\s*{_PARTS[0].words}"
    + "".join(rf"(?:\s*{part.sign}\s*(?:{part.words}))?" for part in _PARTS[1:])
    + r"\s*$"
)
"""The notation for editors; what is wrong with a text, `parse_sets` says better."""


class NotationError(ValueError):
    """Raised when sets can't be read.

    Args:
        problem: What is wrong, in one sentence without a full stop.
        index: At which character of the text.
    """

    def __init__(self, problem: str, index: int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.index = index


@dataclass(frozen=True, slots=True)
class Sets:
    """What a text asks for; None where it leaves something as usual."""

    sets: int
    repetitions: Repetitions | None = None
    tempo: str | None = None
    rest: int | None = None
    """Seconds after each set."""


def parse_sets(text: str) -> tuple[Sets, dict[str, int]]:
    """Read `3x10 @3-0-2-1 rest 45s`, of which everything after the count may be left out.

    Returns:
        What it asks for, and the character at which each part of it begins.

    Raises:
        NotationError: it can't be read, or asks for more than there may be.
    """
    values: dict[str, Any] = {}
    starts: dict[str, int] = {}
    index = 0
    for part in _PARTS:
        sign = re.compile(rf"\s*{part.sign}\s*").match(text, index)
        if sign is None:
            continue
        index = starts[part.name] = sign.end()
        found = re.compile(part.words).match(text, index)
        if found is None and part.expected:
            raise NotationError(f"{_word(text, index)} should be {part.expected}", index)
        try:
            values[part.name] = part.read(found.group() if found else re.split(r"\s", text[index:])[0])
        except ValueError as error:
            raise NotationError(str(error), index) from error
        index = index if found is None else found.end()
    index = len(text) - len(text[index:].lstrip())
    if index < len(text):
        problem = f"{_word(text, index)} is not understood here; sets are written {EXAMPLE}"
        raise NotationError(problem, index)
    return Sets(**values), starts


def _word(text: str, index: int) -> str:
    word = text[index:].split(maxsplit=1)
    return repr(word[0][:40]) if word else "the end"
