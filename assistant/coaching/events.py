"""What has happened, told to the coach: frozen, past tense, times in seconds on the sample clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Slots: TypeAlias = Mapping[str, str | int]
"""What a command carries: `{"where": "back"}`, `{"number": 2}`."""


@dataclass(frozen=True, slots=True)
class Started:
    """The person has started the session."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A command was recognized in what the microphone heard."""

    command: str
    """Canonical id of voices/*/commands.yaml, such as `next_set`."""
    slots: Slots = field(default_factory=dict[str, str | int])
    """Values of the template's lists."""
    text: str = ""
    """The words that were recognized."""
    start: float = 0.0
    """Seconds at which the words began."""
    end: float = 0.0
    """Seconds at which the words ended."""
    confidence: float = 1.0
    """The recognizer's confidence, 0 to 1."""
    partial: bool = False
    """Whether it was taken before the utterance had ended."""
    key: str = ""
    """The key that was pressed instead; empty where it was said."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Somebody spoke, and it was no command."""

    start: float
    """Seconds at which the speech began."""
    end: float
    """Seconds at which the speech ended."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The person ended the session from outside it (Ctrl-C): at once, without another word."""


Trouble: TypeAlias = Literal[
    "microphone_lost",
    "loudspeaker_lost",
    "microphone_muted",
    "loudspeaker_muted",
    "clipping",
    "drowned",
    "device_changed",
    "asleep",
    "behind",
    "lifeless",
]
"""What keeps the coach from hearing or being heard."""

LOST: frozenset[Trouble] = frozenset({"microphone_lost", "loudspeaker_lost"})
"""Troubles in which a session can't go on."""


@dataclass(frozen=True, slots=True)
class TroubleBegan:
    """The coach can't hear, or can't be heard, as it could before."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class TroubleEnded:
    """What kept the coach from hearing or being heard is over."""

    trouble: Trouble


Event: TypeAlias = Started | Heard | NotUnderstood | Interrupted | TroubleBegan | TroubleEnded
"""Everything that the coach handles besides the passing of time."""
