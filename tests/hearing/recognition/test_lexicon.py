from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.graph import build_graph
from assistant.hearing.recognition.lexicon import Lexicon, look_up_words
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


def test_a_word_that_nobody_can_pronounce_is_named_with_its_line(commands_of: Make) -> None:
    commands = commands_of("commands:\n  go:\n    sentences:\n      - frobnicate\n")
    with pytest.raises(InputError, match="'frobnicate'") as raised:
        words_of(commands)
    assert (raised.value.file, raised.value.line) == ("commands.yaml", 4)
    assert "pronunciations:" in raised.value.remedy


def test_a_sound_that_the_model_does_not_know_is_named(commands_of: Make, model: ModelFolder) -> None:
    commands = commands_of("commands: {go: {sentences: [go]}}")
    grammar = Grammar(commands)
    assert model.settings is not None
    with pytest.raises(InputError, match="'QQ' of 'go'"):
        build_graph(grammar, None, {"go": (("QQ",),)}, model.settings, model.phone_bigram)
