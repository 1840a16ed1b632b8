"""Music under the voice, to the sample: down before a cue, up after it, gone at once when it must be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.backing import DUCKED, HOLD, RAMP, Backing
from assistant.speaking.mixer import FADE, Mixer

RISE = SAMPLE_RATE


class Ones:
    """Music whose samples are all 1, so that a mix shows its gain; it counts what was taken."""

    def __init__(self) -> None:
        self.taken = 0

    def take(self, count: int) -> Samples:
        self.taken += count
        return np.ones(count, np.float32)


def playing() -> tuple[Mixer, Ones]:
    """A mixer whose music has come up, at sample 32,000."""
    music = Ones()
    mixer = Mixer(Backing(music))
    assert mixer.backing is not None
    mixer.backing.listen(False)
    mixer.read(2 * SAMPLE_RATE)
    assert mixer.read(1)[0] == 1.0
    mixer.read(SAMPLE_RATE - 1)
    return mixer, music


def silent_voice(seconds: float) -> Samples:
    """A cue that makes room without sounding itself."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def read(mixer: Mixer, count: int, sizes: list[int]) -> Samples:
    parts: list[Samples] = []
    while count:
        parts.append(mixer.read(min(sizes[len(parts) % len(sizes)], count)))
        count -= parts[-1].size
    return np.concatenate(parts)


@settings(deadline=None, max_examples=30)
@given(sizes=st.lists(st.integers(1, 900), min_size=1, max_size=4))
def test_it_is_down_when_a_cue_begins_and_up_after_it(sizes: list[int]) -> None:
    """By 12 dB, in a straight line of 0.15 s, whatever the size of the blocks."""
    mixer, _ = playing()
    now, start, end = mixer.position, 8_000, 12_800
    mixer.play(silent_voice(0.3), now + start)
    gains = read(mixer, 40_000, sizes)
    ramp = (np.arange(1, RAMP + 1) / RAMP).astype(np.float32)
    assert (gains[: start - RAMP + 1] == 1).all()
    np.testing.assert_allclose(gains[start - RAMP + 1 : start + 1], 1 - (1 - DUCKED) * ramp, atol=1e-6)
    assert (gains[start : end + HOLD + 1] == np.float32(DUCKED)).all()
    back = end + HOLD
    np.testing.assert_allclose(gains[back + 1 : back + RAMP + 1], DUCKED + (1 - DUCKED) * ramp, atol=1e-6)
    assert (gains[back + RAMP :] == 1).all()
    assert 20 * np.log10(DUCKED) == pytest.approx(-12)


def test_between_the_numbers_of_a_lowering_it_stays_down() -> None:
    """Also when they are tones of a tenth of a second: up and down each second would be unrest."""
    mixer, _ = playing()
    for beat in range(4):
        mixer.play(silent_voice(0.09), mixer.position + SAMPLE_RATE * (1 + beat))
    gains = mixer.read(6 * SAMPLE_RATE)
    down = np.flatnonzero(gains == np.float32(DUCKED))
    assert down[0] == SAMPLE_RATE
    assert down[-1] == 4 * SAMPLE_RATE + round(0.09 * SAMPLE_RATE) + HOLD
    assert (np.diff(down) == 1).all()


def test_a_cue_that_comes_at_once_begins_while_it_goes_down() -> None:
    """The cue does not wait for it."""
    mixer, _ = playing()
    mixer.play(silent_voice(1.0), mixer.position)
    gains = mixer.read(RAMP + 1)
    assert gains[0] == 1
    assert gains[RAMP] == np.float32(DUCKED)
    assert np.abs(np.diff(gains)).max() < 1.01 * (1 - DUCKED) / RAMP


def test_the_sound_that_means_heard_leaves_it_as_it_is() -> None:
    """It is no voice."""
    mixer, _ = playing()
    mixer.play(silent_voice(0.1), mixer.position + 5_000, track="earcon")
    assert (mixer.read(20_000) == 1).all()


def test_it_is_down_while_an_answer_is_listened_for() -> None:
    """From the moment of the question until it is answered."""
    mixer, _ = playing()
    assert mixer.backing is not None
    mixer.backing.listen(True)
    assert (mixer.read(2 * RAMP)[RAMP:] == np.float32(DUCKED)).all()
    mixer.backing.listen(False)
    assert (mixer.read(2 * RAMP)[RAMP:] == 1).all()


@pytest.mark.parametrize("faded", [0, 40, FADE])
def test_silence_is_silent_within_ten_milliseconds_and_the_music_waits(faded: int) -> None:
    """It fades in a straight line, or what is left of it; nothing is played on unheard."""
    mixer, music = playing()
    mixer.silence(faded)
    taken = music.taken
    after = mixer.read(5 * SAMPLE_RATE)
    np.testing.assert_allclose(after[: FADE - faded], 1 - np.arange(faded + 1, FADE + 1) / FADE, atol=1e-6)
    assert not after[FADE - faded :].any()
    assert music.taken == taken


def test_after_silence_only_movement_brings_it_back() -> None:
    """Neither a cue nor a question does; then it rises within a second, without a step."""
    mixer, _ = playing()
    backing = mixer.backing
    assert backing is not None
    mixer.silence()
    mixer.read(FADE)
    mixer.play(silent_voice(0.5), mixer.position)
    backing.listen(True)
    backing.listen(False)
    assert not mixer.read(3 * SAMPLE_RATE).any()
    backing.resume()
    gains = mixer.read(RISE + 1)
    np.testing.assert_allclose(gains, np.arange(RISE + 1) / RISE, atol=1e-6)


def test_a_cue_while_it_comes_back_is_made_room_for() -> None:
    """It never gets louder than it may be under a cue."""
    mixer, _ = playing()
    assert mixer.backing is not None
    mixer.silence()
    mixer.read(FADE)
    mixer.backing.resume()
    mixer.play(silent_voice(2.0), mixer.position)
    gains = mixer.read(2 * SAMPLE_RATE)
    assert gains.max() == np.float32(DUCKED)


def test_what_was_dropped_by_silence_makes_no_room() -> None:
    """A cue that is not said any more does not keep the music down."""
    mixer, _ = playing()
    assert mixer.backing is not None
    mixer.play(silent_voice(9.0), mixer.position + SAMPLE_RATE)
    mixer.silence()
    mixer.backing.resume()
    assert mixer.read(3 * SAMPLE_RATE)[-1] == 1


def test_held_it_fades_and_then_stands_still() -> None:
    """At the end of a session, and wherever it pauses without a word."""
    mixer, music = playing()
    assert mixer.backing is not None
    mixer.backing.hold()
    gains = mixer.read(3 * SAMPLE_RATE)
    assert np.abs(np.diff(gains)).max() < 1e-4
    assert not gains[2 * SAMPLE_RATE :].any()
    taken = music.taken
    mixer.read(SAMPLE_RATE)
    assert music.taken == taken


def test_the_voice_is_what_it_is_without_music() -> None:
    """To the bit, where the music is silent."""
    cue = np.random.default_rng(1).uniform(-0.2, 0.2, 9_000).astype(np.float32)
    alone, beside = Mixer(), Mixer(Backing(Ones()))
    assert beside.backing is not None
    beside.backing.hold()
    for mixer in (alone, beside):
        mixer.play(cue, 500)
    np.testing.assert_array_equal(alone.read(10_000), beside.read(10_000))
