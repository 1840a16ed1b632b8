"""The voices that are kept for measuring."""

from __future__ import annotations

from itertools import islice

from assistant.speaking.rendering import Renderer
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.held_out import (
    FASTEST_WORDS_PER_MINUTE,
    HIGHEST_PITCH,
    LOWEST_PITCH,
    SLOWEST_WORDS_PER_MINUTE,
    held_out_voices,
)
from training.held_out import ACCENTS, VARIANTS


def test_every_variant_speaks_in_every_accent_before_one_does_again() -> None:
    """In an order that is another each time, and the same for the same command."""
    count = len(VARIANTS) * len(ACCENTS)
    voices = list(islice(held_out_voices(chance_of("stop")), 2 * count))
    names = {f"{accent}+{variant}" for accent in ACCENTS for variant in VARIANTS}
    first, second = ([voice.name for voice in part] for part in (voices[:count], voices[count:]))
    assert set(first) == set(second) == names
    assert first != second
    assert voices == list(islice(held_out_voices(chance_of("stop")), 2 * count))


def test_rates_and_pitches_vary_within_their_limits() -> None:
    """From hardly to all of it."""
    voices = list(islice(held_out_voices(chance_of("many")), 1000))
    rates = [voice.words_per_minute for voice in voices]
    pitches = [voice.pitch for voice in voices]
    assert (min(rates), max(rates)) == (SLOWEST_WORDS_PER_MINUTE, FASTEST_WORDS_PER_MINUTE)
    assert (min(pitches), max(pitches)) == (LOWEST_PITCH, HIGHEST_PITCH)


def test_the_speech_engine_has_them_all(speech: Renderer) -> None:
    """And no two sound the same."""
    voices = list(islice(held_out_voices(chance_of("all")), len(VARIANTS) * len(ACCENTS)))
    assert len({speech.render("stop", voice).tobytes() for voice in voices}) == len(voices)
