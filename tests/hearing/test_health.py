"""Whether the microphone can hear a person at all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.hearing.echo import EchoCanceller
from assistant.hearing.health import HealthChange, MicrophoneHealth, Trouble
from assistant.rehearsal.room import SPEECH_DB, impulse_response
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db

Say = Callable[..., Samples]

SENTENCES = (
    "Lower for three seconds, then drive up.",
    "Keep your back flat on the floor, and breathe out as you lift.",
    "Rest for thirty seconds, then we go on with the other leg.",
)


def span(seconds: float) -> int:
    """Samples in whole blocks."""
    return round(seconds * SAMPLE_RATE / BLOCK) * BLOCK


def silence(seconds: float) -> Samples:
    return np.zeros(span(seconds), np.float32)


def noise(seconds: float, decibels: float, seed: int = 0) -> Samples:
    steady = np.random.default_rng(seed).normal(0, 10 ** (decibels / 20), span(seconds))
    return steady.astype(np.float32)


def loud(samples: Samples, decibels: float) -> Samples:
    return samples * np.float32(10 ** ((decibels - active_db(samples)) / 20))


@pytest.fixture(scope="module")
def coach(say: Say) -> Samples:
    """Ten seconds of the coach without any noise, as the loudspeaker plays them."""
    sentences = np.concatenate([say(text, before=0.0, after=0.1) for text in SENTENCES])
    sentences[np.abs(sentences) < 2e-3] = 0
    return loud(np.resize(sentences, span(10)).astype(np.float32), -20)


@pytest.fixture(scope="module")
def person(say: Say) -> Samples:
    """Somebody who talks for half a minute."""
    words = np.concatenate([say(text, "en-us+f3", before=0.0, after=0.1) for text in SENTENCES])
    return np.resize(words, span(30)).astype(np.float32)


class Session:
    """A microphone's health over time, and what became of it when."""

    def __init__(self) -> None:
        self.health = MicrophoneHealth()
        self.seconds = 0.0
        self.changes: list[tuple[float, HealthChange]] = []

    def run(
        self,
        mic: Samples,
        far: Samples | None = None,
        clean: Samples | None = None,
        speech_db: float | None = None,
    ) -> list[HealthChange]:
        """Give what changed in these samples; where nothing else is said, nobody else speaks."""
        before = len(self.changes)
        for at in range(0, mic.size, BLOCK):
            part = slice(at, at + BLOCK)
            played = np.zeros(BLOCK, np.float32) if far is None else far[part]
            cleaned = mic[part] if clean is None else clean[part]
            change = self.health.follow(mic[part], cleaned, played, speech_db)
            self.seconds += BLOCK / SAMPLE_RATE
            if change is not None:
                self.changes.append((self.seconds, change))
        return [change for _, change in self.changes[before:]]


def began(trouble: Trouble) -> HealthChange:
    return HealthChange(began=(trouble,))


def over(trouble: Trouble) -> HealthChange:
    return HealthChange(over=(trouble,))


def gated(sound: Samples) -> Samples:
    """As a microphone gives it that sends zeros whenever it takes a block for noise."""
    blocks = sound.reshape(-1, BLOCK).copy()
    blocks[np.sqrt(np.mean(np.square(blocks), axis=1)) < 3e-3] = 0
    return blocks.reshape(-1)


def test_a_live_microphone_that_falls_silent_is_muted_after_five_seconds() -> None:
    session = Session()
    assert session.run(noise(11, -70)) == []
    assert session.run(silence(4.9)) == []
    assert session.run(silence(0.2)) == [began("microphone_muted")]
    assert session.health.troubles == ("microphone_muted",)
    assert session.run(silence(60)) == []
    assert session.run(noise(1.9, -70)) == []
    assert session.run(noise(0.2, -70)) == [over("microphone_muted")]
    assert session.health.troubles == ()


def test_a_constant_is_as_silent_as_zeros() -> None:
    session = Session()
    session.run(noise(11, -70))
    assert session.run(silence(5.1) + np.float32(0.01)) == [began("microphone_muted")]


def test_a_click_does_not_end_a_mute() -> None:
    session = Session()
    session.run(np.concatenate([noise(11, -70), silence(6)]))
    assert session.run(np.concatenate([noise(0.1, -40), silence(4)] * 5)) == []


def test_clicks_far_apart_never_end_a_mute() -> None:
    session = Session()
    session.run(np.concatenate([noise(11, -70), silence(6)]))
    assert session.run(np.concatenate([noise(0.5, -40), silence(6)] * 6)) == []


def test_a_microphone_that_was_muted_can_be_muted_again() -> None:
    session = Session()
    session.run(np.concatenate([noise(11, -70), silence(60), noise(3, -70)]))
    assert session.run(silence(5.1)) == [began("microphone_muted")]


def test_zeros_before_the_first_sound_do_not_hide_a_later_mute() -> None:
    session = Session()
    session.run(np.concatenate([silence(6), noise(11, -70)]))
    assert session.run(silence(5.1)) == [began("microphone_muted")]


def test_a_microphone_with_little_past_is_not_muted() -> None:
    session = Session()
    assert session.run(np.concatenate([noise(9, -70), silence(30)])) == []


def test_a_microphone_behind_a_noise_gate_is_not_muted_when_nobody_speaks(person: Samples) -> None:
    session = Session()
    for _ in range(4):
        words = gated(loud(person, SPEECH_DB)[: span(12)])
        assert session.run(np.concatenate([words, silence(20)])) == []


def test_a_microphone_behind_a_noise_gate_is_muted_when_the_coach_is_no_longer_in_it(coach: Samples) -> None:
    session = Session()
    echo = gated(np.pad(loud(coach, -30), (span(0.4), 0))[: coach.size])
    session.run(np.concatenate([echo, silence(3)]), np.concatenate([coach, silence(3)]))
    assert session.run(silence(8)) == []
    assert session.run(silence(4), coach[: span(4)]) == [began("microphone_muted")]


def test_a_gated_microphone_on_headphones_is_not_muted(coach: Samples, person: Samples) -> None:
    """Somebody speaks now and then, over the coach too."""
    session = Session()
    talk = silence(10)
    talk[span(1) : span(2.5)] = gated(loud(person, SPEECH_DB)[: span(1.5)])
    for _ in range(6):
        assert session.run(np.concatenate([talk, silence(10)]), np.tile(coach, 2)) == []


def test_an_echo_that_may_still_come_is_not_missed(coach: Samples) -> None:
    """The coach has spoken for a second, and the echo of its end has not come yet."""
    session = Session()
    echo = gated(np.pad(loud(coach, -30), (span(0.8), 0))[: coach.size])
    session.run(np.concatenate([echo, silence(3)]), np.concatenate([coach, silence(3)]))
    session.run(silence(5))
    assert session.run(silence(1.4), coach[: span(1.4)]) == []


def test_a_coach_that_speaks_softly_behind_a_noise_gate_is_not_missed(coach: Samples) -> None:
    session = Session()
    echo = gated(np.pad(loud(coach, -30), (span(0.2), 0))[: coach.size])
    session.run(np.concatenate([echo, silence(3)]), np.concatenate([coach, silence(3)]))
    softly = coach * np.float32(0.1)
    assert session.run(silence(20), np.tile(softly, 2)) == []


def test_words_missed_in_different_silences_do_not_add_up(coach: Samples) -> None:
    session = Session()
    echo = gated(np.pad(loud(coach, -30), (span(0.2), 0))[: coach.size])
    session.run(np.concatenate([echo, silence(3)]), np.concatenate([coach, silence(3)]))
    word = silence(9)
    word[: span(0.7)] = coach[: span(0.7)]
    for _ in range(3):
        session.run(noise(0.1, -40))
        assert session.run(silence(9), word) == []


def test_nothing_but_zeros_ever_is_lifeless_and_no_trouble(coach: Samples) -> None:
    session = Session()
    session.run(silence(7.9), coach[: span(7.9)])
    assert not session.health.lifeless
    session.run(silence(30))
    assert session.health.lifeless
    assert session.changes == []
    session.run(noise(0.1, -70))
    assert not session.health.lifeless


def test_zeros_after_sound_are_not_lifeless() -> None:
    session = Session()
    session.run(np.concatenate([noise(1, -70), silence(30)]))
    assert not session.health.lifeless


@pytest.mark.parametrize("ceiling", [1.0, 0.4])
def test_an_overdriven_voice_clips(person: Samples, ceiling: float) -> None:
    session = Session()
    overdriven = np.clip(30 * loud(person, SPEECH_DB), -1, 1) * np.float32(ceiling)
    assert session.run(overdriven, clean=np.zeros_like(overdriven)) == [began("clipping")]
    assert 5 <= session.changes[0][0] <= 6
    assert session.run(loud(person, SPEECH_DB)[: span(1.9)]) == []
    assert session.run(loud(person, SPEECH_DB)[: span(2)]) == [over("clipping")]


def test_full_scale_clips_where_no_top_is_quite_flat(person: Samples) -> None:
    """As after a change of the sample rate."""
    overdriven = np.clip(30 * loud(person, SPEECH_DB), -0.995, 0.995) + noise(30, -66)
    assert Session().run(overdriven, clean=np.zeros_like(overdriven)) == [began("clipping")]


def test_zeros_between_loud_sounds_are_no_flat_tops(person: Samples) -> None:
    chopped = np.where(np.arange(person.size) % 64 < 8, 0, loud(person, -16))
    assert Session().run(np.clip(chopped, -0.98, 0.98).astype(np.float32)) == []


def test_samples_that_are_held_are_no_flat_tops(person: Samples) -> None:
    """As where a lower sample rate was made higher without a filter."""
    held = np.repeat(loud(person, -16)[::2], 2)
    assert Session().run(np.clip(held, -0.98, 0.98)) == []


def test_shouts_of_a_second_do_not_clip(person: Samples) -> None:
    session = Session()
    shout = np.clip(30 * loud(person, SPEECH_DB)[: span(1)], -1, 1)
    quiet = noise(3, -60)
    assert session.run(np.concatenate([shout, quiet] * 8)) == []


def test_a_loud_voice_whose_peaks_touch_full_scale_does_not_clip(person: Samples) -> None:
    assert Session().run(np.clip(loud(person, -14), -1, 1)) == []


def test_quiet_quantized_sound_has_no_flat_tops(person: Samples) -> None:
    """Few bits make many equal samples."""
    coarse = np.round(loud(person, -50) * 4096) / np.float32(4096)
    assert Session().run(coarse) == []


def test_steady_loud_noise_drowns_a_voice() -> None:
    session = Session()
    session.run(noise(3, -60))
    assert session.run(noise(4.8, -20)) == []
    assert session.run(noise(0.8, -20)) == [began("drowned")]
    assert session.run(noise(20, -20)) == []
    assert session.run(noise(1.8, -60)) == []
    assert session.run(noise(0.6, -60)) == [over("drowned")]


def test_the_noise_is_over_though_somebody_goes_on_talking(person: Samples) -> None:
    session = Session()
    session.run(noise(6, -20))
    assert session.run(loud(person, -20)[: span(8)]) == [over("drowned")]


def test_a_constant_offset_is_no_noise() -> None:
    assert Session().run(noise(10, -60) + np.float32(0.2)) == []


def test_a_gap_does_not_end_the_noise() -> None:
    session = Session()
    session.run(noise(6, -20))
    assert session.run(np.concatenate([noise(0.3, -60), noise(5, -20)] * 4)) == []


def test_noise_that_would_hide_no_voice_is_no_trouble() -> None:
    assert Session().run(noise(20, -33)) == []


def test_a_kitchen_does_not_drown_a_person(person: Samples) -> None:
    """Speech is 6 dB above it, and plates are louder."""
    bursts = np.repeat(np.where(np.arange(30) % 3 == 0, 3.0, 1.0), span(1) // 2)
    kitchen = np.resize(noise(15, 0)[: bursts.size] * bursts, person.size)
    kitchen *= 10 ** (-32 / 20) / np.sqrt(np.mean(np.square(kitchen)))
    mic = (kitchen + loud(person, SPEECH_DB)).astype(np.float32)
    assert Session().run(mic) == []
    assert Session().run(kitchen.astype(np.float32), speech_db=SPEECH_DB) == []


@pytest.mark.parametrize("decibels", [SPEECH_DB, -20.0, -14.0])
def test_somebody_who_talks_on_and_on_is_not_noise(person: Samples, decibels: float) -> None:
    mic = np.clip(loud(person, decibels) + noise(30, -70), -1, 1)
    assert Session().run(mic) == []


def test_music_with_gaps_is_not_noise() -> None:
    bar = np.concatenate([noise(3, -20), noise(0.4, -60)])
    assert Session().run(np.tile(bar, 8)) == []


def test_the_level_of_the_person_says_what_drowns_it() -> None:
    assert Session().run(noise(10, -20), speech_db=-12) == []
    assert Session().run(noise(10, -38), speech_db=-36) == [began("drowned")]
    assert Session().run(noise(10, -42), speech_db=-36) == []


@pytest.mark.parametrize("cancelled", [True, False])
def test_the_coach_loud_in_the_room_is_not_noise(coach: Samples, cancelled: bool) -> None:
    far = np.tile(coach, 3)
    path = impulse_response(np.random.default_rng(1), 0.03, 0.3)
    size = 2 * far.size
    echo = np.fft.irfft(np.fft.rfft(far, size) * np.fft.rfft(path, size))[: far.size]
    mic = np.clip(loud(echo.astype(np.float32), SPEECH_DB + 12) + noise(30, -75), -1, 1)
    canceller = EchoCanceller()
    blocks = range(0, far.size, BLOCK)
    clean = np.concatenate([canceller.process(mic[at : at + BLOCK], far[at : at + BLOCK]) for at in blocks])
    assert Session().run(mic, far, clean if cancelled else mic) == []


def test_troubles_come_and_go_on_their_own() -> None:
    session = Session()
    session.run(noise(11, -70))
    roar = np.clip(noise(5.5, 10), -1, 1)
    changes = session.run(roar)
    assert {trouble for change in changes for trouble in change.began} == {"clipping", "drowned"}
    assert set(session.health.troubles) == {"clipping", "drowned"}
    changes = session.run(silence(5.5))
    assert {trouble for change in changes for trouble in change.over} == {"clipping", "drowned"}
    assert session.health.troubles == ("microphone_muted",)
