"""What hearing costs."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from assistant.programme.voice import VoicePack
from assistant.sound import BLOCK
from tests.benchmarks.commands import cost
from tests.benchmarks.cost import SPEECH_SHARE, Cost, NoEcho, cost_table, folder_bytes, session_like
from tests.stand_ins import ToneRenderer


def test_every_cost_is_measured(
    monkeypatch: pytest.MonkeyPatch, session_cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a list of figures with their units."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    monkeypatch.setattr("tests.benchmarks.cost.SESSION_SECONDS", 5.0)
    cost(as_json=True)
    measured = json.loads(capsys.readouterr().out)
    assert [(one["measure"], one["unit"]) for one in measured] == [
        ("echo canceller", "% of a core"),
        ("recognizer, gate and level", "% of a core"),
        ("both, the coach talking", "% of a core"),
        ("model folder", "MB"),
        ("loading what a session begins with, warm cache", "s"),
        ("loading all contexts, warm cache", "s"),
    ]
    assert all(one["value"] > 0 for one in measured)


def test_a_folder_is_as_large_as_all_its_files(tmp_path: Path) -> None:
    """Those in folders inside it, too."""
    (tmp_path / "inside").mkdir()
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "inside" / "b").write_bytes(b"123")
    assert folder_bytes(tmp_path) == 8


def test_the_person_talks_a_tenth_of_the_session(pack: VoicePack) -> None:
    """Over the coach."""
    talk = session_like(pack, ToneRenderer(), 60.0, 0.0)
    seconds = sum(end - start for start, end in talk.near)
    assert SPEECH_SHARE * 60 <= seconds < SPEECH_SHARE * 60 + 2
    assert np.any(talk.far)


def test_without_an_echo_somebody_is_whoever_is_loud() -> None:
    """So the gate has work to do, and the canceller none."""
    canceller = NoEcho()
    for level, near_end in ((0.1, True), (1e-4, False)):
        block = np.full(BLOCK, level, np.float32)
        cancelled = canceller.process(block, block)
        assert cancelled.clean is block
        assert cancelled.near_end is near_end


def test_the_table_shows_what_the_figures_are() -> None:
    """For people."""
    out = StringIO()
    Console(file=out, width=80).print(cost_table([Cost("model folder", 1.46, "MB")]))
    assert "model folder" in out.getvalue()
    assert "1.46" in out.getvalue()
