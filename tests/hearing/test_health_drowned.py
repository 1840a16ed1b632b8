"""A microphone that takes too much noise for a voice to be heard."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.hearing.echo.canceller import EchoCanceller
from assistant.hearing.health import HealthChange, MicrophoneHealth
from assistant.rehearsal.room import SPEECH_DB, impulse_response
from assistant.sound import BLOCK, Samples

Changes = Callable[..., list[HealthChange]]
Sound = Callable[..., Samples]
Span = Callable[[float], int]

DROWNED = HealthChange(began=("drowned",))
QUIET = HealthChange(over=("drowned",))


def test_steady_loud_noise_drowns_a_voice(changes: Changes, noise: Sound) -> None:
    health = MicrophoneHealth()
    changes(health, noise(3, -60))
    assert changes(health, noise(4.8, -20)) == []
    assert changes(health, noise(0.8, -20)) == [DROWNED]
    assert changes(health, noise(20, -20)) == []
    assert changes(health, noise(1.8, -60)) == []
    assert changes(health, noise(0.6, -60)) == [QUIET]


def test_the_noise_is_over_though_somebody_goes_on_talking(
    changes: Changes, span: Span, noise: Sound, loud: Sound, person: Samples
) -> None:
    health = MicrophoneHealth()
    changes(health, noise(6, -20))
    assert changes(health, loud(person, -20)[: span(8)]) == [QUIET]


def test_a_constant_offset_is_no_noise(changes: Changes, noise: Sound) -> None:
    assert changes(MicrophoneHealth(), noise(10, -60) + np.float32(0.2)) == []


def test_a_gap_does_not_end_the_noise(changes: Changes, noise: Sound) -> None:
    health = MicrophoneHealth()
    changes(health, noise(6, -20))
    assert changes(health, np.concatenate([noise(0.3, -60), noise(5, -20)] * 4)) == []


def test_noise_that_would_hide_no_voice_is_no_trouble(changes: Changes, noise: Sound) -> None:
    assert changes(MicrophoneHealth(), noise(20, -33)) == []


def test_a_kitchen_does_not_drown_a_person(
    changes: Changes, span: Span, noise: Sound, loud: Sound, person: Samples
) -> None:
    """Speech is 6 dB above it, and plates are louder."""
    bursts = np.repeat(np.where(np.arange(30) % 3 == 0, 3.0, 1.0), span(1) // 2)
    kitchen = np.resize(noise(15, 0)[: bursts.size] * bursts, person.size)
    kitchen *= 10 ** (-32 / 20) / np.sqrt(np.mean(np.square(kitchen)))
    mic = (kitchen + loud(person, SPEECH_DB)).astype(np.float32)
    assert changes(MicrophoneHealth(), mic) == []
    assert changes(MicrophoneHealth(), kitchen.astype(np.float32), speech_db=SPEECH_DB) == []


@pytest.mark.parametrize("decibels", [SPEECH_DB, -20.0, -14.0])
def test_somebody_who_talks_on_and_on_is_not_noise(
    changes: Changes, noise: Sound, loud: Sound, person: Samples, decibels: float
) -> None:
    mic = np.clip(loud(person, decibels) + noise(30, -70), -1, 1)
    assert changes(MicrophoneHealth(), mic) == []


def test_music_with_gaps_is_not_noise(changes: Changes, noise: Sound) -> None:
    bar = np.concatenate([noise(3, -20), noise(0.4, -60)])
    assert changes(MicrophoneHealth(), np.tile(bar, 8)) == []


def test_the_level_of_the_person_says_what_drowns_it(changes: Changes, noise: Sound) -> None:
    assert changes(MicrophoneHealth(), noise(10, -20), speech_db=-12) == []
    assert changes(MicrophoneHealth(), noise(10, -38), speech_db=-36) == [DROWNED]
    assert changes(MicrophoneHealth(), noise(10, -42), speech_db=-36) == []


@pytest.mark.parametrize("cancelled", [True, False])
def test_the_coach_loud_in_the_room_is_not_noise(
    changes: Changes, noise: Sound, loud: Sound, coach: Samples, cancelled: bool
) -> None:
    far = np.tile(coach, 3)
    path = impulse_response(np.random.default_rng(1), 0.03, 0.3)
    size = 2 * far.size
    echo = np.fft.irfft(np.fft.rfft(far, size) * np.fft.rfft(path, size))[: far.size]
    mic = np.clip(loud(echo.astype(np.float32), SPEECH_DB + 12) + noise(30, -75), -1, 1)
    canceller = EchoCanceller()
    blocks = range(0, far.size, BLOCK)
    cancelled_blocks = [canceller.process(mic[at : at + BLOCK], far[at : at + BLOCK]) for at in blocks]
    clean = np.concatenate([block.clean for block in cancelled_blocks])
    assert changes(MicrophoneHealth(), mic, far, clean if cancelled else mic) == []
