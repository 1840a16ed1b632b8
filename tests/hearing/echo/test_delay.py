"""How much later than the loudspeaker's sound its echo comes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.hearing.echo.convolution import PartitionedFilter
from assistant.hearing.echo.delay import TOLERANCE, DelayTracker
from assistant.rehearsal.room import impulse_response
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db, power_db

Say = Callable[..., Samples]

COACH = (
    "Lower for three seconds, then drive up.",
    "Keep your back flat on the floor.",
    "And breathe out as you lift.",
    "Rest for thirty seconds, then we go on with the other leg.",
)
PERSON = ("How many are left of this set?", "My left knee feels fine today.", "Skip the next one, please.")


FIRST_PIECE = 60 * BLOCK
"""Samples of the coach that are over before the tracker's second look."""


def whole_blocks(samples: Samples) -> Samples:
    return samples[: samples.size // BLOCK * BLOCK]


@pytest.fixture(scope="module")
def coach(say: Say) -> Samples:
    """About ten seconds of the coach, as the loudspeaker plays them."""
    return whole_blocks(0.5 * np.concatenate([say(text, before=0.0, after=0.15) for text in COACH]))


@pytest.fixture(scope="module")
def person(say: Say) -> Samples:
    return whole_blocks(np.concatenate([say(text, "en-us+f3", before=0.0, after=0.2) for text in PERSON]))


def echo_of(far: Samples, delay_seconds: float, reverberation: float = 0.2, seed: int = 1) -> Samples:
    """What comes back of the loudspeaker, at -26 dB of full scale."""
    path = PartitionedFilter(impulse_response(np.random.default_rng(seed), delay_seconds, reverberation))
    echo = np.concatenate([path.process(block) for block in far.reshape(-1, BLOCK)])
    return echo * np.float32(10 ** ((-26 - active_db(echo)) / 20))


def noise(count: int, decibels: float) -> Samples:
    steady = np.random.default_rng(0).normal(0, 10 ** (decibels / 20), count)
    return steady.astype(np.float32)


def follow(tracker: DelayTracker, mic: Samples, far: Samples) -> list[int | None]:
    """The delay that is known after each block."""
    return [tracker.follow(mic[at : at + BLOCK], far[at : at + BLOCK]) for at in range(0, mic.size, BLOCK)]


def seconds_until_known(found: list[int | None], delay_seconds: float, far: Samples) -> float:
    """How long the coach spoke before the right delay was given; it must be the last one."""
    right = [
        delay is not None and abs(delay - delay_seconds * SAMPLE_RATE) <= 0.005 * SAMPLE_RATE
        for delay in found
    ]
    assert right[-1]
    known = right.index(True)
    assert all(right[known:])
    spoken = [power_db(block) > -60 for block in far.reshape(-1, BLOCK)[: known + 1]]
    return sum(spoken) * BLOCK / SAMPLE_RATE


@pytest.mark.parametrize("delay_seconds", [0.0, 0.03, 0.15, 0.4, 0.6, 0.78])
@pytest.mark.parametrize("reverberation", [0.05, 0.4])
def test_a_delay_is_known_within_four_seconds_of_speech(
    coach: Samples, delay_seconds: float, reverberation: float
) -> None:
    tracker = DelayTracker()
    mic = echo_of(coach, delay_seconds, reverberation) + noise(coach.size, -46)
    found = follow(tracker, mic, coach)
    assert seconds_until_known(found, delay_seconds, coach) <= 4.0
    assert tracker.delay == found[-1]
    assert tracker.confidence > 0.5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_delay_is_known_though_the_noise_is_louder_than_the_echo(coach: Samples, seed: int) -> None:
    mic = echo_of(coach, 0.35, 0.2, seed) + noise(coach.size, -21)
    assert seconds_until_known(follow(DelayTracker(), mic, coach), 0.35, coach) <= 4.0


def test_a_delay_is_known_though_somebody_talks_louder_than_the_echo(coach: Samples, person: Samples) -> None:
    talk: Samples = np.resize(person, coach.size).astype(np.float32)
    talk *= np.float32(10 ** ((-20 - active_db(talk)) / 20))
    mic = echo_of(coach, 0.35) + talk
    assert seconds_until_known(follow(DelayTracker(), mic, coach), 0.35, coach) <= 5.0


@pytest.mark.parametrize(("first", "then"), [(0.03, 0.5), (0.5, 0.03), (0.2, 0.25)])
def test_a_changed_delay_is_known_within_five_seconds_of_speech(
    coach: Samples, first: float, then: float
) -> None:
    tracker = DelayTracker()
    follow(tracker, echo_of(coach, first) + noise(coach.size, -46), coach)
    found = follow(tracker, echo_of(coach, then) + noise(coach.size, -46), coach)
    assert found[0] == pytest.approx(first * SAMPLE_RATE, abs=TOLERANCE)
    assert seconds_until_known(found, then, coach) <= 5.0


def test_a_delay_that_stays_is_given_unchanged(coach: Samples) -> None:
    far = np.tile(coach, 3)
    found = follow(DelayTracker(), echo_of(far, 0.3, 0.4) + noise(far.size, -22), far)
    assert len({delay for delay in found if delay is not None}) == 1


def test_a_whistle_louder_than_the_echo_hides_no_delay(coach: Samples) -> None:
    whistle = 0.3 * np.sin(2 * np.pi * 1037 / SAMPLE_RATE * np.arange(coach.size))
    mic = (echo_of(coach, 0.3) + whistle + noise(coach.size, -60)).astype(np.float32)
    assert seconds_until_known(follow(DelayTracker(), mic, coach), 0.3, coach) <= 4.0


def test_words_far_apart_make_a_delay_known(coach: Samples) -> None:
    far = np.zeros(SAMPLE_RATE * 16 // BLOCK * BLOCK, np.float32)
    for second in range(1, 16, 3):
        far[second * SAMPLE_RATE :][: SAMPLE_RATE // 2] = coach[: SAMPLE_RATE // 2]
    found = follow(DelayTracker(), echo_of(far, 0.3) + noise(far.size, -46), far)
    assert seconds_until_known(found, 0.3, far) <= 2.0


def test_estimates_that_contradict_each_other_make_no_delay() -> None:
    far = noise(16 * SAMPLE_RATE // BLOCK * BLOCK, -26)
    odd = np.arange(far.size) // (64 * BLOCK) % 2 == 1
    mic = echo_of(np.where(odd, far, 0), 0.1) + echo_of(np.where(odd, 0, far), 0.4)
    assert set(follow(DelayTracker(), mic, far)) == {None}


@pytest.mark.parametrize("now", [0.05, 0.2, 0.7])
def test_an_echo_that_has_moved_is_found_soon(coach: Samples, now: float) -> None:
    """Whoever notices says so; what came before is not looked at."""
    tracker = DelayTracker()
    follow(tracker, echo_of(coach, 0.4) + noise(coach.size, -60), coach)
    tracker.restart()
    found = follow(tracker, echo_of(coach, now) + noise(coach.size, -60), coach)
    assert seconds_until_known(found, now, coach) <= 2.0


def test_an_echo_that_is_gone_is_not_looked_for_in_a_hurry_for_long(
    coach: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With headphones there will be none: after some seconds it is looked for as seldom as before."""
    pieces: list[Samples] = []

    def flattened(mic: Samples) -> Samples:
        pieces.append(mic)
        return mic

    tracker = DelayTracker()
    tracker.restart()
    follow(tracker, noise(coach.size, -30), coach)
    monkeypatch.setattr("assistant.hearing.echo.delay._flattened", flattened)
    follow(tracker, noise(coach.size, -30), coach)
    assert 5 <= len(pieces) <= coach.size / SAMPLE_RATE


def test_one_piece_of_speech_is_not_enough(coach: Samples) -> None:
    word = np.zeros_like(coach)
    word[: SAMPLE_RATE // 2] = coach[: SAMPLE_RATE // 2]
    tracker = DelayTracker()
    found = follow(tracker, echo_of(word, 0.3) + noise(word.size, -66), word)
    assert set(found) == {None}
    assert tracker.confidence > 0.5


def test_an_echo_that_came_once_does_not_confirm_itself(coach: Samples) -> None:
    mic = noise(coach.size, -60)
    mic[:FIRST_PIECE] += echo_of(coach, 0.3)[:FIRST_PIECE]
    assert set(follow(DelayTracker(), mic, coach)) == {None}


def test_a_muted_microphone_confirms_nothing(coach: Samples) -> None:
    mic = echo_of(coach, 0.3)
    mic[FIRST_PIECE:] = 0
    assert set(follow(DelayTracker(), mic, coach)) == {None}


@pytest.mark.parametrize("sound", ["person", "chords", "claps", "claps over hum", "hum", "noise", "nothing"])
def test_without_an_echo_there_is_no_delay(coach: Samples, person: Samples, sound: str) -> None:
    far = np.tile(coach, 8)
    turns = 2 * np.pi * np.arange(far.size) / SAMPLE_RATE
    claps = np.where(np.arange(far.size) % 12_000 < 20, noise(far.size, -6), 0)
    quiet = noise(far.size, -80)[::-1]
    mic = {
        "person": np.resize(person, far.size) + quiet,
        "chords": 0.1 * np.sin(np.outer([110.3, 220.9, 331.7, 900.1], turns)).sum(axis=0) + quiet,
        "claps": claps + quiet,
        "claps over hum": claps + 0.2 * np.sin(50 * turns) + quiet,
        "hum": np.round(9830 * np.sin(60 * turns)) / 32_768,
        "noise": noise(far.size, -30) + quiet,
        "nothing": np.zeros(far.size),
    }[sound]
    assert set(follow(DelayTracker(), np.asarray(mic, np.float32), far)) == {None}
