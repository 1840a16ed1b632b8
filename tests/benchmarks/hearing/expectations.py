"""What should come of a sentence that people say, and which rows it counts in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from tests.benchmarks.hearing.found import Found

Bar: TypeAlias = Literal["ends the movement", "other words", "amounts", "opposites", "no command", "besides"]
"""What a sentence counts for: pain and illness in one's own words; wait, stop, finish and go on in other
words; how sore or how hard; the negation of a command; sentences that are no command; all others."""

BARS: tuple[Bar, ...] = get_args(Bar)

ENDS, NOTHING = "ends", "nothing"
"""Stand for any command about safety, and for no command at all."""

EXACTLY, SOMETHING_ELSE, OPPOSITE = "exactly", "something else", "the opposite"
SAFETY, ANYTHING = "safety", "anything"
"""Rows beside the one for what is right."""

ASKED_AGAIN = ("say_that_again", "unsure")
"""Commands after which a question is put again: whoever is taken to say one has given no answer."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A command that may be heard of a sentence."""

    command: str
    """Or ENDS, or NOTHING."""
    slots: tuple[tuple[str, str | int], ...] = ()
    """Those that it must have; it may have others."""

    def fits(self, found: Found) -> bool:
        """Whether something that was heard is this."""
        if self.command == ENDS:
            return found.safety
        return found.command == self.command and all(
            found.slots.get(name) == value for name, value in self.slots
        )

    def __str__(self) -> str:
        """Return it as it is written in a list."""
        return " ".join([self.command, *(f"{name}={value}" for name, value in self.slots)])


@dataclass(frozen=True, slots=True)
class Expectation:
    """What should be heard of a sentence, in a context."""

    bar: Bar
    right: tuple[Expected, ...]
    """Each of these is right, and nothing beside them."""
    exactly: tuple[Expected, ...] = ()
    """Those of them that are just what was meant; none are all of them."""
    never: tuple[Expected, ...] = ()
    """The opposite of what was meant."""
    half: str = ""
    """Who wrote the sentence: it has a row for each half of the list."""

    def is_right(self, heard: Sequence[Found]) -> bool:
        """Whether what was heard is right: of what ends the movement one is enough."""
        if self.bar == "ends the movement":
            return any(_fits(self.right, found) for found in heard)
        return _is_all(self.right, heard)

    def rows(self, heard: Sequence[Found]) -> dict[str, bool]:
        """Return the rows in which a sentence counts, each with whether what they count is so."""
        commands = [found for found in heard if found.command != NOTHING]
        if self.bar == "no command":
            rows = {
                SAFETY: any(found.safety and not _fits(self.right, found) for found in commands),
                ANYTHING: bool(commands),
            }
        else:
            rows = {"": self.is_right(heard), EXACTLY: _is_all(self.exactly or self.right, heard)}
        if self.bar == "amounts":
            rows[SOMETHING_ELSE] = any(
                not _fits(self.right, found) and found.command not in ASKED_AGAIN for found in commands
            )
        if self.never:
            rows[OPPOSITE] = any(_fits(self.never, found) for found in commands)
        return rows


def _fits(expected: Sequence[Expected], found: Found) -> bool:
    return any(one.fits(found) for one in expected)


def _is_all(expected: Sequence[Expected], heard: Sequence[Found]) -> bool:
    commands = [found for found in heard if found.command != NOTHING]
    if not commands:
        return any(one.command == NOTHING for one in expected)
    return all(_fits(expected, found) for found in commands)
