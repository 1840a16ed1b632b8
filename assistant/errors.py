"""What goes wrong, said so that a person knows what to do next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial


class AssistantError(Exception):
    """Raised when Imprint can't go on; the message says what is wrong and what to do."""


class InputError(AssistantError):
    """Raised when a file, an option or a device that a person gave can't be used.

    Args:
        problem: What is wrong, in one sentence without a full stop.
        remedy: What to do about it, in one sentence without a full stop.
        file: The file's name as the person knows it.
        line: Line in the file, counted from 1.
        column: Column in the line, counted from 1; it is not part of the message.
        field: Path of the field inside the file, such as `work[0].sets`.
    """

    def __init__(
        self,
        problem: str,
        *,
        remedy: str,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        field: str | None = None,
    ) -> None:
        self.problem = problem
        self.remedy = remedy
        self.file = file
        self.line = line
        self.column = column
        self.field = field
        place = file or ""
        if file and line is not None:
            place += f", line {line}"
        if field:
            place += f"{', ' if place else ''}field {field}"
        super().__init__(f"{place}: {problem}. {remedy}." if place else f"{problem}. {remedy}.")

    def __reduce__(self) -> tuple[Callable[[], InputError], tuple[()]]:
        """Go from one process to another whole: by itself, an exception takes only its sentence along."""
        again = partial(
            InputError,
            self.problem,
            remedy=self.remedy,
            file=self.file,
            line=self.line,
            column=self.column,
            field=self.field,
        )
        return again, ()
