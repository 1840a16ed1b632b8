"""docs/writing-a-routine.md tells the truth."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.library.schemas import MODELS, Kind
from assistant.library.session import load_session
from assistant.programme.entry import EntryModel
from assistant.programme.extension import LEAVE_OUT
from assistant.routines import changed

PAGE = (Path(__file__).parent.parent / "docs" / "writing-a-routine.md").read_text(encoding="utf-8")
Imprint = Callable[..., tuple[int, str, str]]


def _examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, with the person's own folder in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "own"))
    return tmp_path


def test_every_example_is_a_session(here: Path) -> None:
    """Of routine files."""
    examples = _examples("yaml")
    assert len(examples) == PAGE.count("```yaml") == 3
    plans: list[list[str]] = []
    for i, text in enumerate(examples):
        (here / f"{i}.yaml").write_text(text, encoding="utf-8")
        plan = load_session(f"{i}.yaml").plan
        plans.append([work.exercise for work in plan.sets])
    assert plans[2] == ["pelvic-tilts", "heel-taps", "heel-taps", "single-leg", "double-leg-bent", "knee-hug"]


def test_the_script_is_a_session(here: Path) -> None:
    """And `changed` and `LEAVE_OUT` are what it says."""
    (script,) = _examples("python")
    (here / "pyramid.py").write_text(script, encoding="utf-8")
    plan = load_session("./pyramid.py").plan
    assert [work.repetitions for work in plan.sets if work.part == "work"] == [6, 8, 6]
    assert LEAVE_OUT
    assert changed(sets=2).fields == {"sets": 2}


def test_every_field_of_an_entry_is_in_the_table() -> None:
    """But for the two that it is about."""
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert told == set(EntryModel.model_fields) - {"exercise", "step"}


def test_every_kind_of_schema_is_named() -> None:
    """And the settings for an editor are JSON."""
    kinds: list[Kind] = list(MODELS)
    last = PAGE.rstrip().splitlines()[-1]
    assert re.findall(r"`(\w+)`", last) == kinds
    assert json.loads(_examples("json")[0])


def test_the_commands_run(
    here: Path, imprint: Imprint, session_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that need neither a device nor minutes."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    (here / "scripts").mkdir()
    commands = [line.split()[1:] for line in PAGE.splitlines() if line.startswith("    imprint ")]
    for command, *arguments in commands:
        if command not in ("start", "rehearse"):
            status, _, err = imprint(command, *arguments, *(["--yes"] if command == "new" else []))
            assert (status, err) == (0, ""), command
