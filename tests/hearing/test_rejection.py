"""A command that was recognized and not meant is refused, and the reason is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coaching.events import Heard
from assistant.hearing.echo.canceller import EchoCanceller
from assistant.hearing.interpretation import interpret
from assistant.hearing.listener import Listener, Sound
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.hearing.recordings import hear_recording, judge_recording
from assistant.hearing.rejection import (
    FAINT_DB,
    LEAST_OPINION,
    LEAST_OPINION_IN_TALK,
    LEAST_OPINION_OF_WORDS,
    LEAST_ORDINARY_OPINION,
    LEAST_RED_FLAG_OPINION,
    LEAST_VOICE,
    OPINION_MARGIN_SECONDS,
    PLAIN,
    SURE_WITHOUT_VOICE,
    Loudness,
    Reason,
    Refused,
    Rejection,
)
from assistant.hearing.self_speech import Spoken
from assistant.hearing.speech_activity import NearEndActivity
from assistant.hearing.voice_activity import VoiceActivity
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from tests.hearing.listening import judge, steadily, words
from tests.stand_ins import ScriptedDetector, ScriptedRecognizer, ScriptedVerifier

NEAR = np.random.default_rng(0).normal(0, 0.1, BLOCK).astype(np.float32)
FAR = 0.1 * NEAR
SILENCE = np.zeros(BLOCK, np.float32)


def hear(vocabulary: Matcher, said: list[tuple[str, np.ndarray]]) -> str:
    """Give what is taken when each text is said for half a second, two seconds apart, as loud as that."""
    listener = Listener(scripted(said), vocabulary)
    blocks = sound_of(said).reshape(-1, BLOCK)
    heard = [event for block in blocks for event in listener.hear(block, SILENCE, "moving")]
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
    refused: list[bool] = []
    for _ in range(11):
        refused.append(loudness.is_faint(now))
        if refused[-1]:
            loudness.refused()
    assert not refused[-1]
    assert refused == sorted(refused, reverse=True)


def test_a_phrase_is_as_loud_as_its_loudest_word() -> None:
    activity = NearEndActivity()
    for i in range(200):
        activity.add(i * 0.016, speech=True, block=NEAR if 60 <= i < 90 else FAR)
    assert activity.loudest_db(0.0, 3.2) == pytest.approx(-20.0, abs=0.3)
    assert activity.loudest_db(1.5, 3.2) == pytest.approx(-40.0, abs=0.3)
    assert activity.loudest_db(5.0, 6.0) == -120.0


def test_a_shouted_stop_does_not_make_the_answer_faint(vocabulary: Matcher) -> None:
    said = [("stop", NEAR), ("easier", FAR)]
    assert hear(vocabulary, said) == "stop easier"
    heard = hear_recording(sound_of(said), scripted(said), vocabulary, "moving")
    assert [command.text for command in heard] == ["stop", "easier"]


TONE = (0.1 * np.sin(np.arange(BLOCK) * 0.3)).astype(np.float32)


def reasons(sounds: list[tuple[float, Sound]]) -> list[tuple[str, Reason]]:
    return [(sound.heard.command, sound.because) for _, sound in sounds if isinstance(sound, Refused)]


@pytest.mark.parametrize(
    ("utterance", "spoken", "because"),
    [
        (words("next set", 1.0, confidence=0.49), (), Reason.UNSURE),
        (words("next set", 1.0), (Spoken("Next set. Ten squats.", 0.5, 3.0),), Reason.SELF_SPEECH),
        (Utterance((Word("pause", 1.0, 4.1),)), (), Reason.DRAWN_OUT),
        (words("[unk] next set", 1.0), (), Reason.NOT_ALONE),
    ],
)
def test_a_refused_command_tells_why(
    vocabulary: Matcher, utterance: Utterance, spoken: tuple[Spoken, ...], because: Reason
) -> None:
    command = "pause" if utterance.words[0].text == "pause" else "next_set"
    assert reasons(judge(vocabulary, [(5.0, utterance)], spoken=spoken)) == [(command, because)]


def test_a_refused_command_keeps_what_was_heard(vocabulary: Matcher) -> None:
    ((_, refused),) = judge(vocabulary, [(3.0, words("next set", 1.0, confidence=0.4))])
    assert refused == Refused(Heard("next_set", {}, "next set", 1.0, 1.6, 0.4), Reason.UNSURE)


def test_words_made_of_quiet_are_refused_for_want_of_a_voice(vocabulary: Matcher) -> None:
    script = [(3.0, words("next set", 1.0))]
    assert reasons(judge(vocabulary, script, canceller=EchoCanceller())) == [
        ("next_set", Reason.NO_NEAR_END_SPEECH)
    ]
    assert reasons(judge(vocabulary, script, canceller=EchoCanceller(), sound=TONE)) == []


@pytest.mark.parametrize(
    ("cue", "share", "because"),
    [
        ("Lower for three.", 1.0, Reason.RESIDUAL_ECHO),
        ("Lower for three.", 0.39, Reason.UNSURE),
    ],
)
def test_safety_is_refused_for_few_reasons(
    vocabulary: Matcher, cue: str, share: float, because: Reason
) -> None:
    script = [(3.0, words("stop", 1.0, confidence=share))]
    spoken = (Spoken(cue, 0.5, 2.0),)
    judged = judge(vocabulary, script, spoken=spoken, canceller=EchoCanceller())
    assert reasons(judged) == [("stop", because)]


def test_the_coachs_own_stop_is_refused_once_and_only_when_the_utterance_has_ended(
    vocabulary: Matcher,
) -> None:
    cue = (Spoken("Say stop.", 0.5, 1.4),)
    script = [*steadily("stop", 1.0, 0.8), (2.5, words("stop", 1.0))]
    assert reasons(judge(vocabulary, script, spoken=cue)) == [("stop", Reason.SELF_SPEECH)]


def test_doubtful_news_after_a_stop_is_refused_by_its_own_confidence(vocabulary: Matcher) -> None:
    others = (words("help me", 1.0, confidence=0.31), words("stop", 1.0, confidence=0.3))
    final = replace(words("pain in my chest", 1.0, confidence=0.39), others=others)
    judged = judge(vocabulary, [*steadily("pain", 1.0, 0.8), (3.5, final)])
    ((_, refused),) = [(at, sound) for at, sound in judged if isinstance(sound, Refused)]
    assert (refused.heard.command, refused.because) == ("red_flag", Reason.UNSURE)
    assert refused.heard.confidence == pytest.approx(0.39)


def test_what_was_taken_early_is_not_refused_at_the_end(vocabulary: Matcher) -> None:
    script = [*steadily("stop", 1.0, 0.8), (2.2, words("stop", 1.0))]
    assert reasons(judge(vocabulary, script)) == []


def test_a_faint_command_is_refused_live_and_in_a_recording(vocabulary: Matcher) -> None:
    said = [("easier", NEAR), ("harder", FAR)]
    listener = Listener(scripted(said), vocabulary)
    blocks = sound_of(said).reshape(-1, BLOCK)
    sounds = [(0.0, sound) for block in blocks for sound in listener.hear(block, SILENCE, "moving")]
    assert reasons(sounds) == [("harder", Reason.FAINT)]
    said.reverse()
    judged = judge_recording(sound_of(said), scripted(said), vocabulary, "moving")
    assert reasons([(0.0, sound) for sound in judged]) == [("harder", Reason.FAINT)]


def test_asking_for_a_verdict_changes_nothing(vocabulary: Matcher) -> None:
    activity = NearEndActivity()
    for i in range(400):
        activity.add(i * 0.016, speech=True, block=NEAR if i < 200 else FAR)
    rejection = Rejection(activity, VoiceActivity(), live=False)
    near, far = (
        interpret(words("easier", at), vocabulary, "moving", activity.end_of_speech).commands[0]
        for at in (1.0, 5.0)
    )
    rejection.note(near, rejection.verdict(near, 1.0, ()))
    assert {rejection.verdict(far, 1.0, ()).because for _ in range(10)} == {Reason.FAINT}
    for _ in range(2):
        rejection.note(far, rejection.verdict(far, 1.0, ()))
    assert rejection.verdict(far, 1.0, ()).because is None


@pytest.mark.parametrize("text", ["next set", "carry on", "yes"])
def test_without_a_voice_ordinary_commands_are_refused_however_sure(vocabulary: Matcher, text: str) -> None:
    context = {"carry on": "stopped", "yes": "asked_yes_no"}.get(text, "moving")
    script = [(3.0, words(text, 1.0))]
    for voice, refused in ((LEAST_VOICE - 0.01, [Reason.NO_VOICE]), (LEAST_VOICE + 0.01, [])):
        judged = judge(vocabulary, script, context, detector=ScriptedDetector(voice))
        assert [because for _, because in reasons(judged)] == refused


@pytest.mark.parametrize(
    ("text", "context"),
    [("pain", "moving"), ("my back", "moving"), ("help me", "resting"), ("no", "asked_yes_no")],
)
def test_without_a_voice_what_may_be_whispered_must_be_surer(
    vocabulary: Matcher, text: str, context: str
) -> None:
    unsure, sure = SURE_WITHOUT_VOICE - 0.01, SURE_WITHOUT_VOICE + 0.01
    for confidence, voice, refused in (
        (unsure, 0.0, [Reason.NO_VOICE]),
        (sure, 0.0, []),
        (unsure, 1.0, []),
    ):
        script = [(3.0, words(text, 1.0, confidence=confidence))]
        judged = judge(vocabulary, script, context, detector=ScriptedDetector(voice))
        assert [because for _, because in reasons(judged)] == refused


@pytest.mark.parametrize("text", ["stop", "no", "ow", "ouch", "hold on", "that's enough"])
def test_a_stop_is_never_silenced_for_want_of_a_voice(vocabulary: Matcher, text: str) -> None:
    """It may be whispered, or groaned."""
    script = [(3.0, words(text, 1.0, confidence=0.41))]
    ((_, taken),) = judge(vocabulary, script, detector=ScriptedDetector(0.0))
    assert isinstance(taken, Heard)
    assert taken.command == "stop"


NO, YES = 0.0, 1.0


def outcomes(sounds: list[tuple[float, Sound]]) -> list[str]:
    """What was taken, or why not."""
    return [
        str(sound.because) if isinstance(sound, Refused) else sound.command
        for _, sound in sounds
        if isinstance(sound, Heard | Refused)
    ]


RED_FLAGS = ["chest pain", "numb", "i can't breathe"]


@pytest.mark.parametrize("text", RED_FLAGS)
@pytest.mark.parametrize("early", [False, True])
def test_a_red_flag_needs_a_second_opinion_and_is_a_stop_where_it_is_doubted(
    vocabulary: Matcher, text: str, early: bool
) -> None:
    script = [*(steadily(text, 1.0, 1.5) if early else []), (3.5, words(text, 1.0))]
    least = LEAST_OPINION_OF_WORDS if " " in text else LEAST_OPINION
    for opinion, outcome in (
        (least - 0.01, "second_opinion"),
        (least + 0.01, "stop"),
        (LEAST_RED_FLAG_OPINION - 0.01, "stop"),
        (LEAST_RED_FLAG_OPINION + 0.01, "red_flag"),
    ):
        judged = judge(vocabulary, script, verifier=ScriptedVerifier(opinion))
        assert outcomes(judged) == [outcome]


@pytest.mark.parametrize("text", RED_FLAGS)
def test_a_red_flag_without_a_voice_is_a_stop_where_it_is_as_sure_as_pain_must_be(
    vocabulary: Matcher, text: str
) -> None:
    """It may be whispered."""
    for confidence, opinion, outcome in (
        (SURE_WITHOUT_VOICE - 0.01, YES, "no_voice"),
        (SURE_WITHOUT_VOICE + 0.01, YES, "stop"),
        (SURE_WITHOUT_VOICE + 0.01, NO, "no_voice"),
    ):
        script = [(3.0, words(text, 1.0, confidence=confidence))]
        detector, verifier = ScriptedDetector(0.0), ScriptedVerifier(opinion)
        assert outcomes(judge(vocabulary, script, detector=detector, verifier=verifier)) == [outcome]


@pytest.mark.parametrize(
    ("text", "confidence", "voice", "least"),
    [
        ("stop", 1.0, 0.0, LEAST_OPINION),
        ("pain", 1.0, 0.0, LEAST_OPINION),
        ("stop", PLAIN - 0.01, 1.0, LEAST_OPINION),
        ("help me", PLAIN - 0.01, 1.0, LEAST_OPINION_OF_WORDS),
    ],
)
def test_a_safety_command_that_is_not_plain_needs_a_second_opinion(
    vocabulary: Matcher, text: str, confidence: float, voice: float, least: float
) -> None:
    """Where no voice sounds, or heard unsurely."""
    script = [(3.0, words(text, 1.0, confidence=confidence))]
    assert_needed(vocabulary, script, least, ScriptedDetector(voice))


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("help me", LEAST_OPINION_OF_WORDS),
        ("my left knee hurts", LEAST_OPINION_OF_WORDS),
        ("next set", LEAST_ORDINARY_OPINION),
        ("make it easier", LEAST_ORDINARY_OPINION),
    ],
)
def test_several_words_need_a_second_opinion_however_surely_they_are_heard(
    vocabulary: Matcher, text: str, least: float
) -> None:
    """Of thousands of sentences some fit to any talk."""
    script = [(3.0, words(text, 1.0, confidence=1.0))]
    assert_needed(vocabulary, script, least, ScriptedDetector(1.0))


def test_a_command_beside_what_only_sounded_like_one_is_talk(vocabulary: Matcher) -> None:
    """ "What was that film called" is no question about the last cue."""
    script = [(3.0, words("easier next set", 1.0))]
    refused = judge(vocabulary, script, verifier=ScriptedVerifier(NO))
    assert outcomes(refused) == ["not_alone", "second_opinion"]
    taken = judge(vocabulary, script, verifier=ScriptedVerifier(YES))
    assert outcomes(taken) == ["easier", "next_set"]


@pytest.mark.parametrize("text", ["[unk] stop", "help [unk]", "[unk] my knee", "chest pain [unk]"])
def test_a_safety_command_inside_other_talk_needs_a_better_second_opinion(
    vocabulary: Matcher, text: str
) -> None:
    assert_needed(vocabulary, [(3.0, words(text, 1.0))], LEAST_OPINION_IN_TALK)


def assert_needed(
    vocabulary: Matcher,
    script: list[tuple[float, Utterance]],
    least: float,
    detector: ScriptedDetector | None = None,
) -> None:
    for opinion, refused in ((least - 0.01, [Reason.SECOND_OPINION]), (least + 0.01, [])):
        judged = judge(vocabulary, script, detector=detector, verifier=ScriptedVerifier(opinion))
        assert [because for _, because in reasons(judged)] == refused


@pytest.mark.parametrize("text", ["stop", "no", "pain", "help", "easier"])
def test_what_is_plainly_heard_waits_for_no_second_opinion(vocabulary: Matcher, text: str) -> None:
    verifier = ScriptedVerifier(NO)
    script = [(3.0, words(text, 1.0, confidence=PLAIN + 0.01))]
    judged = judge(vocabulary, script, detector=ScriptedDetector(1.0), verifier=verifier)
    assert reasons(judged) == []
    assert verifier.asked == []


def test_a_second_opinion_is_about_the_words_and_the_sound_around_them(vocabulary: Matcher) -> None:
    verifier = ScriptedVerifier(YES)
    judge(vocabulary, [(3.0, words("[unk] chest pain", 1.0))], verifier=verifier)
    ((asked, seconds),) = verifier.asked
    assert asked == "chest pain"
    assert seconds == pytest.approx(0.6 + 2 * OPINION_MARGIN_SECONDS, abs=0.02)


def test_a_recording_gets_a_second_opinion(vocabulary: Matcher) -> None:
    said = [("numb", NEAR)]
    for opinion, refused in ((NO, [("red_flag", Reason.SECOND_OPINION)]), (YES, [])):
        verifier = ScriptedVerifier(opinion)
        judged = judge_recording(sound_of(said), scripted(said), vocabulary, "moving", None, verifier)
        assert reasons([(0.0, sound) for sound in judged]) == refused


def test_noise_without_a_voice_tells_nothing_about_how_loud_the_person_is(vocabulary: Matcher) -> None:
    activity = NearEndActivity()
    voice = VoiceActivity(ScriptedDetector(*[1.0] * 200, *[0.0] * 100, 1.0))
    for i in range(500):
        block = NEAR if i < 200 else FAR
        activity.add(i * 0.016, speech=True, block=block)
        voice.add(i * 0.016, [block])
    rejection = Rejection(activity, voice, live=False)
    near, noise, far = (
        interpret(words("easier", at), vocabulary, "moving", activity.end_of_speech).commands[0]
        for at in (1.0, 4.0, 6.0)
    )
    rejection.note(near, rejection.verdict(near, 1.0, ()))
    for _ in range(5):
        verdict = rejection.verdict(noise, 1.0, ())
        assert verdict.because is Reason.NO_VOICE
        rejection.note(noise, verdict)
    assert rejection.verdict(far, 1.0, ()).because is Reason.FAINT


def test_a_verdict_tells_how_likely_a_voice_was(vocabulary: Matcher) -> None:
    activity = NearEndActivity()
    command = interpret(words("easier", 1.0), vocabulary, "moving", activity.end_of_speech).commands[0]
    for detector, told in ((None, None), (ScriptedDetector(0.7), 0.7)):
        voice = VoiceActivity(detector)
        for i in range(200):
            voice.add(i * 0.016, [NEAR])
        verdict = Rejection(activity, voice, live=False).verdict(command, 1.0, ())
        assert verdict.evidence.voice == (told if told is None else pytest.approx(told))


def test_a_recording_is_looked_at_for_a_voice(vocabulary: Matcher) -> None:
    said = [("easier", NEAR)]
    judged = judge_recording(sound_of(said), scripted(said), vocabulary, "moving", ScriptedDetector(0.0))
    assert reasons([(0.0, sound) for sound in judged]) == [("easier", Reason.NO_VOICE)]
    heard = hear_recording(sound_of(said), scripted(said), vocabulary, "moving", ScriptedDetector(1.0))
    assert [command.text for command in heard] == ["easier"]
    assert not hear_recording(sound_of(said), scripted(said), vocabulary, "moving", ScriptedDetector(0.0))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_documented(reason: Reason) -> None:
    text = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
    assert f"| `{reason}` |" in text
