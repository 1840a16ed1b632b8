"""Sets in one line, `3x10 @3-0-2-1 rest 45s`: what people write on a whiteboard, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assistant.coaching.tempo import parse_tempo
from assistant.programme.volume import LONGEST_REST_SECONDS, MOST_REPETITIONS, MOST_SETS

Repetitions: TypeAlias = int | Literal["fewest", "most"]
"""A number, or an end of what is usual for the exercise."""

EXAMPLE = "3x10 @3-0-2-1 rest 45s"

PATTERN = (
    r"^\s*[0-9]+\s*([xX×]\s*([0-9]+|fewest|most))?\s*(@\s*[0-9]+-[0-9]+-[0-9]+-[0-9]+)?"  # noqa: RUF001
    r"\s*(rest\s*([0-9]+m)?\s*([0-9]+s?)?)?\s*$"
)
"""The notation for editors; what is wrong with a text, `parse_sets` says better."""

_COUNT = re.compile(r"[0-9]+")
_TIMES = re.compile(r"\s*[xX×]\s*")  # noqa: RUF001
_REPETITIONS = re.compile(r"[0-9]+|fewest|most")
_AT = re.compile(r"\s*@\s*")
_REST = re.compile(r"\s*rest\b\s*")
_DURATION = re.compile(r"(?:(?P<m>[0-9]+)m)?\s*(?:(?P<s>[0-9]+)s?)?(?![^\s])")
_WORD = re.compile(r"\S*")


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
    return _Scanner(text).read()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._index = len(text) - len(text.lstrip())

    def read(self) -> tuple[Sets, dict[str, int]]:
        starts = {"sets": self._index}
        repetitions: Repetitions | None = None
        tempo: str | None = None
        rest: int | None = None
        count = self._take(_COUNT)
        if count is None:
            raise self._error(f"{self._word()} should be how many sets, and may go on: {EXAMPLE}")
        sets = self._within(count, 1, MOST_SETS, "sets", starts["sets"])
        if self._take(_TIMES) is not None:
            starts["repetitions"] = self._index
            repetitions = self._repetitions()
        if self._take(_AT) is not None:
            starts["tempo"] = self._index
            tempo = self._tempo()
        if self._take(_REST) is not None:
            starts["rest"] = self._index
            rest = self._rest()
        self._index += len(self._text) - self._index - len(self._text[self._index :].lstrip())
        if self._index < len(self._text):
            raise self._error(f"{self._word()} is not understood here; sets are written {EXAMPLE}")
        return Sets(sets, repetitions, tempo, rest), starts

    def _repetitions(self) -> Repetitions:
        at = self._index
        given = self._take(_REPETITIONS)
        match given:
            case None:
                raise self._error(f"{self._word()} should be how many repetitions, or fewest, or most")
            case "fewest" | "most":
                return given
            case _:
                return self._within(given, 1, MOST_REPETITIONS, "repetitions", at)

    def _tempo(self) -> str:
        at = self._index
        given = self._take(_WORD) or ""
        try:
            return str(parse_tempo(given))
        except ValueError as error:
            raise NotationError(str(error), at) from error

    def _rest(self) -> int:
        at = self._index
        found = _DURATION.match(self._text, at)
        if found is None or not (found["m"] or found["s"]):
            raise self._error(f"{self._word()} should be how long the rest is, such as 45s or 1m30s")
        self._index = found.end()
        # Longer numbers are out of range anyway.
        minutes, seconds = int((found["m"] or "0")[:9]), int((found["s"] or "0")[:9])
        return self._within(str(60 * minutes + seconds), 0, LONGEST_REST_SECONDS, "seconds of rest", at)

    def _within(self, digits: str, fewest: int, most: int, what: str, at: int) -> int:
        value = int(digits[:12])
        if not fewest <= value <= most:
            raise NotationError(f"{digits[:12]} {what} are not between {fewest} and {most}", at)
        return value

    def _take(self, pattern: re.Pattern[str]) -> str | None:
        found = pattern.match(self._text, self._index)
        if found is None:
            return None
        self._index = found.end()
        return found.group()

    def _word(self) -> str:
        word = _WORD.match(self._text, self._index)
        text = word.group() if word else ""
        return repr(text[:40]) if text else "the end"

    def _error(self, problem: str) -> NotationError:
        return NotationError(problem, self._index)
