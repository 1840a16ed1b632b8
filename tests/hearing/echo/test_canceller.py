from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.hearing.echo.canceller import PARTITIONS, EchoCanceller
from assistant.hearing.echo.convolution import PartitionedFilter
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, power_db

Say = Callable[..., Samples]


SENTENCES = (
    "Lower for three seconds, then drive up.",
    "Keep your back flat on the floor.",
    "And breathe out as you lift.",
    "Rest for thirty seconds, then we go on with the other leg.",
)


def whole_blocks(samples: Samples) -> Samples:
    return samples[: samples.size // BLOCK * BLOCK]


def through(room: Samples, sound: Samples) -> Samples:
    path = PartitionedFilter(room)
    return np.concatenate([path.process(block) for block in sound.reshape(-1, BLOCK)])


def a_room(seed: int, gain: float, decay_seconds: float = 0.35) -> Samples:
    """A direct sound after 30 ms, then noise that dies away by 60 dB in the given time."""
    random = np.random.default_rng(seed)
    time = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    response = 0.12 * random.normal(size=time.size) * 10 ** (-3 * time / decay_seconds)
    response[0] = 1
    response *= gain / np.sqrt(np.sum(np.square(response)))
    return np.pad(response, (round(0.03 * SAMPLE_RATE), 0)).astype(np.float32)


@pytest.fixture(scope="module")
def coach(say: Say) -> Samples:
    """About ten seconds of the coach, as the loudspeaker plays them."""
    return whole_blocks(0.5 * np.concatenate([say(text, before=0.0, after=0.15) for text in SENTENCES]))


def cancel(mic: Samples, far: Samples) -> tuple[Samples, list[bool]]:
    canceller = EchoCanceller()
    clean: list[Samples] = []
    near: list[bool] = []
    for at in range(0, mic.size, BLOCK):
        block, near_end = canceller.process(mic[at : at + BLOCK], far[at : at + BLOCK])
        clean.append(block)
        near.append(near_end)
    return np.concatenate(clean), near


def erle_db(echo: Samples, left: Samples, first: float, last: float) -> float:
    part = slice(round(first * SAMPLE_RATE), round(last * SAMPLE_RATE))
    return power_db(echo[part]) - power_db(left[part])


@pytest.mark.parametrize(("seed", "gain"), [(1, 1.0), (2, 2.0), (3, 0.3)])
def test_the_echo_is_15_db_quieter_after_three_seconds(coach: Samples, seed: int, gain: float) -> None:
    echo = through(a_room(seed, gain), coach)
    hiss = np.random.default_rng(0).normal(0, 3e-4, echo.size).astype(np.float32)
    left, near = cancel(echo + hiss, coach)
    assert erle_db(echo, left, 3, coach.size / SAMPLE_RATE) >= 15
    assert erle_db(echo, left, 1, 2) >= 6
    assert np.mean(near) < 0.02


def test_the_person_is_not_cancelled_and_does_not_spoil_the_canceller(coach: Samples, say: Say) -> None:
    echo = through(a_room(4, 1.0), coach)
    person = np.zeros_like(echo)
    words = say("how many left", "en-us+f3", before=0.0, after=0.0)
    for second in (2, 4, 6):
        person[second * SAMPLE_RATE :][: words.size] = words
    clean, near = cancel(echo + person, coach)
    assert erle_db(echo, clean - person, 3, 8) >= 13
    spoken = slice(6 * SAMPLE_RATE, 6 * SAMPLE_RATE + words.size)
    assert power_db(clean[spoken] - person[spoken]) < power_db(person[spoken]) - 8
    blocks = slice(spoken.start // BLOCK, spoken.stop // BLOCK)
    assert np.mean(near[blocks]) > 0.3


def test_without_a_loudspeaker_the_microphone_is_left_alone(say: Say) -> None:
    mic = whole_blocks(say("next set"))
    clean, near = cancel(mic, np.zeros_like(mic))
    np.testing.assert_array_equal(clean, mic)
    assert any(near)
    assert not any(near[:20]), "a quiet room is nobody"


def over(canceller: EchoCanceller, mic: Samples, far: Samples) -> Samples:
    return np.concatenate(
        [
            canceller.process(mic[at : at + BLOCK], far[at : at + BLOCK]).clean
            for at in range(0, mic.size, BLOCK)
        ]
    )


def later(sound: Samples, blocks: int) -> Samples:
    """The same sound, as long, a number of blocks later."""
    return np.pad(sound, (blocks * BLOCK, 0))[: sound.size]


@pytest.mark.parametrize(("first", "then"), [(0, 6), (6, 0), (6, 9)])
def test_what_was_learnt_moves_with_the_far_end(coach: Samples, first: int, then: int) -> None:
    echo = later(through(a_room(5, 1.0, 0.15), coach), 9)
    half = coach.size // BLOCK // 2 * BLOCK
    canceller = EchoCanceller()
    over(canceller, echo[:half], later(coach, first)[:half])
    far = later(coach, then)
    canceller.shift(then - first, far[half - (PARTITIONS + 1) * BLOCK : half])
    left = over(canceller, echo[half:], far[half:])
    assert erle_db(echo[half:], left, 0.0, 0.5) >= 18


def test_the_part_of_the_path_that_comes_into_reach_is_learnt(coach: Samples) -> None:
    echo = later(through(a_room(5, 1.0, 0.15), coach), 24)
    canceller = EchoCanceller()
    over(canceller, echo, coach)
    far = later(coach, 10)
    canceller.shift(10, far[-(PARTITIONS + 1) * BLOCK :])
    left = over(canceller, echo, far)
    assert erle_db(echo, left, 3, coach.size / SAMPLE_RATE) >= 15


def test_after_a_shift_beyond_its_reach_it_is_as_at_the_beginning(coach: Samples) -> None:
    canceller, new = EchoCanceller(), EchoCanceller()
    over(canceller, through(a_room(6, 1.0), coach), coach)
    canceller.shift(PARTITIONS + 4, np.zeros((PARTITIONS + 1) * BLOCK, np.float32))
    echo = through(a_room(7, 1.0), coach)
    ends = round(2 * SAMPLE_RATE)
    moved, fresh = over(canceller, echo, coach), over(new, echo, coach)
    assert power_db(moved[SAMPLE_RATE:ends]) == pytest.approx(power_db(fresh[SAMPLE_RATE:ends]), abs=1)


def test_a_path_that_is_doubted_is_learnt_as_fast_as_at_the_beginning(coach: Samples) -> None:
    left: dict[bool, Samples] = {}
    echo = later(through(a_room(9, 1.0, 0.2), coach), 3)
    for doubted in (False, True):
        canceller = EchoCanceller()
        over(canceller, through(a_room(8, 1.0), coach), coach)
        if doubted:
            canceller.doubt()
        left[doubted] = over(canceller, echo, coach)
    assert erle_db(echo, left[True], 3, 5) >= 15
    assert erle_db(echo, left[True], 3, 5) >= erle_db(echo, left[False], 3, 5) + 8


def test_a_path_that_is_doubted_a_little_hides_nobody(coach: Samples, say: Say) -> None:
    """Where all of it is doubted, nobody as loud as the echo stands out."""
    echo = through(a_room(8, 1.0), coach)
    words = whole_blocks(say("How many are left of this set?", "en-us+f3", before=0.0))
    talk: Samples = words * np.float32(10 ** ((power_db(echo) - power_db(words)) / 20))
    mic = echo[: words.size] + talk
    heard: dict[float, float] = {}
    for share in (0.1, 1.0):
        canceller = EchoCanceller()
        over(canceller, echo, coach)
        canceller.doubt(share)
        near: list[bool] = []
        for at in range(0, SAMPLE_RATE // 2 // BLOCK * BLOCK, BLOCK):
            near.append(canceller.process(mic[at : at + BLOCK], coach[at : at + BLOCK]).near_end)
        heard[share] = float(np.mean(near))
    assert heard[0.1] >= 0.25
    assert heard[1.0] < 0.1
