"""Which speech that is no command may be a plea: near, short and by itself, while the coach is silent."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.coaching.events import NotUnderstood
from assistant.hearing.listener import Listener, Sound
from assistant.hearing.pleas import LONGEST_SECONDS, QUIET_SECONDS
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.hearing.rejection import MOVED_AWAY_COMMANDS, NEAR_DB, USUAL_DB, Loudness, Reason, Refused
from assistant.hearing.self_speech import Spoken
from assistant.sound import BLOCK, SAMPLE_RATE
from tests.stand_ins import ScriptedDetector, ScriptedRecognizer

HISS = np.random.default_rng(0).normal(0, 1, BLOCK).astype(np.float32)
PAUSES = st.floats(0.1, 1.2)
"""Between the sentences of one who talks on, in seconds."""

Said = tuple[str, float, float, float]
"""The words, when they begin and end, and how loud they are, in decibels of full scale."""


def said(text: str, start: float, seconds: float = 1.5, level_db: float = -20.0) -> Said:
    return text, start, start + seconds, level_db


def listen(
    vocabulary: Matcher,
    *speech: Said,
    spoken: Sequence[Spoken] = (),
    voice: float = 1.0,
    until: float | None = None,
) -> list[tuple[float, Sound]]:
    """Let somebody speak; what was said of each is known a moment after its end."""
    script = [(end + 0.4, _utterance(text, start, end)) for text, start, end, _ in speech]
    listener = Listener(
        ScriptedRecognizer(script), vocabulary, quietest_db=-60.0, detector=ScriptedDetector(voice)
    )
    heard: list[tuple[float, Sound]] = []
    for i in range(round((until or speech[-1][2] + 3.0) * SAMPLE_RATE / BLOCK)):
        at = i * BLOCK / SAMPLE_RATE
        level_db = next((level for _, start, end, level in speech if start <= at < end), -math.inf)
        block = HISS * np.float32(10 ** (level_db / 20))
        heard += [(listener.now, sound) for sound in listener.hear(block, 0 * HISS, "moving", lambda: spoken)]
    return heard + [(listener.now, sound) for sound in listener.finish("moving", lambda: spoken)]


def _utterance(text: str, start: float, end: float) -> Utterance:
    said = text.split()
    each = (end - start) / len(said)
    return Utterance(tuple(Word(w, start + i * each, start + (i + 1) * each) for i, w in enumerate(said)))


def pleas(heard: Sequence[tuple[float, Sound]]) -> list[bool]:
    """Whether each thing that was not understood may be a plea."""
    return [sound.plea for _, sound in heard if isinstance(sound, NotUnderstood)]


def test_a_near_voice_that_is_short_and_by_itself_may_be_a_plea(vocabulary: Matcher) -> None:
    """It is told as soon as it is known that nothing followed."""
    ((at, sound),) = listen(vocabulary, said("[unk] [unk]", 3.0))
    assert sound == NotUnderstood(3.0, 4.5, plea=True)
    assert at == pytest.approx(4.5 + QUIET_SECONDS, abs=0.05)


def test_what_has_no_voice_is_none(vocabulary: Matcher) -> None:
    """A drawer; it is told at once."""
    ((at, sound),) = listen(vocabulary, said("[unk] [unk]", 3.0), voice=0.4)
    assert sound == NotUnderstood(3.0, 4.5)
    assert at < 5.0


@pytest.mark.parametrize(("seconds", "plea"), [(LONGEST_SECONDS - 0.1, True), (LONGEST_SECONDS + 0.1, False)])
def test_what_goes_on_for_long_is_none(seconds: float, plea: bool, vocabulary: Matcher) -> None:
    assert pleas(listen(vocabulary, said("[unk] [unk]", 3.0, seconds))) == [plea]


@pytest.mark.parametrize(("below_db", "plea"), [(NEAR_DB - 1, True), (NEAR_DB + 1, False)])
def test_what_is_softer_than_the_persons_commands_is_none(
    below_db: float, plea: bool, vocabulary: Matcher
) -> None:
    """Somebody else in the room."""
    soft = said("[unk] [unk]", 6.0, level_db=-15.0 - below_db)
    assert pleas(listen(vocabulary, said("easier", 2.0, 0.5, -15.0), soft)) == [plea]


@pytest.mark.parametrize(
    ("level_db", "plea"), [(USUAL_DB - NEAR_DB + 1, True), (USUAL_DB - NEAR_DB - 1, False)]
)
def test_before_the_first_command_a_person_is_as_loud_as_people_are(
    level_db: float, plea: bool, vocabulary: Matcher
) -> None:
    assert pleas(listen(vocabulary, said("[unk] [unk]", 3.0, level_db=level_db))) == [plea]


def test_what_is_refused_as_faint_brings_nobody_nearer() -> None:
    """Though the person's own next command may be as faint."""
    loudness = Loudness()
    loudness.took(-20.0)
    for _ in range(4):
        loudness.refused()
    assert not loudness.is_faint(-40.0)
    assert not loudness.is_near(-20.0 - NEAR_DB - 1)
    assert loudness.is_near(-20.0 - NEAR_DB + 1)


def test_the_person_is_as_loud_as_the_commands_that_were_taken() -> None:
    """The first counts whole, each after it by half."""
    loudness = Loudness()
    loudness.took(-40.0)
    assert loudness.is_near(-40.0 - NEAR_DB + 0.1)
    loudness.took(-20.0)
    assert not loudness.is_near(-30.0 - NEAR_DB - 0.1)
    assert loudness.is_near(-30.0 - NEAR_DB + 0.1)


def test_another_person_who_is_taken_for_this_one_now_and_then_is_no_nearer() -> None:
    """Only commands as near as the last count; when there are no others any more, the person has moved."""
    loudness = Loudness()
    loudness.took(-20.0)
    for _ in range(3):
        for _ in range(MOVED_AWAY_COMMANDS - 1):
            loudness.took(-32.0)
        assert not loudness.is_near(-32.0)
        loudness.took(-20.0)
    for _ in range(MOVED_AWAY_COMMANDS):
        assert not loudness.is_near(-32.0)
        loudness.took(-32.0)
    assert loudness.is_near(-32.0)


@pytest.mark.parametrize(("pause", "expected"), [(0.8, [False, False]), (2.5, [True, True])])
def test_what_is_said_soon_before_or_after_other_talk_is_none(
    pause: float, expected: list[bool], vocabulary: Matcher
) -> None:
    speech = (said("[unk] [unk]", 3.0), said("[unk] [unk] [unk]", 4.5 + pause))
    assert pleas(listen(vocabulary, *speech)) == expected


def test_a_soft_television_does_not_hide_a_plea(vocabulary: Matcher) -> None:
    """It talks before, meanwhile and after."""
    speech = (
        said("[unk] [unk]", 1.0, 1.9, -40.0),
        said("[unk] [unk]", 3.0, 1.5),
        said("[unk] [unk]", 4.6, 3.0, -40.0),
    )
    assert pleas(listen(vocabulary, *speech)) == [False, True, False]


def test_what_is_heard_while_the_coach_speaks_is_none(vocabulary: Matcher) -> None:
    cue = Spoken("Breathe out. Lower back into the floor.", 2.9, 4.6)
    assert pleas(listen(vocabulary, said("[unk] [unk]", 3.0), spoken=(cue,))) == [False]


def test_a_count_on_each_second_leaves_enough(vocabulary: Matcher) -> None:
    counts = [Spoken(text, 2.8 + i, 3.2 + i) for i, text in enumerate(("three", "two", "one"))]
    assert pleas(listen(vocabulary, said("[unk] [unk]", 3.0, 2.0), spoken=counts)) == [True]


def test_talk_that_the_coach_speaks_over_is_still_talk(vocabulary: Matcher) -> None:
    """What is said before its cue counts."""
    speech = (said("[unk] [unk]", 2.0, 1.0), said("[unk] [unk]", 4.2))
    cue = Spoken("Lift.", 3.1, 3.5)
    assert pleas(listen(vocabulary, *speech, spoken=(cue,))) == [False, False]


def test_a_command_inside_other_words_may_be_a_plea(vocabulary: Matcher) -> None:
    """It is refused all the same, and why is told."""
    heard = [sound for _, sound in listen(vocabulary, said("[unk] next set", 3.0))]
    assert [type(sound) for sound in heard] == [Refused, NotUnderstood]
    assert isinstance(heard[0], Refused)
    assert heard[0].because is Reason.NOT_ALONE
    assert heard[1] == NotUnderstood(3.0, 4.5, plea=True)


def test_a_refused_command_that_is_no_plea_is_only_refused(vocabulary: Matcher) -> None:
    heard = listen(vocabulary, said("[unk] next set", 3.0, level_db=-45.0))
    assert [type(sound) for _, sound in heard] == [Refused]


@pytest.mark.parametrize("text", ["stop", "next set", "[unk] stop"])
def test_what_is_taken_is_no_plea(text: str, vocabulary: Matcher) -> None:
    assert pleas(listen(vocabulary, said(text, 3.0))) == []


def test_the_coachs_own_words_are_none(vocabulary: Matcher) -> None:
    """Refused as its own, whatever is left of them between its cues."""
    cue = Spoken("Next set.", 3.0, 3.3)
    heard = listen(vocabulary, said("next set", 3.0), spoken=(cue,))
    assert [sound.because for _, sound in heard if isinstance(sound, Refused)] == [Reason.SELF_SPEECH]
    assert pleas(heard) == []


def test_the_last_words_of_a_recording_may_be_a_plea(vocabulary: Matcher) -> None:
    """Nothing follows them."""
    assert pleas(listen(vocabulary, said("[unk] [unk]", 3.0), until=5.2)) == [True]


def test_what_a_lost_device_cut_off_is_none(vocabulary: Matcher) -> None:
    script = [(1.9, _utterance("[unk] [unk]", 0.5, 1.5))]
    listener = Listener(ScriptedRecognizer(script), vocabulary, quietest_db=-60.0)
    heard: list[Sound] = []
    for i in range(round(5 * SAMPLE_RATE / BLOCK)):
        if i == round(2.2 * SAMPLE_RATE / BLOCK):
            listener.forget()
        speaks = 0.5 <= i * BLOCK / SAMPLE_RATE < 1.5
        heard += listener.hear(0.1 * HISS if speaks else 0 * HISS, 0 * HISS, "moving")
    assert heard == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    talk=st.lists(st.tuples(PAUSES, st.floats(0.5, 5.0), st.floats(USUAL_DB, -10.0)), min_size=2, max_size=6)
)
def test_talk_that_goes_on_and_on_is_none(
    vocabulary: Matcher, talk: list[tuple[float, float, float]]
) -> None:
    """With pauses as between sentences, near all the time: not its first sentence, and not its last."""
    at, speech = 2.0, list[Said]()
    for pause, seconds, level_db in talk:
        speech.append(said("[unk] [unk]", at + pause, seconds, level_db))
        at += pause + seconds
    assert True not in pleas(listen(vocabulary, *speech))


def test_pleas_need_no_detector(vocabulary: Matcher) -> None:
    """Where nothing tells a voice, everything may be one."""
    script = [(4.9, _utterance("[unk] [unk]", 3.0, 4.5))]
    listener = Listener(ScriptedRecognizer(script), vocabulary, quietest_db=-60.0)
    heard: list[tuple[float, Sound]] = []
    level: Callable[[float], float] = lambda at: 0.1 if 3.0 <= at < 4.5 else 0.0  # noqa: E731
    for i in range(round(7 * SAMPLE_RATE / BLOCK)):
        block = HISS * np.float32(level(i * BLOCK / SAMPLE_RATE))
        heard += [(listener.now, sound) for sound in listener.hear(block, 0 * HISS, "moving")]
    assert pleas(heard) == [True]
