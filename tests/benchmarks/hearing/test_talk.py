"""A coach who talks without end, and somebody who talks over it."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from assistant.programme.voice import VoicePack
from assistant.rehearsal.room import SPEECH_DB
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db
from assistant.speaking.rendering import Voice
from assistant.speaking.shaping import shape
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.talk import GAP_SECONDS, LEAD_SECONDS, Near, Talk, least_alike, make_talk
from tests.stand_ins import ToneRenderer


def _speak(text: str, voice: Voice) -> Samples:
    return shape(ToneRenderer().render(text, voice))


def _near(text: str, seconds: float = 1.0) -> Near:
    noise = chance_of(text).standard_normal(round(seconds * SAMPLE_RATE)) * 0.1
    return Near(text, noise.astype(np.float32))


def _talk(
    pack: VoicePack, near: list[Near], echo_db: float = 6.0, seconds: float = 30.0, number: int = 0
) -> Talk:
    return make_talk(pack, _speak, near, seconds, echo_db, chance_of("test", number))


def test_what_was_said_is_where_it_sounds(pack: VoicePack) -> None:
    """One cue after the other with short pauses, to the end, all in whole blocks."""
    talk = _talk(pack, [])
    assert talk.far.size == talk.mic.size == round(30 * SAMPLE_RATE) // BLOCK * BLOCK
    sounding = np.zeros(talk.far.size, bool)
    for cue in talk.spoken:
        sounding[round(cue.start * SAMPLE_RATE) : round(cue.end * SAMPLE_RATE)] = True
    assert not np.any(talk.far[~sounding])
    assert np.mean(sounding) > 0.8
    for cue, following in zip(talk.spoken, talk.spoken[1:], strict=False):
        assert 0 < following.start - cue.end < 0.5


def test_every_cue_comes_before_one_comes_again(pack: VoicePack) -> None:
    """Numbers among them, and placeholders filled in; what only a calibration says is left out."""
    names = ("get_ready", "lift", "first_side", "return_up", "hold", "calibrate_ask", "calibrate_good")
    cues = {name: pack.cues[name] for name in names}
    few = replace(pack, cues=cues, numbers=("one", "two"))
    spoken = [cue.text for cue in _talk(few, []).spoken]
    everything = {"Get ready.", "Lift.", "left leg first.", "Up.", pack.cues["hold"].text, "one", "two"}
    assert set(spoken[:7]) == set(spoken[7:14]) == everything
    assert spoken[:7] != spoken[7:14]


@pytest.mark.parametrize("echo_db", [-6.0, 0.0, 6.0])
def test_the_echo_is_as_loud_as_wished(pack: VoicePack, echo_db: float) -> None:
    """Relative to the level at which people reach the microphone."""
    assert active_db(_talk(pack, [], echo_db).mic) == pytest.approx(SPEECH_DB + echo_db, abs=0.3)


@pytest.mark.parametrize("echo_db", [0.0, 6.0, 12.0])
def test_the_others_are_below_the_echo_and_nothing_clips(pack: VoicePack, echo_db: float) -> None:
    """A very loud echo has the microphone turned down."""
    alone = _talk(pack, [], echo_db, seconds=LEAD_SECONDS + 4.0)
    silent = Near("somebody", np.zeros(SAMPLE_RATE, np.float32))
    heard = _talk(pack, [_near("somebody")], echo_db, seconds=LEAD_SECONDS + 4.0)
    unheard = _talk(pack, [silent], echo_db, seconds=LEAD_SECONDS + 4.0)
    near_db = active_db(heard.mic - unheard.mic)
    assert active_db(alone.mic) - near_db == pytest.approx(echo_db, abs=0.5)
    assert np.abs(heard.mic).max() < 1.0


def test_who_shouts_over_the_coach_is_as_much_louder(pack: VoicePack) -> None:
    """And whoever whispers is softer; the echo stays as it is."""
    said = _near("somebody")
    silent = _talk(pack, [replace(said, samples=np.zeros_like(said.samples))], seconds=LEAD_SECONDS + 4.0)
    levels = [
        active_db(_talk(pack, [replace(said, louder_db=louder)], seconds=LEAD_SECONDS + 4.0).mic - silent.mic)
        for louder in (0.0, -12.0)
    ]
    assert levels[0] - levels[1] == pytest.approx(12.0, abs=0.1)


def test_the_coach_is_alone_first_and_between_the_others(pack: VoicePack) -> None:
    """It talks on after the last of them."""
    talk = _talk(pack, [_near("one two", 1.0), _near("three", 0.5)], seconds=0.0)
    second = LEAD_SECONDS + 1.0 + GAP_SECONDS
    assert talk.near == ((LEAD_SECONDS, LEAD_SECONDS + 1.0), (second, second + 0.5))
    assert talk.far.size > (second + 1.5) * SAMPLE_RATE


def test_the_coach_never_says_the_words_that_are_said_over_it(pack: VoicePack) -> None:
    """Its own words would rightly be dropped."""
    texts = ("my back hurts", "feet down", "breathe out", "lower back", "legs", "how many left") * 4
    talk = _talk(pack, [_near(text) for text in texts])
    for text, (start, end) in zip(texts, talk.near, strict=True):
        for cue in talk.spoken:
            if cue.start < end + 0.5 and cue.end > start - 0.5:
                assert not set(text.split()) & set(re.findall(r"[\w'-]+", cue.text.lower())), cue.text


def test_where_all_cues_share_words_the_one_with_the_fewest_is_said() -> None:
    """The first of those."""
    assert least_alike(["Lift the leg.", "The leg.", "Up."], ["lift the leg"]) == 2
    assert least_alike(["Lift the leg.", "The leg.", "A leg."], ["lift the leg"]) == 2
    assert least_alike(["One.", "Two."], []) == 0


def test_rooms_differ_and_each_is_the_same_again(pack: VoicePack) -> None:
    """Echo, voice and order of cues."""
    first, again, other = (_talk(pack, [], seconds=10.0, number=number) for number in (1, 1, 2))
    assert np.array_equal(first.mic, again.mic)
    assert first.spoken == again.spoken
    assert [cue.text for cue in first.spoken] != [cue.text for cue in other.spoken]
