"""What is tried, and what came of it: plain data that goes to the processes that hear and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from assistant.coaching.events import Slots
from assistant.speaking.rendering import Voice
from tests.benchmarks.hearing.manifest import Recorded

System: TypeAlias = Literal["imprint", "recording", "pocketsphinx"]
"""Who hears: Imprint as in a session, block by block; Imprint as a recording, whole; another program."""

OURS: tuple[System, ...] = ("imprint", "recording")

BEFORE_SECONDS, AFTER_SECONDS = 0.3, 0.6
"""How long before and after an utterance in a session what is heard counts as heard of it; chosen."""

Rule: TypeAlias = Literal["text", "command", "safety"]
"""What must be heard: exactly these words and nothing else; exactly this command and its slots and nothing
else; or this command at all."""


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Something to be said by a synthetic voice."""

    text: str
    voice: Voice

    @property
    def name(self) -> str:
        """What to call it where a recording has its file's name."""
        return f"{self.voice.name} at {self.voice.words_per_minute}, pitch {self.voice.pitch}: {self.text}"


Source: TypeAlias = Recorded | Synthetic


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should be heard."""

    rule: Rule
    text: str
    command: str = ""
    slots: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Something that was heard."""

    text: str
    command: str
    slots: Slots
    start: float = 0.0
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a trial counts: `detail` names a row of its own, of the session alone, beside the one for all."""

    set: str
    condition: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ClipTrial:
    """One clip in which something should be heard."""

    place: Place
    systems: tuple[System, ...]
    """Who hears it; the sound is the same for all."""
    grammar: str
    """Name of the set of phrases that is listened for."""
    context: str | None
    source: Source
    wanted: Wanted
    noise: Path | None = None
    snr_db: float = 0.0
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class NothingTrial:
    """Recordings of one kind in which no command is said: in a session one after the other."""

    place: Place
    context: str
    recordings: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Something that is said over the coach's voice, and where it counts."""

    source: Source
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class TalkTrial:
    """A coach who talks without end, in a room of its own, with or without people talking over it."""

    place: Place
    grammar: str
    context: str | None
    number: int
    """Makes the room and what the coach says."""
    echo_db: float
    """Level of the echo relative to the people who talk over it."""
    said: tuple[Said, ...] = ()
    seconds: float = 0.0
    """How long the coach talks where it is alone."""


Trial: TypeAlias = ClipTrial | NothingTrial | TalkTrial


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of something that should be heard."""

    place: Place
    system: System
    name: str
    said: str
    heard: tuple[Found, ...]
    right: bool
    ended: bool | None = None
    """Of what is about safety, whether any safety command was heard: the exercise ends with each."""


@dataclass(frozen=True, slots=True)
class Overheard:
    """What was heard where no command was said."""

    place: Place
    system: System
    name: str
    heard: tuple[Found, ...]
    safety: int
    """How many of them are about safety."""
    seconds: float


Outcome: TypeAlias = Judged | Overheard

_SECONDS_PER_CLIP, _SECONDS_PER_TALK = 4.0, 10.0


def work(trial: Trial) -> float:
    """Return about how many seconds of sound a trial has."""
    match trial:
        case ClipTrial():
            return _SECONDS_PER_CLIP
        case NothingTrial():
            return sum(recorded.seconds for recorded in trial.recordings)
        case TalkTrial():
            return max(trial.seconds, _SECONDS_PER_TALK + _SECONDS_PER_CLIP * len(trial.said))


def heard_between(found: Sequence[Found], start: float, end: float) -> list[Found]:
    """Return what was heard of an utterance between two moments, in seconds."""
    return [one for one in found if one.end > start - BEFORE_SECONDS and one.start < end + AFTER_SECONDS]


def is_right(wanted: Wanted, heard: Sequence[Found], alone: bool = True) -> bool:
    """Return whether what was heard is what should be.

    Args:
        wanted: What should be heard.
        heard: All that was.
        alone: Whether nothing else may have been heard; a safety command may always come with others.
    """
    if wanted.rule == "safety":
        return any(found.command == wanted.command for found in heard)
    hits = [
        found.text == wanted.text
        if wanted.rule == "text"
        else (found.command, dict(found.slots)) == (wanted.command, dict(wanted.slots))
        for found in heard
    ]
    return hits == [True] if alone else any(hits)
