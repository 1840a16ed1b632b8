"""Whether the microphone can hear a person at all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assistant.hearing.health import HealthChange, MicrophoneHealth
from assistant.sound import Samples

Changes = Callable[..., list[HealthChange]]
Sound = Callable[..., Samples]
Span = Callable[[float], int]


def test_nothing_but_zeros_ever_is_lifeless_and_no_trouble(
    changes: Changes, span: Span, noise: Sound, silence: Sound, coach: Samples
) -> None:
    health = MicrophoneHealth()
    assert changes(health, silence(7.9), coach[: span(7.9)]) == []
    assert not health.lifeless
    assert changes(health, silence(30)) == []
    assert health.lifeless
    changes(health, noise(0.1, -70))
    assert not health.lifeless


def test_zeros_after_sound_are_not_lifeless(changes: Changes, noise: Sound, silence: Sound) -> None:
    health = MicrophoneHealth()
    changes(health, np.concatenate([noise(1, -70), silence(30)]))
    assert not health.lifeless


def test_troubles_come_and_go_on_their_own(changes: Changes, noise: Sound, silence: Sound) -> None:
    health = MicrophoneHealth()
    changes(health, noise(11, -70))
    roar = np.clip(noise(5.5, 10), -1, 1)
    begun = changes(health, roar)
    assert {trouble for change in begun for trouble in change.began} == {"clipping", "drowned"}
    assert set(health.troubles) == {"clipping", "drowned"}
    ended = changes(health, silence(5.5))
    assert {trouble for change in ended for trouble in change.over} == {"clipping", "drowned"}
    assert health.troubles == ("microphone_muted",)
