"""How loud the room is when nobody speaks."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.hearing.echo.canceller import EchoCanceller
from assistant.hearing.echo.near_end import WINDOW_SECONDS, NoiseFloor
from assistant.sound import BLOCK, SAMPLE_RATE

SECOND = SAMPLE_RATE // BLOCK
SILENCE = np.zeros(BLOCK, np.float32)


def test_the_floor_is_what_lies_between_the_words() -> None:
    floor = NoiseFloor()
    found = [floor.follow(1e-2 if i // SECOND % 2 else 1e-5) for i in range(12 * SECOND)]
    assert found[-1] == pytest.approx(1e-5, rel=1.0)
    assert max(found[SECOND:]) < 1e-4


def test_the_floor_rises_when_the_room_gets_louder_for_good() -> None:
    floor = NoiseFloor()
    for _ in range(5 * SECOND):
        floor.follow(1e-6)
    found = [floor.follow(1e-4) for _ in range(6 * SECOND)]
    assert found[SECOND] < 1e-5
    assert found[round((WINDOW_SECONDS + 1) * SECOND)] == pytest.approx(1e-4, rel=0.1)


@pytest.mark.parametrize("noise_db", [-60.0, -45.0, -35.0])
def test_steady_noise_is_nobody_and_a_voice_above_it_is_somebody(noise_db: float) -> None:
    rng = np.random.default_rng(4)
    canceller = EchoCanceller()
    gain = 10 ** (noise_db / 20)

    def share(seconds: int, voice: float) -> float:
        near = 0
        for _ in range(seconds * SECOND):
            mic = rng.standard_normal(BLOCK) * gain + rng.standard_normal(BLOCK) * voice
            near += canceller.process(mic.astype(np.float32), SILENCE).near_end
        return near / (seconds * SECOND)

    share(2, 0.0)
    assert share(6, 0.0) < 0.01
    assert share(1, 6 * gain) > 0.9
