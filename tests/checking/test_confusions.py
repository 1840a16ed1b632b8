"""The rule for what sounds alike."""

from __future__ import annotations

import time

import pytest

from assistant.checking.confusions import NEAREST, NEAREST_TO_SAFETY, check_confusions
from assistant.checking.finding import Finding
from assistant.errors import InputError
from tests.checking.conftest import phrases_of

COMMANDS = """\
commands:
  stop:
    safety: true
    sentences: [stop, hold on]
  slower:
    contexts: [moving, resting]
    sentences: [slower, slow down]
  other:
    contexts: [{contexts}]
    sentences: ["{said}"]
"""


def _check(said: str, contexts: str = "moving", more: str = "") -> list[Finding]:
    read, phrases, findings = phrases_of(COMMANDS.format(said=said, contexts=contexts) + more)
    assert findings == []
    return list(check_confusions(read, phrases))


@pytest.mark.parametrize("said", ["continue", "next exercise", "how many more", "louder is better"])
def test_what_sounds_different_is_clean(said: str) -> None:
    """Even where some sounds are the same."""
    assert _check(said) == []


@pytest.mark.parametrize(
    ("said", "beside", "most"),
    [
        ("start", "stop", NEAREST_TO_SAFETY),
        ("skip", "stop", NEAREST_TO_SAFETY),
        ("top", "stop", NEAREST_TO_SAFETY),
        ("how long", "hold on", NEAREST_TO_SAFETY),
        ("louder", "slower", NEAREST),
        ("lower", "slower", NEAREST),
    ],
)
def test_what_sounds_alike_is_found_with_its_distance(said: str, beside: str, most: float) -> None:
    """The pair, how near it is, and where; at the one that is no safety phrase."""
    (found,) = [one for one in _check(said) if f"“{beside}”" in one.problem]
    assert (found.rule, found.line, found.column) == ("sounds-alike", 10, 17)
    assert f"“{said}” (other)" in found.problem
    assert "sound alike in moving: distance 0." in found.problem
    assert found.problem.endswith(f"less than {most}")


def test_the_nearest_pair_of_two_commands_stands_for_the_others() -> None:
    """ "Slow down" and "lower" are no further finding."""
    (found,) = _check("(lower|flower|lower down)")
    assert "“slower”" in found.problem


def test_commands_that_are_not_listened_for_together_may_sound_alike() -> None:
    """Contexts keep them apart; stop is in all of them."""
    assert _check("louder", "paused") == []
    assert len(_check("start", "paused")) == 1


def test_words_that_both_begin_or_end_with_tell_nothing_apart() -> None:
    """However long they are."""
    sentence = "could you please go a little bit {}"
    more = '  longer:\n    contexts: [moving]\n    sentences: ["{}"]\n'.format(sentence.format("slower"))
    (found,) = [one for one in _check(sentence.format("lower"), more=more) if "longer" in one.problem]
    assert "distance 0.1" in found.problem


def test_safety_is_kept_farther_away() -> None:
    """A distance that is enough between other commands is not enough beside stop."""
    assert NEAREST < NEAREST_TO_SAFETY
    alike = "  {}:\n    contexts: [setup]\n    {}sentences: [{}]\n"
    plain = alike.format("one", "", "left") + alike.format("two", "", "chest")
    safe = alike.format("one", "", "left") + alike.format("two", "safety: true\n    ", "chest")
    beside = [_check("continue", more=more) for more in (plain, safe)]
    near = [[one for one in found if "left" in one.problem and "chest" in one.problem] for found in beside]
    assert [len(found) for found in near] == [0, 1]


def test_a_pair_that_is_allowed_is_passed_over_where_it_is_allowed() -> None:
    """And nowhere else; the words are those in which the sentences differ."""
    more = "alike: [{{phrases: [stop, start], contexts: [{}], because: there is a reason}}]\n"
    assert _check("start", "moving, resting", more.format("moving, resting")) == []
    (found,) = _check("start", "moving, resting", more.format("moving"))
    assert "alike in resting:" in found.problem
    found = _check("start", "moving", more.format("paused"))
    assert {(one.rule, one.line) for one in found} == {("sounds-alike", 10), ("alike-unused", 11)}


def test_a_safety_phrase_that_is_an_answer_is_no_confusion() -> None:
    """Asked where it hurts, "my knee" is pain in the knee, and "my knees" is that place: the same."""
    text = """\
commands:
  pain:
    safety: true
    sentences: [my knee]
  place:
    contexts: [{}]
    sentences: [my knees]
"""
    for context, count in (("asked_where", 0), ("moving", 1)):
        read, phrases, _ = phrases_of(text.format(context))
        assert len(list(check_confusions(read, phrases))) == count


def test_a_word_that_one_of_many_thousand_sentences_has_is_found_in_a_moment() -> None:
    """Every word of a template is compared in its shortest sentence."""
    places = ", ".join(
        f"{{in: {place}, out: {place}}}" for place in ("back", "hip", "calf", "lower", "wrist")
    )
    said = (
        "[please] [can you] [let's] [make it] [a bit] [now] {where} [okay] [thanks] [for me] [today] [again]"
    )
    text = f"lists: {{where: [{places}]}}\n" + COMMANDS.format(said=said, contexts="moving")
    began = time.process_time()
    read, phrases, _ = phrases_of(text)
    assert sum(template.sentences for template in phrases.templates) > 10_000
    found = list(check_confusions(read, phrases))
    assert time.process_time() - began < 10
    assert ["“lower” (other)" in one.problem for one in found if "“slower”" in one.problem] == [True]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("{phrases: [stop], because: there is a reason}", "alike[0].phrases"),
        ("{phrases: [stop, start], because: so}", "alike[0].because"),
        ("{phrases: [stop, start]}", "alike[0].because"),
        ("{phrases: [stop, start], contexts: [flying], because: there is a reason}", "alike[0].contexts"),
    ],
)
def test_an_allowance_names_two_phrases_and_a_reason(line: str, field: str) -> None:
    """Or it is refused with its line."""
    with pytest.raises(InputError) as caught:
        _check("continue", "moving", f"alike: [{line}]\n")
    assert (caught.value.line, caught.value.field) == (11, field)
