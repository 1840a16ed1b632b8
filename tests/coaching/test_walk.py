"""Sessions at random, step by step: the rules of `tests/benchmarks/walk_rules.py` hold at every one."""

from __future__ import annotations

from tests.benchmarks.walk import Walk, walk


def test_whatever_is_said_step_by_step_the_rules_hold() -> None:
    """A short walk; `tests/benchmarks/walk.py` goes further."""
    before = Walk.steps
    walk(examples=30, steps=40)
    assert Walk.steps > before
