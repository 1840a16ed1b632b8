"""What latency is measured with, and how it is read from a recording."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.coaching.plan import set_seconds
from assistant.library.session import load_session, load_voice
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.rendering import Renderer, Voice
from assistant.speaking.shaping import shape
from tests.benchmarks.live.latency import LIMIT_SECONDS, QUIET_SECONDS, talking_voice, time_to_silence
from tests.benchmarks.live.recording import RATE
from tests.benchmarks.live.signals import silence_after
from tests.benchmarks.live.timing import counting_routine
from tests.benchmarks.live.words import ESPEAK_VOICES, stop_words


def coach_silent_at(seconds: float) -> Samples:
    """Ten seconds of a loudspeaker; the release comes 0.3 s after the silence."""
    sound = np.full(10 * RATE, 0.1, np.float32)
    sound[round(seconds * RATE) : round((seconds + 0.3) * RATE)] = 0
    return sound


def test_latency_is_from_the_words_end_to_silence() -> None:
    """In milliseconds."""
    speaker = coach_silent_at(1.62)
    assert time_to_silence(speaker, RATE, round(1.5 * RATE)) == pytest.approx(120.0)


def test_a_stop_that_comes_before_the_words_end_has_a_time_below_zero() -> None:
    """It may have been understood from its beginning."""
    assert time_to_silence(coach_silent_at(1.4), RATE, round(1.5 * RATE)) == pytest.approx(-100.0)


def test_a_silence_after_three_seconds_is_a_miss() -> None:
    """It has other reasons; a loudspeaker that never falls silent is a miss as well."""
    ends = round(1.5 * RATE)
    assert time_to_silence(coach_silent_at(1.49 + LIMIT_SECONDS), RATE, ends) is not None
    assert time_to_silence(coach_silent_at(1.51 + LIMIT_SECONDS), RATE, ends) is None
    assert time_to_silence(np.full(5 * RATE, 0.1, np.float32), RATE, ends) is None


def test_once_stopped_the_coach_talks_on_without_a_pause(tmp_path: Path, speech: Renderer) -> None:
    """So that a silence in the sentence is the one that was asked for, and the sentence outlasts a trial."""
    pack = load_voice(str(talking_voice(tmp_path / "voice")))
    said = shape(
        speech.render(pack.cues["stopped"].text, Voice(pack.voice, pack.words_per_minute, pack.pitch))
    )
    silent = silence_after(said, 0, round(QUIET_SECONDS * SAMPLE_RATE))
    assert silent is None
    assert said.size / SAMPLE_RATE > 1.5 + 0.7 + LIMIT_SECONDS


def test_stop_is_said_in_different_voices(speech: Renderer) -> None:
    """Every one of them has a word's length, and none is another's."""
    words = stop_words(speech)
    assert len(words) >= len(ESPEAK_VOICES)
    assert all(0.2 < word.size / SAMPLE_RATE < 1.2 for word in words)
    assert len({word.tobytes() for word in words}) == len(words)


def test_the_routine_for_timing_counts_for_an_hour(tmp_path: Path) -> None:
    """On level 3, without a rest."""
    path = tmp_path / "counting.yaml"
    path.write_text(counting_routine(), encoding="utf-8")
    plan = load_session(str(path)).plan
    assert {work.exercise for work in plan.sets} == {"single-leg"}
    assert all(work.rest_seconds == 0 for work in plan.sets)
    assert sum(set_seconds(plan, work) for work in plan.sets) * 2 > 3600
