"""`imprint models`, as people type it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from assistant.cli.fetch_progress import ProgressBar, ProgressLines
from assistant.models.manifest import Downloadable

Imprint = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is compiled yet."""
    monkeypatch.setenv("IMPRINT_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def manifest(wanted: Downloadable, tmp_path: Path) -> Path:
    """A manifest that names the server's model."""
    file = tmp_path / "manifest.yaml"
    file.write_text(
        "models:\n  - name: small\n    language: en\n    licence: Apache-2.0\n    about: a copy\n"
        f"    address: {wanted.address}\n"
    )
    return file


def test_a_model_is_fetched_listed_and_used(
    imprint: Imprint, manifest: Path, home: Path, model_zip: bytes
) -> None:
    status, out, err = imprint("models", "fetch", "small", "--manifest", manifest)
    assert status == 0
    assert str(home / "small") in out
    assert "SHA-256" in out
    assert str(home / "pins.json") in out
    assert err.startswith(f"small: fetching {len(model_zip) / 1e6:.1f} MB")
    assert len(err.splitlines()) >= 10
    status, out, err = imprint("models", "fetch", "small", "--manifest", manifest)
    assert (status, err) == (0, "")
    assert "already" in out
    listed = {model["name"]: model for model in json.loads(imprint("models", "list", "--json")[1])}
    assert (listed["small"]["state"], listed["small"]["pinned"]) == ("fetched", True)
    assert listed["vosk-model-small-en-us-0.15"]["bytes"] == 41205931
    _, out, _ = imprint("models", "list")
    assert "small: fetched" in out
    status, out, err = imprint("models", "build", "--model", "small")
    assert (status, err) == (0, "")


def test_a_build_shows_each_context_and_what_was_new(imprint: Imprint, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("commands: {onward: {contexts: [moving], sentences: [go on]}}\n")
    status, out, _ = imprint("models", "build", "--commands", tmp_path / "mine.yaml")
    assert status == 0
    (moving,) = [line.split() for line in out.splitlines() if "moving" in line]
    assert moving == ["moving", "1", "2", "new"]
    assert "was there" in imprint("models", "build", "--commands", tmp_path / "mine.yaml")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fetch", "nothing"), ["'nothing'", "vosk-model-small-en-us-0.15"]),
        (("fetch", "x", "--manifest", "gone.yaml"), ["gone.yaml", "no such file"]),
        (("build", "--model", "nothing"), ["nothing", "imprint models list"]),
        (("build", "--commands", "gone.yaml"), ["gone.yaml", "no such file"]),
    ],
)
def test_a_mistake_is_one_sentence(imprint: Imprint, arguments: tuple[str, ...], words: list[str]) -> None:
    status, out, err = imprint("models", *arguments)
    assert (status, out) == (2, "")
    assert all(word in err for word in words)


def test_without_a_network_it_says_so_and_leaves_nothing(
    imprint: Imprint, manifest: Path, home: Path, server: Any
) -> None:
    manifest.write_text(manifest.read_text().replace(server.address, "http://127.0.0.1:9/model.zip"))
    status, _, err = imprint("models", "fetch", "small", "--manifest", manifest)
    assert status == 2
    assert "Imprint works without it" in err
    assert list(home.iterdir()) == []


def test_after_ctrl_c_it_says_that_what_came_is_kept(
    imprint: Imprint, manifest: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(self: ProgressLines, count: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ProgressLines, "came", interrupt)
    status, _, err = imprint("models", "fetch", "small", "--manifest", manifest)
    assert status == 130
    assert "fetch again" in err
    assert (home / "small.zip.part").stat().st_size > 0


def test_a_terminal_is_shown_a_bar_that_goes_away(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    console = Console(force_terminal=True, width=100, stderr=True)
    with ProgressBar(console, "small") as bar:
        bar.began(250_000, 1_000_000)
        bar.came(250_000)
        bar.said("A line")
    written = capsys.readouterr()
    assert "0.5/1.0 MB" in written.err
    assert "A line" in written.err
    assert written.err.endswith("\x1b[2K")
    assert written.out == ""


def test_lines_come_at_each_tenth_from_where_it_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(stderr=True, soft_wrap=True)
    with ProgressLines(console, "small") as lines:
        lines.began(450_000, 1_000_000)
        for _ in range(15):
            lines.came(10_000)
    assert capsys.readouterr().err.splitlines() == [
        "small: going on at 450.0 kB of 1.0 MB",
        "small: 500.0 kB of 1.0 MB",
        "small: 600.0 kB of 1.0 MB",
    ]
