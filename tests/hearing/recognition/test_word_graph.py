from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.sentences import sentences_within
from assistant.hearing.recognition.word_graph import WordGraph, word_graph
from tests.parsing import parse_commands

WORDS = st.sampled_from(["go", "on", "please", "now", "stop"])
PARTS = st.one_of(
    WORDS,
    st.lists(WORDS, min_size=2, max_size=3).map(lambda words: f"({'|'.join(words)})"),
    WORDS.map(lambda word: f"[{word}]"),
)
TEMPLATES = st.lists(PARTS, min_size=1, max_size=4).map(lambda parts: " ".join(["yes", *parts]))


def grammar_of(*templates: str) -> Grammar:
    sentences = "".join(f"      - '{template}'\n" for template in templates)
    return Grammar(parse_commands(f"commands:\n  go:\n    sentences:\n{sentences}", "commands.yaml"))


def said_by(graph: WordGraph) -> Iterator[str]:
    waiting: list[tuple[int, tuple[str, ...]]] = [(graph.start, ())]
    while waiting:
        state, words = waiting.pop()
        if graph.accepts[state]:
            yield " ".join(words)
        waiting += [(target, (*words, word)) for word, target in graph.steps[state].items()]


@given(st.lists(TEMPLATES, min_size=1, max_size=3))
def test_it_says_each_sentence_once_and_nothing_else(templates: list[str]) -> None:
    grammar = grammar_of(*templates)
    assert sorted(said_by(word_graph(grammar, grammar.phrases))) == sentences_within(grammar, None, 10_000)


def test_what_begins_or_ends_alike_is_there_once() -> None:
    grammar = grammar_of("make it easier please", "make it harder please", "make this easier please")
    graph = word_graph(grammar, grammar.phrases)
    assert len(graph.steps) == len({"", "make", "it", "this", "easier or harder", "please"})


@pytest.mark.parametrize("count", [20])
def test_many_optional_words_stay_few_states(count: int) -> None:
    grammar = grammar_of(" ".join(["yes", *(f"[{chr(97 + i)}x]" for i in range(count))]))
    graph = word_graph(grammar, grammar.phrases)
    assert len(graph.steps) <= count + 2
