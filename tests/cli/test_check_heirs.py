"""`imprint check` on voice packs that inherit another one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli.check_files import gather

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, session_cache: Path) -> Path:
    """An empty ./voices."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "voices").mkdir()
    return Path("voices")


def _write(folder: Path, **files: str) -> None:
    folder.mkdir()
    for stem, text in files.items():
        (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")


def test_a_heir_is_looked_at_with_all_that_it_says(
    voices: Path, imprint: Callable[..., tuple[int, str, str]]
) -> None:
    """What it inherits is measured in its own voice, and told where it inherits, not in the other's files."""
    _write(
        voices / "slow",
        pack="name: slow\ninherit: en\nwords_per_minute: 80\n",
        cues=(
            "movement:\n"
            '  lift: "Stop, and lift."\n'
            '  hold: {clip: clips/hold.wav, say: "Hold."}\n'
            '  get_ready: "Get ready."\n'
        ),
        movements='movement:\n  setup_nothing: "Nothing says this."\n',
    )
    status, out, _ = imprint("check", "--json", "voices")
    found = {(one["file"], one["line"], one["rule"]) for one in json.loads(out)}
    assert status == 1
    assert {
        ("voices/slow/cues.yaml", 2, "cue-safety-word"),
        ("voices/slow/cues.yaml", 3, "clip"),
        ("voices/slow/movements.yaml", 2, "cue-unused"),
        ("voices/slow/pack.yaml", 2, "cue-too-long"),
    } <= found
    assert {file for file, *_ in found} <= {
        f"voices/slow/{name}.yaml" for name in ("pack", "cues", "movements")
    }


def test_what_is_wrong_with_inheriting_is_a_finding(voices: Path) -> None:
    """A parent that is missing, and packs that inherit each other."""
    _write(voices / "lost", pack="name: lost\ninherit: nowhere\n")
    _write(voices / "one", pack="name: one\ninherit: two\n")
    _write(voices / "two", pack="name: two\ninherit: one\n")
    gathered = gather([voices], None)
    found = {(one.file, one.line, one.rule) for one in gathered.findings}
    assert found == {("voices/lost/pack.yaml", 2, "invalid"), ("voices/two/pack.yaml", 2, "invalid")}
    assert [read.pack.name for read in gathered.subject.voices] == []


def test_a_heir_needs_no_other_file(voices: Path) -> None:
    """Nor is one that is not there complained about."""
    _write(voices / "mine", pack="name: mine\ninherit: en\npitch: 30\n")
    gathered = gather([voices], None)
    assert gathered.findings == ()
    assert gathered.targets == {"voices/mine/pack.yaml"}
    assert [read.pack.pitch for read in gathered.subject.voices] == [30]
