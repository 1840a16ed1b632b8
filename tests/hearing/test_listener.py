"""What is taken of what was recognized, and what is not."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.coaching.events import Heard, NotUnderstood
from assistant.hearing.echo.canceller import EchoCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.hearing.self_speech import Spoken
from assistant.hearing.speech_activity import BEFORE_SECONDS, CLOSING_SECONDS
from assistant.sound import BLOCK, SAMPLE_RATE
from tests.hearing.listening import NOISE, SILENCE, Timed, commands, hear, steadily, taken_of, words
from tests.stand_ins import ScriptedDetector, ScriptedRecognizer


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
    vocabulary: Matcher, text: str, taken: list[str]
) -> None:
    assert commands(hear(vocabulary, [(4.0, words(text, 1.0))])) == taken


@pytest.mark.parametrize(
    ("text", "context", "taken"),
    [
        ("my back is fine", "resting", []),
        ("okay", "resting", []),
        ("okay next set please", "moving", ["next_set"]),
        ("um can you make it easier", "moving", ["easier"]),
        ("don't skip this", "moving", []),
        ("i'm not ready", "setup", ["not_ready"]),
        ("not really ready", "resting", ["not_ready"]),
        ("i never said carry on", "stopped", []),
        ("my left knee hurts a lot", "moving", ["pain"]),
    ],
)
def test_what_is_known_to_mean_nothing_is_kept_back(
    vocabulary: Matcher, text: str, context: str, taken: list[str]
) -> None:
    """It is no command, and nothing that was not understood."""
    heard = [event for _, event in hear(vocabulary, [(5.0, words(text, 1.0))], context=context, sound=NOISE)]
    assert [event.command if isinstance(event, Heard) else "?" for event in heard] == taken


def test_what_is_heard_knows_what_was_heard_after_it_in_the_same_utterance(vocabulary: Matcher) -> None:
    """So that an answer and its opposite in one breath can be told from one answer."""
    said = [(4.0, words("no _ yes _ no", 1.0)), (8.0, words("yes", 6.0))]
    heard = [event for _, event in hear(vocabulary, said, context="asked_yes_no")]
    also = [[one.command for one in event.also] for event in heard if isinstance(event, Heard)]
    assert also == [["yes", "no"], ["no"], [], []]


def test_other_commands_are_not_taken_from_partial_results(vocabulary: Matcher) -> None:
    assert hear(vocabulary, steadily("next set", 1.0, 2.0)) == []


@pytest.mark.parametrize(("confidence", "taken"), [(0.49, []), (0.51, ["next_set"])])
def test_a_doubtful_command_is_not_taken(vocabulary: Matcher, confidence: float, taken: list[str]) -> None:
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
def test_the_coach_does_not_obey_itself(vocabulary: Matcher, cue: Spoken, taken: list[str]) -> None:
    assert commands(hear(vocabulary, [(3.0, words("next set", 1.0))], spoken=(cue,))) == taken


def test_the_coachs_own_stop_is_dropped_unless_it_is_repeated(vocabulary: Matcher) -> None:
    cue = (Spoken("Say stop.", 0.5, 1.4),)
    once = [*steadily("stop", 1.0, 0.8), (2.5, words("stop", 1.0))]
    assert hear(vocabulary, once, spoken=cue) == []
    assert commands(hear(vocabulary, once, spoken=())) == ["stop"]
    twice = [*steadily("stop", 1.0, 0.3), *steadily("stop", 1.6, 0.3), (3.0, words("stop", 1.6))]
    assert commands(hear(vocabulary, twice, spoken=cue)) == ["stop"]


def test_stop_elsewhere_in_a_long_cue_is_the_persons(vocabulary: Matcher) -> None:
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
    vocabulary: Matcher, utterance: Utterance, events: list[str]
) -> None:
    assert commands(hear(vocabulary, [(3.0, utterance)])) == events


def test_the_rest_of_a_sentence_after_stop_is_not_held_against_it(vocabulary: Matcher) -> None:
    script = [*steadily("stop", 1.0, 0.4), (3.0, words("[unk]", 1.9)), (5.0, words("[unk]", 4.0))]
    heard = hear(vocabulary, script)
    assert commands(heard) == ["stop", "?"]
    assert heard[1][1] == NotUnderstood(4.0, 4.3)


@pytest.mark.parametrize("text", ["stop", "next set"])
def test_what_is_left_of_the_coachs_echo_is_no_command(vocabulary: Matcher, text: str) -> None:
    """The recognizer mistakes a cue; nothing in the microphone stands out from the echo."""
    script = [(3.0, words(text, 1.0))]
    cue = (Spoken("Lower for three.", 0.5, 2.0),)
    speech = (0.1 * np.sin(np.arange(BLOCK) * 0.3)).astype(np.float32)
    person = hear(vocabulary, script, spoken=cue, canceller=EchoCanceller(), sound=speech)
    assert len(person) == 1
    assert hear(vocabulary, script, spoken=cue, canceller=EchoCanceller()) == []


@pytest.mark.parametrize(("text", "context"), [("yes", "asked_yes_no"), ("ready", "setup")])
def test_words_that_nobody_said_are_no_answer(vocabulary: Matcher, text: str, context: str) -> None:
    """The recognizer makes them of quiet, while the coach is quiet, too."""
    script = [(3.0, words(text, 1.0))]
    speech = (0.1 * np.sin(np.arange(BLOCK) * 0.3)).astype(np.float32)
    assert commands(hear(vocabulary, script, context, canceller=EchoCanceller(), sound=speech)) == [text]
    assert hear(vocabulary, script, context, canceller=EchoCanceller()) == []


def test_a_stop_is_taken_without_evidence_while_the_coach_is_quiet(vocabulary: Matcher) -> None:
    """A stop for nothing is cheap."""
    script = [(3.0, words("stop", 1.0))]
    assert commands(hear(vocabulary, script, canceller=EchoCanceller())) == ["stop"]


def test_echo_alone_is_not_somebody_who_was_not_understood(vocabulary: Matcher) -> None:
    script = [(3.0, words("[unk]", 1.0))]
    assert hear(vocabulary, script, canceller=EchoCanceller()) == []
    speech = (0.1 * np.sin(np.arange(BLOCK) * 0.3)).astype(np.float32)
    assert commands(hear(vocabulary, script, canceller=EchoCanceller(), sound=speech)) == ["?"]


def test_a_reply_that_follows_at_once_is_no_echo(vocabulary: Matcher) -> None:
    """The coach said the same word, but a second before."""
    cue = Spoken("Say ready when you are.", 0.3, 1.5)
    reply = [(2.4, words("ready", 1.6))]
    assert commands(hear(vocabulary, reply, "setup", (cue,))) == ["ready"]
    echo = [(1.6, words("ready", 0.6))]
    assert commands(hear(vocabulary, echo, "setup", (cue,))) == []


def test_what_is_forgotten_is_not_taken(vocabulary: Matcher) -> None:
    """A stop that was begun in the noise of a device that went; the next one counts."""
    script = [*steadily("stop", 1.0, 0.06), *steadily("stop", 3.0, 0.4)]
    listener = Listener(ScriptedRecognizer(script), vocabulary)
    heard: list[Timed] = []
    for i in range(round(5 * SAMPLE_RATE / BLOCK)):
        if i == round(1.38 * SAMPLE_RATE / BLOCK):
            listener.forget()
        heard += [(listener.now, event) for event in taken_of(listener.hear(SILENCE, SILENCE, "moving"))]
    assert [round(at, 1) for at, _ in heard] == [3.6]


def test_a_voice_is_looked_for_only_in_what_the_recognizer_gets(vocabulary: Matcher) -> None:
    silent, sounding = ScriptedDetector(1.0), ScriptedDetector(1.0)
    assert hear(vocabulary, [], quietest_db=-60.0, detector=silent) == []
    assert silent.blocks == 0
    assert hear(vocabulary, [], sound=NOISE, quietest_db=-60.0, detector=sounding) == []
    block = BLOCK / SAMPLE_RATE
    passed = BEFORE_SECONDS + 0.9 + CLOSING_SECONDS
    assert sounding.blocks * block == pytest.approx(passed, abs=3 * block)
    assert sounding.resets == 1, "when the utterance is over"


def test_a_device_that_went_takes_its_voice_with_it(vocabulary: Matcher) -> None:
    detector = ScriptedDetector(1.0)
    listener = Listener(ScriptedRecognizer([]), vocabulary, detector=detector)
    listener.hear(NOISE, SILENCE, "moving")
    listener.forget()
    assert detector.resets == 1
