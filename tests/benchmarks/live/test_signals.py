"""Words, pieces and silences in synthetic recordings."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from assistant.sound import Samples
from tests.benchmarks.live.signals import find, first_sound, silence_after, word_end

RATE = 48_000


def noise(size: int, seed: int = 1, level: float = 0.1) -> Samples:
    """Noise without what lies above a fifth of the rate, as speech is."""
    white = np.random.default_rng(seed).standard_normal(size).astype(np.float32)
    return np.convolve(white, np.hanning(9), "same").astype(np.float32) * np.float32(level)


def test_a_piece_is_found_where_it_is_at_any_level() -> None:
    """To a hundredth of a sample; likeness knows no loudness."""
    recording = noise(20_000)
    match = find(recording[7_000:9_000] * 0.01, recording)
    assert match.sample == pytest.approx(7_000, abs=0.01)
    assert match.correlation == pytest.approx(1.0, abs=1e-6)


def test_a_place_between_two_samples_is_found() -> None:
    """Three times as fine a rate, shifted by one of its samples, is a third of a sample."""
    fine = np.asarray(soxr.resample(noise(20_000), 1, 3), np.float32)
    recording = np.asarray(fine[1::3], np.float32)
    match = find(np.asarray(fine[0::3][5_000:7_000], np.float32), recording)
    assert match.sample == pytest.approx(5_000 - 1 / 3, abs=0.03)


def test_a_word_is_found_under_a_voice_as_loud() -> None:
    """The echo of the coach is in the microphone's recording, too."""
    word, coach = noise(10_000), noise(40_000, seed=2)
    coach[12_345:22_345] += word
    assert find(word, coach).sample == pytest.approx(12_345, abs=0.5)


def test_silence_is_like_nothing() -> None:
    """Rounding noise in a silence is no match."""
    recording = np.concatenate([noise(5_000, seed=3, level=1e-8), noise(5_000, seed=4)])
    assert find(noise(1_000), recording).correlation < 0.3


def test_a_recording_shorter_than_the_piece_is_refused() -> None:
    """Instead of an answer that means nothing."""
    with pytest.raises(ValueError, match="shorter"):
        find(noise(100), noise(99))


def test_a_word_ends_after_its_last_sample_above_a_twentieth_of_its_peak() -> None:
    """What fades out below that is not heard as the word."""
    word = np.array([0, 0.5, -1.0, 0.2, -0.051, 0.049, 0], np.float32)
    assert word_end(word) == 5
    assert word_end(np.zeros(3, np.float32)) == 0


def test_the_first_sound_is_above_the_threshold() -> None:
    """Dither is none."""
    assert first_sound(np.array([0, 5e-4, -2e-3, 1], np.float32)) == 2
    assert first_sound(np.full(9, 5e-4, np.float32)) is None


def test_a_gap_within_speech_is_no_silence() -> None:
    """Only a long enough one; the sample after the last sound is where it begins."""
    recording = np.ones(10_000, np.float32)
    recording[2_000:2_900] = 0
    recording[5_000:6_000] = 1e-4
    assert silence_after(recording, 1_000, quiet=1_000) == 5_000


def test_a_silence_must_be_complete() -> None:
    """The end of the recording proves one only when enough of it is there."""
    recording = np.ones(1_000, np.float32)
    recording[600:] = 0
    assert silence_after(recording, 0, quiet=400) == 600
    assert silence_after(recording, 0, quiet=401) is None


def test_where_nothing_sounds_the_silence_begins_at_once() -> None:
    """At the sample from which it was looked for."""
    recording = np.concatenate([np.ones(100), np.zeros(900)]).astype(np.float32)
    assert silence_after(recording, 300, quiet=500) == 300
