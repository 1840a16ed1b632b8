"""What the coach decides is what it decided before it was taken apart and put together again."""

from __future__ import annotations

from tests.benchmarks.net import net

FIRST_HUNDRED = "05797b73ae7c9b9d1e162ce529739e3ebd7a7514b727132fcb72c66f0f413805"
"""Of all 2,000: 9a8b13e066ece07780c443dff1f6fe6a340c7cf192a4e180e20475203a717cc1."""


def test_a_hundred_sessions_go_as_they_went_before() -> None:
    """Every action, to the millisecond; `tests/benchmarks/net.py` leads 2,000 and writes them down."""
    assert net(range(100)) == FIRST_HUNDRED
