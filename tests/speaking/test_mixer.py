"""The mixer: sums of sounds, to the sample, whatever size of block it is read in."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.sound import Samples
from assistant.speaking.mixer import FADE, Mixer

LENGTH = 3000


def noise(count: int, seed: int = 0, peak: float = 0.2) -> Samples:
    return np.random.default_rng(seed).uniform(-peak, peak, count).astype(np.float32)


def constant(count: int, value: float) -> Samples:
    return np.full(count, value, dtype=np.float32)


def read_in_blocks(mixer: Mixer, total: int, sizes: list[int]) -> Samples:
    blocks: list[Samples] = []
    end = mixer.position + total
    while mixer.position < end:
        size = sizes[len(blocks) % len(sizes)]
        blocks.append(mixer.read(min(size, end - mixer.position)))
    return np.concatenate(blocks)


blocks = st.lists(st.integers(1, 700), min_size=1, max_size=5)
starts = st.lists(st.integers(0, 2000), min_size=1, max_size=4)


@settings(deadline=None)
@given(starts=starts, sizes=blocks)
def test_a_mix_is_the_sum_of_its_parts_each_from_its_own_sample(starts: list[int], sizes: list[int]) -> None:
    """Exact to the bit, whatever the size of the blocks."""
    mixer = Mixer()
    expected = constant(LENGTH, 0.0)
    for k, start in enumerate(starts):
        sound = noise(300 + 50 * k, seed=k)
        mixer.play(sound, at=start, gain=0.5 + 0.1 * k, track=("voice", "earcon")[k % 2])
        expected[start : start + sound.size] += sound * np.float32(0.5 + 0.1 * k)
    np.testing.assert_array_equal(read_in_blocks(mixer, LENGTH, sizes), expected)
    assert mixer.position == LENGTH


@settings(deadline=None)
@given(sizes=blocks, played=st.integers(1, 900), late=st.integers(0, 900))
def test_a_sound_scheduled_in_the_past_starts_whole_at_the_position(
    sizes: list[int], played: int, late: int
) -> None:
    """Nothing of its beginning is lost."""
    mixer = Mixer()
    read_in_blocks(mixer, played, sizes)
    sound = noise(400)
    mixer.play(sound, at=played - late)
    np.testing.assert_array_equal(read_in_blocks(mixer, 400, sizes), sound)


@settings(deadline=None)
@given(sizes=blocks, when=st.integers(0, 2500), starts=starts)
def test_silence_comes_within_ten_milliseconds_and_lasts(
    sizes: list[int], when: int, starts: list[int]
) -> None:
    """What sounds fades, what is scheduled is dropped, and nothing is louder than it was."""
    mixer, undisturbed = Mixer(), Mixer()
    for k, start in enumerate(starts):
        for each in (mixer, undisturbed):
            each.play(noise(800, seed=k), at=start)
    if when:
        read_in_blocks(mixer, when, sizes)
        undisturbed.read(when)
    mixer.silence()
    after = read_in_blocks(mixer, LENGTH, sizes)
    loud = np.abs(undisturbed.read(FADE))
    assert not after[FADE - 1 :].any()
    if all(start < when for start in starts):
        assert (np.abs(after[:FADE]) <= loud).all()


def test_silence_fades_without_a_step() -> None:
    """A jump to zero would click."""
    mixer = Mixer()
    mixer.play(constant(5000, 0.5), at=0)
    before = mixer.read(1000)
    mixer.silence()
    sound = np.concatenate([before[-1:], mixer.read(FADE)])
    assert np.abs(np.diff(sound)).max() < 0.5 / FADE * 1.01
    assert sound[-1] == 0


def test_silence_drops_what_has_not_begun() -> None:
    """Also what would begin at this very sample."""
    mixer = Mixer()
    mixer.read(100)
    mixer.play(noise(500), at=100)
    mixer.play(noise(500), at=900)
    mixer.silence()
    assert not mixer.read(2000).any()


@settings(deadline=None)
@given(again=st.integers(0, 200))
def test_silence_twice_is_silence_once(again: int) -> None:
    """The fade under way goes on: it neither starts over nor breaks off."""
    once, twice = Mixer(), Mixer()
    for mixer in (once, twice):
        mixer.play(constant(5000, 0.5), at=0)
        mixer.read(1000)
        mixer.silence()
    first = twice.read(again)
    twice.silence()
    np.testing.assert_array_equal(np.concatenate([first, twice.read(400)]), once.read(again + 400))


@settings(deadline=None)
@given(delay=st.integers(0, 300))
def test_what_is_played_after_silence_plays(delay: int) -> None:
    """The release and the calm cue come right after it."""
    mixer = Mixer()
    mixer.play(noise(5000), at=0, track="voice")
    mixer.read(1000)
    mixer.silence()
    cue = noise(500, seed=9)
    mixer.play(cue, at=1000 + FADE + delay)
    np.testing.assert_array_equal(mixer.read(FADE + delay + 500)[FADE + delay :], cue)


@pytest.mark.parametrize("given_db", [-12.0, -6.0, 0.0, 6.0])
def test_volume_changes_the_voice_alone(given_db: float) -> None:
    """In decibels; an earcon keeps its loudness."""
    mixer = Mixer()
    mixer.volume = given_db
    assert mixer.volume == given_db
    mixer.read(FADE)
    mixer.play(constant(100, 0.1), at=FADE)
    mixer.play(constant(100, 0.1), at=FADE + 100, track="earcon")
    played = mixer.read(200)
    np.testing.assert_allclose(played[:100], 0.1 * 10 ** (given_db / 20), rtol=1e-5)
    np.testing.assert_array_equal(played[100:], constant(100, 0.1))


@settings(deadline=None)
@given(sizes=blocks)
def test_volume_changed_in_mid_word_does_not_click(sizes: list[int]) -> None:
    """It moves there within 10 ms, also from half way to another."""
    mixer = Mixer()
    mixer.play(constant(5000, 0.5), at=0)
    parts = [read_in_blocks(mixer, 500, sizes)]
    for volume in (-30, 6, 0):
        mixer.volume = volume
        parts.append(read_in_blocks(mixer, FADE // 2, sizes))
    parts.append(read_in_blocks(mixer, 1000, sizes))
    played = np.concatenate(parts)
    assert np.abs(np.diff(played)).max() < 2 / FADE
    assert played[-1] == pytest.approx(0.5)


@settings(deadline=None)
@given(
    values=st.lists(st.floats(0.1, 3.0), min_size=2, max_size=6),
    sizes=blocks,
)
def test_a_mix_that_would_clip_is_turned_down_and_comes_back(values: list[float], sizes: list[int]) -> None:
    """It never passes 1, and one whole quiet block later it is what it was."""
    mixer = Mixer()
    for k, value in enumerate(values):
        mixer.play(constant(600, value), at=600 * k)
    assert np.abs(read_in_blocks(mixer, 600 * len(values), sizes)).max() <= 1.0
    mixer.read(10)
    quiet = noise(100)
    mixer.play(quiet, at=mixer.position)
    np.testing.assert_array_equal(mixer.read(100), quiet)


def test_turning_down_keeps_the_shape_of_the_wave() -> None:
    """It is a gain, not a cut at the top."""
    mixer = Mixer()
    wave = np.sin(np.arange(256, dtype=np.float32) / 5)
    mixer.play(wave, at=0)
    mixer.play(wave, at=0)
    np.testing.assert_allclose(mixer.read(256), wave / np.abs(wave).max(), atol=1e-6)


def test_coming_back_from_a_loud_mix_does_not_step() -> None:
    """The gain rises over the block."""
    mixer = Mixer()
    mixer.play(constant(256, 2.0), at=0)
    mixer.play(constant(512, 0.4), at=256)
    played = mixer.read(256), mixer.read(256), mixer.read(256)
    assert np.abs(np.diff(played[1])).max() < 0.002
    assert played[1][0] == pytest.approx(0.2)
    assert all(abs(one[-1] - other[0]) < 0.81 for one, other in pairwise(played))
    np.testing.assert_array_equal(played[2], constant(256, 0.4))


def test_an_empty_sound_is_nothing() -> None:
    """It neither sounds nor keeps the mixer busy."""
    mixer = Mixer()
    mixer.play(constant(0, 0.0), at=9000)
    assert not mixer.read(100).any()
    assert mixer.read(0).size == 0
