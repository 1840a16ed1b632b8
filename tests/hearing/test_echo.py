from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.hearing.convolution import PartitionedFilter
from assistant.hearing.echo import EchoCanceller
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
        clean.append(canceller.process(mic[at : at + BLOCK], far[at : at + BLOCK]))
        near.append(canceller.near_end)
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
