"""Safety commands are taken from partial results, at once and once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.events import Heard, NotUnderstood
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance
from assistant.sound import BLOCK, SAMPLE_RATE
from tests.hearing.listening import NOISE, SILENCE, Timed, commands, hear, steadily, taken_of, words
from tests.stand_ins import ScriptedDetector, ScriptedRecognizer, ScriptedVerifier


def test_stop_is_taken_from_partial_results_and_once(vocabulary: Matcher) -> None:
    script = [*steadily("stop", 1.0, 0.8), (2.2, words("stop", 1.0))]
    ((at, stop),) = hear(vocabulary, script)
    assert isinstance(stop, Heard)
    assert (stop.command, stop.text, stop.partial) == ("stop", "stop", True)
    assert 1.55 < at < 1.65


class CountingRecognizer(ScriptedRecognizer):
    """Counts how often it weighed, each time of which the utterance is heard again."""

    weighed = 0

    def weigh(self) -> Utterance | None:
        self.weighed += 1
        return super().weigh()


@pytest.mark.parametrize(
    ("again", "taken"),
    [
        ("stop stop", ["stop"]),
        ("stop stop stop stop", ["stop"]),
        ("stop please stop", ["stop"]),
        ("pain stop pain", ["pain", "stop", "pain"]),
    ],
)
def test_who_says_it_again_in_one_breath_is_obeyed_once(
    vocabulary: Matcher, again: str, taken: list[str]
) -> None:
    """And is not weighed for ever: the hearing would fall behind."""
    said = again.split()
    script = [
        entry
        for i in range(len(said))
        for entry in steadily(" ".join(said[: i + 1]), 1.0, 0.3 * (i + 1))
        if entry[0] > 1.3 + 0.3 * i
    ]
    script += [*steadily(again, 1.0, 2.5), (4.0, words(again, 1.0))]
    recognizer = CountingRecognizer(sorted(script, key=lambda entry: entry[0]))
    listener = Listener(recognizer, vocabulary)
    heard: list[Timed] = []
    for _ in range(round(6.0 * SAMPLE_RATE / BLOCK)):
        heard += [(listener.now, event) for event in taken_of(listener.hear(SILENCE, SILENCE, "moving"))]
    assert commands(heard) == taken
    assert recognizer.weighed <= len(said)


class DoubtingRecognizer(ScriptedRecognizer):
    """Weighs a stop in a reading that is not the first, and has more words."""

    def weigh(self) -> Utterance | None:
        nothing = words("", 1.0, confidence=0.2)
        return replace(nothing, others=(words("please stop", 1.0, confidence=0.8),))


def test_a_stop_that_is_weighed_in_another_reading_is_taken(vocabulary: Matcher) -> None:
    """Though the likeliest single reading has no words at all."""
    listener = Listener(DoubtingRecognizer(steadily("stop", 1.0, 0.8)), vocabulary)
    heard: list[Timed] = []
    for _ in range(round(3.0 * SAMPLE_RATE / BLOCK)):
        heard += [(listener.now, event) for event in taken_of(listener.hear(SILENCE, SILENCE, "moving"))]
    assert commands(heard) == ["stop"]


def test_stop_is_taken_sooner_when_the_speech_has_ended(vocabulary: Matcher) -> None:
    """In the middle of other speech it must stay longer: most words that are none are gone by then."""
    script = steadily("stop", 1.6, 0.6)
    ((alone, _),) = hear(vocabulary, script, sound=NOISE, quietest_db=-60.0)
    ((amid, _),) = hear(vocabulary, script, sound=NOISE)
    assert 1.89 < alone < 1.95
    assert 2.12 < amid < 2.25


def test_a_doubtful_stop_waits_for_the_end_of_the_utterance(vocabulary: Matcher) -> None:
    """What would be heard unsurely if it ended here is left to the final result."""
    script = [*steadily("stop", 1.0, 0.8), (2.2, words("stop", 1.0))]
    ((at, stop),) = hear(vocabulary, script, weight=0.7)
    assert isinstance(stop, Heard)
    assert (stop.command, stop.partial) == ("stop", False)
    assert at > 2.1
    unlike = [*script[:-1], (2.2, words("[unk]", 1.0))]
    assert "stop" not in commands(hear(vocabulary, unlike, weight=0.7))
    assert commands(hear(vocabulary, script, weight=0.75)) == ["stop"]


def test_a_stop_waits_for_no_voice(vocabulary: Matcher) -> None:
    script = [*steadily("stop", 1.0, 0.8), (2.2, words("stop", 1.0))]
    assert hear(vocabulary, script, weight=0.75, detector=ScriptedDetector(0.0)) == hear(
        vocabulary, script, weight=0.75
    )


@pytest.mark.parametrize(
    ("weight", "voice", "early"), [(0.89, 0.0, False), (0.91, 0.0, True), (0.76, 1.0, True)]
)
def test_pain_without_a_voice_must_be_surer_to_be_taken_early(
    vocabulary: Matcher, weight: float, voice: float, early: bool
) -> None:
    script = [*steadily("pain", 1.0, 0.8), (2.2, words("pain", 1.0))]
    ((_, pain),) = hear(vocabulary, script, weight=weight, detector=ScriptedDetector(voice))
    assert isinstance(pain, Heard)
    assert (pain.command, pain.partial) == ("pain", early)


@pytest.mark.parametrize(("voice", "taken"), [(0.0, []), (1.0, ["red_flag"])])
def test_a_red_flag_without_a_voice_is_not_taken_early(
    vocabulary: Matcher, voice: float, taken: list[str]
) -> None:
    script = steadily("chest pain", 1.0, 0.8)
    assert commands(hear(vocabulary, script, detector=ScriptedDetector(voice))) == taken


@pytest.mark.parametrize(("opinion", "taken"), [(0.0, []), (1.0, ["red_flag"])])
@pytest.mark.parametrize("text", ["chest pain", "[unk] chest pain"])
def test_a_red_flag_is_taken_early_with_a_second_opinion_only(
    vocabulary: Matcher, text: str, opinion: float, taken: list[str]
) -> None:
    script = steadily(text, 1.0, 0.8)
    assert commands(hear(vocabulary, script, verifier=ScriptedVerifier(opinion))) == taken


def test_a_stop_alone_is_taken_early_without_a_second_opinion(vocabulary: Matcher) -> None:
    script = steadily("stop", 1.0, 0.8)
    assert hear(vocabulary, script, verifier=ScriptedVerifier(0.0)) == hear(vocabulary, script) != []
    assert hear(vocabulary, steadily("[unk] stop", 1.0, 0.8), verifier=ScriptedVerifier(0.0)) == []


class WorseningRecognizer(ScriptedRecognizer):
    """Weighs a pain as a red flag."""

    def weigh(self) -> Utterance | None:
        return words("chest pain", 1.0)


@pytest.mark.parametrize(("voice", "taken"), [(0.0, ["stop"]), (1.0, ["red_flag"])])
def test_what_is_weighed_as_a_red_flag_is_a_stop_without_a_voice(
    vocabulary: Matcher, voice: float, taken: list[str]
) -> None:
    recognizer = WorseningRecognizer(steadily("pain", 1.0, 0.8))
    listener = Listener(recognizer, vocabulary, detector=ScriptedDetector(voice))
    heard: list[Timed] = []
    for _ in range(round(3.0 * SAMPLE_RATE / BLOCK)):
        heard += [(listener.now, event) for event in taken_of(listener.hear(SILENCE, SILENCE, "moving"))]
    assert commands(heard) == taken


def test_one_partial_result_is_not_enough(vocabulary: Matcher) -> None:
    script = [(1.3, words("stop", 1.0, True)), (1.35, words("[unk]", 1.0, True))]
    assert hear(vocabulary, script) == []


@pytest.mark.parametrize("more", ["[unk]", "stop", "go on"])
def test_whatever_is_said_after_stop_delays_nothing(vocabulary: Matcher, more: str) -> None:
    """Who says why, or says it again, says "stop" all the same."""
    script = [*steadily("stop", 1.0, 0.1), *steadily(f"stop {more}", 1.1, 0.1), *steadily("stop", 1.2, 0.3)]
    ((at, stop),) = hear(vocabulary, [*script, (2.5, words("stop", 1.0))])
    assert isinstance(stop, Heard)
    assert 1.55 < at < 1.65


def test_a_safety_command_that_may_become_another_waits(vocabulary: Matcher) -> None:
    whole = [*steadily("my hip", 1.0, 0.3), *steadily("my hip is", 1.3, 0.3)]
    pinching = [*whole, (2.5, words("my hip is pinching", 1.0))]
    assert commands(hear(vocabulary, pinching)) == ["pinch"]
    ((at, pain),) = hear(vocabulary, [*steadily("my hip", 1.0, 0.8), (2.5, words("my hip", 1.0))])
    assert isinstance(pain, Heard)
    assert (pain.command, pain.slots) == ("pain", {"where": "hip"})
    assert 1.7 < at < 1.85


def test_worse_news_in_the_same_words_is_still_news(vocabulary: Matcher) -> None:
    script = [*steadily("pain", 1.0, 0.8), (3.5, words("pain in my chest", 1.0))]
    assert commands(hear(vocabulary, script)) == ["pain", "red_flag"]


@pytest.mark.parametrize(("share", "taken"), [(0.39, ["pain"]), (0.41, ["pain", "red_flag"])])
def test_doubtful_news_in_the_same_words_is_none(vocabulary: Matcher, share: float, taken: list[str]) -> None:
    """That it is about safety is certain either way, and acted on."""
    others = (
        words("help me", 1.0, confidence=(1 - share) / 2),
        words("stop", 1.0, confidence=(1 - share) / 2),
    )
    final = replace(words("pain in my chest", 1.0, confidence=share), others=others)
    assert commands(hear(vocabulary, [(3.5, final)])) == ["red_flag"]
    assert commands(hear(vocabulary, [*steadily("pain", 1.0, 0.8), (3.5, final)])) == taken


def test_a_command_heard_again_through_another_context_is_not_taken_twice(
    vocabulary: Matcher,
) -> None:
    script = [*steadily("my back", 1.0, 0.8), (2.5, words("my back", 1.05))]
    listener = Listener(ScriptedRecognizer(script), vocabulary)
    heard: list[Heard | NotUnderstood] = []
    for _ in range(400):
        context = "asked_where" if heard else "moving"
        heard += taken_of(listener.hear(SILENCE, SILENCE, context))
    assert [sound.command for sound in heard if isinstance(sound, Heard)] == ["pain"]


def test_safety_is_heard_in_the_middle_of_other_speech(vocabulary: Matcher) -> None:
    assert commands(hear(vocabulary, [(2.5, words("[unk] stop [unk]", 1.0))])) == ["stop"]


@pytest.mark.parametrize(("confidence", "taken"), [(0.39, []), (0.41, ["stop"])])
def test_a_doubtful_safety_command_counts_when_it_was_there_for_a_while(
    vocabulary: Matcher, confidence: float, taken: list[str]
) -> None:
    final = [(2.5, words("stop", 1.0, confidence=confidence))]
    assert commands(hear(vocabulary, final)) == taken
    assert commands(hear(vocabulary, [*steadily("stop", 1.0, 0.5), *final])) == ["stop"]
    assert hear(vocabulary, final, "resting") == []
