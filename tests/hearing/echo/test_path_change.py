"""Noticing that the echo no longer comes the way it was learnt."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.hearing.echo.path_change import PathChange
from assistant.sound import BLOCK, Samples

_DICE = np.random.default_rng(1)
ECHO, OTHER, TALK = (0.1 * _DICE.standard_normal((100, BLOCK)).astype(np.float32) for _ in range(3))


def lost_after(path: PathChange, mic: Samples, estimate: Samples) -> int | None:
    """The block, counted from 1, at which it says so first."""
    for i, (heard, expected) in enumerate(zip(mic, estimate, strict=True), 1):
        if path.follow(heard, heard - expected):
            return i
    return None


@pytest.fixture
def known() -> PathChange:
    """The path of an echo that was taken out for a while."""
    path = PathChange()
    assert lost_after(path, ECHO, 0.8 * ECHO) is None
    return path


def test_an_echo_from_elsewhere_is_noticed_within_a_quarter_of_a_second(known: PathChange) -> None:
    after = lost_after(known, OTHER, 0.8 * ECHO)
    assert after is not None
    assert after <= 16


def test_what_was_lost_once_is_not_lost_again_before_it_is_known(known: PathChange) -> None:
    assert lost_after(known, OTHER, ECHO) is not None
    assert lost_after(known, OTHER, ECHO) is None
    assert lost_after(known, OTHER, 0.8 * OTHER) is None
    assert lost_after(known, ECHO, OTHER) is not None


def test_a_device_that_gives_nothing_has_lost_it(known: PathChange) -> None:
    assert lost_after(known, np.zeros_like(ECHO), ECHO) is not None


@pytest.mark.parametrize("louder", [0.5, 1.0, 2.0, 3.0, 10.0])
def test_somebody_who_talks_over_it_makes_nothing_lost(known: PathChange, louder: float) -> None:
    mic: Samples = (ECHO + louder * TALK).astype(np.float32)
    assert lost_after(known, mic, 0.8 * ECHO) is None


def test_what_was_never_known_is_not_lost() -> None:
    """With headphones nothing comes back; what is taken out of talk then is nothing but chance."""
    assert lost_after(PathChange(), TALK, 0.5 * ECHO) is None


def test_silence_tells_nothing(known: PathChange) -> None:
    assert lost_after(known, TALK, np.zeros_like(TALK)) is None
