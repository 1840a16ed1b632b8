"""Speech that starts on the beat, ends soon and is as loud as the rest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.sound import SAMPLE_RATE, Samples, power_db
from assistant.speaking.earcons import tone
from assistant.speaking.rendering import Pyttsx3Renderer, Voice
from assistant.speaking.shaping import level, shape, trim

MILLISECOND = SAMPLE_RATE // 1000
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@pytest.fixture(scope="module")
def renderer() -> Iterator[Pyttsx3Renderer]:
    with Pyttsx3Renderer() as real:
        yield real


def onset(samples: Samples, part: float = 0.05) -> int:
    loud = np.abs(samples)
    return int(np.argmax(loud >= part * loud.max()))


def ended(samples: Samples) -> int:
    loud = np.abs(samples)
    return int(np.flatnonzero(loud > 0.01 * loud.max())[-1])


def padded(speech: Samples, before: int, after: int) -> Samples:
    return np.pad(speech, (before, after)).astype(np.float32)


@pytest.mark.parametrize("voice", ["en-us", "en-us+f3"])
def test_counts_begin_on_the_beat_and_keep_their_first_consonant(
    renderer: Pyttsx3Renderer, voice: str
) -> None:
    """Within 1 ms of sample 0 even the f of "four", which espeak speaks at 4 % of the peak."""
    for word in (*COUNTS, "stop", "hold", "thirty"):
        raw = renderer.render(word, Voice(voice, 160, 50))
        shaped = shape(raw)
        assert onset(shaped) < MILLISECOND, word
        spoken = ended(raw) - onset(raw, 0.01)
        assert abs(ended(shaped) - spoken) < 4 * MILLISECOND, word
        assert shaped.size - ended(shaped) <= 21 * MILLISECOND, word


def test_real_speech_is_equally_loud(renderer: Pyttsx3Renderer) -> None:
    """Within 2 dB, although the voices differ by more; none comes near to clipping."""
    loudness = list[float]()
    raw_loudness = list[float]()
    for voice in ("en-us", "en-gb", "en-us+f3"):
        for word in ("one", "two", "six", "Keep your back straight"):
            raw = trim(renderer.render(word, Voice(voice, 160, 50)))
            shaped = level(raw)
            assert np.abs(shaped).max() <= 10 ** (-3 / 20) + 1e-6
            raw_loudness.append(power_db(raw))
            loudness.append(power_db(shaped))
    assert max(loudness) - min(loudness) < max(raw_loudness) - min(raw_loudness)
    assert all(-24 < each < -19 for each in loudness)


@settings(deadline=None)
@given(
    before=st.integers(0, 3000),
    after=st.integers(0, 6000),
    gain=st.floats(0.01, 1.0),
    frequency=st.floats(100, 3000),
)
def test_a_sound_begins_at_once_and_ends_after_its_tail(
    before: int, after: int, gain: float, frequency: float
) -> None:
    """Whatever the silence around it and its loudness."""
    shaped = shape(padded(tone(frequency, 0.3, gain), before, after))
    assert onset(shaped) < MILLISECOND
    assert shaped.size - ended(shaped) <= 21 * MILLISECOND
    assert power_db(shaped) == pytest.approx(-20, abs=1)


@settings(deadline=None)
@given(part=st.floats(0.021, 0.049), lasting=st.integers(40, 60))
def test_a_weak_first_consonant_is_lifted_not_cut(part: float, lasting: int) -> None:
    """Its whole length stays, it is clear at once, and the vowel behind it is left alone."""
    weak = (tone(2500, lasting / 1000, part) * 1.0).astype(np.float32)
    vowel = tone(200, 0.3, 1.0)
    trimmed = trim(padded(np.concatenate([weak, vowel]), 500, 4000))
    assert onset(trimmed) < MILLISECOND
    assert ended(trimmed) >= 0.34 * SAMPLE_RATE - 8 * MILLISECOND
    consonant = trimmed[: (lasting - 5) * MILLISECOND]
    assert np.abs(consonant).max() < 1 / 7
    strong = int(np.argmax(np.abs(trimmed) > 0.2))
    from_there = int(np.argmax(np.abs(vowel) > 0.2))
    np.testing.assert_array_equal(trimmed[strong : strong + 4000], vowel[from_there:][:4000])


def test_a_lift_ends_without_a_step() -> None:
    """The consonant is back at its own loudness when the vowel begins."""
    signs = np.where(np.arange(6000) % 2, 1, -1).astype(np.float32)
    loudness = np.concatenate([np.full(600, 0.03), np.full(5400, 1.0)]).astype(np.float32)
    consonant = np.abs(trim(signs * loudness))[:600]
    assert consonant[0] == pytest.approx(0.055, rel=1e-3)
    assert consonant[-1] == pytest.approx(0.03, rel=1e-3)
    assert np.abs(np.diff(consonant)).max() < 0.002


def test_edges_are_faded() -> None:
    """A sound that starts and stops in full swing is given no click at its end."""
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, SAMPLE_RATE).astype(np.float32)
    hum = np.where(np.arange(SAMPLE_RATE) % 2, 0.004, -0.004).astype(np.float32)
    trimmed = trim(np.concatenate([hum, noise, hum]))
    assert abs(trimmed[-1]) < 0.0003
    assert abs(trimmed[0]) < 0.0005
    assert trimmed.size == pytest.approx(SAMPLE_RATE + 20 * MILLISECOND, abs=20)


def test_pauses_do_not_count_as_loudness() -> None:
    """A sentence with a long pause is as loud as one without."""
    word = tone(300, 0.4, 0.3)
    pause = np.zeros(SAMPLE_RATE, dtype=np.float32)
    long = shape(np.concatenate([word, pause, word]))
    assert np.abs(long).max() == pytest.approx(np.abs(shape(word)).max(), rel=0.02)


def test_a_peaky_sound_is_kept_from_clipping_by_plain_gain() -> None:
    """Its peak is at -3 dBFS and its shape is its own."""
    clicks = np.zeros(SAMPLE_RATE, dtype=np.float32)
    clicks[::320] = 0.1
    levelled = level(clicks)
    assert np.abs(levelled).max() == pytest.approx(10 ** (-3 / 20), rel=1e-5)
    np.testing.assert_allclose(levelled / levelled.max(), clicks / clicks.max(), atol=1e-6)


@pytest.mark.parametrize("count", [0, 1, 5000])
def test_silence_gives_nothing(count: int) -> None:
    """There is no sound to begin with."""
    assert shape(np.zeros(count, dtype=np.float32)).size == 0
