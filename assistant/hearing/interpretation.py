"""What an utterance means, in all the ways in which it may be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.hearing.recognition.matcher import Match, Matcher
from assistant.hearing.recognition.recognizer import Utterance

LEAST_SAFETY_CONFIDENCE = 0.5
"""Where it is less sure that the words are about safety at all, they are read as what else they may be."""

LEAST_SAFETY_CONFIDENCE_MOVING = 0.4
"""The same while somebody may be moving: then a stop that is missed is worse than one for nothing.

In 1,765 s of the training set's orders for coffee, which nobody meant for us, two were heard at 0.5 and none
more at 0.4; in 1,200 s of made-up noises 13, and one more.
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read an utterance, and the commands in it."""

    utterance: Utterance
    matches: tuple[Match, ...]

    @property
    def safety(self) -> bool:
        """Whether any of the commands is about safety."""
        return any(match.safety for match in self.matches)


class Understood:
    """The likeliest meaning of an utterance.

    Ways to say the same add up: "stop it" and "stop please" may each be doubtful, and "stop" certain. So do
    all commands about safety, since the first answer to each is the same: the exercise ends.

    Args:
        utterance: With what else it may be.
        vocabulary: Gives the commands in the words.
        context: What can be said now; None is everything.

    Raises:
        InputError: there is no such context.
    """

    def __init__(self, utterance: Utterance, vocabulary: Matcher, context: str | None) -> None:
        self._readings = [
            Reading(way, tuple(vocabulary.match([word.text for word in way.words], context)))
            for way in (utterance, *utterance.others)
        ]
        about_safety = [reading for reading in self._readings if reading.safety]
        may_move = context in (None, "moving")
        self.least_safety_confidence = LEAST_SAFETY_CONFIDENCE_MOVING if may_move else LEAST_SAFETY_CONFIDENCE
        """How sure it must be, 0 to 1, that the words are about safety."""
        urgent = _sum_of(about_safety) >= self.least_safety_confidence
        self._likeliest = _likeliest(about_safety if urgent else self._readings)

    @property
    def utterance(self) -> Utterance:
        """The likeliest words with that meaning."""
        return self._likeliest.utterance

    @property
    def matches(self) -> Sequence[Match]:
        """The commands in these words."""
        return self._likeliest.matches

    def confidence(self, match: Match, itself: bool = False) -> float:
        """Give how sure a command is, 0 to 1.

        Args:
            match: The command; of one about safety, it is told how sure it is that there is any.
            itself: Whether to tell of this one all the same.
        """
        any_safety = match.safety and not itself
        return _sum_of(
            reading
            for reading in self._readings
            if (any_safety and reading.safety) or _meaning(match) in map(_meaning, reading.matches)
        )


def _sum_of(readings: Iterable[Reading]) -> float:
    """Give how sure it is that the utterance is one of these."""
    return min(1.0, sum(reading.utterance.probability for reading in readings))


def _meaning(match: Match) -> tuple[str, tuple[tuple[str, str | int], ...]]:
    return match.command, tuple(sorted(match.slots.items()))


def _likeliest(readings: Sequence[Reading]) -> Reading:
    alike: dict[tuple[object, ...], list[Reading]] = {}
    for reading in readings:
        alike.setdefault(tuple(map(_meaning, reading.matches)), []).append(reading)
    # Of equals the first: readings come with the likeliest first.
    best = max(alike.values(), key=_sum_of)
    return max(best, key=lambda reading: reading.utterance.probability)
