"""The documentation tells the truth where a test can know it."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.coaching.phases import PHASES
from assistant.journal.excerpts import MOST_BYTES, MOST_EXCERPTS, KeptExcerpt
from assistant.programme.settings import SETTINGS
from assistant.session.event_log import as_line
from assistant.session.misheard import Judged, Occasion
from assistant.session.records import Entry
from tests.benchmarks.hearing.manifest import read_recordings
from tests.diagram import mermaid
from tests.session.entries import LINES

ROOT = Path(__file__).parent.parent

PAGES = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("*.md", "docs/*.md", "models/*.md", "models/training/*.md")
    for path in ROOT.glob(pattern)
)

FOLDERS = ("assistant/", "tests/", "scripts/", "voices/", "models/", "docs/")
"""Folders of the repository: a word in backquotes that begins with one is a path."""

MODULES = {path.name for folder in ("assistant", "tests", "models") for path in (ROOT / folder).rglob("*.py")}


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


def test_what_is_kept_of_what_was_misheard_is_documented() -> None:
    """Every field of the file, and every one of its words."""
    text = _read("docs/helping.md")
    for one in (*fields(KeptExcerpt), *fields(Judged)):
        assert f"`{one.name}`" in text
    for occasion in Occasion:
        assert f"`{occasion}`" in text
    assert f"at most {MOST_EXCERPTS}, and {MOST_BYTES // 1_000_000} MB" in text


def test_the_line_that_describes_a_recording_can_be_measured_with(tmp_path: Path) -> None:
    """As docs/helping.md shows it; it has the fields that are explained below it, in their order."""
    text = _read("docs/helping.md")
    [line] = re.findall(r"^    (\{.*\})$", text, re.MULTILINE)
    _, _, table = text.partition(line)
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    assert list(json.loads(line)) == re.findall(r"`(\w+)`", " ".join(rows))
    dev = line.replace('"train"', '"dev"')
    (tmp_path / "manifest.jsonl").write_text(dev, encoding="utf-8")
    [recorded] = read_recordings(tmp_path)
    assert (recorded.corpus, recorded.text) == ("keywords", "hold on")


def test_every_room_is_on_the_map() -> None:
    """docs/architecture.md names each package."""
    text = _read("docs/architecture.md")
    for path in (ROOT / "assistant").rglob("__init__.py"):
        if path.parent != ROOT / "assistant":
            assert f"| `{path.parent.relative_to(ROOT)}/` |" in text, path


def test_the_glossary_defines_each_term_once() -> None:
    """In one plain sentence, and says where to read on."""
    text = _read("docs/glossary.md")
    rows = re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert len(rows) == text.count("\n| ") - text.count("\n| term |")
    terms = [term for term, _, _ in rows]
    assert len(set(terms)) == len(terms) >= 40
    for term, meaning, where in rows:
        assert meaning.endswith("."), term
        paths = re.findall(r"`([^`]+)`", where)
        assert paths, term
        assert [path for path in paths if not (ROOT / path).is_file()] == [], term


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    """Every path in backquotes, and every module by its name; blocks of code name the reader's own."""
    prose = re.sub(r"^```.*?^```$|^    .*?$", "", _read(page), flags=re.MULTILINE | re.DOTALL)
    words = " ".join(re.findall(r"`([^`]+)`", prose)).split()
    paths = [word.partition("::")[0] for word in words if word.startswith(FOLDERS)]
    assert [path for path in paths if not list(ROOT.glob(path))] == []
    assert [word for word in words if re.fullmatch(r"\w+\.py", word) and word not in MODULES] == []


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Files that are named exist."""
    for link in re.findall(r"\]\(([^)#]+)\)", _read(page)):
        if "://" not in link:
            assert ((ROOT / page).parent / link).exists(), link
