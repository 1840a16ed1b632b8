"""Tempo and cycles."""

from __future__ import annotations

import pytest

from assistant.coaching.tempo import CYCLES, Tempo, parse_tempo, phase_seconds, repetition_seconds


def test_the_four_digits_are_lowering_pause_lift_pause() -> None:
    """3-0-2-1 lowers for three seconds and lifts for two."""
    assert parse_tempo("3-0-2-1") == Tempo(lower=3, bottom=0, lift=2, top=1)
    assert str(parse_tempo("4-1-3-0")) == "4-1-3-0"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3-0-2", "no tempo"),
        ("three", "no tempo"),
        ("2-0-2-1", "at least 3 s"),
        ("3-0-4-1", "as long as the lowering"),
        ("3-0-0-1", "1 s up to"),
        ("30-0-2-1", "too long"),
    ],
)
def test_a_tempo_that_hurts_or_makes_no_sense_is_refused(text: str, problem: str) -> None:
    """Lowering takes at least 3 s, and the lift is never slower than the lowering."""
    with pytest.raises(ValueError, match=problem):
        parse_tempo(text)


def test_a_repetition_lasts_as_long_as_its_phases() -> None:
    """Up-start and floor-start have the same phases in another order."""
    tempo = Tempo(4, 1, 2, 1)
    for cycle in ("up-start", "floor-start"):
        phases = CYCLES[cycle].repetition
        assert sum(phase_seconds(phase, tempo) for phase in phases) == 8
        assert repetition_seconds(cycle, tempo) == 8
    assert CYCLES["up-start"].repetition[0] == "lower"
    assert CYCLES["floor-start"].repetition[0] == "lift"
    with pytest.raises(ValueError, match="no phase"):
        phase_seconds("rest", tempo)
