"""Sentences that stand for others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.checking.sampling import choose_sentences, count_sentences, share
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.sentences import sentences_of
from tests.parsing import parse_commands


def _grammar(template: str) -> Grammar:
    lists = "{n: [{in: one, out: 1}, {in: two, out: 2}, {in: three, out: 3}]}"
    text = f"lists: {lists}\ncommands: {{go: {{sentences: ['{template}']}}}}\n"
    return Grammar(parse_commands(text, "commands.yaml"))


@pytest.mark.parametrize("template", ["stop", "[please] (stop|wait) [now]", "{n} [{n}] {n}", "(a;b;c) [d]"])
def test_few_sentences_are_all_taken(template: str) -> None:
    grammar = _grammar(template)
    written = set(sentences_of(grammar, grammar.phrases[0]))
    count = count_sentences(grammar, grammar.phrases[0])
    chosen = [" ".join(words) for words in choose_sentences(grammar, grammar.phrases[0], count)]
    assert count == len(chosen) == len(written)
    assert set(chosen) == written


def test_of_many_the_shortest_with_each_word_come_first() -> None:
    grammar = _grammar("[okay|um] [please] go (left|right|straight on) {n} [now|then] [thanks]")
    chosen = choose_sentences(grammar, grammar.phrases[0], 40)
    cores = {" ".join(words) for words in chosen[:12]}
    assert chosen[0] == ("go", "left", "one")
    assert {"okay go left one", "go straight on one", "go left three", "go left one then"} <= cores
    assert {word for words in chosen for word in words} == set(grammar.lines)


def test_what_is_left_of_the_room_is_spread_over_all() -> None:
    grammar = _grammar("{n} {n} {n} {n} {n} {n} {n}")
    chosen = choose_sentences(grammar, grammar.phrases[0], 300)
    assert len(chosen) == len(set(chosen)) == 300
    assert chosen == choose_sentences(grammar, grammar.phrases[0], 300)
    for place in range(7):
        for word in ("one", "two", "three"):
            assert 60 < sum(words[place] == word for words in chosen) < 140


@given(counts=st.lists(st.integers(1, 10**9), min_size=1, max_size=50), most=st.integers(50, 5_000))
def test_all_together_keep_to_the_room_and_use_it(counts: list[int], most: int) -> None:
    each = share(counts, most)
    used = sum(min(count, each) for count in counts)
    assert used <= most
    assert used == sum(counts) or used > most - len(counts)
