"""What was misheard: noticed as the person says so, and handed on with its sound.

Theory of operation. A word does not show that it was misheard, but people do two things about it. Where
something was taken that they did not say, they say "I didn't say that": then the last words that were taken
are in question. Where something was refused that they did say, they say it again, or press its key: then the
first of these are. The sound is over by then, so the last ten seconds are held in memory, and nothing of them
leaves it unless one of the two happens.

What is held is what the recognizer heard, behind the canceller: a verdict can only be judged by that, and
what somebody hands on has no coach in it. The coach as it was played is held beside it, in the other channel,
since a word may have been the coach's. The microphone itself is not held: ten seconds are too short for a
canceller to learn the room again.

Limits. Whoever says nothing about it leaves nothing. A word that began more than ten seconds before is gone.
A stop is often taken before it has ended, so the excerpt goes on for a moment.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from assistant.coaching.events import SAFETY_COMMANDS, Command, Event, Heard, NotUnderstood, Slots
from assistant.hearing.echo.canceller import Cancelled, Canceller
from assistant.hearing.rejection import Refused
from assistant.sound import SAMPLE_RATE, Samples

RING_SECONDS = 10.0
"""What is held in memory: time for a word, the coach's answer to it and "I didn't say that". Chosen."""

AGAIN_SECONDS = 5.0
"""A command that is heard this soon after it was refused is the same one, said again. Chosen."""

TAIL_SECONDS = 0.5
"""What is waited for after a command said again, which may have been taken before it ended. Chosen."""

BothSides = npt.NDArray[np.float32]
"""Sound of shape (n, 2) at SAMPLE_RATE: the coach as it was played, and what the recognizer heard."""


class Occasion(StrEnum):
    """How it was noticed that something was misheard."""

    TAKEN_BACK = "taken_back"
    """The person said "I didn't say that"."""
    SAID_TWICE = "said_twice"
    """A command that had been refused was said again, and then it was taken."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Words that were heard, or a key, and what became of them."""

    command: str | None
    """None where no command was understood."""
    slots: Slots
    text: str
    start: float
    """Seconds, as `end`: of the session, in an excerpt from its beginning."""
    end: float
    confidence: float
    context: str
    """What was listened for."""
    because: str | None = None
    """A `Reason` of hearing/rejection.py, where the command was refused."""
    key: str = ""
    """The key that was pressed instead."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some seconds of a session in which something was misheard."""

    occasion: Occasion
    words: tuple[Judged, ...]
    """Everything that was heard in it, in order of time."""
    about: int
    """Which of the words is in question."""
    sound: BothSides


class SoundRing:
    """Holds the last seconds of sound in memory.

    Args:
        seconds: How much of it.
    """

    def __init__(self, seconds: float = RING_SECONDS) -> None:
        self._held = np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32)
        self._received = 0

    @property
    def now(self) -> float:
        """Seconds of sound received."""
        return self._received / SAMPLE_RATE

    @property
    def start(self) -> float:
        """Seconds at which what is held begins."""
        return max(0, self._received - self._held.shape[0]) / SAMPLE_RATE

    def add(self, far: Samples, near: Samples) -> None:
        """Take what came next, the coach and the person, both of shape (n,); the oldest is dropped."""
        where = np.arange(self._received, self._received + near.size) % self._held.shape[0]
        self._held[where, 0], self._held[where, 1] = far, near
        self._received += near.size

    def cut(self) -> BothSides:
        """Return a copy of all that is held, in order of time."""
        if self._received < self._held.shape[0]:
            return self._held[: self._received].copy()
        return np.roll(self._held, -(self._received % self._held.shape[0]), axis=0)


class Misheard:
    """A canceller that also holds what comes out of it, until it is told that something was misheard.

    Args:
        canceller: Does the work.
        keep: Is given each excerpt; never waits.
    """

    def __init__(self, canceller: Canceller, keep: Callable[[Excerpt], None]) -> None:
        self._canceller = canceller
        self._keep = keep
        self._ring = SoundRing()
        self._words: list[Judged] = []
        self._refused: list[Judged] = []
        """Commands that were refused, until they are taken."""
        self._taken: Judged | None = None
        """The last words that were taken, as long as nothing else was done since."""
        self._noticed: list[tuple[float, Occasion, Judged]] = []
        """What is handed on, with the second at which."""

    def process(self, mic: Samples, far: Samples) -> Cancelled:
        """Return the microphone without the loudspeaker; both are one block (BLOCK,)."""
        cancelled = self._canceller.process(mic, far)
        self._ring.add(far, cancelled.clean)
        self._hand_on(self._ring.now)
        return cancelled

    def see(self, happened: Event | Refused, context: str) -> None:
        """Take note of what has just been heard, or done by a key.

        Args:
            happened: What the coach is told, or would have been.
            context: What was listened for.
        """
        match happened:
            case Refused(heard, because):
                self._refused.append(_judged(heard, context, because))
                self._words.append(self._refused[-1])
            case Heard():
                self._see_heard(_judged(happened, context))
            case NotUnderstood(start, end):
                self._words.append(Judged(None, {}, "", start, end, 0.0, context))
            case _:
                pass
        self._words = [words for words in self._words if words.start >= self._ring.start]
        self._refused = [words for words in self._refused if words.start >= self._ring.start]

    def close(self) -> None:
        """Hand on what has not been yet."""
        self._hand_on(math.inf)

    def _see_heard(self, words: Judged) -> None:
        self._words.append(words)
        before = [refused for refused in self._refused if _is_again(words, refused)]
        if before:
            self._notice(Occasion.SAID_TWICE, before[0])
        self._refused = [refused for refused in self._refused if refused.command != words.command]
        if words.command != Command.I_DIDNT_SAY_THAT:
            self._taken = None if words.key else words
        elif self._taken is not None:
            self._notice(Occasion.TAKEN_BACK, self._taken)
            self._taken = None

    def _notice(self, occasion: Occasion, about: Judged) -> None:
        tail = TAIL_SECONDS if occasion is Occasion.SAID_TWICE else 0.0
        self._noticed.append((self._ring.now + tail, occasion, about))

    def _hand_on(self, until: float) -> None:
        due = [noticed for noticed in self._noticed if noticed[0] <= until]
        for noticed in due:
            self._noticed.remove(noticed)
            _, occasion, about = noticed
            start = self._ring.start
            here = sorted((one for one in self._words if one.start >= start), key=lambda one: one.start)
            # The sound of what began before is gone.
            if about in here:
                words = tuple(_moved(one, start) for one in here)
                self._keep(Excerpt(occasion, words, here.index(about), self._ring.cut()))


def _moved(words: Judged, start: float) -> Judged:
    return replace(words, start=round(words.start - start, 3), end=round(words.end - start, 3))


def _is_again(words: Judged, before: Judged) -> bool:
    """Whether words say what was refused before them; about safety, whatever place they name."""
    return (
        before.command == words.command
        and (before.slots == words.slots or words.command in SAFETY_COMMANDS)
        and 0 <= words.start - before.end <= AGAIN_SECONDS
    )


def _judged(heard: Heard, context: str, because: str | None = None) -> Judged:
    said = (heard.command, heard.slots, heard.text, heard.start, heard.end, heard.confidence)
    return Judged(*said, context, because, heard.key)
