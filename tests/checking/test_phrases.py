"""Rules for what can be said."""

from __future__ import annotations

import time

import pytest

from assistant.checking.finding import Finding
from assistant.checking.phrases import MOST_LOOKED_UP, check_meanings
from tests.checking.conftest import phrases_of

COMMANDS = """\
language: en
commands:
  stop:
    safety: true
    sentences: [stop]
  easier:
    contexts: [moving, resting]
    sentences:
      - "[make it] easier"
      - too hard
"""


def _check(text: str) -> list[Finding]:
    read, phrases, findings = phrases_of(text)
    return [*findings, *check_meanings(read, phrases)]


def test_phrases_that_can_be_heard_are_clean() -> None:
    """In CMUdict, or in the file itself."""
    assert _check(COMMANDS) == []
    own = COMMANDS.replace("too hard", "too hardish") + "pronunciations: {hardish: [HH AA R D IH SH]}\n"
    assert _check(own) == []


def test_how_a_word_of_no_dictionary_is_listened_for_is_told() -> None:
    """A note, with the place of the word; what is written under `pronunciations:` is not asked about."""
    (found,) = _check(COMMANDS.replace("too hard", "too hardish"))
    assert (found.rule, found.line, found.column, found.note) == ("pronunciation", 10, 9, True)
    assert "“hardish” is not in the dictionary, and is listened for as [HH AA R D IH SH]" in found.problem
    assert str(found).startswith("commands.yaml:10:9: note: pronunciation: ")


@pytest.mark.parametrize(
    ("new", "rule", "line", "column", "problem"),
    [
        ("too \u05d0\u05d1", "pronunciation", 10, 9, "'\u05d0\u05d1' is not known"),
        ('"(too hard"', "template", 10, 9, "can't be read"),
        ('"[too] [hard]"', "template", 10, 9, "without a word"),
        ('"{much} hard"', "template", 10, 9, "no list 'much'"),
    ],
)
def test_each_mistake_is_found_where_it_is(new: str, rule: str, line: int, column: int, problem: str) -> None:
    """And the sentences beside it are looked at all the same."""
    text = COMMANDS.replace("too hard", new).replace("[stop]", "[stop, sstopp]")
    found = _check(text)
    assert ("pronunciation", 5) in {(one.rule, one.line) for one in found}
    (other,) = [one for one in found if one.line == line]
    assert (other.file, other.rule, other.column, other.note) == ("commands.yaml", rule, column, False)
    assert problem in other.problem


def test_one_sentence_does_not_mean_two_commands() -> None:
    """Where both are listened for, and neither goes before the other."""
    more = COMMANDS + "  harder:\n    contexts: [{}]\n    sentences: [too easy, easier]\n"
    assert _check(more.format("setup")) == []
    found = _check(more.format("resting"))
    assert [(one.rule, one.line) for one in found] == [("ambiguous", 13)]
    assert "“easier” is both easier and harder in resting" in found[0].problem


def test_safety_goes_first_and_covers_a_command_only_if_nothing_else_is_said_for_it() -> None:
    """As in listening itself."""
    more = COMMANDS + "  finish:\n    contexts: [resting]\n    sentences: [{}]\n"
    assert _check(more.format("stop, finish")) == []
    (found,) = _check(more.format("stop"))
    assert (found.rule, found.line) == ("covered", 13)
    assert "finish in resting" in found.problem


MANY = "[a] [b] [c] [d] [e] [f] [g] [h] (i|j|k) (l|m|n)"


def test_a_sentence_of_two_commands_is_found_once_with_its_contexts() -> None:
    """However many sentences there are of both."""
    more = f'  harder:\n    contexts: [moving, resting]\n    sentences: ["{MANY} easier"]\n'
    found = _check(COMMANDS.replace("too hard", f'"{MANY} easier"') + more)
    assert [(one.rule, one.line) for one in found] == [("ambiguous", 13)]
    assert "is both easier and harder in moving, resting" in found[0].problem


def test_one_sentence_among_many_thousand_is_found_in_a_moment() -> None:
    """Each is looked up in the whole of the other templates, of which not all are written out."""
    lists = "".join(
        f"  l{i}: [{', '.join(f'{{in: w{i} x{j}, out: {j}}}' for j in range(9))}]\n" for i in range(6)
    )
    many = " ".join(f"[{{l{i}}}]" for i in range(6))
    text = f"""\
lists:
{lists}commands:
  stop:
    safety: true
    sentences: ["stop"]
  easier:
    contexts: [moving]
    sentences: ["{many} easier"]
  harder:
    contexts: [moving]
    sentences: ["easier"]
"""
    began = time.process_time()
    _, phrases, _ = phrases_of(text)
    assert sum(template.sentences for template in phrases.templates) == 10**6 + 2
    assert len(phrases.choose(MOST_LOOKED_UP)) == MOST_LOOKED_UP
    (found,) = [one for one in _check(text) if not one.note]
    assert time.process_time() - began < 10
    assert "“easier” is both easier and harder in moving" in found.problem
