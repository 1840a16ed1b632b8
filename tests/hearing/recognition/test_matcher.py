from __future__ import annotations

import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.matcher import Match, Matcher
from assistant.hearing.recognition.sentences import sentences_within
from assistant.programme.commands import CONTEXTS
from tests.parsing import parse_commands


def found(vocabulary: Matcher, words: str, context: str | None) -> list[str]:
    return [match.command for match in vocabulary.match(words.split(), context)]


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_shipped_sentence_is_one_command_of_all_its_words(vocabulary: Matcher, context: str) -> None:
    every = sentences_within(vocabulary.grammar, context, 3000)
    assert every
    for sentence in every:
        words = sentence.split()
        (match,) = vocabulary.match(words, context)
        assert (match.first, match.last) == (0, len(words) - 1)


def test_slots_carry_the_values_of_lists(vocabulary: Matcher) -> None:
    assert vocabulary.match(["nought"], "asked_number") == [Match("number", 0, 0, {"number": 0})]
    (match,) = vocabulary.match(["my", "lower", "back", "hurts"], "moving")
    assert (match.command, match.slots, match.safety) == ("pain", {"where": "back"}, True)


def test_a_phrase_is_found_only_in_its_contexts(vocabulary: Matcher) -> None:
    assert found(vocabulary, "louder", "moving") == []
    assert found(vocabulary, "louder", "resting") == ["louder"]
    assert found(vocabulary, "louder", None) == ["louder"]


def test_several_phrases_and_unknown_words_are_told_apart(vocabulary: Matcher) -> None:
    words = ["[unk]", "stop", "[unk]", "how", "many", "left"]
    matches = vocabulary.match(words, "moving")
    assert [(m.command, m.first, m.last) for m in matches] == [
        ("stop", 1, 1),
        ("how_many_left", 3, 5),
    ]


def test_a_longer_phrase_goes_before_a_shorter_one_and_safety_before_others() -> None:
    vocabulary = Matcher(
        parse_commands(
            "commands:\n"
            "  walk: {sentences: [go on now, walk]}\n"
            "  stop: {safety: true, sentences: [now, on fire]}\n"
            "  again: {sentences: [walk on]}\n"
            "  listed: {contexts: [moving], sentences: [turn]}\n"
            "  general: {sentences: [turn, turn back]}\n",
            "commands.yaml",
        )
    )
    assert found(vocabulary, "go on now", None) == ["walk"]
    assert found(vocabulary, "walk on fire", None) == ["walk", "stop"]
    assert found(vocabulary, "turn", "moving") == ["listed"]
    assert found(vocabulary, "turn back", "moving") == ["general"]


@pytest.mark.parametrize(
    ("words", "growing"),
    [
        ("stop", False),  # "stop it" is the same command
        ("my back", True),  # "my back is arching"
        ("my back is", True),
        ("my back hurts", False),
        ("chest", False),
        ("pain", False),  # "pain in my chest" is safety too: it stops now, and hears the rest
        ("my chest", False),  # "my chest hurts" is the same flag
        ("stop [unk]", False),
    ],
)
def test_growing_tells_whether_more_words_could_change_the_meaning(
    vocabulary: Matcher, words: str, growing: bool
) -> None:
    (match,) = vocabulary.match(words.split(), "moving")
    assert match.growing is growing


def test_an_unknown_context_is_named(vocabulary: Matcher) -> None:
    with pytest.raises(InputError, match="'swimming'"):
        vocabulary.match(["stop"], "swimming")
