"""Routines that a Python script builds, for what is easier to compute than to write down.

A script defines `routine`, and is run where it is given by its path: `imprint rehearse my_routine.py`.

    from assistant.routines import Routine, exercise, step

    routine = Routine(
        "pyramid",
        start_level=1,
        warm_up=[exercise("pelvic-tilts", rest=10)],
        work=[step(0, sets=f"1x{count} rest 40s") for count in (6, 8, 6)],
    )

Every argument is the field of the same name in a routine file (docs/writing-a-routine.md) and is checked by
the same rules; what is wrong is told with the line of the script.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias, TypedDict, Unpack, cast

from assistant.library.routine_text import routine_text
from assistant.programme.extension import LEAVE_OUT
from assistant.programme.reading import Document, Spot, settle
from assistant.programme.yaml_text import CONTROL_CHARACTER, Path, Place, has_control_character

__all__ = ["LEAVE_OUT", "Entry", "Routine", "changed", "exercise", "step"]

_OWN_FRAMES = (__file__, "<string>")
"""Files of what is called on the way from a script to here; a dataclass has its `__init__` in the other."""


def _line_of_script() -> Spot:
    """Return the line that called into Imprint."""
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_filename in _OWN_FRAMES:
        frame = frame.f_back
    if frame is None:
        return Spot("<script>", Place(1, 1), ())
    where = inspect.getframeinfo(frame, context=0)
    line, _, column, _ = where.positions or (None,) * 4
    return Spot(where.filename, Place(line or where.lineno, (column or 0) + 1), ())


@dataclass(frozen=True, slots=True)
class Entry:
    """One exercise of a routine, made by `exercise`, `step` or `changed`."""

    fields: Mapping[str, Any]
    """Field of a routine file to value; what was not given is left out."""
    line: Spot = field(default_factory=_line_of_script, compare=False, repr=False)


class Fields(TypedDict, total=False):
    """What can be said of an entry besides which exercise it is; None is as good as left out."""

    sets: int | str | None
    """How many sets, or all of it in one line: `3x10 @3-0-2-1 rest 45s`."""
    repetitions: int | Literal["fewest", "most"] | None
    """Of a set and side; a number, or an end of what is usual."""
    tempo: str | None
    """Seconds of lowering, pause, lift and pause: `3-0-2-1`."""
    range: int | None
    """How far it goes, 1 to 4."""
    rest: int | None
    """Seconds after each set."""
    say: str | None
    """What the coach says once as it begins."""


def exercise(name: str, **fields: Unpack[Fields]) -> Entry:
    """Take an exercise by its name.

    Args:
        name: The name of its file, without `.yaml`.
        fields: See `Fields`.
    """
    return _entry(fields, exercise=name)


def step(up: int, **fields: Unpack[Fields]) -> Entry:
    """Take what is so many exercises up the ladder from where the session starts.

    Args:
        up: How many, or down where it is negative.
        fields: See `Fields`.
    """
    return _entry(fields, step=up)


def changed(*, exercise: str | None = None, step: int | None = None, **fields: Unpack[Fields]) -> Entry:
    """Say what is different in an entry of the routine that is extended.

    Args:
        exercise: Another exercise, by its name.
        step: Another one, by its place on the ladder.
        fields: See `Fields`.
    """
    return _entry(fields, exercise=exercise, step=step)


def _entry(fields: Fields, **which: str | int | None) -> Entry:
    given: dict[str, object] = {**which, **fields}
    return Entry({name: value for name, value in given.items() if value is not None})


Changes: TypeAlias = Mapping[str, Mapping[int, Entry | Literal["leave out"]]]
"""Section (`warm_up`, `work`, `cool_down`) to number of an entry, from 1, to what is different."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine, as a routine file would say it; what is left out is as usual.

    Args:
        name: What it is called.
        work: The work: what `exercise` and `step` give.
        warm_up: What comes before.
        cool_down: What comes after.
        start_level: Level of the ladder at which `step(0)` is, in a first session.
        extends: Another routine to start from, by its name or file.
        change: What is different in single entries of that.
    """

    name: str
    work: Sequence[Entry] | None = None
    warm_up: Sequence[Entry] | None = None
    cool_down: Sequence[Entry] | None = None
    start_level: int | None = None
    extends: str | None = None
    change: Changes | None = None
    line: Spot = field(default_factory=_line_of_script, compare=False, repr=False, kw_only=True)

    def text(self) -> str:
        """Write it as a routine file."""
        return routine_text(self.document().value)

    def document(self) -> Document:
        """Return what a routine file would say, with the lines of the script in its place.

        Raises:
            InputError: a text has a character that none in a file may have.
        """
        value: dict[str, Any] = {}
        spots: dict[Path, Spot] = {(): self.line}
        unreadable: list[Path] = []
        for name in ("name", "extends", "start_level", "warm_up", "work", "cool_down", "change"):
            if (given := getattr(self, name)) is not None:
                value[name] = self._plain(given, (name,), spots, unreadable)
        document = Document.of(value, spots, self.line.file)
        for path in unreadable:
            document.complain(path, *CONTROL_CHARACTER)
        settle(document)
        return document

    def _plain(self, given: object, path: Path, spots: dict[Path, Spot], unreadable: list[Path]) -> object:
        """Make a value as a file would have it, and note where its entries and unreadable texts are."""
        match given:
            case str():
                if has_control_character(given):
                    unreadable.append(path)
                return given
            case Entry():
                # What another module built is told by the line of the routine that uses it.
                line = given.line if given.line.file == self.line.file else self.line
                spots[path] = replace(line, path=path)
                return self._plain(given.fields, path, spots, unreadable)
            case Mapping():
                named = {str(key): inner for key, inner in cast(Mapping[object, object], given).items()}
                return {
                    key: self._plain(inner, (*path, key), spots, unreadable) for key, inner in named.items()
                }
            case list() | tuple():
                listed = cast(Sequence[object], given)
                return [self._plain(inner, (*path, i), spots, unreadable) for i, inner in enumerate(listed)]
            case _:
                return given
