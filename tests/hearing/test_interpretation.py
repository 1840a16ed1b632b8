"""An utterance may be read in several ways; what they mean is weighed, not their words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.hearing.interpretation import Interpreted, interpret, least_safety_confidence
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word


def said(text: str, probability: float) -> Utterance:
    words = tuple(Word(word, 1 + 0.3 * i, 1.3 + 0.3 * i) for i, word in enumerate(text.split()))
    return Utterance(words, probability=probability)


def interpreted(vocabulary: Matcher, *ways: tuple[str, float], context: str | None = "moving") -> Interpreted:
    first, *others = (said(text, probability) for text, probability in ways)
    return interpret(replace(first, others=tuple(others)), vocabulary, context, lambda start, end: end)


def text(found: Interpreted) -> str:
    return " ".join(word.text for word in found.utterance.words)


@pytest.mark.parametrize(
    ("ways", "heard", "confidence"),
    [
        ([("next set", 0.8), ("next exercise", 0.2)], "next set", 0.8),
        # The same command in other words.
        ([("slower", 0.4), ("faster", 0.3), ("go faster", 0.3)], "faster", 0.6),
        ([("[unk]", 0.6), ("next set", 0.4)], "[unk]", None),
        # Silence is a way to read it, too.
        ([("", 0.7), ("next set", 0.3)], "", None),
        ([("next set", 0.7), ("", 0.3)], "next set", 0.7),
    ],
)
def test_ways_to_say_the_same_add_up(
    vocabulary: Matcher, ways: list[tuple[str, float]], heard: str, confidence: float | None
) -> None:
    found = interpreted(vocabulary, *ways)
    assert text(found) == heard
    if confidence is None:
        assert not found.commands
    else:
        (one,) = found.commands
        assert one.confidence == pytest.approx(confidence)


@pytest.mark.parametrize(
    ("ways", "command", "confidence"),
    [
        # Each doubtful, and yet it is certain that the exercise has to end.
        ([("slower", 0.4), ("pain", 0.2), ("stop", 0.2), ("stop it", 0.2)], "stop", 0.6),
        ([("slower", 0.61), ("stop", 0.39)], "slower", 0.61),
        ([("slower", 0.59), ("stop", 0.21), ("pain", 0.2)], "stop", 0.41),
        ([("[unk]", 0.45), ("help", 0.3), ("help me", 0.25)], "help", 0.55),
    ],
)
def test_all_that_is_about_safety_adds_up_and_goes_first(
    vocabulary: Matcher, ways: list[tuple[str, float]], command: str, confidence: float
) -> None:
    found = interpreted(vocabulary, *ways)
    (one,) = found.commands
    assert one.match.command == command
    assert one.confidence == pytest.approx(confidence)


@pytest.mark.parametrize("context", ["asked_number", "resting"])
def test_where_nobody_moves_safety_needs_an_even_chance(vocabulary: Matcher, context: str) -> None:
    for share, least, urgent in ((0.51, 0.5, True), (0.49, 0.5, False), (0.41, 0.5, False)):
        found = interpreted(vocabulary, ("[unk]", 1 - share), ("pain", share), context=context)
        assert least_safety_confidence(context) == least
        assert bool(found.commands) == urgent
    for context_of_any in ("moving", None):
        assert interpreted(vocabulary, ("[unk]", 0.59), ("pain", 0.41), context=context_of_any).commands


def test_the_place_that_hurts_is_the_likeliest_one(vocabulary: Matcher) -> None:
    """What is answered after the stop depends on it."""
    found = interpreted(vocabulary, ("my hip", 0.4), ("my back", 0.3), ("my back hurts", 0.3))
    (one,) = found.commands
    assert one.match.slots == {"where": "back"}
    assert text(found) in ("my back", "my back hurts")
