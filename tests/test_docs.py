"""The documentation tells the truth where a test can know it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.coaching.phases import PHASES, mermaid
from assistant.programme.settings import SETTINGS
from assistant.session.event_log import as_line
from assistant.session.records import Entry
from tests.session.entries import LINES

ROOT = Path(__file__).parent.parent


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_state_diagram_is_drawn_from_the_table() -> None:
    """Word for word."""
    assert f"```mermaid\n{mermaid()}\n```" in _read("docs/architecture.md")


def test_the_record_is_documented() -> None:
    """Every kind of line and every phase."""
    text = _read("docs/events.md")
    kinds = {json.loads(as_line(Entry(0.0, record)))["kind"] for record, _ in LINES}
    assert len(kinds) == 15
    for kind in kinds:
        assert f"| `{kind}` |" in text
    for phase in PHASES:
        assert f"`{phase}`" in text


def test_every_setting_is_documented() -> None:
    """And only those."""
    rows = re.findall(r"^\| (`.*?) \|", _read("docs/settings.md"), re.MULTILINE)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == [setting.name for setting in SETTINGS]


def test_every_module_is_on_the_map() -> None:
    """docs/architecture.md names each file."""
    text = _read("docs/architecture.md")
    for path in (ROOT / "assistant").rglob("*.py"):
        if path.name != "__init__.py":
            assert f"`{path.name}`" in text, path


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/architecture.md",
        "docs/events.md",
        "docs/settings.md",
        "docs/first-session.md",
        "docs/raspberry-pi.md",
        "docs/privacy.md",
        "docs/calibration.md",
        "docs/writing-a-routine.md",
        "docs/writing-a-voice.md",
        "models/README.md",
    ],
)
def test_links_lead_somewhere(page: str) -> None:
    """Files that are named exist."""
    for link in re.findall(r"\]\(([^)#]+)\)", _read(page)):
        if "://" not in link:
            assert ((ROOT / page).parent / link).exists(), link
