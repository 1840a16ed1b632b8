"""Quiet speech is raised, from the first word on where its level is known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.hearing.gain import MOST_DB, TARGET_DB, AutomaticGain, levelled
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db, loudest_db, power_db

Loud = Callable[[Samples, float], Samples]


def raised_db(keeper: AutomaticGain, speech: Samples) -> float:
    """By how much speech is raised in its first 0.1 s."""
    first = speech[: 6 * BLOCK]
    out = np.concatenate([keeper.process(block) for block in first.reshape(-1, BLOCK)])
    return active_db(out) - active_db(first)


def test_a_voice_whose_level_is_known_is_raised_from_its_first_word(person: Samples, loud: Loud) -> None:
    """Without that knowledge it takes a word or two."""
    quiet = loud(person, -40)
    assert raised_db(AutomaticGain(-40.0), quiet) >= raised_db(AutomaticGain(), quiet) + 4


def test_a_louder_voice_than_was_known_is_not_overdriven(person: Samples, loud: Loud) -> None:
    """What was measured is where it starts, no more."""
    usual = loud(person, TARGET_DB)
    assert np.abs(AutomaticGain(-46.0).process(usual[:BLOCK])).max() <= 1.0
    keeper = AutomaticGain(-46.0)
    for block in usual[: 100 * BLOCK].reshape(-1, BLOCK):
        keeper.process(block)
    assert raised_db(keeper, usual[100 * BLOCK :]) < 6


def test_a_known_level_never_raises_more_than_the_most() -> None:
    """Nor does a loud one turn anything down."""
    block = np.full(BLOCK, 1e-3, np.float32)
    assert np.abs(AutomaticGain(-90.0).process(block)).max() <= 1e-3 * 10 ** (MOST_DB / 20) * 1.001
    assert np.array_equal(AutomaticGain(-10.0).process(block), block)


def test_a_pause_in_what_is_given_makes_the_next_clatter_no_louder(noise: Callable[..., Samples]) -> None:
    """What counts as background is the room, not what the recognizer is given between two sounds."""
    room, clatter, pause = (noise(0.9, db)[: 56 * BLOCK] for db in (-45.0, -31.0, -80.0))
    keeper, raised = AutomaticGain(), np.zeros(0, np.float32)
    for sound, given in ((room, room), (clatter, clatter), (room, pause), (clatter, clatter)):
        for heard, passed in zip(sound.reshape(-1, BLOCK), given.reshape(-1, BLOCK), strict=True):
            keeper.follow(heard)
            raised = keeper.process(passed)
    assert power_db(raised) < -30.0


def _speech(db: float) -> np.ndarray:
    rng = np.random.default_rng(3)
    sound = 1e-5 * rng.standard_normal(SAMPLE_RATE)
    sound[4000:9000] += 10 ** (db / 20) * rng.standard_normal(5000)
    return sound.astype(np.float32)


@pytest.mark.parametrize("db", [-50.0, -40.0, -30.0])
def test_a_quiet_recording_is_raised_by_one_gain(db: float) -> None:
    raised = levelled(_speech(db))
    assert active_db(raised) == pytest.approx(TARGET_DB, abs=1.5)
    assert raised[5000] / raised[6000] == pytest.approx(_speech(db)[5000] / _speech(db)[6000], rel=1e-3)


def test_loud_and_even_recordings_stay_as_they_are() -> None:
    """Nothing that could be speech stands out of a hiss."""
    loud = _speech(-10)
    assert np.array_equal(levelled(loud), loud)
    hiss = (1e-3 * np.random.default_rng(1).standard_normal(SAMPLE_RATE)).astype(np.float32)
    assert np.array_equal(levelled(hiss), hiss)
    assert loudest_db(np.zeros(0, np.float32)) == -120
