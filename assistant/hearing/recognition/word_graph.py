"""The smallest graph of words that says some phrases, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from assistant.hearing.recognition.grammar import Grammar, Phrase

_Key: TypeAlias = tuple[bool, tuple[tuple[str, int], ...]]
"""What tells a state from others: whether a phrase may end there, and which word leads where."""


@dataclass(frozen=True, slots=True)
class WordGraph:
    """Which words may follow which; state by state, each word leads to one other state."""

    steps: tuple[Mapping[str, int], ...]
    accepts: tuple[bool, ...]
    """Whether a phrase may end at the state."""
    start: int


def word_graph(grammar: Grammar, phrases: Iterable[Phrase]) -> WordGraph:
    """Merge phrases where they begin alike and where they end alike; slots are left to the matcher.

    Templates written one by one spell "my", "make it" or "can you" hundreds of times; merged, a context with
    thousands of sentences is some hundred words. The subset construction, and states with the same
    continuations made one, from the ends backwards: Hopcroft and Ullman, Introduction to Automata Theory
    (1979), chapters 2 and 3. The graph has no circles, so both are one walk.
    """
    steps: list[Mapping[str, int]] = []
    accepts: list[bool] = []
    known: dict[_Key, int] = {}
    built: dict[frozenset[int], int] = {}

    def build(states: frozenset[int]) -> int:
        reached = _without_words(grammar, states)
        if reached not in built:
            following: dict[str, set[int]] = {}
            for state in reached:
                for arc in grammar.arcs[state]:
                    if arc.word is not None:
                        following.setdefault(arc.word, set()).add(arc.target)
            ways = {word: build(frozenset(targets)) for word, targets in sorted(following.items())}
            key = (any(grammar.accepts[state] for state in reached), tuple(ways.items()))
            if key not in known:
                known[key] = len(steps)
                steps.append(ways)
                accepts.append(key[0])
            built[reached] = known[key]
        return built[reached]

    start = build(frozenset(phrase.start for phrase in phrases))
    return WordGraph(tuple(steps), tuple(accepts), start)


def _without_words(grammar: Grammar, states: frozenset[int]) -> frozenset[int]:
    """Return states, and those that are reached from them without a word."""
    reached = set(states)
    waiting = list(states)
    while waiting:
        for arc in grammar.arcs[waiting.pop()]:
            if arc.word is None and arc.target not in reached:
                reached.add(arc.target)
                waiting.append(arc.target)
    return frozenset(reached)
