"""By how much an echo has jumped."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.hearing.echo.moved_echo import MOST_LAG, MovedEcho
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

BEFORE = 20
"""Blocks of the microphone before it is looked for."""


def _sound(seed: int, seconds: float = 3.0) -> Samples:
    """Noise in syllables, as loud as speech."""
    dice = np.random.default_rng(seed)
    syllables = np.repeat(dice.uniform(0.02, 1.0, round(10 * seconds)), SAMPLE_RATE // 10)
    return (0.1 * syllables * dice.standard_normal(syllables.size)).astype(np.float32)


def _found(mic: Samples, echo: Samples) -> tuple[int | None, int]:
    """Give what is found and after how many blocks."""
    mics, echoes = (one[: one.size // BLOCK * BLOCK].reshape(-1, BLOCK) for one in (mic, echo))
    search = MovedEcho(list(mics[:BEFORE]))
    for number, (near, was) in enumerate(zip(mics[BEFORE:], echoes[BEFORE:], strict=True), 1):
        if (later := search.follow(near, was)) is not None:
            return later, number
        if search.given_up:
            return None, number
    return None, len(mics)


@pytest.mark.parametrize("later", [-MOST_LAG, -1234, -7, 0, 1, 850, MOST_LAG])
def test_a_jump_is_found_to_the_sample(later: int) -> None:
    """Sooner or later, within a second."""
    echo = _sound(1)
    found, blocks = _found(np.roll(echo, later), echo)
    assert found == later
    assert blocks * BLOCK <= SAMPLE_RATE


def test_a_jump_is_found_while_somebody_talks() -> None:
    """Two thirds as loud as the echo."""
    echo = _sound(1)
    both = np.roll(echo, 600) + 0.66 * _sound(2)
    assert _found(both.astype(np.float32), echo)[0] == 600


def test_another_sound_is_no_echo() -> None:
    """It is given up within two seconds."""
    found, blocks = _found(_sound(2), _sound(1))
    assert found is None
    assert blocks * BLOCK <= 2 * SAMPLE_RATE


@pytest.mark.parametrize("silent", ["far end", "microphone"])
def test_silence_tells_nothing(silent: str) -> None:
    """Nobody can tell where an echo of nothing comes from."""
    sound, silence = _sound(1), np.zeros(3 * SAMPLE_RATE, np.float32)
    assert _found(*(sound, silence) if silent == "far end" else (silence, sound))[0] is None
