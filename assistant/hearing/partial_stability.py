"""How long a safety command must stay as it is in partial results before it is acted on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.hearing.recognition.matcher import Match

STEADY_SECONDS = 0.25
"""One in the middle of speech, or of noise, after this time: most that are none are gone by then."""

GROWN_SECONDS = 0.4
"""One that may still become a command of another kind, after this time."""


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

    def see(self, match: Match, words: int, now: float, ended: bool) -> bool:
        """Take note of a command and tell whether it has been there for long enough.

        Args:
            match: The command.
            words: How many words there are with it.
            now: When.
            ended: Whether the speech has ended.
        """
        seen = self._candidate
        words = words if match.growing else 0
        if seen is None or (seen.match, seen.words) != (match, words):
            seen = self._candidate = _Candidate(match, words, now)
        # Where the speech has ended there is nothing to wait for: whoever asks weighs it, which tells enough.
        if ended and not seen.doubted and not match.growing:
            return True
        return now - seen.since >= (GROWN_SECONDS if match.growing else STEADY_SECONDS)

    def doubt(self, now: float) -> None:
        """Begin anew with the command seen last, as one in the middle of speech."""
        if self._candidate is not None:
            self._candidate = replace(self._candidate, since=now, doubted=True)

    def forget(self) -> None:
        """Begin anew with whatever comes next."""
        self._candidate = None
