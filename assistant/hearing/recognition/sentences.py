"""What can be said in a context, written out: for Vosk's dynamic grammar."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from assistant.hearing.recognition.grammar import Grammar, Phrase


def sentences_within(grammar: Grammar, context: str | None, most: int) -> list[str] | None:
    """List every sentence of a context once, sorted; None when there are more than `most`.

    Raises:
        InputError: there is no such context.
    """
    found: set[str] = set()
    for phrase in grammar.phrases_in(context):
        for sentence in sentences_of(grammar, phrase):
            found.add(sentence)
            if len(found) > most:
                return None
    return sorted(found)


def sentences_of(grammar: Grammar, phrase: Phrase) -> Iterator[str]:
    """Yield every sentence of one template, some more than once."""
    # Depth first: the branches that wait are far fewer than the sentences.
    waiting: list[tuple[int, tuple[str, ...]]] = [(phrase.start, ())]
    while waiting:
        state, words = waiting.pop()
        if state == phrase.final:
            yield " ".join(words)
        for arc in grammar.arcs[state]:
            waiting.append((arc.target, words if arc.word is None else (*words, arc.word)))


def can_be_said(grammar: Grammar, phrase: Phrase, without: AbstractSet[str]) -> bool:
    """Return whether a template has a sentence without some words."""
    reached = {phrase.start}
    for state in range(phrase.start, phrase.final):
        if state in reached:
            reached.update(arc.target for arc in grammar.arcs[state] if arc.word not in without)
    return phrase.final in reached


def usual_way(grammar: Grammar, command: str, context: str) -> str | None:
    """Return what is said for a command: its first template, without what may be left out.

    None where it can't be said in the context.

    Raises:
        InputError: there is no such context.
    """
    for phrase in grammar.phrases_in(context):
        if phrase.command == command:
            return min(sentences_of(grammar, phrase), key=len)
    return None


def word_pairs(grammar: Grammar, context: str | None) -> list[str]:
    """List each two words that can follow each other in a context, and each single word, sorted.

    Raises:
        InputError: there is no such context.
    """
    found: set[str] = set()
    for phrase in grammar.phrases_in(context):
        # Arcs lead to higher states only, so one pass knows every word that may come before.
        before: dict[int, set[str]] = {phrase.start: set()}
        for state in range(phrase.start, phrase.final):
            for arc in grammar.arcs[state] if state in before else ():
                following = before.setdefault(arc.target, set())
                if arc.word is None:
                    following |= before[state]
                    continue
                following.add(arc.word)
                found.add(arc.word)
                found.update(f"{word} {arc.word}" for word in before[state])
    return sorted(found)
