"""What goes to the recognizer, and what evidence there is of speech."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.hearing.speech_activity import (
    BEFORE_SECONDS,
    CLOSING_SECONDS,
    Endpointer,
    NearEndActivity,
)
from assistant.sound import BLOCK, SAMPLE_RATE

SECOND = SAMPLE_RATE / BLOCK
SILENCE = np.zeros(BLOCK, np.float32)


def block(value: float) -> np.ndarray:
    return np.full(BLOCK, value, np.float32)


def test_nothing_passes_while_nobody_speaks() -> None:
    gate = Endpointer()
    passed = [gate.process(block(i), speech=False) for i in range(200)]
    assert all(not step.blocks for step in passed)
    assert sum(step.skipped for step in passed) == pytest.approx(
        (200 - BEFORE_SECONDS * SECOND) * BLOCK, abs=BLOCK
    )


def test_the_moment_before_speech_passes_with_it() -> None:
    gate = Endpointer()
    for i in range(100):
        gate.process(block(i), speech=False)
    values = [int(b[0]) for b in gate.process(block(100), speech=True).blocks]
    assert values == list(range(values[0], 101))
    assert len(values) == pytest.approx(BEFORE_SECONDS * SECOND, abs=1.5)


def test_what_follows_speech_passes_until_it_is_over() -> None:
    """Words end weaker than they begin; and what is as silent as nothing draws them out."""
    for level in (0.5, 0.0):
        gate = Endpointer()
        gate.process(block(1), speech=True)
        after = [gate.process(block(level), speech=False) for _ in range(100)]
        passed = [samples for step in after for samples in step.blocks]
        assert len(passed) == pytest.approx(CLOSING_SECONDS * SECOND, abs=1)
        assert all(0 < float(np.abs(samples - level).max()) < 1e-3 for samples in passed)
        assert [step.closed for step in after].count(True) == 1


@given(st.lists(st.booleans(), max_size=300))
def test_every_sample_is_passed_or_skipped_in_order(speech: list[bool]) -> None:
    """The recognizer's clock never slips."""
    gate, clock, held = Endpointer(), 0, 0
    for i, spoken in enumerate(speech, 1):
        step = gate.process(block(i), spoken)
        clock += step.skipped + BLOCK * len(step.blocks)
        held = i * BLOCK - clock
        assert 0 <= held <= (BEFORE_SECONDS * SECOND + 1) * BLOCK
        if spoken:
            assert held == 0
            assert step.blocks[-1][0] == i


def test_evidence_is_a_share_of_the_blocks() -> None:
    activity = NearEndActivity()
    for i in range(100):
        activity.add(i * 0.016, i in (50, 51, 52), SILENCE)
    assert activity.of_speech(0.75, 0.9)
    assert not activity.of_speech(0.1, 0.5)
    assert not activity.of_speech(0.3, 1.5)
    assert activity.seconds(0.0, 1.6) == pytest.approx(3 * 0.016)


def test_a_word_ends_where_the_evidence_ends() -> None:
    activity = NearEndActivity()
    for i in range(100):
        activity.add(i * 0.016, 30 <= i < 60, SILENCE)
    assert activity.end_of_speech(0.5, 1.5) == pytest.approx(59 * 0.016 + 0.1)
    assert activity.end_of_speech(0.5, 0.7) == 0.7
    assert activity.end_of_speech(1.2, 1.5) == 1.5


def test_forgetting_closes_the_gate_and_keeps_the_time() -> None:
    """What was held back for the recognizer is counted, so that its clock goes on."""
    gate = Endpointer()
    quiet = np.zeros(BLOCK, np.float32)
    given = sum(block.size for block in gate.process(quiet, speech=True).blocks)
    for _ in range(100):
        passed = gate.process(quiet, speech=False)
        given += sum(block.size for block in passed.blocks) + passed.skipped
    assert given + gate.forget() == 101 * BLOCK
    assert gate.process(quiet, speech=False).blocks == ()
    assert gate.forget() == BLOCK
