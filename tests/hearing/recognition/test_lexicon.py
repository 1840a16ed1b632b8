from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.graph import build_graph
from assistant.hearing.recognition.lexicon import MOST_WAYS, Lexicon, find_guesses, look_up_words
from assistant.hearing.recognition.model import ModelFolder
from assistant.programme.commands import CommandSet

Make = Callable[[str], CommandSet]


def words_of(commands: CommandSet) -> Lexicon:
    return look_up_words(Grammar(commands), commands)


def test_general_english_comes_from_cmudict_without_stress(commands_of: Make) -> None:
    lexicon = words_of(commands_of("commands: {read: {sentences: [read, i'm]}}"))
    assert set(lexicon["read"]) == {("R", "EH", "D"), ("R", "IY", "D")}
    assert ("AY", "M") in lexicon["i'm"]


def test_those_who_say_dog_with_the_vowel_of_hot_are_heard_too(commands_of: Make) -> None:
    lexicon = words_of(commands_of("commands: {stay: {sentences: [dog, short, boy]}}"))
    assert lexicon["dog"] == (("D", "AO", "G"), ("D", "AA", "G"))
    assert lexicon["short"] == (("SH", "AO", "R", "T"),)
    assert lexicon["boy"] == (("B", "OY"),)


def test_the_voice_pack_says_its_words_its_own_way(commands_of: Make) -> None:
    lexicon = words_of(commands_of("pronunciations: {read: [R AY D]}\ncommands: {read: {sentences: [read]}}"))
    assert lexicon == {"read": (("R", "AY", "D"),)}


def test_a_word_of_no_dictionary_is_said_as_espeak_says_it(commands_of: Make) -> None:
    lexicon = words_of(commands_of("commands: {go: {sentences: [go kettlebell]}}"))
    assert lexicon["kettlebell"] == (("K", "EH", "T", "AH", "L", "B", "EH", "L"),)
    assert lexicon["go"] == (("G", "OW"),)


def test_words_of_another_language_are_not_read_as_english(commands_of: Make) -> None:
    commands = commands_of("language: de\ncommands: {go: {sentences: [weiter]}}")
    assert find_guesses(["weiter"], commands) == {}
    with pytest.raises(InputError, match="'weiter'"):
        words_of(commands)


def test_what_no_dictionary_has_can_be_asked_for(commands_of: Make) -> None:
    commands = commands_of("pronunciations: {nought: [N AO T]}\ncommands: {go: {sentences: [go]}}")
    assert find_guesses(["go", "nought", "kettlebell"], commands).keys() == {"kettlebell"}


def test_a_word_that_nobody_can_pronounce_is_named_with_its_line(commands_of: Make) -> None:
    commands = commands_of("commands:\n  go:\n    sentences:\n      - \u05d0\u05d1\n")
    with pytest.raises(InputError, match="'\u05d0\u05d1'") as raised:
        words_of(commands)
    assert (raised.value.file, raised.value.line) == ("commands.yaml", 4)
    assert "pronunciations:" in raised.value.remedy


def test_what_britain_says_otherwise_is_heard_too(commands_of: Make) -> None:
    lexicon = words_of(commands_of("commands: {stay: {sentences: [can't, half, calf, ask, tomato]}}"))
    assert lexicon["can't"] == (("K", "AE", "N", "T"), ("K", "AA", "N", "T"))
    assert lexicon["half"][1:] == (("HH", "AA", "F"),)
    assert lexicon["calf"][1:] == (("K", "AA", "F"),)
    assert lexicon["ask"][1:] == (("AA", "S", "K"),)
    # CMUdict has this one's already, so that nothing is added.
    assert lexicon["tomato"] == (("T", "AH", "M", "EY", "T", "OW"), ("T", "AH", "M", "AA", "T", "OW"))


def test_a_weaker_vowel_or_no_r_is_no_way_of_its_own(commands_of: Make) -> None:
    lexicon = words_of(commands_of("commands: {stay: {sentences: [hurts, water, shoulder, harder, groin]}}"))
    assert {word: len(ways) for word, ways in lexicon.items() if word != "water"} == dict.fromkeys(
        ("hurts", "shoulder", "harder", "groin"), 1
    )
    assert lexicon["water"] == (("W", "AO", "T", "ER"), ("W", "AA", "T", "ER"))


def test_a_word_of_many_ways_gets_no_british_one(commands_of: Make) -> None:
    words = ["what", "can't", "rather", "after", "here", "one", "last"]
    lexicon = words_of(commands_of(f'commands: {{stay: {{sentences: ["{" ".join(words)}"]}}}}'))
    known = len(lexicon["rather"])
    assert max(map(len, lexicon.values())) == MOST_WAYS
    assert known <= MOST_WAYS


def test_the_same_words_are_said_the_same_in_any_order(commands_of: Make) -> None:
    lexicons = [
        words_of(commands_of(f"commands: {{stay: {{sentences: [{said}]}}}}"))
        for said in ("half, kettlebell, ask", "ask, kettlebell, half")
    ]
    assert lexicons[0] == lexicons[1]


def test_a_sound_that_the_model_does_not_know_is_named(commands_of: Make, model: ModelFolder) -> None:
    commands = commands_of("commands: {go: {sentences: [go]}}")
    grammar = Grammar(commands)
    assert model.settings is not None
    with pytest.raises(InputError, match="'QQ' of 'go'"):
        build_graph(grammar, None, {"go": (("QQ",),)}, model.settings, model.phone_bigram)
