from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError
from assistant.hearing.recognition.fst import encode_fst
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.graph import build_graph
from assistant.hearing.recognition.lexicon import look_up_words
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import ModelFolder
from assistant.hearing.recognition.sentences import sentences_within, word_pairs
from assistant.programme.commands import CommandSet
from tests.parsing import parse_commands

Make = Callable[[str], CommandSet]

LISTS = 'lists:\n  part: [{in: "(knee|knees)", out: knee}, {in: "[lower] back", out: back}]\n'


def one(template: str, lists: str = "lists: {}") -> CommandSet:
    """A commands file with one template, on its last line."""
    text = f"{lists.rstrip()}\ncommands:\n  go:\n    sentences:\n      - {template!r}\n"
    return parse_commands(text, "commands.yaml")


def test_a_rule_is_a_part_of_any_template() -> None:
    rules = "rules:\n  please: '[please] (<now>|soon)'\n  now: now"
    assert sentences("stop <please>", rules) == [
        "stop now", "stop please now", "stop please soon", "stop soon",
    ]  # fmt: skip


@pytest.mark.parametrize("rules", ["rules: {a: stop <a>}", "rules: {a: <b>, b: on <a>}"])
def test_a_rule_that_contains_itself_is_named_with_its_line(rules: str) -> None:
    with pytest.raises(InputError, match=r"rule '[ab]' contains itself") as raised:
        Grammar(one("stop <a>", rules))
    assert raised.value.line == 1


def sentences(template: str, lists: str = "lists: {}") -> list[str] | None:
    return sentences_within(Grammar(one(template, lists)), None, 1000)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("stop", ["stop"]),
        ("[please] stop [it|now]", None),
        ("(go|walk) on", ["go on", "walk on"]),
        ("my {part}", ["my back", "my knee", "my knees", "my lower back"]),
        ("(up;down)", ["down up", "up down"]),
        ("stop[ it]", ["stop", "stop it"]),
        ("Stop, please!", ["stop please"]),
        ("it\u2019s fine", ["it's fine"]),
    ],
)
def test_a_template_stands_for_its_sentences(template: str, expected: list[str] | None) -> None:
    if expected is None:
        expected = sorted(
            " ".join(f"{a} stop {b}".split()) for a in ("", "please") for b in ("", "it", "now")
        )
    assert sentences(template, LISTS) == expected


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("stop [it", "can't be read"),
        ("(stop", "can't be read"),
        ("stop)", "can't be read"),
        ("stop {part", "can't be read"),
        ("stop []", "can't be read"),
        ("[stop]", "without a word"),
        ("(stop|)", "without a word"),
        ("...", "without a word"),
        ("my {leg}", "no list 'leg'"),
        ("my <leg>", "no rule 'leg'"),
        ("turn[ing]", "run together"),
        ("{part}{part}", "run together"),
        ("\\[unk\\]", "no word"),
        ("(a;b;c;d;e;f)", "more than 5"),
        ("a " * 2000, "characters"),
        ("(" * 600 + "a" + ")" * 600, "can't be read"),
    ],
)
def test_a_template_that_makes_no_sense_is_named_with_its_line(template: str, problem: str) -> None:
    commands = one(template, LISTS)
    with pytest.raises(InputError, match=problem) as raised:
        Grammar(commands)
    assert (raised.value.file, raised.value.line) == ("commands.yaml", 6)
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("lists", "problem", "line"),
    [
        ('lists:\n  part: [{in: "{part} two", out: 1}]', "contains itself", 2),
        ("lists:\n  part: []", "is empty", 6),
        ('lists:\n  part:\n    - {in: "[back]", out: 1}', "without a word", 3),
    ],
)
def test_a_list_that_makes_no_sense_is_named_with_its_line(lists: str, problem: str, line: int) -> None:
    with pytest.raises(InputError, match=problem) as raised:
        Grammar(one("my {part}", lists))
    assert raised.value.line == line


def test_lists_in_lists_do_not_grow_without_bound() -> None:
    """Each list names the one before it ten times; ten deep would be ten thousand million arcs."""
    lists = 'lists:\n  l0: [{in: "one", out: 1}]\n'
    for i in range(1, 10):
        lists += f'  l{i}: [{{in: "{" ".join([f"{{l{i - 1}}}"] * 10)}", out: 1}}]\n'
    with pytest.raises(InputError, match="branches"):
        Grammar(one("{l9}", lists))


def test_millions_of_sentences_compile_in_under_two_seconds(model: ModelFolder) -> None:
    numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    lists = "lists:\n  n:\n" + "".join(f"    - {{in: {n}, out: {n}}}\n" for n in numbers)
    begun = time.monotonic()
    commands = one(" ".join(["{n}"] * 10), lists)
    grammar = Grammar(commands)
    assert model.settings is not None
    lexicon = look_up_words(grammar, commands)
    graph = build_graph(grammar, None, lexicon, model.settings, model.phone_bigram)
    data = encode_fst(graph.fst)
    words = ["three"] * 9 + ["ten"]
    (match,) = Matcher(commands).match(words, None)
    assert time.monotonic() - begun < 2
    assert len(data) < 1_000_000
    assert (match.first, match.last) == (0, 9)
    assert sentences_within(grammar, None, 3000) is None
    assert len(word_pairs(grammar, None)) == 11 * 11 + 11


def test_word_pairs_are_those_of_the_sentences() -> None:
    grammar = Grammar(one("[please] stop (it|now)"))
    assert word_pairs(grammar, None) == sorted(
        ["it", "now", "please", "please stop", "stop", "stop it", "stop now"]
    )


def test_an_unknown_context_is_named() -> None:
    with pytest.raises(InputError, match="'swimming'"):
        Grammar(one("stop")).phrases_in("swimming")


WORDS = st.sampled_from(["stop", "go", "left", "right", "now", "please"])


@st.composite
def templates(draw: st.DrawFn, depth: int = 2) -> tuple[str, str]:
    """A template, and one sentence of it."""
    first = draw(WORDS)
    parts = [(first, first)]
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["word", "choice", "optional"])) if depth else "word"
        if kind == "word":
            word = draw(WORDS)
            parts.append((word, word))
        elif kind == "optional":
            template, sentence = draw(templates(depth=depth - 1))
            parts.append((f"[{template}]", sentence if draw(st.booleans()) else ""))
        else:
            choices = draw(st.lists(templates(depth=depth - 1), min_size=2, max_size=3))
            chosen = draw(st.sampled_from(choices))[1]
            parts.append((f"({'|'.join(choice[0] for choice in choices)})", chosen))
    return " ".join(part[0] for part in parts), " ".join(part[1] for part in parts if part[1])


@given(templates())
def test_every_sentence_of_a_template_is_its_command(drawn: tuple[str, str]) -> None:
    template, sentence = drawn
    words = sentence.split()
    (match,) = Matcher(one(template)).match(words, None)
    assert (match.command, match.first, match.last) == ("go", 0, len(words) - 1)


NUMBERS = (
    "lists:\n  zahl: [{in: eins, out: 1}, {in: zehn, out: 10}]\n"
    "  much: [{in: elf, out: 11}]\n  word: [{in: viel, out: viel}]\n"
)


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{zahl:number}", None),
        ("[vielleicht] {zahl:number} [oder so]", None),
        ("({zahl:number}|bestimmt {zahl:number})", None),
        ("{zahl}", "without saying which number"),
        ("({zahl:number}|keine)", "without saying which number"),
        ("{much:number}", "stands for 11"),
        ("({zahl:number}|{word:number})", "stands for 'viel'"),
    ],
)
def test_a_number_is_one_that_the_coach_asks_for(template: str, problem: str | None) -> None:
    """A coach that asks how sore it is would be gone at an answer that it can't read."""
    commands = parse_commands(f"{NUMBERS}commands:\n  number:\n    sentences: ['{template}']\n", "mine.yaml")
    if problem is None:
        Grammar(commands)
        return
    with pytest.raises(InputError, match=problem) as refused:
        Grammar(commands)
    assert (refused.value.file, refused.value.line) == ("mine.yaml", 7)
