"""What has happened, told to the coach: frozen, past tense, times in seconds on the sample clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

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


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Somebody spoke, and it was no command."""

    start: float
    """Seconds at which the speech began."""
    end: float
    """Seconds at which the speech ended."""


Event: TypeAlias = Started | Heard | NotUnderstood
"""Everything that the coach handles besides the passing of time."""
