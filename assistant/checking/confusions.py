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

import numpy as np

from assistant.checking.finding import Finding, at
from assistant.checking.nearness import Rows, columns
from assistant.checking.phrases import Phrases, Said, Template
from assistant.coaching.questions import QUESTIONS
from assistant.hearing.recognition.lexicon import Lexicon, Pronunciation
from assistant.hearing.recognition.phones import phone_distance
from assistant.library.loader import ReadCommands
from assistant.programme.commands import CONTEXTS

NEAREST = 0.56
"""Phone distance that two commands of a context should have; what is less is told."""

MISTAKEN = 0.3
"""Two of them that are nearer than this are a mistake, as "start" and "stop" would be; others are a note.

People have many words for the same, and few of these are far from all others. Chosen: which of them are
really mistaken tells `check --voices`.
"""

NEAREST_TO_SAFETY = 0.65
"""Phone distance that other commands should have to a safety phrase: a false stop breaks a set off."""

MOST_COMPARED = 2_000
"""Sentences of a file that are compared, each with each. Chosen: a few seconds."""

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
        commands = (near.said[0].template.command, near.said[1].template.command)
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
    one, other = (said.template for said in near.said)
    said = [" ".join(said.words) for said in near.said]
    ordered = [context for context in CONTEXTS if context in near.contexts]
    return at(
        read.document,
        (one if other.safety else other).path,
        "sounds-alike",
        f"“{said[0]}” ({one.command}) and “{said[1]}” ({other.command}) "
        f"sound alike in {', '.join(ordered)}: distance {near.distance:.3f}, less than {_limit(one, other)}",
        "Word one of them differently, or take a context from it",
        note=not (one.safety or other.safety) and near.distance >= MISTAKEN,
    )


def _near_pairs(phrases: Phrases) -> Iterator[_Near]:
    distance = _distances(phrases.lexicon)
    chosen = {(said.words, said.template.path): said for said in phrases.choose(MOST_COMPARED)}
    for one, other in _pairs(list(chosen.values()), phrases.lexicon):
        contexts = frozenset(
            context
            for context in one.template.contexts & other.template.contexts
            if not _both_answer(one.template, other.template, context)
        )
        apart = _apart(one.words, other.words)
        if not contexts or apart == ((), ()):
            continue
        near = distance(*apart)
        if near < _limit(one.template, other.template):
            yield _Near(near, (one, other), apart, contexts)


def _pairs(chosen: list[Said], lexicon: Lexicon) -> Iterator[tuple[Said, Said]]:
    """Yield what may be too near: two commands that are listened for together, in the order of the file."""
    hearable = [said for said in chosen if all(word in lexicon for word in said.words)]
    if not hearable:
        return
    rows = Rows(
        [
            list(itertools.chain.from_iterable(columns(lexicon[word]) for word in said.words))
            for said in hearable
        ]
    )
    templates = [said.template for said in hearable]
    names = {name: number for number, name in enumerate(dict.fromkeys(one.command for one in templates))}
    commands = np.array([names[template.command] for template in templates])
    safety = np.array([template.safety for template in templates])
    contexts = np.array([[context in template.contexts for context in CONTEXTS] for template in templates])
    for i, said in enumerate(hearable):
        together = (contexts[i + 1 :] & contexts[i]).any(axis=1)
        others = np.nonzero(together & (commands[i + 1 :] != commands[i]) & ~(safety[i + 1 :] & safety[i]))[0]
        others += i + 1
        limits = np.where(safety[others] | safety[i], NEAREST_TO_SAFETY, NEAREST).astype(np.float32)
        yield from ((said, hearable[other]) for other in rows.near(i, others, limits))


def _limit(one: Template, other: Template) -> float:
    return NEAREST_TO_SAFETY if one.safety or other.safety else NEAREST


def _both_answer(one: Template, other: Template, context: str) -> bool:
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
