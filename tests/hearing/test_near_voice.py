"""Whether somebody near begins to speak."""

from __future__ import annotations

import pytest

from assistant.hearing.echo.canceller import EchoCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.near_voice import LIKELY_VOICE, LONGEST_SECONDS, QUIET_SECONDS, NearVoice
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.sound import BLOCK, SAMPLE_RATE
from tests.hearing.listening import NOISE, SILENCE
from tests.stand_ins import ScriptedDetector, ScriptedRecognizer

SPEECH, CLATTER, ECHO, QUIET = (True, 1.0), (True, LIKELY_VOICE - 0.01), (False, 1.0), (False, 0.0)


def _blocks(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE / BLOCK)


def _follow(voice: NearVoice, seconds: float, *evidence: tuple[bool, float]) -> list[bool]:
    """Give what is said of each block while the evidence goes round."""
    told: list[bool] = []
    for number in range(_blocks(seconds)):
        voice.follow(*evidence[number % len(evidence)])
        told.append(voice.speaks)
    return told


def test_a_voice_is_noticed_in_its_second_block() -> None:
    """Within 32 ms of evidence."""
    voice = NearVoice()
    assert _follow(voice, 1.0, QUIET) == [False] * _blocks(1.0)
    assert _follow(voice, 0.048, SPEECH) == [False, True, True]


@pytest.mark.parametrize("evidence", [(CLATTER,), (ECHO,), (SPEECH, QUIET, QUIET)])
def test_neither_a_plate_nor_an_echo_is_a_voice(evidence: tuple[tuple[bool, float], ...]) -> None:
    """A single block of what the canceller left over is not, either."""
    assert not any(_follow(NearVoice(), 5.0, *evidence))


def test_nobody_speaks_after_half_a_second_of_quiet() -> None:
    """A pause between two words is shorter."""
    voice = NearVoice()
    _follow(voice, 0.5, SPEECH)
    assert all(_follow(voice, QUIET_SECONDS - 0.1, QUIET))
    _follow(voice, 0.1, SPEECH)
    assert all(_follow(voice, QUIET_SECONDS - 0.1, QUIET))
    assert not _follow(voice, 0.2, QUIET)[-1]


def test_when_nothing_was_meant_it_takes_a_pause_until_somebody_is_heeded_again() -> None:
    voice = NearVoice()
    _follow(voice, 0.5, SPEECH)
    voice.dismiss()
    assert not any(_follow(voice, 2.0, SPEECH))
    _follow(voice, QUIET_SECONDS + 0.1, QUIET)
    assert _follow(voice, 0.1, SPEECH)[-1]


def test_after_quiet_there_is_nothing_to_dismiss() -> None:
    """The next word is heeded."""
    voice = NearVoice()
    _follow(voice, 1.0, QUIET)
    voice.dismiss()
    assert _follow(voice, 0.1, SPEECH)[-1]


def test_who_speaks_on_and_on_does_not_speak_to_the_coach() -> None:
    """Television would keep it soft for ever."""
    told = _follow(NearVoice(), 2 * LONGEST_SECONDS, SPEECH)
    assert sum(told) == pytest.approx(_blocks(LONGEST_SECONDS), abs=2)
    assert not told[-1]


@pytest.mark.parametrize(
    ("text", "until"), [("pause", 1.8 + QUIET_SECONDS), ("[unk]", 1.5)], ids=["a command", "other talk"]
)
def test_a_listener_tells_it_until_it_is_known_that_nothing_was_meant(
    text: str, until: float, vocabulary: Matcher
) -> None:
    """Somebody speaks from 0.9 s to 1.8 s; what was said is known at 1.5 s."""
    recognizer = ScriptedRecognizer([(1.5, Utterance((Word(text, 1.0, 1.4),)))])
    listener = Listener(recognizer, vocabulary, EchoCanceller(), detector=ScriptedDetector(1.0))
    told: list[float] = []
    for number in range(_blocks(4.0)):
        now = number * BLOCK / SAMPLE_RATE
        listener.hear(NOISE if 0.9 <= now < 1.8 else SILENCE, SILENCE, "moving")
        if listener.is_spoken_to:
            told.append(listener.now)
    assert told[0] == pytest.approx(0.95, abs=0.04)
    assert told[-1] == pytest.approx(until, abs=0.05)
    assert len(told) == pytest.approx(_blocks(until - 0.95), abs=4)
