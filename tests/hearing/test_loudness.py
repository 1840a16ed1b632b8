"""Commands that are much weaker than the person come from elsewhere in the room."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coaching.events import Heard
from assistant.hearing.evidence import Evidence
from assistant.hearing.listener import Listener
from assistant.hearing.loudness import FAINT_DB, Loudness
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.hearing.recordings import hear_recording
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from assistant.testing import ScriptedRecognizer

NEAR = np.random.default_rng(0).normal(0, 0.1, BLOCK).astype(np.float32)
FAR = 0.1 * NEAR
SILENCE = np.zeros(BLOCK, np.float32)


def hear(vocabulary: Matcher, said: list[tuple[str, np.ndarray]]) -> str:
    """Give what is taken when each text is said for half a second, two seconds apart, as loud as that."""
    listener = Listener(scripted(said), vocabulary)
    blocks = sound_of(said).reshape(-1, BLOCK)
    heard = [event for block in blocks for event in listener.hear(block, SILENCE, "moving", ())]
    return " ".join(event.text for event in heard if isinstance(event, Heard))


def scripted(said: list[tuple[str, np.ndarray]]) -> ScriptedRecognizer:
    script = [
        (2.0 * i + 1.6, Utterance((Word(text, 2.0 * i + 1.0, 2.0 * i + 1.5),)))
        for i, (text, _) in enumerate(said)
    ]
    return ScriptedRecognizer(script)


def sound_of(said: list[tuple[str, np.ndarray]]) -> Samples:
    blocks: list[Samples] = []
    for block in range(round((2.0 * len(said) + 1) * SAMPLE_RATE / BLOCK)):
        number, at = divmod(block * BLOCK / SAMPLE_RATE, 2.0)
        blocks.append(said[int(number)][1] if 1.0 <= at < 1.5 else SILENCE)
    return np.concatenate(blocks)


def test_what_is_much_weaker_than_the_person_is_not_meant_for_us(vocabulary: Matcher) -> None:
    assert hear(vocabulary, [("easier", NEAR), ("harder", FAR)]) == "easier"
    assert hear(vocabulary, [("easier", NEAR), ("harder", NEAR)]) == "easier harder"
    assert hear(vocabulary, [("easier", FAR), ("harder", FAR)]) == "easier harder"
    assert hear(vocabulary, [("easier", FAR), ("harder", NEAR)]) == "easier harder"


def test_safety_is_heard_however_faint(vocabulary: Matcher) -> None:
    assert hear(vocabulary, [("easier", NEAR), ("stop", FAR)]) == "easier stop"


def test_who_says_it_again_is_heard(vocabulary: Matcher) -> None:
    """These are 20 dB weaker; at 15 dB, the second time is enough."""
    assert hear(vocabulary, [("easier", NEAR), *[("harder", FAR)] * 2]) == "easier"
    assert hear(vocabulary, [("easier", NEAR), *[("harder", FAR)] * 3]) == "easier harder"
    assert hear(vocabulary, [("easier", NEAR), *[("harder", 1.78 * FAR)] * 2]) == "easier harder"


def test_in_a_recording_the_person_may_come_after_the_noise(vocabulary: Matcher) -> None:
    for texts, expected in (
        (("harder", "easier"), ["easier"]),
        (("stop", "easier"), ["stop", "easier"]),
        (("[unk]", "easier"), ["easier"]),
    ):
        said = [(texts[0], FAR), (texts[1], NEAR)]
        heard = hear_recording(sound_of(said), scripted(said), vocabulary, "moving")
        assert [command.text for command in heard] == expected


def test_in_a_recording_a_bang_does_not_make_the_person_faint(vocabulary: Matcher) -> None:
    said = [("[unk]", NEAR), ("easier", 0.2 * NEAR)]
    heard = hear_recording(sound_of(said), scripted(said), vocabulary, "moving")
    assert [command.text for command in heard] == ["easier"]


def test_the_first_command_may_be_as_faint_as_it_likes() -> None:
    assert not Loudness().is_faint(-90.0)
    for level, faint in ((-20.1 - FAINT_DB, True), (-19.9 - FAINT_DB, False)):
        loudness = Loudness()
        loudness.took(-20.0)
        assert loudness.is_faint(level) == faint


def test_a_shout_does_not_make_the_next_words_faint() -> None:
    loudness = Loudness()
    loudness.took(-30.0)
    loudness.took(-12.0)
    assert not loudness.is_faint(-30.0)


@given(st.lists(st.floats(-60, 0), max_size=20), st.floats(-60, 0))
def test_nobody_is_refused_more_often_than_levels_allow(taken: list[float], now: float) -> None:
    """Each refusal expects 5 dB less: 60 dB of levels are 10 refusals at most."""
    loudness = Loudness()
    for level in taken:
        loudness.took(level)
    refused = [loudness.is_faint(now) for _ in range(11)]
    assert not refused[-1]
    assert refused == sorted(refused, reverse=True)


def test_a_phrase_is_as_loud_as_its_loudest_word() -> None:
    evidence = Evidence()
    for i in range(200):
        evidence.add(i * 0.016, speech=True, block=NEAR if 60 <= i < 90 else FAR)
    assert evidence.loudest_db(0.0, 3.2) == pytest.approx(-20.0, abs=0.3)
    assert evidence.loudest_db(1.5, 3.2) == pytest.approx(-40.0, abs=0.3)
    assert evidence.loudest_db(5.0, 6.0) == -120.0


def test_a_shouted_stop_does_not_make_the_answer_faint(vocabulary: Matcher) -> None:
    said = [("stop", NEAR), ("easier", FAR)]
    assert hear(vocabulary, said) == "stop easier"
    heard = hear_recording(sound_of(said), scripted(said), vocabulary, "moving")
    assert [command.text for command in heard] == ["stop", "easier"]
