"""The echo's delay is found to the millisecond, in noise and whatever its level, or not at all."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.calibration.sweep import SWEEP_SECONDS, TAIL_SECONDS, find_echo, rising_sound
from assistant.rehearsal.room import SPEECH_DB, impulse_response
from assistant.sound import SAMPLE_RATE, Samples, active_db

FAR = np.concatenate([rising_sound(-20), np.zeros(round(TAIL_SECONDS * SAMPLE_RATE), np.float32)])


def taken(delay: float, echo_db: float, noise_db: float, seed: int, reverberation: float = 0.2) -> Samples:
    """What a microphone takes of the sweep."""
    rng = np.random.default_rng(seed)
    path = impulse_response(rng, delay, reverberation)
    size = 1 << (FAR.size + path.size).bit_length()
    echo = np.fft.irfft(np.fft.rfft(FAR, size) * np.fft.rfft(path, size), size)[: FAR.size].astype(np.float32)
    echo *= np.float32(10 ** ((echo_db - active_db(echo)) / 20))
    noise = rng.standard_normal(FAR.size).astype(np.float32) * np.float32(10 ** (noise_db / 20))
    return np.asarray(np.clip(echo + noise, -1.0, 1.0), np.float32)


@pytest.mark.parametrize("delay_ms", [20, 45, 90, 150, 220, 300, 500, 750])
@pytest.mark.parametrize("echo_db", [-10.0, 0.0, 12.0])
@pytest.mark.parametrize("noise_db", [-75.0, -42.0])
def test_the_delay_is_found(delay_ms: int, echo_db: float, noise_db: float) -> None:
    """Within five milliseconds; relative to a person's voice, in dry rooms and in live ones."""
    for seed, reverberation in enumerate((0.1, 0.2, 0.4)):
        mic = taken(delay_ms / 1000, SPEECH_DB + echo_db, noise_db, seed, reverberation)
        found = find_echo(mic, FAR)
        assert found is not None
        assert found.delay_seconds == pytest.approx(delay_ms / 1000, abs=0.005)


def test_a_clipped_echo_still_tells_its_delay() -> None:
    """Its tops are not needed."""
    found = find_echo(np.clip(10 * taken(0.1, -20, -75, 1), -0.5, 0.5), FAR)
    assert found is not None
    assert found.delay_seconds == pytest.approx(0.1, abs=0.005)


def test_without_an_echo_none_is_found() -> None:
    """In silence, in steady noise and in bursts of it."""
    silence = np.zeros_like(FAR)
    assert find_echo(silence, FAR) is None
    assert find_echo(FAR, silence) is None
    for seed in range(20):
        noise = 0.01 * np.random.default_rng(seed).standard_normal(FAR.size).astype(np.float32)
        assert find_echo(noise, FAR) is None
        assert find_echo(noise * (np.arange(FAR.size) % SAMPLE_RATE < SAMPLE_RATE // 5), FAR) is None


def test_the_sweep_is_as_loud_as_it_was_asked_for_and_begins_softly() -> None:
    """It is no fright."""
    sweep = rising_sound(-26)
    assert sweep.size == SWEEP_SECONDS * SAMPLE_RATE
    assert active_db(sweep) == pytest.approx(-26, abs=0.1)
    assert np.abs(sweep[:80]).max() < 0.1 * np.abs(sweep).max()
