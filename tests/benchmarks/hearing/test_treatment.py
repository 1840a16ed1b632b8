"""What is done to clips before they are heard."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.sound import SAMPLE_RATE, Samples, loudest_db, power_db
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.treatment import (
    AROUND_SECONDS,
    EDGE_DB,
    EDGE_SECONDS,
    FRAME,
    InRoom,
    at_level,
    end_of_speech,
    frame_energy,
    in_room,
    with_gain,
    with_noise,
)


def _sound(count: int, level: float, number: int = 0) -> Samples:
    sound = chance_of("sound", number).standard_normal(count) * level
    return sound.astype(np.float32)


def test_the_energy_is_that_of_the_strongest_frame() -> None:
    """Wherever it is, and also where the clip ends within it."""
    sound = np.zeros(3 * FRAME + 100, np.float32)
    sound[FRAME : 2 * FRAME] = 0.1
    sound[-100:] = 0.3
    assert frame_energy(sound) == pytest.approx(0.01 * FRAME)
    sound[-100:] = 0.9
    assert frame_energy(sound) == pytest.approx(0.81 * 100)


def _alone(clip: Samples) -> InRoom:
    """A recording of a clip with its edges and nothing else around it."""
    return in_room(clip, chance_of("edges"), EDGE_SECONDS)


@pytest.mark.parametrize("snr_db", [12.0, 6.0, -3.0])
@pytest.mark.parametrize("noise_seconds", [0.3, 1.0, 7.0])
def test_noise_is_mixed_at_exactly_the_ratio(snr_db: float, noise_seconds: float) -> None:
    """Of the strongest frames of the recording and of its noise, long or short."""
    clip = in_room(_sound(SAMPLE_RATE, 0.01), chance_of("edges"))
    noise = _sound(round(noise_seconds * SAMPLE_RATE), 0.2, 1)
    mixed = with_noise(clip, noise, snr_db, chance_of("where"))
    ratio = 10 * np.log10(frame_energy(clip.recording) / frame_energy(mixed.recording - clip.recording))
    assert ratio == pytest.approx(snr_db, abs=0.001)


def test_noise_goes_on_around_a_clip_and_what_is_loud_there_does_not_count() -> None:
    """A crash before the word makes the noise under the word no softer."""
    clip = in_room(_sound(SAMPLE_RATE, 0.01), chance_of("edges"))
    noise = _sound(clip.samples.size, 0.01, 1)
    noise[: SAMPLE_RATE // 4] *= 5
    added = with_noise(clip, noise, 6.0, chance_of("where")).samples - clip.samples
    assert np.allclose(added / added[-1] * noise[-1], noise, atol=1e-4)
    ratio = frame_energy(clip.recording) / frame_energy(added[clip.around : -clip.around])
    assert 10 * np.log10(ratio) == pytest.approx(6.0, abs=0.5)


def test_a_mix_that_would_clip_is_turned_down_as_a_whole() -> None:
    """The ratio stays."""
    clip, noise = np.zeros(2 * FRAME, np.float32), np.zeros(2 * FRAME, np.float32)
    clip[:FRAME], noise[FRAME:] = 0.9, 0.1
    edge = round(EDGE_SECONDS * SAMPLE_RATE)
    noise = np.pad(noise, edge)
    mixed = with_noise(_alone(clip), noise, -12.0, chance_of()).samples[edge:-edge]
    assert np.abs(mixed).max() == pytest.approx(1.0, abs=1e-3)
    ratio = 10 * np.log10(frame_energy(mixed[:FRAME]) / frame_energy(mixed[FRAME:]))
    assert ratio == pytest.approx(-12.0, abs=0.01)


def test_where_noise_begins_is_left_to_chance_and_always_the_same() -> None:
    """Other facts, another place."""
    clip, noise = _alone(_sound(8000, 0.01)), _sound(80000, 0.2, 1)

    def mixed(name: str) -> Samples:
        return with_noise(clip, noise, 6.0, chance_of("noise", name)).samples

    assert np.array_equal(mixed("a.flac"), mixed("a.flac"))
    assert not np.array_equal(mixed("a.flac"), mixed("b.flac"))


def test_a_quiet_clip_has_a_tenth_of_its_size_at_20_decibels_less() -> None:
    """And nothing else changes."""
    clip = _alone(_sound(1000, 0.1))
    assert np.allclose(with_gain(clip, -20.0).samples, clip.samples / 10)


def test_there_is_a_quiet_room_before_and_after_a_clip() -> None:
    """Neither silence nor anything that could be heard; a recording has less of it."""
    clip = _sound(5000, 0.1)
    heard = in_room(clip, chance_of("edges"))
    around, edge = round(AROUND_SECONDS * SAMPLE_RATE), round(EDGE_SECONDS * SAMPLE_RATE)
    assert np.array_equal(heard.samples[around:-around], clip)
    assert np.array_equal(heard.recording[edge:-edge], clip)
    for part in (heard.samples[:around], heard.samples[-around:]):
        assert power_db(part) == pytest.approx(EDGE_DB, abs=0.5)


def test_a_noise_is_not_much_louder_around_a_clip_than_under_it() -> None:
    """Of clatter with long pauses, a piece is taken that has some of it under the clip."""
    noise = _sound(20 * SAMPLE_RATE, 1e-4, 1)
    for second in range(0, 20, 2):
        noise[second * SAMPLE_RATE :][: SAMPLE_RATE // 20] = 0.3
    for number in range(20):
        clip = in_room(_sound(SAMPLE_RATE, 0.01), chance_of("edges"))
        mixed = with_noise(clip, noise, 6.0, chance_of("where", number))
        around = mixed.samples - clip.samples
        assert frame_energy(around) < 2.1 * frame_energy(mixed.recording - clip.recording)


def test_a_sound_is_turned_to_a_level_and_clips_beyond_the_loudest() -> None:
    """By its loudest word's length."""
    sound = _sound(2 * SAMPLE_RATE, 0.01)
    sound[:SAMPLE_RATE] /= 10
    assert loudest_db(at_level(sound, -26.0)) == pytest.approx(-26.0, abs=0.01)
    assert np.abs(at_level(sound, 0.0)).max() == 1.0


def test_speech_is_over_where_its_last_sound_is() -> None:
    """Not where the recording ends, whose hiss is softer."""
    sound = _sound(2 * SAMPLE_RATE, 0.001)
    sound[SAMPLE_RATE // 2 : SAMPLE_RATE] *= 100
    assert end_of_speech(sound) == pytest.approx(1.0, abs=0.02)
    assert end_of_speech(np.zeros(SAMPLE_RATE, np.float32)) == 1.0
