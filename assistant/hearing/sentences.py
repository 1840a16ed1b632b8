"""What can be said in a context, written out: for Vosk's dynamic grammar."""

from __future__ import annotations

from assistant.hearing.grammar import Grammar


def sentences_within(grammar: Grammar, context: str | None, most: int) -> list[str] | None:
    """List every sentence of a context once, sorted; None when there are more than `most`.

    Raises:
        InputError: there is no such context.
    """
    found: set[str] = set()
    for phrase in grammar.phrases_in(context):
        waiting: list[tuple[int, tuple[str, ...]]] = [(phrase.start, ())]
        while waiting:
            state, words = waiting.pop()
            if state == phrase.final:
                found.add(" ".join(words))
            # Depth first: the branches that wait are far fewer than the sentences.
            if len(found) > most:
                return None
            for arc in grammar.arcs[state]:
                waiting.append((arc.target, words if arc.word is None else (*words, arc.word)))
    return sorted(found)


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
