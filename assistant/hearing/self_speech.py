"""Self-speech suppression: whether words may be the coach's own, coming back from the loudspeaker."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NEAR_SECONDS = 0.3
"""How far a word's echo may be from the cue: sound travels, buffers wait, recognizers estimate. Chosen."""

SAME_SECONDS = 0.35
"""Two hits that begin closer than this are one hit, seen in two results. Chosen."""

REPEAT_SECONDS = 4.0
"""A word said again within this counts as repeated. Chosen."""

# Where a word is inside its cue is only known from its share of the letters; but what comes first or last
# begins or ends with the cue itself. An answer soon after "yes or no?" is no echo of it. Chosen.
_SPREAD = 0.08
_SURE_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Spoken:
    """Something the coach said."""

    text: str
    start: float
    """Seconds at which it began, on the clock of the microphone's samples."""
    end: float
    """Seconds at which it ended."""


def nothing_spoken() -> Sequence[Spoken]:
    """Return what a coach said that is silent."""
    return ()


def own_words(spoken: Sequence[Spoken], words: Sequence[str], start: float, end: float) -> int:
    """Return how often the coach says these words in cues that say them at about that time."""
    count = 0
    for cue in spoken:
        places = list(_places(cue, words))
        if any(
            first - _margin(cue, first) <= end and start <= last + _margin(cue, last)
            for first, last in places
        ):
            count += len(places)
    return count


class Repeats:
    """Remembers hits that were taken for the coach's own words."""

    def __init__(self) -> None:
        self._hits: list[tuple[str, float]] = []

    def add(self, command: str, start: float) -> None:
        """Add a hit."""
        self._hits = self._with(command, start)

    def count_with(self, command: str, start: float) -> int:
        """Return how many different hits of a command there were lately, with one more."""
        return sum(hit[0] == command for hit in self._with(command, start))

    def _with(self, command: str, start: float) -> list[tuple[str, float]]:
        lately = [hit for hit in self._hits if hit[1] > start - REPEAT_SECONDS]
        if any(hit[0] == command and abs(hit[1] - start) <= SAME_SECONDS for hit in lately):
            return lately
        return [*lately, (command, start)]


def _margin(cue: Spoken, at: float) -> float:
    """Return by how much a time estimated inside a cue may be wrong, in seconds."""
    if min(at - cue.start, cue.end - at) < _SURE_SECONDS:
        return NEAR_SECONDS
    return NEAR_SECONDS + _SPREAD * (cue.end - cue.start)


def _places(cue: Spoken, words: Sequence[str]) -> Iterator[tuple[float, float]]:
    """Yield the times at which the words stand in the cue, estimated from its letters."""
    text = cue.text.lower().replace("\u2019", "'").rstrip(" .?!")
    said = list(re.finditer(r"[^\W_]+(?:['-][^\W_]+)*", text))
    second = (cue.end - cue.start) / max(len(text), 1)
    for i in range(len(said) - len(words) + 1):
        run = said[i : i + len(words)]
        if [word.group() for word in run] == list(words):
            yield cue.start + second * run[0].start(), cue.start + second * run[-1].end()
