"""What is recorded of a session: one frozen class for each kind of line in events.jsonl.

The coach's own actions and events are records as they are; what only the performer or the devices know has a
class here. docs/events.md describes the lines, and `event_log` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from assistant.coaching.actions import Answer, Change, Enter, Finish, Mark, Note
from assistant.coaching.events import Heard, NotUnderstood, Slots, TroubleBegan, TroubleEnded


@dataclass(frozen=True, slots=True)
class CueSpoken:
    """A cue is over; one that was cut off ends where the silence began."""

    name: str
    text: str
    due: float
    """Seconds at which the coach planned its sound."""
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of the lowering sounded."""

    value: int
    due: float
    """Seconds at which the coach planned its sound."""
    start: float


@dataclass(frozen=True, slots=True)
class Silenced:
    """Everything that sounded fades out from here on, and what was due is dropped."""

    start: float


@dataclass(frozen=True, slots=True)
class Released:
    """The exercise's release was decided; its sound is a `CueSpoken`."""

    name: str
    text: str


DropoutKind: TypeAlias = Literal["late", "lost", "device"]
"""Mixed too late; lost by the microphone; reported by a device."""


@dataclass(frozen=True, slots=True)
class Dropout:
    """Sound was lost."""

    what: DropoutKind
    seconds: float
    queue_seconds: float
    """What is mixed ahead from now on."""


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """A command was recognized, and taken to be something else that was said or sounded."""

    text: str
    command: str
    slots: Slots
    start: float
    end: float
    confidence: float
    because: str
    """A `Reason` of hearing/rejection.py."""


_Decided: TypeAlias = Answer | Change | Enter | Finish | Mark | Note
_Noticed: TypeAlias = Heard | NotUnderstood | TroubleBegan | TroubleEnded
_Performed: TypeAlias = CommandRefused | Counted | CueSpoken | Dropout | Released | Silenced
Record: TypeAlias = _Decided | _Noticed | _Performed
"""Everything that a line of events.jsonl can tell."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record."""

    at: float
    """Seconds on the sample clock."""
    record: Record
