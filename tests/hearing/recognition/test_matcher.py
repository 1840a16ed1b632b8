from __future__ import annotations

import pytest

from assistant.checking.sampling import choose_sentences
from assistant.errors import InputError
from assistant.hearing.recognition.matcher import Match, Matcher
from assistant.programme.commands import CONTEXTS
from tests.parsing import parse_commands


def found(vocabulary: Matcher, words: str, context: str | None) -> list[str]:
    return [match.command for match in vocabulary.match(words.split(), context)]


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_shipped_sentence_is_understood_as_a_whole(vocabulary: Matcher, context: str) -> None:
    grammar = vocabulary.grammar
    for phrase in grammar.phrases_in(context):
        for words in choose_sentences(grammar, phrase, 40):
            matches = vocabulary.match(words, context)
            inside = {i for match in matches for i in range(match.first, match.last + 1)}
            assert inside == set(range(len(words))), words


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


MANNERS = """
fillers: [okay, please, um]
negations: [don't, i'm not]
rules: {on: "(on|along)"}
commands:
  stop: {safety: true, sentences: [stop, don't look]}
  carry_on: {sentences: [carry <on>]}
  ready: {sentences: ["[i'm] ready"]}
  look: {sentences: [look]}
  nothing: {sentences: [i can do this]}
"""


@pytest.mark.parametrize(
    ("words", "commands"),
    [
        ("okay carry along please", ["nothing", "carry_on", "nothing"]),
        ("don't carry on", ["nothing", "nothing"]),
        ("don't um carry on", ["nothing", "nothing", "nothing"]),
        ("don't [unk] carry on", ["nothing", "nothing"]),
        ("i'm not ready", ["nothing", "nothing"]),
        ("don't carry on ready", ["nothing", "nothing", "ready"]),
        ("don't stop", ["nothing", "stop"]),  # stops: who says it is asked, who does not is hurt
        ("don't look", ["stop"]),  # a sentence of its own
        ("i can do this", ["nothing"]),
        ("okay", ["nothing"]),
    ],
)
def test_fillers_change_nothing_and_negations_take_the_next_command_back(
    words: str, commands: list[str]
) -> None:
    vocabulary = Matcher(parse_commands(MANNERS, "commands.yaml"))
    assert found(vocabulary, words, "moving") == commands


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
