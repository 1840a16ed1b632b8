"""What an utterance means: its commands, each with its words, its time and how sure it is.

Theory of operation. A recognizer gives no words but a list of ways in which an utterance may be read, each
with a probability (n-best). The likeliest single way is often not the likeliest meaning: "stop it", "stop
please" and "please stop" may have 0.3 each and still mean one thing. So the ways are grouped by the commands
that they hold, and the probabilities of a group add up. Commands about safety add up across commands, too:
the coach's first answer to each of them is the same, the exercise ends, and which one it was can be asked
afterwards.

Everything that is judged later is computed here, once for each command: `Interpretation` is the one thing
that is handed on. The end of a command is where the near-end speech ends, since a recognizer draws the last
sound of a word out into the silence behind it.

Limits. The probabilities are those of the recognizer among its own ways, at most twenty. What is in none of
them has no share, so a word that the grammar lacks makes the others look surer than they are; `[unk]` is
there to take that share. A partial result has one way only, with probability 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assistant.hearing.recognition.matcher import Match, Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.programme.commands import NOTHING

LEAST_CONFIDENCE = 0.5
"""Below this, a command that is not about safety is not taken. Chosen: an even chance."""

LEAST_SAFETY_CONFIDENCE = 0.5
"""Where it is less sure that the words are about safety at all, they are read as what else they may be.

At 0.4 everywhere 359 of 400 digits asked for are heard, 360 so (models/README.md).
"""

LEAST_SAFETY_CONFIDENCE_MOVING = 0.4
"""The same while the person may be moving: then a stop that is missed is worse than one for nothing.

In 1,765 s of the training set's orders for coffee, none of them meant for us, two were heard at 0.5 and none
more at 0.4; in 1,200 s of made-up noises 13, and one more.
"""

EndOfSpeech: TypeAlias = Callable[[float, float], float]
"""Gives when speech between two moments really ended."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A command that an utterance holds."""

    match: Match
    words: tuple[str, ...]
    """The words of the command."""
    start: float
    """Seconds at which they began."""
    end: float
    """Seconds at which they ended."""
    confidence: float
    """How sure it is, 0 to 1; of a command about safety, how sure it is that there is any."""
    own_confidence: float
    """How sure it is, 0 to 1, that it is this command."""
    least_confidence: float
    """How sure it must be, 0 to 1, to be taken."""
    others: tuple[Word, ...]
    """The words of the utterance that belong to no command."""


@dataclass(frozen=True, slots=True)
class Interpreted:
    """The likeliest meaning of an utterance."""

    utterance: Utterance
    """The likeliest words with that meaning."""
    commands: tuple[Interpretation, ...]
    """The commands in these words, in order."""
    understood: bool
    """Whether all of these words are known, be it that they mean nothing."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read an utterance, and the commands in it."""

    utterance: Utterance
    matches: tuple[Match, ...]
    """Its commands."""
    others: tuple[Word, ...]
    """Its words that belong to nothing that can be said."""

    @property
    def safety(self) -> bool:
        return any(match.safety for match in self.matches)


def least_safety_confidence(context: str | None) -> float:
    """Return how sure it must be, 0 to 1, that words are about safety."""
    return LEAST_SAFETY_CONFIDENCE_MOVING if context in (None, "moving") else LEAST_SAFETY_CONFIDENCE


def interpret(
    utterance: Utterance, matcher: Matcher, context: str | None, end_of_speech: EndOfSpeech
) -> Interpreted:
    """Return the likeliest meaning of an utterance.

    Args:
        utterance: With what else it may be.
        matcher: Finds the commands in the words.
        context: What can be said now; None is everything.
        end_of_speech: Tells where a command really ended.

    Raises:
        InputError: there is no such context.
    """
    readings = [_read(way, matcher, context) for way in (utterance, *utterance.others)]
    about_safety = [reading for reading in readings if reading.safety]
    least = least_safety_confidence(context)
    any_safety = _sum_of(about_safety)
    likeliest = _likeliest(about_safety if any_safety >= least else readings)
    said = likeliest.utterance.words

    def interpretation(match: Match) -> Interpretation:
        words = said[match.first : match.last + 1]
        start, end = words[0].start, words[-1].end
        own = _sum_of(one for one in readings if _meaning(match) in map(_meaning, one.matches))
        return Interpretation(
            match,
            tuple(word.text for word in words),
            start,
            end_of_speech(start, end),
            confidence=any_safety if match.safety else own,
            own_confidence=own,
            least_confidence=least if match.safety else LEAST_CONFIDENCE,
            others=likeliest.others,
        )

    commands = tuple(map(interpretation, likeliest.matches))
    return Interpreted(likeliest.utterance, commands, not likeliest.others)


def _read(utterance: Utterance, matcher: Matcher, context: str | None) -> _Reading:
    words = utterance.words
    matches = matcher.match([word.text for word in words], context)
    inside = {i for match in matches for i in range(match.first, match.last + 1)}
    return _Reading(
        utterance,
        tuple(match for match in matches if match.command != NOTHING),
        tuple(word for i, word in enumerate(words) if i not in inside),
    )


def _sum_of(readings: Iterable[_Reading]) -> float:
    """Return how sure it is that the utterance is one of these."""
    return min(1.0, sum(reading.utterance.probability for reading in readings))


def _meaning(match: Match) -> tuple[str, tuple[tuple[str, str | int], ...]]:
    return match.command, tuple(sorted(match.slots.items()))


def _likeliest(readings: Sequence[_Reading]) -> _Reading:
    alike: dict[tuple[object, ...], list[_Reading]] = {}
    for reading in readings:
        alike.setdefault(tuple(map(_meaning, reading.matches)), []).append(reading)
    # Of equals the first: readings come with the likeliest first.
    best = max(alike.values(), key=_sum_of)
    return max(best, key=lambda reading: reading.utterance.probability)
