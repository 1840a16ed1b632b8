from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.hearing.recognition.arpabet import APART, said_by_espeak
from assistant.hearing.recognition.lexicon import find_guesses, find_pronunciations
from assistant.hearing.recognition.model import ModelFolder
from assistant.hearing.recognition.phones import phone_distance
from assistant.phonemes import AMERICAN, phonemes
from assistant.places import shipped
from tests.parsing import parse_commands

NONE_OF_THEIR_OWN = parse_commands("commands: {go: {sentences: [go]}}", "commands.yaml")


@settings(max_examples=400, deadline=None)
@given(word=st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_any_word_of_letters_is_said_in_known_phones(word: str, model: ModelFolder) -> None:
    assert model.settings is not None
    ways = said_by_espeak([word])[word]
    assert 1 <= len(ways) <= 2
    assert all(way and set(way) <= set(model.settings.phones) for way in ways)


def test_common_words_are_said_nearly_as_cmudict_has_them() -> None:
    """500 words of what the coach says; measured 0.03 on average, 0.98 of them within 0.4."""
    text = "".join(
        (shipped("voices") / "en" / f"{file}.yaml").read_text("utf-8") for file in ("cues", "movements")
    )
    counted = Counter(re.findall(r"[a-z]+(?:'[a-z]+)?", text.lower()))
    guesses = find_guesses(counted, NONE_OF_THEIR_OWN)
    words = [word for word, _ in counted.most_common() if word not in guesses][:500]
    assert len(words) == 500
    known = find_pronunciations(words, NONE_OF_THEIR_OWN)
    distances = [
        min(phone_distance(said[0], way) for way in known[word])
        for word, said in said_by_espeak(words).items()
    ]
    assert sum(distances) / len(distances) < 0.05
    assert sum(distance <= 0.4 for distance in distances) / len(distances) > 0.95


@pytest.mark.parametrize(
    ("word", "american", "british"),
    [
        ("can't", "K AE N T", "K AA N T"),
        ("bath", "B AE TH", "B AA TH"),
        ("tomato", "T AH M EY T OW", "T AH M AA T OW"),
        ("here", "HH IH R", "HH IY AH"),
        ("hurry", "HH ER IY", "HH AH R IH"),
        ("hurts", "HH ER T S", ""),
        ("button", "B AH T AH N", ""),
        ("müller", "M UW L ER", ""),
        ("25", "T W EH N T IY F AY V", ""),
    ],
)
def test_both_regions_are_spelled_in_phones(word: str, american: str, british: str) -> None:
    """The British way only where it is far from the American one; a number is its words."""
    ways = [" ".join(way) for way in said_by_espeak([word])[word]]
    assert ways == [american, *([british] if british else [])]
    assert phone_distance(american.split(), (british or american).split()) > APART * bool(british) - 1e-9


@pytest.mark.parametrize("word", ["\u05d0\u05d1", "привет"])
def test_letters_of_another_language_are_left_out(word: str) -> None:
    """espeak-ng would say them in sounds that English does not have, or say what letters they are."""
    assert said_by_espeak(["go", word]).keys() == {"go"}


def test_ten_words_take_a_moment() -> None:
    words = [
        "kettlebell",
        "tabata",
        "burpees",
        "glutes",
        "flexors",
        "pilates",
        "barre",
        "zumba",
        "reps",
        "frobnicate",
    ]
    said_by_espeak(words)
    began = time.process_time()
    assert len(said_by_espeak(words)) == len(words)
    assert time.process_time() - began < 0.05


def test_phonemes_are_the_same_every_time() -> None:
    words = ["kettlebell", "half", "hurts"]
    once = phonemes(words, AMERICAN)
    assert once == {word: phonemes([word], AMERICAN)[word] for word in words}
