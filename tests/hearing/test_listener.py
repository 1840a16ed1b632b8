from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from assistant.coaching.events import Heard, NotUnderstood
from assistant.hearing.echo import EchoCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.own_voice import Spoken
from assistant.hearing.recognizer import Utterance, Word
from assistant.hearing.vocabulary import Vocabulary
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from assistant.testing import ScriptedRecognizer

SILENCE = np.zeros(BLOCK, np.float32)
NOISE = np.random.default_rng(0).normal(0, 0.1, BLOCK).astype(np.float32)
Timed = tuple[float, Heard | NotUnderstood]


def words(text: str, start: float, partial: bool = False, confidence: float = 1.0) -> Utterance:
    """Words of 0.3 s each, one after the other; `_` is a pause of 0.3 s."""
    return Utterance(
        tuple(
            Word(word, start + 0.3 * i, start + 0.3 * (i + 1))
            for i, word in enumerate(text.split())
            if word != "_"
        ),
        partial,
        confidence,
    )


def steadily(text: str, start: float, seconds: float) -> list[tuple[float, Utterance]]:
    """The same partial result every 48 ms."""
    times = np.arange(start + 0.3, start + 0.3 + seconds, 0.048)
    return [(float(at), words(text, start, partial=True)) for at in times]


def hear(
    vocabulary: Vocabulary,
    script: list[tuple[float, Utterance]],
    context: str | None = "moving",
    spoken: tuple[Spoken, ...] = (),
    canceller: EchoCanceller | None = None,
    sound: Samples = SILENCE,
    seconds: float = 6.0,
    quietest_db: float = -math.inf,
    weight: float = 1.0,
) -> list[Timed]:
    """Run a script; the microphone takes `sound` from 0.9 s to 1.8 s, and silence else."""
    listener = Listener(ScriptedRecognizer(script, weight), vocabulary, canceller, quietest_db)
    heard: list[Timed] = []
    for i in range(round(seconds * SAMPLE_RATE / BLOCK)):
        mic = sound if 0.9 <= i * BLOCK / SAMPLE_RATE < 1.8 else SILENCE
        heard += [(listener.now, event) for event in listener.hear(mic, SILENCE, context, spoken)]
    return heard + [(listener.now, event) for event in listener.finish(context, spoken)]


def commands(heard: list[Timed]) -> list[str]:
    return [sound.command if isinstance(sound, Heard) else "?" for _, sound in heard]


def test_stop_is_taken_from_partial_results_and_once(vocabulary: Vocabulary) -> None:
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
    vocabulary: Vocabulary, again: str, taken: list[str]
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
        heard += [(listener.now, event) for event in listener.hear(SILENCE, SILENCE, "moving", ())]
    assert commands(heard) == taken
    assert recognizer.weighed <= len(said)


class DoubtingRecognizer(ScriptedRecognizer):
    """Weighs a stop in a reading that is not the first, and has more words."""

    def weigh(self) -> Utterance | None:
        nothing = words("", 1.0, confidence=0.2)
        return replace(nothing, others=(words("please stop", 1.0, confidence=0.8),))


def test_a_stop_that_is_weighed_in_another_reading_is_taken(vocabulary: Vocabulary) -> None:
    """Though the likeliest single reading has no words at all."""
    listener = Listener(DoubtingRecognizer(steadily("stop", 1.0, 0.8)), vocabulary)
    heard: list[Timed] = []
    for _ in range(round(3.0 * SAMPLE_RATE / BLOCK)):
        heard += [(listener.now, event) for event in listener.hear(SILENCE, SILENCE, "moving", ())]
    assert commands(heard) == ["stop"]


def test_stop_is_taken_sooner_when_the_speech_has_ended(vocabulary: Vocabulary) -> None:
    """In the middle of other speech it must stay longer: most words that are none are gone by then."""
    script = steadily("stop", 1.6, 0.6)
    ((alone, _),) = hear(vocabulary, script, sound=NOISE, quietest_db=-60.0)
    ((amid, _),) = hear(vocabulary, script, sound=NOISE)
    assert 1.89 < alone < 1.95
    assert 2.12 < amid < 2.25


def test_a_doubtful_stop_waits_for_the_end_of_the_utterance(vocabulary: Vocabulary) -> None:
    """What would be heard unsurely if it ended here is left to the final result."""
    script = [*steadily("stop", 1.0, 0.8), (2.2, words("stop", 1.0))]
    ((at, stop),) = hear(vocabulary, script, weight=0.7)
    assert isinstance(stop, Heard)
    assert (stop.command, stop.partial) == ("stop", False)
    assert at > 2.1
    unlike = [*script[:-1], (2.2, words("[unk]", 1.0))]
    assert "stop" not in commands(hear(vocabulary, unlike, weight=0.7))
    assert commands(hear(vocabulary, script, weight=0.75)) == ["stop"]


def test_one_partial_result_is_not_enough(vocabulary: Vocabulary) -> None:
    script = [(1.3, words("stop", 1.0, True)), (1.35, words("[unk]", 1.0, True))]
    assert hear(vocabulary, script) == []


@pytest.mark.parametrize("more", ["[unk]", "stop", "go on"])
def test_whatever_is_said_after_stop_delays_nothing(vocabulary: Vocabulary, more: str) -> None:
    """Who says why, or says it again, says "stop" all the same."""
    script = [*steadily("stop", 1.0, 0.1), *steadily(f"stop {more}", 1.1, 0.1), *steadily("stop", 1.2, 0.3)]
    ((at, stop),) = hear(vocabulary, [*script, (2.5, words("stop", 1.0))])
    assert isinstance(stop, Heard)
    assert 1.55 < at < 1.65


def test_a_safety_command_that_may_become_another_waits(vocabulary: Vocabulary) -> None:
    whole = [*steadily("my hip", 1.0, 0.3), *steadily("my hip is", 1.3, 0.3)]
    pinching = [*whole, (2.5, words("my hip is pinching", 1.0))]
    assert commands(hear(vocabulary, pinching)) == ["pinch"]
    ((at, pain),) = hear(vocabulary, [*steadily("my hip", 1.0, 0.8), (2.5, words("my hip", 1.0))])
    assert isinstance(pain, Heard)
    assert (pain.command, pain.slots) == ("pain", {"where": "hip"})
    assert 1.7 < at < 1.85


def test_worse_news_in_the_same_words_is_still_news(vocabulary: Vocabulary) -> None:
    script = [*steadily("pain", 1.0, 0.8), (3.5, words("pain in my chest", 1.0))]
    assert commands(hear(vocabulary, script)) == ["pain", "red_flag"]


@pytest.mark.parametrize(("share", "taken"), [(0.39, ["pain"]), (0.41, ["pain", "red_flag"])])
def test_doubtful_news_in_the_same_words_is_none(
    vocabulary: Vocabulary, share: float, taken: list[str]
) -> None:
    """That it is about safety is certain either way, and acted on."""
    others = (
        words("help me", 1.0, confidence=(1 - share) / 2),
        words("stop", 1.0, confidence=(1 - share) / 2),
    )
    final = replace(words("pain in my chest", 1.0, confidence=share), others=others)
    assert commands(hear(vocabulary, [(3.5, final)])) == ["red_flag"]
    assert commands(hear(vocabulary, [*steadily("pain", 1.0, 0.8), (3.5, final)])) == taken


def test_a_command_heard_again_through_another_context_is_not_taken_twice(
    vocabulary: Vocabulary,
) -> None:
    script = [*steadily("my back", 1.0, 0.8), (2.5, words("my back", 1.05))]
    listener = Listener(ScriptedRecognizer(script), vocabulary)
    heard: list[Heard | NotUnderstood] = []
    for _ in range(400):
        context = "asked_where" if heard else "moving"
        heard += listener.hear(SILENCE, SILENCE, context, ())
    assert [sound.command for sound in heard if isinstance(sound, Heard)] == ["pain"]


def test_safety_is_heard_in_the_middle_of_other_speech(vocabulary: Vocabulary) -> None:
    assert commands(hear(vocabulary, [(2.5, words("[unk] stop [unk]", 1.0))])) == ["stop"]


@pytest.mark.parametrize(("confidence", "taken"), [(0.39, []), (0.41, ["stop"])])
def test_a_doubtful_safety_command_counts_when_it_was_there_for_a_while(
    vocabulary: Vocabulary, confidence: float, taken: list[str]
) -> None:
    final = [(2.5, words("stop", 1.0, confidence=confidence))]
    assert commands(hear(vocabulary, final)) == taken
    assert commands(hear(vocabulary, [*steadily("stop", 1.0, 0.5), *final])) == ["stop"]
    assert hear(vocabulary, final, "resting") == []


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("next set", ["next_set"]),
        ("[unk] next set", []),
        ("next set [unk]", []),
        ("[unk] _ next set _ [unk]", ["next_set"]),
        ("how many left _ next set", ["how_many_left", "next_set"]),
    ],
)
def test_other_commands_are_taken_from_finals_when_isolated(
    vocabulary: Vocabulary, text: str, taken: list[str]
) -> None:
    assert commands(hear(vocabulary, [(4.0, words(text, 1.0))])) == taken


def test_other_commands_are_not_taken_from_partial_results(vocabulary: Vocabulary) -> None:
    assert hear(vocabulary, steadily("next set", 1.0, 2.0)) == []


@pytest.mark.parametrize(("confidence", "taken"), [(0.49, []), (0.51, ["next_set"])])
def test_a_doubtful_command_is_not_taken(vocabulary: Vocabulary, confidence: float, taken: list[str]) -> None:
    script = [(3.0, words("next set", 1.0, confidence=confidence))]
    assert commands(hear(vocabulary, script)) == taken


@pytest.mark.parametrize(
    ("cue", "taken"),
    [
        (Spoken("Next set. Ten squats.", 0.5, 3.0), []),
        (Spoken("Next set.", 0.0, 0.75), []),
        (Spoken("Next set.", 0.0, 0.6), ["next_set"]),
        (Spoken("Set up. What comes next?", 0.5, 3.0), ["next_set"]),
    ],
)
def test_the_coach_does_not_obey_itself(vocabulary: Vocabulary, cue: Spoken, taken: list[str]) -> None:
    assert commands(hear(vocabulary, [(3.0, words("next set", 1.0))], spoken=(cue,))) == taken


def test_the_coachs_own_stop_is_dropped_unless_it_is_repeated(vocabulary: Vocabulary) -> None:
    cue = (Spoken("Say stop.", 0.5, 1.4),)
    once = [*steadily("stop", 1.0, 0.8), (2.5, words("stop", 1.0))]
    assert hear(vocabulary, once, spoken=cue) == []
    assert commands(hear(vocabulary, once, spoken=())) == ["stop"]
    twice = [*steadily("stop", 1.0, 0.3), *steadily("stop", 1.6, 0.3), (3.0, words("stop", 1.6))]
    assert commands(hear(vocabulary, twice, spoken=cue)) == ["stop"]


def test_stop_elsewhere_in_a_long_cue_is_the_persons(vocabulary: Vocabulary) -> None:
    cue = (Spoken("Stop when it hurts, and carry on when you like, at your own pace.", 0.5, 5.0),)
    assert commands(hear(vocabulary, [(4.8, words("stop", 3.8))], spoken=cue)) == ["stop"]
    assert hear(vocabulary, [(2.0, words("stop", 0.6))], spoken=cue) == []


@pytest.mark.parametrize(
    ("utterance", "events"),
    [
        (words("[unk]", 1.0), ["?"]),
        (Utterance((Word("[unk]", 1.0, 1.2),)), []),
        (words("[unk] stop", 1.0), ["stop"]),
        (words("[unk] next set", 1.0), []),
    ],
)
def test_speech_that_is_no_command_is_not_understood(
    vocabulary: Vocabulary, utterance: Utterance, events: list[str]
) -> None:
    assert commands(hear(vocabulary, [(3.0, utterance)])) == events


def test_the_rest_of_a_sentence_after_stop_is_not_held_against_it(vocabulary: Vocabulary) -> None:
    script = [*steadily("stop", 1.0, 0.4), (3.0, words("[unk]", 1.9)), (5.0, words("[unk]", 4.0))]
    heard = hear(vocabulary, script)
    assert commands(heard) == ["stop", "?"]
    assert heard[1][1] == NotUnderstood(4.0, 4.3)


@pytest.mark.parametrize("text", ["stop", "next set"])
def test_what_is_left_of_the_coachs_echo_is_no_command(vocabulary: Vocabulary, text: str) -> None:
    """The recognizer mistakes a cue; nothing in the microphone stands out from the echo."""
    script = [(3.0, words(text, 1.0))]
    cue = (Spoken("Lower for three.", 0.5, 2.0),)
    speech = (0.1 * np.sin(np.arange(BLOCK) * 0.3)).astype(np.float32)
    person = hear(vocabulary, script, spoken=cue, canceller=EchoCanceller(), sound=speech)
    assert len(person) == 1
    assert hear(vocabulary, script, spoken=cue, canceller=EchoCanceller()) == []


@pytest.mark.parametrize(("text", "context"), [("yes", "asked_yes_no"), ("ready", "setup")])
def test_words_that_nobody_said_are_no_answer(vocabulary: Vocabulary, text: str, context: str) -> None:
    """The recognizer makes them of quiet, while the coach is quiet, too."""
    script = [(3.0, words(text, 1.0))]
    speech = (0.1 * np.sin(np.arange(BLOCK) * 0.3)).astype(np.float32)
    assert commands(hear(vocabulary, script, context, canceller=EchoCanceller(), sound=speech)) == [text]
    assert hear(vocabulary, script, context, canceller=EchoCanceller()) == []


def test_a_stop_is_taken_without_evidence_while_the_coach_is_quiet(vocabulary: Vocabulary) -> None:
    """A stop for nothing is cheap."""
    script = [(3.0, words("stop", 1.0))]
    assert commands(hear(vocabulary, script, canceller=EchoCanceller())) == ["stop"]


def test_echo_alone_is_not_somebody_who_was_not_understood(vocabulary: Vocabulary) -> None:
    script = [(3.0, words("[unk]", 1.0))]
    assert hear(vocabulary, script, canceller=EchoCanceller()) == []
    speech = (0.1 * np.sin(np.arange(BLOCK) * 0.3)).astype(np.float32)
    assert commands(hear(vocabulary, script, canceller=EchoCanceller(), sound=speech)) == ["?"]


def test_a_reply_that_follows_at_once_is_no_echo(vocabulary: Vocabulary) -> None:
    """The coach said the same word, but a second before."""
    cue = Spoken("Say ready when you are.", 0.3, 1.5)
    reply = [(2.4, words("ready", 1.6))]
    assert commands(hear(vocabulary, reply, "setup", (cue,))) == ["ready"]
    echo = [(1.6, words("ready", 0.6))]
    assert commands(hear(vocabulary, echo, "setup", (cue,))) == []


def test_what_is_forgotten_is_not_taken(vocabulary: Vocabulary) -> None:
    """A stop that was begun in the noise of a device that went; the next one counts."""
    script = [*steadily("stop", 1.0, 0.06), *steadily("stop", 3.0, 0.4)]
    listener = Listener(ScriptedRecognizer(script), vocabulary)
    heard: list[Timed] = []
    for i in range(round(5 * SAMPLE_RATE / BLOCK)):
        if i == round(1.38 * SAMPLE_RATE / BLOCK):
            listener.forget()
        heard += [(listener.now, event) for event in listener.hear(SILENCE, SILENCE, "moving", ())]
    assert [round(at, 1) for at, _ in heard] == [3.6]
