"""The simulated room."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import InputError
from assistant.rehearsal.room import (
    ECHO_DELAY_SECONDS,
    SPEECH_DB,
    SimulatedRoom,
    read_response,
    through_room,
)
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db, write_sound

SPEECH = (0.1 * np.random.default_rng(5).standard_normal(SAMPLE_RATE)).astype(np.float32)
SILENCE = np.zeros(BLOCK, np.float32)


def _play(room: SimulatedRoom, samples: Samples) -> Samples:
    blocks = samples[: samples.size // BLOCK * BLOCK].reshape(-1, BLOCK)
    return np.concatenate([room.exchange(block) for block in blocks])


@pytest.mark.parametrize("echo_db", [-15.0, 0.0, 6.0])
def test_the_echo_has_the_level_that_was_asked_for(echo_db: float) -> None:
    """Relative to the athlete's speech."""
    taken = _play(SimulatedRoom(echo_db, SPEECH, None, 20, seed=1), SPEECH)
    assert active_db(taken[3200:]) == pytest.approx(SPEECH_DB + echo_db, abs=1.0)


def test_the_echo_comes_back_late() -> None:
    """Nothing but the microphone's own noise before the delay of the path."""
    taken = _play(SimulatedRoom(12, SPEECH, None, 20, seed=1), SPEECH)
    delay = int(ECHO_DELAY_SECONDS * SAMPLE_RATE)
    assert active_db(taken[:delay]) < -70
    assert active_db(taken[delay : 2 * delay]) > -30


def test_the_same_seed_makes_the_same_room() -> None:
    """And another one another."""
    takes = [_play(SimulatedRoom(0, SPEECH, None, 20, seed), SPEECH) for seed in (1, 1, 2)]
    assert np.array_equal(takes[0], takes[1])
    assert not np.array_equal(takes[0], takes[2])


def test_noise_is_as_far_below_the_speech_as_was_asked_for() -> None:
    """And repeated for as long as the session lasts."""
    room = SimulatedRoom(0, SPEECH, SPEECH[: SAMPLE_RATE // 2], 12, seed=1)
    taken = _play(room, np.zeros(3 * SAMPLE_RATE, np.float32))
    assert active_db(taken[2 * SAMPLE_RATE :]) == pytest.approx(SPEECH_DB - 12, abs=1.0)


def test_what_the_athlete_says_begins_where_it_should() -> None:
    """To the sample, across blocks."""
    room = SimulatedRoom(-60, SPEECH, None, 20, seed=1)
    room.say(np.full(700, 0.5, np.float32), at=1000)
    taken = _play(room, np.zeros(20 * BLOCK, np.float32))
    assert np.flatnonzero(taken > 0.4).tolist() == list(range(1000, 1700))


def test_loud_things_clip_as_a_microphone_does() -> None:
    """They do not wrap or grow."""
    room = SimulatedRoom(-60, SPEECH, None, 20, seed=1)
    room.say(np.full(BLOCK, 3.0, np.float32), at=0)
    assert room.exchange(SILENCE).max() == 1.0


def _response(delay: int, *, tail: bool = True) -> Samples:
    """An impulse response whose direct sound comes at a sample."""
    response = np.zeros(4800, np.float32)
    response[delay] = -1.0
    if tail:
        response[delay + 800] = 0.4
    return response


def _peaks(taken: Samples) -> list[int]:
    loud = np.abs(taken)
    return np.flatnonzero(loud > 0.2 * loud.max()).tolist()


def test_the_athlete_is_heard_through_the_room() -> None:
    """At once, at the level of before, and with what the walls give back."""
    room = SimulatedRoom(-60, SPEECH, None, 20, seed=1, responses=[_response(300)])
    said = np.zeros(SAMPLE_RATE // 10, np.float32)
    said[0] = 0.5
    room.say(said, at=1000)
    taken = _play(room, np.zeros(20 * BLOCK, np.float32))
    assert _peaks(taken) == [1000, 1800]
    assert taken[1800] / taken[1000] == pytest.approx(-0.4, abs=0.01)
    assert active_db(through_room(SPEECH, _response(300))) == pytest.approx(active_db(SPEECH), abs=0.01)


def test_who_turns_says_each_thing_in_another_room() -> None:
    """And begins again with the first."""
    room = SimulatedRoom(-60, SPEECH, None, 20, 1, responses=[_response(0), _response(0, tail=False)])
    said = np.zeros(SAMPLE_RATE // 10, np.float32)
    said[0] = 0.5
    for at in (1000, 4000, 7000):
        room.say(said, at)
    taken = _play(room, np.zeros(36 * BLOCK, np.float32))
    assert _peaks(taken) == [1000, 1800, 4000, 7000, 7800]


def test_the_coach_comes_back_through_the_first_room() -> None:
    """As loud as was asked for, after the delay of the devices."""
    played = np.zeros(40 * BLOCK, np.float32)
    played[0] = 0.01
    taken = _play(SimulatedRoom(0, SPEECH, None, 20, 1, responses=[_response(300)]), played)
    delay = int(ECHO_DELAY_SECONDS * SAMPLE_RATE)
    assert _peaks(taken) == [delay, delay + 800]


@pytest.mark.parametrize(
    ("samples", "problem"),
    [(np.zeros(1000, np.float32), "silent"), (np.tile(SPEECH, 6), "too long for the impulse response")],
)
def test_what_is_no_impulse_response_is_named(samples: Samples, problem: str, tmp_path: Path) -> None:
    """With the file."""
    write_sound(tmp_path / "room.wav", samples)
    with pytest.raises(InputError, match=problem) as caught:
        read_response(tmp_path / "room.wav")
    assert "room.wav" in str(caught.value)
