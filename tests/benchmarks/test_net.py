"""Sessions that are led the same way have one hash."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.net import net, session_lines


def test_the_same_sessions_have_the_same_hash_and_others_another(tmp_path: Path) -> None:
    """Led twice in one process; the file holds every action, with the number of its session."""
    written = tmp_path / "actions.txt"
    assert net(range(3), written) == net(range(3)) != net(range(1, 4))
    lines = written.read_text(encoding="utf-8").splitlines()
    assert lines == [f"{number} {line}" for number in range(3) for line in session_lines(number)]
    assert len(lines) > 100
