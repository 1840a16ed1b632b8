"""Rules for what can be said."""

from __future__ import annotations

import pytest

from assistant.checking.finding import Finding
from assistant.checking.phrases import check_meanings
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


@pytest.mark.parametrize(
    ("new", "rule", "line", "column", "problem"),
    [
        ("too hardish", "pronunciation", 10, 9, "'hardish'"),
        ('"(too hard"', "template", 10, 9, "can't be read"),
        ('"[too] [hard]"', "template", 10, 9, "without a word"),
        ('"{much} hard"', "template", 10, 9, "no list 'much'"),
        ('"[a] [b] [c] [d] [e] [f] [g] [h] [i] [j] [k] hard"', "template", 10, 9, "more than 500"),
    ],
)
def test_each_mistake_is_found_where_it_is(new: str, rule: str, line: int, column: int, problem: str) -> None:
    """And the sentences beside it are looked at all the same."""
    text = COMMANDS.replace("too hard", new).replace("[stop]", "[stop, sstopp]")
    found = _check(text)
    assert ("pronunciation", 5) in {(one.rule, one.line) for one in found}
    (other,) = [one for one in found if one.line == line]
    assert (other.file, other.rule, other.column) == ("commands.yaml", rule, column)
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


def test_a_file_of_too_many_sentences_says_where_they_become_too_many() -> None:
    """Comparing each with each would take too long."""
    many = '      - "[a] [b] [c] [d] [e] [f] [g] [h] stop"\n'
    found = _check(COMMANDS + many * 12)
    assert {(one.rule, one.line) for one in found} == {("template", line) for line in range(18, 23)}
    assert "more than 2000 sentences" in found[0].problem
