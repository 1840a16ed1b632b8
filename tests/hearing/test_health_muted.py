"""A microphone that was alive and is muted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.hearing.health import HealthChange, MicrophoneHealth
from assistant.live.alignment import CaptureAlignment
from assistant.rehearsal.room import SPEECH_DB
from assistant.sound import SAMPLE_RATE, Samples

Changes = Callable[..., list[HealthChange]]
Sound = Callable[..., Samples]
Span = Callable[[float], int]

MUTED = HealthChange(began=("microphone_muted",))
UNMUTED = HealthChange(over=("microphone_muted",))


def test_a_live_microphone_that_falls_silent_is_muted_after_five_seconds(
    changes: Changes, noise: Sound, silence: Sound
) -> None:
    health = MicrophoneHealth()
    assert changes(health, noise(11, -70)) == []
    assert changes(health, silence(4.9)) == []
    assert changes(health, silence(0.2)) == [MUTED]
    assert health.troubles == ("microphone_muted",)
    assert changes(health, silence(60)) == []
    assert changes(health, noise(1.9, -70)) == []
    assert changes(health, noise(0.2, -70)) == [UNMUTED]
    assert health.troubles == ()


def test_a_constant_is_as_silent_as_zeros(changes: Changes, noise: Sound, silence: Sound) -> None:
    health = MicrophoneHealth()
    changes(health, noise(11, -70))
    assert changes(health, silence(5.1) + np.float32(0.01)) == [MUTED]


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_a_mute_is_known_behind_a_resampler(rate: int, changes: Changes) -> None:
    """What is left of zeros there is less than any device can give, and not nought."""
    health, pairing = MicrophoneHealth(), CaptureAlignment(rate)
    played = 0
    told: list[HealthChange] = []
    room = np.random.default_rng(0).normal(0, 3e-4, rate // 100).astype(np.float32)
    for i in range(2000):
        played += SAMPLE_RATE // 100
        pairing.add(room if i < 1200 else np.zeros_like(room), played)
        for block in pairing.take(100):
            told += changes(health, block)
    assert told == [MUTED]


def test_a_click_does_not_end_a_mute(changes: Changes, noise: Sound, silence: Sound) -> None:
    health = MicrophoneHealth()
    changes(health, np.concatenate([noise(11, -70), silence(6)]))
    assert changes(health, np.concatenate([noise(0.1, -40), silence(4)] * 5)) == []


def test_clicks_far_apart_never_end_a_mute(changes: Changes, noise: Sound, silence: Sound) -> None:
    health = MicrophoneHealth()
    changes(health, np.concatenate([noise(11, -70), silence(6)]))
    assert changes(health, np.concatenate([noise(0.5, -40), silence(6)] * 6)) == []


def test_a_microphone_that_was_muted_can_be_muted_again(
    changes: Changes, noise: Sound, silence: Sound
) -> None:
    health = MicrophoneHealth()
    changes(health, np.concatenate([noise(11, -70), silence(60), noise(3, -70)]))
    assert changes(health, silence(5.1)) == [MUTED]


def test_zeros_before_the_first_sound_do_not_hide_a_later_mute(
    changes: Changes, noise: Sound, silence: Sound
) -> None:
    health = MicrophoneHealth()
    changes(health, np.concatenate([silence(6), noise(11, -70)]))
    assert changes(health, silence(5.1)) == [MUTED]


def test_a_microphone_with_little_past_is_not_muted(changes: Changes, noise: Sound, silence: Sound) -> None:
    health = MicrophoneHealth()
    assert changes(health, np.concatenate([noise(9, -70), silence(30)])) == []


def test_a_microphone_behind_a_noise_gate_is_not_muted_when_nobody_speaks(
    changes: Changes, span: Span, silence: Sound, loud: Sound, gated: Sound, person: Samples
) -> None:
    health = MicrophoneHealth()
    for _ in range(4):
        words = gated(loud(person, SPEECH_DB)[: span(12)])
        assert changes(health, np.concatenate([words, silence(20)])) == []


def test_a_microphone_behind_a_noise_gate_is_muted_when_the_coach_is_no_longer_in_it(
    changes: Changes, span: Span, silence: Sound, loud: Sound, gated: Sound, coach: Samples
) -> None:
    health = MicrophoneHealth()
    echo = gated(np.pad(loud(coach, -30), (span(0.4), 0))[: coach.size])
    changes(health, np.concatenate([echo, silence(3)]), np.concatenate([coach, silence(3)]))
    assert changes(health, silence(8)) == []
    assert changes(health, silence(4), coach[: span(4)]) == [MUTED]


def test_a_gated_microphone_on_headphones_is_not_muted(
    changes: Changes, span: Span, silence: Sound, loud: Sound, gated: Sound, coach: Samples, person: Samples
) -> None:
    """Somebody speaks now and then, over the coach too."""
    health = MicrophoneHealth()
    talk = silence(10)
    talk[span(1) : span(2.5)] = gated(loud(person, SPEECH_DB)[: span(1.5)])
    for _ in range(6):
        assert changes(health, np.concatenate([talk, silence(10)]), np.tile(coach, 2)) == []


def test_an_echo_that_may_still_come_is_not_missed(
    changes: Changes, span: Span, silence: Sound, loud: Sound, gated: Sound, coach: Samples
) -> None:
    """The coach has spoken for a second, and the echo of its end has not come yet."""
    health = MicrophoneHealth()
    echo = gated(np.pad(loud(coach, -30), (span(0.8), 0))[: coach.size])
    changes(health, np.concatenate([echo, silence(3)]), np.concatenate([coach, silence(3)]))
    changes(health, silence(5))
    assert changes(health, silence(1.4), coach[: span(1.4)]) == []


def test_a_coach_that_speaks_softly_behind_a_noise_gate_is_not_missed(
    changes: Changes, span: Span, silence: Sound, loud: Sound, gated: Sound, coach: Samples
) -> None:
    health = MicrophoneHealth()
    echo = gated(np.pad(loud(coach, -30), (span(0.2), 0))[: coach.size])
    changes(health, np.concatenate([echo, silence(3)]), np.concatenate([coach, silence(3)]))
    softly = coach * np.float32(0.1)
    assert changes(health, silence(20), np.tile(softly, 2)) == []


def test_words_missed_in_different_silences_do_not_add_up(
    changes: Changes, span: Span, noise: Sound, silence: Sound, loud: Sound, gated: Sound, coach: Samples
) -> None:
    health = MicrophoneHealth()
    echo = gated(np.pad(loud(coach, -30), (span(0.2), 0))[: coach.size])
    changes(health, np.concatenate([echo, silence(3)]), np.concatenate([coach, silence(3)]))
    word = silence(9)
    word[: span(0.7)] = coach[: span(0.7)]
    for _ in range(3):
        changes(health, noise(0.1, -40))
        assert changes(health, silence(9), word) == []
