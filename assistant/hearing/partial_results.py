"""Safety commands out of partial results: when one is stable enough to be weighed, and which were taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.hearing.interpretation import Interpretation
from assistant.hearing.recognition.matcher import Match
from assistant.hearing.self_speech import NEAR_SECONDS

STEADY_SECONDS = 0.25
"""One in the middle of speech, or of noise, after this time: most that are none are gone by then. Chosen."""

GROWN_SECONDS = 0.4
"""One that may still become a command of another kind, after this time. Chosen."""

TAIL_SECONDS = 1.0
"""Speech that goes on this soon after a command belongs to it (the rest of "stop it please"). Chosen."""

LONGEST_AGAIN_SECONDS = 1.0
"""What a command that is said again adds at most to the breath in which that counts as once. Chosen."""

REMEMBERED_SECONDS = 30.0
"""How long what was taken from a partial result is known: longer than any utterance. Chosen."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    match: Match
    words: int
    """How many words there were with it, where more of them could change what it means."""
    since: float
    """Seconds at which it was seen first, or doubted last."""
    doubted: bool = False


class PartialStability:
    """Watches one safety command in partial results; times are in seconds of sound received."""

    def __init__(self) -> None:
        self._candidate: _Candidate | None = None

    def see(self, match: Match, words: int, now: float) -> None:
        """Take note of the command that a partial result holds, and of how many words there are with it."""
        words = words if match.growing else 0
        seen = self._candidate
        if seen is None or (seen.match, seen.words) != (match, words):
            self._candidate = _Candidate(match, words, now)

    def is_stable(self, now: float, ended: bool) -> bool:
        """Whether the command seen last has been there for long enough, or the speech has ended."""
        seen = self._candidate
        if seen is None:
            return False
        # Where the speech has ended there is nothing to wait for: it is weighed, which tells enough.
        if ended and not seen.doubted and not seen.match.growing:
            return True
        return now - seen.since >= (GROWN_SECONDS if seen.match.growing else STEADY_SECONDS)

    def doubt(self, now: float) -> None:
        """Begin anew with the command seen last, as one in the middle of speech."""
        if self._candidate is not None:
            self._candidate = replace(self._candidate, since=now, doubted=True)

    def forget(self) -> None:
        """Begin anew with the command that comes next."""
        self._candidate = None


@dataclass(slots=True)
class _Early:
    """A safety command that was taken from a partial result, with what repeated it in the same breath."""

    command: str
    start: float
    end: float

    def is_near(self, command: Interpretation) -> bool:
        return command.start < self.end + NEAR_SECONDS and command.end > self.start - NEAR_SECONDS


class TakenEarly:
    """Remembers which safety commands were taken from partial results, so that none is taken twice."""

    def __init__(self) -> None:
        self._early: list[_Early] = []

    def add(self, command: Interpretation, now: float) -> None:
        """Remember a command that was taken."""
        self._early = [one for one in self._early if one.end > now - REMEMBERED_SECONDS]
        self._early.append(_Early(command.match.command, command.start, command.end))

    def news(self, commands: Iterable[Interpretation]) -> Iterator[tuple[Interpretation, float]]:
        """Leave out commands whose words were taken already, and remember how long they go on.

        Another safety command in the same words is news all the same: "pain … in my chest". The same one,
        said again and again in one breath, is none.

        Yields:
            A command, and how sure it is: of one about safety, that there is any. Where one was taken of the
            same words that has happened, so another must be sure by itself, or the coach asks about pain that
            the person does not have.
        """
        for command in commands:
            same = self._same(command)
            if same is None:
                near = any(one.is_near(command) for one in self._early)
                yield command, command.own_confidence if near else command.confidence
            elif command.match.safety:
                # A word in progress is drawn out, as long as nothing follows.
                same.end = max(same.end, min(command.end, command.start + LONGEST_AGAIN_SECONDS))

    def covers(self, start: float) -> bool:
        """Whether speech that begins at a moment is the rest of what was taken."""
        return any(start < one.end + TAIL_SECONDS for one in self._early)

    def _same(self, command: Interpretation) -> _Early | None:
        for one in self._early:
            if one.is_near(command) and (not command.match.safety or command.match.command == one.command):
                return one
        return None
