"""Manifests: the shipped one, one's own, and mistakes in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.models.manifest import choose, load_manifest, parse_manifest

GOOD = """\
models:
  - name: mine
    language: en
    address: https://example.org/mine.zip
    licence: MIT
    about: my own
"""


def test_the_shipped_models_come_over_https_and_may_be_used_by_anybody() -> None:
    known = load_manifest()
    assert {"vosk-model-small-en-us-0.15", "vosk-model-en-us-0.22-lgraph"} <= set(known)
    for entry in known.values():
        assert entry.address == f"https://alphacephei.com/vosk/models/{entry.name}.zip"
        assert entry.licence == "Apache-2.0"


def test_ones_own_entries_are_added_and_win(home: Path) -> None:
    home.mkdir(parents=True)
    (home / "manifest.yaml").write_text(GOOD + GOOD[7:].replace("mine", "vosk-model-small-en-us-0.15"))
    known = load_manifest()
    assert known["mine"].address == "https://example.org/mine.zip"
    assert known["vosk-model-small-en-us-0.15"].about == "my own"
    assert "vosk-model-en-us-0.22-lgraph" in known


def test_a_manifest_that_is_named_is_the_only_one(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(GOOD)
    assert list(load_manifest(tmp_path / "other.yaml")) == ["mine"]


def test_a_digest_may_be_written_in_capitals() -> None:
    (entry,) = parse_manifest(GOOD + f"    sha256: {'AB' * 32}\n", "m.yaml")
    assert entry.sha256 == "ab" * 32
    assert entry.line == 2


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "words"),
    [
        ("name: mine", "name: ../mine", 2, "models[0].name", "letters, digits"),
        ("name: mine", "name: .mine", 2, "models[0].name", "letters, digits"),
        ("https:", "file:", 4, "models[0].address", "only http and https"),
        ("address:", "adress:", 4, "models[0].adress", "no such field"),
        ("    licence: MIT\n", "", 2, "models[0].licence", "missing"),
        ("my own", "my own\n    bytes: -1", 7, "models[0].bytes", "greater than 0"),
        ("my own", "my own\n    sha256: abc", 7, "models[0].sha256", "64 hexadecimal"),
        ("my own\n", f"my own{GOOD[7:]}", 7, "models[1].name", "twice"),
        (GOOD, "models: []", 1, "models", "at least 1"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, field: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as raised:
        parse_manifest(GOOD.replace(old, new), "m.yaml")
    assert (raised.value.file, raised.value.line, raised.value.field) == ("m.yaml", line, field)


def test_an_unknown_name_lists_the_names() -> None:
    with pytest.raises(InputError, match=r"'yours'.*mine"):
        choose("yours", {entry.name: entry for entry in parse_manifest(GOOD, "m.yaml")})
