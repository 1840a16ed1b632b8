"""What is tried, and what came of it: plain data that goes to the processes that hear and back."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from assistant.coaching.events import Command
from assistant.sound import SAMPLE_RATE
from assistant.speaking.rendering import Voice
from tests.benchmarks.hearing.expectations import Expectation
from tests.benchmarks.hearing.found import Found
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.strained import Manner
from tests.benchmarks.hearing.treatment import AROUND_SECONDS

System: TypeAlias = Literal["imprint", "recording", "pocketsphinx", "words"]
"""Who hears: Imprint as in a session, block by block; Imprint as a recording, whole; another program; or
Imprint that is given the words instead of sound."""

OURS: tuple[System, ...] = ("imprint", "recording")

BEFORE_SECONDS, AFTER_SECONDS = 0.3, 0.6
"""How long before and after an utterance in a session what is heard counts as heard of it; chosen."""

Rule: TypeAlias = Literal["text", "command", "safety", "ended", "ended soon", "nothing", "sentence"]
"""What must be heard: exactly these words and nothing else; exactly this command and its slots and nothing
else; this command at all; any safety command, at all or within SOON_SECONDS; nothing; or what is expected of
a sentence."""

SOON_SECONDS = 1.0
"""From the end of a word to the end of the movement, at most. Chosen."""

PLEA = "plea"
"""What a session takes for a plea, and asks about: "Was that pain?"."""

SAFETY, RED_FLAG, ANYTHING = "safety", "red flag", "anything"
"""What is counted of what should not be heard: the second are some of the first, which end the movement."""

ENDED = "the exercise ended"
"""The row of safety commands that were heard, if perhaps as another of them."""


@dataclass(frozen=True, slots=True)
class Synthetic:
    """Something to be said by a synthetic voice."""

    text: str
    voice: Voice
    manner: Manner | None = None
    """How, where it is not just said."""

    @property
    def name(self) -> str:
        """What to call it where a recording has its file's name."""
        how = f", {self.manner}" if self.manner else ""
        return (
            f"{self.voice.name} at {self.voice.words_per_minute}, pitch {self.voice.pitch}{how}: {self.text}"
        )


Source: TypeAlias = Recorded | Synthetic


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should be heard."""

    rule: Rule
    text: str
    command: str = ""
    slots: tuple[tuple[str, str | int], ...] = ()
    expectation: Expectation | None = None
    """Of a sentence."""
    voice: str = ""
    """Who says the sentence, for a row of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a trial counts."""

    set: str
    condition: str
    detail: str = ""
    """A row of its own beside the one for all; of clips, in sessions alone."""


@dataclass(frozen=True, slots=True)
class Noise:
    """What is mixed into clips: some recordings, one after the other."""

    name: str
    files: tuple[Path, ...]


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
    noise: Noise | None = None
    snr_db: float = 0.0
    gain_db: float = 0.0
    around_seconds: float = AROUND_SECONDS
    """How long the room, or the noise, is heard before and after the clip."""


@dataclass(frozen=True, slots=True)
class NothingTrial:
    """Recordings of one kind in which no command is said: in a session one after the other."""

    place: Place
    context: str
    recordings: tuple[Recorded, ...]
    level_db: float | None = None
    """To which the loudest word's length of each is turned, in decibels of full scale; None leaves it."""
    under: Synthetic | None = None
    """What is said before each as loudly as people speak; what is heard of it does not count."""
    most: int | None = None
    """Samples of each, from its beginning; None is all."""
    first: Synthetic | None = None
    """A command that the person says before all of them in a session, so that it knows how loud they are."""
    systems: tuple[System, ...] = OURS


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
    gives_way: bool = True
    """Whether it gets softer while somebody seems to speak."""


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
    counted: Mapping[str, bool]
    """Rows in which it counts, each with whether what they count is so; "" is the condition's own."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Overheard:
    """What was heard where no command was said."""

    place: Place
    system: System
    name: str
    heard: tuple[Found, ...]
    seconds: float
    pleas: int | None = None
    """How often something was taken for a plea; None where nothing is, as in a recording."""


Outcome: TypeAlias = Judged | Overheard

_SECONDS_PER_CLIP, _SECONDS_PER_TALK = 4.0, 10.0


def work(trial: Trial) -> float:
    """Return about how many seconds of sound a trial has."""
    match trial:
        case ClipTrial():
            return _SECONDS_PER_CLIP
        case NothingTrial():
            most = math.inf if trial.most is None else trial.most / SAMPLE_RATE
            return sum(min(recorded.seconds, most) for recorded in trial.recordings)
        case TalkTrial():
            return max(trial.seconds, _SECONDS_PER_TALK + _SECONDS_PER_CLIP * len(trial.said))


def heard_between(found: Sequence[Found], start: float, end: float) -> list[Found]:
    """Return what was heard of an utterance between two moments, in seconds."""
    return [one for one in found if one.end > start - BEFORE_SECONDS and one.start < end + AFTER_SECONDS]


FALSE_ACTIONS: Mapping[str, Callable[[Found], bool]] = {
    ANYTHING: lambda found: True,
    SAFETY: lambda found: found.safety,
    RED_FLAG: lambda found: found.command == Command.RED_FLAG,
}
"""What is counted of what should not be heard; a red flag locks training."""


def is_right(wanted: Wanted, heard: Sequence[Found], alone: bool = True, soon: float = math.inf) -> bool:
    """Return whether what was heard is what should be.

    Args:
        wanted: What should be heard.
        heard: All that was.
        alone: Whether nothing else may have been heard; a safety command may always come with others.
        soon: When it must have been heard, in seconds, where that is part of the rule.
    """
    match wanted.rule:
        case "safety":
            return any(found.command == wanted.command for found in heard)
        case "ended":
            return any(found.safety for found in heard)
        case "ended soon":
            return any(found.safety and found.at <= soon for found in heard)
        case "nothing":
            return not heard
        case "sentence":
            assert wanted.expectation is not None
            return wanted.expectation.is_right(heard)
        case "text" | "command":
            return _is_exactly(wanted, heard, alone)


def counted(
    place: Place, system: System, wanted: Wanted, heard: Sequence[Found], right: bool
) -> dict[str, bool]:
    """Return the rows in which something counts that should be heard, or not be."""
    if wanted.expectation is not None:
        return sentence_rows(place, system, wanted.expectation, heard, wanted.voice)
    if wanted.rule == "nothing":
        return {what: any(map(is_one, heard)) for what, is_one in FALSE_ACTIONS.items()}
    rows = {"": right}
    if place.detail and system == "imprint":
        rows[place.detail] = right
    if wanted.rule == "safety":
        rows[ENDED] = any(found.safety for found in heard)
    return rows


def sentence_rows(
    place: Place, system: System, expectation: Expectation, heard: Sequence[Found], voice: str = ""
) -> dict[str, bool]:
    """Return the rows in which a sentence counts.

    Those of its bar, and how many are right of its half of the list, of its meaning and of a voice: these
    of a session, and of words, alone.
    """
    rows = expectation.rows(heard)
    if system != "recording":
        right = expectation.is_right(heard)
        rows |= {f"{expectation.half} half": right, place.detail: right}
        if voice:
            rows[f"said by {voice}"] = right
    return rows


def _is_exactly(wanted: Wanted, heard: Sequence[Found], alone: bool) -> bool:
    hits = [
        found.text == wanted.text
        if wanted.rule == "text"
        else (found.command, dict(found.slots)) == (wanted.command, dict(wanted.slots))
        for found in heard
    ]
    return hits == [True] if alone else any(hits)
