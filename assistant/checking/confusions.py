"""Rule for what sounds alike: no two commands of a context do, and nothing sounds like a safety phrase.

Two sentences are compared by the phones of the words in which they differ, since what is the same on both
sides does not tell them apart; see `phones.py` for the distance. The thresholds are set so that what is
known to be mistaken for each other is below them: "start" and "stop" (0.28), "slower" and "lower" (0.18),
"louder" and "slower" (0.56), "skip" and "stop" (0.65).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from assistant.checking.finding import Finding, at
from assistant.checking.phrases import Phrases, Said
from assistant.coaching.questions import QUESTIONS
from assistant.hearing.recognition.lexicon import Lexicon, Pronunciation
from assistant.hearing.recognition.phones import phone_distance
from assistant.library.loader import ReadCommands
from assistant.programme.commands import CONTEXTS

NEAREST = 0.56
"""Phone distance that two commands of a context should have."""

NEAREST_TO_SAFETY = 0.65
"""Phone distance that other commands should have to a safety phrase: a false stop breaks a set off."""

MOST_WAYS = 16
"""Ways of saying one phrase that are compared; each word may have several."""

_Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Near:
    distance: float
    said: tuple[Said, Said]
    apart: tuple[_Words, _Words]
    """The words in which they differ."""
    contexts: frozenset[str]


def check_confusions(read: ReadCommands, phrases: Phrases) -> Iterator[Finding]:
    """Look for commands that sound alike where both are listened for.

    Pairs that `alike:` names are passed over; a pair there that no longer sounds alike is a finding.
    """
    allowed = {frozenset(pair.phrases): (i, pair) for i, pair in enumerate(read.commands.alike)}
    used: dict[int, set[str]] = {}
    nearest: dict[tuple[str, str], _Near] = {}
    for near in _near_pairs(phrases):
        contexts = near.contexts
        found = allowed.get(frozenset(" ".join(words) for words in near.apart))
        if found is not None:
            i, pair = found
            used.setdefault(i, set()).update(contexts & pair.contexts)
            contexts -= pair.contexts
        if not contexts:
            continue
        commands = (near.said[0].command, near.said[1].command)
        known = nearest.get(commands)
        if known is None or near.distance < known.distance:
            nearest[commands] = replace(near, contexts=contexts)
        elif near.apart == known.apart:
            nearest[commands] = replace(known, contexts=known.contexts | contexts)
    for near in nearest.values():
        yield _finding(read, near)
    for i, pair in enumerate(read.commands.alike):
        if not used.get(i):
            problem = f"“{pair.phrases[0]}” and “{pair.phrases[1]}” do not sound alike in these contexts"
            yield at(read.document, ("alike", i), "alike-unused", problem, "Remove the line, or correct it")


def _finding(read: ReadCommands, near: _Near) -> Finding:
    one, other = near.said
    safety = one.safety or other.safety
    ordered = [context for context in CONTEXTS if context in near.contexts]
    return at(
        read.document,
        (one if other.safety else other).path,
        "sounds-alike",
        f"“{' '.join(one.words)}” ({one.command}) and “{' '.join(other.words)}” ({other.command}) "
        f"sound alike in {', '.join(ordered)}: distance {near.distance:.3f}, less than "
        f"{NEAREST_TO_SAFETY if safety else NEAREST}",
        "Word one of them differently, or take a context from it",
    )


def _near_pairs(phrases: Phrases) -> Iterator[_Near]:
    distance = _distances(phrases.lexicon)
    hearable = [said for said in phrases.said if all(word in phrases.lexicon for word in said.words)]
    for one, other in itertools.combinations(hearable, 2):
        if one.command == other.command or (one.safety and other.safety):
            continue
        contexts = frozenset(
            context for context in one.contexts & other.contexts if not _both_answer(one, other, context)
        )
        apart = _apart(one.words, other.words)
        if not contexts or apart == ((), ()):
            continue
        near = distance(*apart)
        if near < (NEAREST_TO_SAFETY if one.safety or other.safety else NEAREST):
            yield _Near(near, (one, other), apart, contexts)


def _both_answer(one: Said, other: Said, context: str) -> bool:
    """Whether a safety phrase is an answer there: taken for the other it means the same."""
    answers = [question.answers for question in QUESTIONS.values() if question.context == context]
    both = {one.command, other.command}
    return (one.safety or other.safety) and any(both <= asked for asked in answers)


def _apart(one: _Words, other: _Words) -> tuple[_Words, _Words]:
    """Leave out the words that both begin or end with."""
    first = _shared(one, other)
    one, other = one[first:], other[first:]
    last = _shared(one[::-1], other[::-1])
    return one[: len(one) - last], other[: len(other) - last]


def _shared(one: _Words, other: _Words) -> int:
    """Return how many words both begin with."""
    return len([*itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))])


def _distances(lexicon: Lexicon) -> Callable[[_Words, _Words], float]:
    """Return what measures how far some words are from others, in the nearest ways of saying them."""

    @cache
    def ways(words: _Words) -> list[Pronunciation]:
        rows = itertools.product(*(lexicon[word] for word in words))
        return [tuple(itertools.chain.from_iterable(row)) for row in itertools.islice(rows, MOST_WAYS)]

    @cache
    def distance(one: _Words, other: _Words) -> float:
        pairs = itertools.product(ways(one), ways(other))
        return round(min(phone_distance(*pair, NEAREST_TO_SAFETY) for pair in pairs), 3)

    return distance
