"""What is written into the journal, and what is read from it: one frozen class for each table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from assistant.coaching.checkpoint import Checkpoint

Value: TypeAlias = str | int | float | bool
"""What a note can hold."""

REVOKED: tuple[Value, ...] = (False, "cleared")
"""Values of a note that take back what an earlier one of its kind said."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A session that begins."""

    started: datetime
    """With the offset from UTC, so that its calendar day stays the person's."""
    routine: str
    file: str
    """The routine's file, from which the session could be resumed."""


@dataclass(frozen=True, slots=True)
class SessionState:
    """How a session stands by now; replaced as a whole whenever it changes."""

    level: int
    """The level of the ladder at which it started."""
    sets: int = 0
    repetitions: int = 0
    sore: bool = False
    """Whether there was pain, or a red flag."""
    eased: bool = False
    """Whether anything was made easier."""
    at_top: bool = False
    """Whether every work set had the most repetitions of its exercise's usual range."""
    effort: int | None = None
    soreness: int | None = None
    ended: str | None = None
    """As in the record's summary; None while it goes on, and for ever after a crash."""
    ended_at: datetime | None = None
    place: Checkpoint | None = None
    """Where it would have to go on; None where nothing was left to do, or nothing tells of it."""
    offered: int | None = None
    """The session that it was offered to go on with."""
    resumed: bool | None = None
    """What was said to that; None where nothing was."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """One repetition of a work set that was done to its end."""

    at: datetime
    set: int
    """Work set, counted from 1."""
    number: int
    """Counted from 1 within the set and side, or within the set where the sides take turns."""
    exercise: str
    side: str | None
    range_step: int
    tempo: str


@dataclass(frozen=True, slots=True)
class LoadChange:
    """A change of the load."""

    at: datetime
    what: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class JournalNote:
    """A note: something said or shown that is remembered beyond the session."""

    at: datetime
    what: str
    value: Value


@dataclass(frozen=True, slots=True)
class LeftOff:
    """A session that was cut off lately, and that it can be offered to go on with."""

    number: int
    file: str
    """The routine's file."""
    state: SessionState
    place: Checkpoint
    repetitions: tuple[Repetition, ...]
    """Those of the sessions that it went on with, too; as `changes`."""
    changes: tuple[LoadChange, ...]
    equipment: frozenset[str] = frozenset()
    """What was known to be there when it began: its plan was made for that, and for the two below."""
    ranges: Mapping[str, int] = field(default_factory=dict[str, int])
    """As in `History`."""
    instead: Mapping[str, str] = field(default_factory=dict[str, str])


Row: TypeAlias = SessionState | Repetition | LoadChange | JournalNote
"""What a session that has begun adds."""


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session as the journal tells it."""

    number: int
    """By which the journal knows it; later ones have higher ones."""
    beginning: Beginning
    state: SessionState
