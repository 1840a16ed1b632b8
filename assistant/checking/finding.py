"""One thing to correct, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import InputError
from assistant.programme.reading import Document


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or worth telling in one place, and what to do about it."""

    file: str
    line: int
    column: int
    """Line and column are counted from 1."""
    rule: str
    problem: str
    """One sentence without a full stop."""
    remedy: str
    """One sentence without a full stop."""
    concerns: frozenset[str] = frozenset()
    """Other files that take part in it: an exercise that a cue is too long for."""
    note: bool = False
    """Whether it is only told: there may be nothing to correct."""

    def __str__(self) -> str:
        """Write `file:line:column: rule: problem. Remedy.`, as editors and other tools read it."""
        rule = f"note: {self.rule}" if self.note else self.rule
        return f"{self.file}:{self.line}:{self.column}: {rule}: {self.problem}. {self.remedy}."


def at(
    document: Document,
    path: Sequence[str | int],
    rule: str,
    problem: str,
    remedy: str,
    concerns: frozenset[str] = frozenset(),
    note: bool = False,
) -> Finding:
    """Make a finding at a field of a document."""
    spot = document.spot(path)
    line, column = spot.place
    # What a routine extends may be in another file.
    concerned = concerns if spot.file == document.file else concerns | {document.file}
    return Finding(spot.file, line, column, rule, problem, remedy, concerned, note)


def from_error(error: InputError, file: str, rule: str, column: int = 1) -> Finding:
    """Make a finding of what could not be used.

    Args:
        error: What was wrong.
        file: Where, if the error doesn't say so itself.
        rule: The rule it comes under.
        column: Where in the line, if the error doesn't say so itself.
    """
    problem = f"{error.field}: {error.problem}" if error.field else error.problem
    return Finding(error.file or file, error.line or 1, error.column or column, rule, problem, error.remedy)
