"""Choosing sentences of templates that stand for more than can be looked at: always the same ones.

First come a template's cores: for each of its words, the shortest sentence that holds it. What is left of
the room goes to sentences spread evenly over all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from assistant.hearing.recognition.grammar import Grammar, Phrase

_Words: TypeAlias = tuple[str, ...]

_GOLDEN = 618_034
"""The golden section in millionths: steps of it come back to no place soon, whatever the lists are."""

_TURN = 1_000_000


def count_sentences(grammar: Grammar, phrase: Phrase) -> int:
    """Return how many sentences a template is; one that can be said in two ways counts twice."""
    return _counts(grammar, phrase)[phrase.start]


def choose_sentences(grammar: Grammar, phrase: Phrase, most: int) -> list[_Words]:
    """Return sentences of a template, each once: all, or the `most` that stand for the others best."""
    return list(islice(dict.fromkeys(_in_order(grammar, phrase, most)), most))


def share(counts: Sequence[int], most: int) -> int:
    """Return how many sentences each template may have so that all have together no more than `most`.

    Templates that need less leave room to others. It is one at least.
    """
    room = most
    for used, count in enumerate(sorted(counts)):
        each = room // (len(counts) - used)
        if count > each:
            return max(each, 1)
        room -= count
    return max(counts, default=1)


def _in_order(grammar: Grammar, phrase: Phrase, most: int) -> Iterator[_Words]:
    counts = _counts(grammar, phrase)
    whole = counts[phrase.start]
    if whole <= most:
        yield from (_nth(grammar, phrase, counts, number) for number in range(whole))
        return
    yield from _cores(grammar, phrase)
    # Some come more than once, so that more are taken than wanted.
    for step in range(2 * most):
        yield _nth(grammar, phrase, counts, step * _GOLDEN % _TURN * whole // _TURN)


def _counts(grammar: Grammar, phrase: Phrase) -> dict[int, int]:
    """Return how many ways lead from each state to the end."""
    counts = {phrase.final: 1}
    for state in range(phrase.final - 1, phrase.start - 1, -1):
        counts[state] = sum(counts.get(arc.target, 0) for arc in grammar.arcs[state])
    return counts


def _nth(grammar: Grammar, phrase: Phrase, counts: dict[int, int], number: int) -> _Words:
    words: list[str] = []
    state = phrase.start
    while state != phrase.final:
        for arc in grammar.arcs[state]:
            if number < counts.get(arc.target, 0):
                words += [arc.word] if arc.word else []
                state = arc.target
                break
            number -= counts.get(arc.target, 0)
    return tuple(words)


def _cores(grammar: Grammar, phrase: Phrase) -> Iterator[_Words]:
    """Yield the shortest sentence, and for each word of the template the shortest one with it."""
    states = range(phrase.start, phrase.final)
    before: dict[int, _Words] = {phrase.start: ()}
    for state in states:
        for arc in grammar.arcs[state] if state in before else ():
            way = (*before[state], *((arc.word,) if arc.word else ()))
            if arc.target not in before or len(way) < len(before[arc.target]):
                before[arc.target] = way
    after: dict[int, _Words] = {phrase.final: ()}
    for state in reversed(states):
        ways = [
            (*((arc.word,) if arc.word else ()), *after[arc.target])
            for arc in grammar.arcs[state]
            if arc.target in after
        ]
        if ways:
            after[state] = min(ways, key=len)
    yield after[phrase.start]
    for state in states:
        for arc in grammar.arcs[state] if state in before else ():
            if arc.word and arc.target in after:
                yield (*before[state], arc.word, *after[arc.target])
