"""What is to be done, decided by the coach: frozen, imperative, times in seconds on the sample clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from assistant.coaching.checkpoint import Checkpoint
from assistant.coaching.events import Slots
from assistant.coaching.phases import Phase
from assistant.coaching.plan import Cue, Part


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a cue."""

    cue: Cue
    due: float
    """Seconds at which its sound begins."""


@dataclass(frozen=True, slots=True)
class Count:
    """Say one number of the lowering on its beat."""

    value: int
    cue: Cue
    due: float
    last: bool = False
    """Whether a side's set ends with it: a voice that counts in tones says it in words."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Fade out everything that sounds and drop everything that was due."""

    at: float


@dataclass(frozen=True, slots=True)
class Release:
    """Speak the exercise's release: the only instruction after stop or pain."""

    cue: Cue
    due: float


@dataclass(frozen=True, slots=True)
class Chime:
    """Play the soft sound that means "heard"."""

    due: float


@dataclass(frozen=True, slots=True)
class Breathe:
    """Play the soft breath with which a session begins: from it the room's echo is learnt."""

    due: float


@dataclass(frozen=True, slots=True)
class Listen:
    """Listen for the commands of a context."""

    context: str


@dataclass(frozen=True, slots=True)
class Enter:
    """Show and record a phase."""

    phase: Phase
    exercise: str
    set: int
    """Work set, counted from 1."""
    repetition: int
    """Repetition in progress, counted from 1; 0 outside of repetitions."""
    side: str | None
    at: float
    title: str = ""
    """The exercise in the voice's words."""
    repetitions: int = 0
    """Repetitions of a side in this set."""
    sets: int = 0
    """Work sets of the session."""
    following: str = ""
    """The title of the exercise of the next set; empty where none follows."""
    part: Part = "work"
    """Warm-up, work or cool-down."""
    range_step: int = 0
    tempo: str = ""
    """As `Tempo` is written, such as `3-0-2-0`."""
    sets_done: int = 0
    """Sets of the session that are over by now."""
    repetitions_done: int = 0
    """Repetitions of the session that are over by now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Record what became of a command."""

    command: str
    slots: Slots
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Record that a question is open."""

    question: str
    due: float
    """Seconds at which the question has been spoken."""


@dataclass(frozen=True, slots=True)
class Change:
    """Record an adaptation."""

    what: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """Record something to remember beyond the session: an answer, or what was shown."""

    what: str
    """`tutorial`, `screening`, `effort`, `soreness`, `yesterday`, `red_flag`, `red_flag_heard`, `explained`,
    `resume` …"""
    value: str | int | bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Record where the session would have to go on if it were cut off now."""

    place: Checkpoint | None
    """None where nothing is left to do."""
    at: float


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Make the coach's voice louder or quieter."""

    decibels: float
    """Change relative to the usual level."""


@dataclass(frozen=True, slots=True)
class Finish:
    """End the session with what was done."""

    ended: str
    """`completed`, `asked`, `pain`, `red_flag`, `silence`, `interrupted` or `not_today`."""
    sets: int
    repetitions: int
    changes: tuple[str, ...] = field(default=())


Action: TypeAlias = (
    Say
    | Count
    | Silence
    | Release
    | Chime
    | Breathe
    | Listen
    | Enter
    | Answer
    | Ask
    | Change
    | Note
    | Mark
    | SetVolume
    | Finish
)
