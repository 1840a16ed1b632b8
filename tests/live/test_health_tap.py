"""The microphone's health as events."""

from __future__ import annotations

import numpy as np

from assistant.coaching.events import Event, TroubleBegan, TroubleEnded
from assistant.hearing.echo.canceller import EchoCanceller
from assistant.hearing.health import MicrophoneHealth
from assistant.live.health_tap import HealthTap
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

SILENCE = np.zeros(BLOCK, np.float32)


def _run(checkup: HealthTap, mic: Samples, seconds: float) -> list[Event]:
    events: list[Event] = []
    for i in range(round(seconds * SAMPLE_RATE / BLOCK)):
        start = i * BLOCK % max(mic.size - BLOCK, 1)
        checkup.process(mic[start : start + BLOCK], SILENCE)
        events += checkup.notice(i * BLOCK / SAMPLE_RATE)
    return events


def test_a_drowned_microphone_is_told_and_its_end() -> None:
    """Loud steady noise, and then a quiet room."""
    noise = np.random.default_rng(1).standard_normal(SAMPLE_RATE).astype(np.float32)
    checkup = HealthTap(EchoCanceller(), MicrophoneHealth())
    assert _run(checkup, noise * np.float32(0.001), 3) == []
    assert _run(checkup, noise * np.float32(0.2), 8) == [TroubleBegan("drowned")]
    assert _run(checkup, noise * np.float32(0.001), 10) == [TroubleEnded("drowned")]


def test_a_microphone_that_never_gave_anything_is_told() -> None:
    """Until it does."""
    checkup = HealthTap(EchoCanceller(), MicrophoneHealth())
    assert _run(checkup, np.zeros(2 * BLOCK, np.float32), 10) == [TroubleBegan("lifeless")]
    noise = np.random.default_rng(1).standard_normal(SAMPLE_RATE).astype(np.float32)
    assert _run(checkup, noise * np.float32(0.001), 1) == [TroubleEnded("lifeless")]


def test_a_voice_whose_level_is_known_is_drowned_by_less() -> None:
    """Noise that a usual voice stands out from."""
    noise = np.random.default_rng(1).standard_normal(SAMPLE_RATE).astype(np.float32)
    for known, events in ((None, []), (-45.0, [TroubleBegan("drowned")])):
        checkup = HealthTap(EchoCanceller(), MicrophoneHealth(), known)
        assert _run(checkup, noise * np.float32(0.01), 8) == events
