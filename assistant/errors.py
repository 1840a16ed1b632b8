"""What goes wrong, said so that a person knows what to do next."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial


class AssistantError(Exception):
    """Raised when Imprint can't go on; the message says what is wrong and what to do."""


@dataclass(eq=False, repr=False)
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

    problem: str
    _: KW_ONLY
    remedy: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None

    def __post_init__(self) -> None:
        file, line, field = self.file, self.line, self.field
        place = file or ""
        if file and line is not None:
            place += f", line {line}"
        if field:
            place += f"{', ' if place else ''}field {field}"
        super().__init__(f"{place and f'{place}: '}{self.problem}. {self.remedy}.")

    @property
    def each(self) -> tuple[InputError, ...]:
        """Every single thing that is wrong."""
        return (self,)

    def __reduce__(self) -> tuple[Callable[[], InputError], tuple[()]]:
        """Go from one process to another whole: by itself, an exception takes only its sentence along."""
        return partial(InputError, **vars(self)), ()


class InputErrors(InputError):
    """Raised when several things are wrong: it tells all of them, and by itself it is the first.

    Args:
        several: What is wrong; at least one.
    """

    def __init__(self, several: Sequence[InputError]) -> None:
        super().__init__(**vars(several[0]))
        self.args = (_listed([str(one) for one in several]),)
        self._several = tuple(several)

    @property
    def each(self) -> tuple[InputError, ...]:
        """Every single thing that is wrong."""
        return self._several

    def __reduce__(self) -> tuple[Callable[[], InputError], tuple[()]]:
        """Go from one process to another whole."""
        return partial(InputErrors, self._several), ()


LONGEST_MESSAGE = 1_800
"""Characters of a message that tells of several errors; about a screen. Chosen."""


def _listed(messages: Sequence[str]) -> str:
    """Return as many messages as fit, one a line, and how many more there are."""
    lengths = itertools.accumulate(len(message) + 1 for message in messages)
    fitting = max(sum(length <= LONGEST_MESSAGE for length in lengths), 1)
    more = len(messages) - fitting
    return "\n".join(
        [*messages[:fitting], *([f"And {more} more: `imprint check` tells all."] if more else [])]
    )


def combined(errors: Sequence[InputError]) -> InputError:
    """Return one error that tells of all of them, each once, those of a file in the order of its lines.

    Args:
        errors: What is wrong; at least one, and some may be several themselves.
    """
    single = list({str(one): one for error in errors for one in error.each}.values())
    files = list(dict.fromkeys(one.file for one in single))
    single.sort(key=lambda one: (files.index(one.file), one.line or 0, one.column or 0))
    return single[0] if len(single) == 1 else InputErrors(single)


def unwritable(
    path: object, error: Exception, remedy: str = "Free some space or choose another folder"
) -> AssistantError:
    """Return the error for a file that can't be written."""
    return AssistantError(
        f"{path}: it can't be written ({getattr(error, 'strerror', None) or error}). {remedy}."
    )
