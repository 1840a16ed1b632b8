"""From a name to a model folder: all of it, or nothing."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.model import find_model
from assistant.models.download import CHUNK, PartFile, WrongFileError
from assistant.models.fetching import fetch_model
from assistant.models.manifest import Downloadable


def replace(wanted: Downloadable, **changed: object) -> Downloadable:
    return wanted.model_copy(update=changed)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_a_fetched_model_is_whole_and_has_a_name(
    wanted: Downloadable, home: Path, model_zip: bytes, watching: Any
) -> None:
    fetched = fetch_model(wanted, watching())
    assert fetched.folder == home / "small"
    assert find_model(Path("small")).fingerprint == find_model().fingerprint
    assert fetched.sha256 == hashlib.sha256(model_zip).hexdigest()
    assert names(home) == {"small", "pins.json"}


def test_an_unknown_file_is_pinned(wanted: Downloadable, home: Path, model_zip: bytes, watching: Any) -> None:
    assert fetch_model(wanted, watching()).pinned == home / "pins.json"
    pins = json.loads((home / "pins.json").read_text())
    assert pins == {"small": {"sha256": hashlib.sha256(model_zip).hexdigest(), "address": wanted.address}}


def test_a_file_that_the_manifest_knows_is_not_pinned(
    wanted: Downloadable, home: Path, model_zip: bytes, watching: Any
) -> None:
    known = replace(wanted, sha256=hashlib.sha256(model_zip).hexdigest(), bytes=len(model_zip))
    assert fetch_model(known, watching()).pinned is None
    assert names(home) == {"small"}


def test_a_model_that_is_here_is_not_fetched_again(wanted: Downloadable, server: Any, watching: Any) -> None:
    fetch_model(wanted, watching())
    assert fetch_model(wanted, watching()).sha256 is None
    assert len(server.requests) == 1


def test_something_else_in_the_place_is_left_there(
    wanted: Downloadable, home: Path, server: Any, watching: Any
) -> None:
    (home / "small").mkdir(parents=True)
    with pytest.raises(InputError, match="can't be used: this is no Vosk model") as raised:
        fetch_model(wanted, watching())
    assert raised.value.file == str(home / "small")
    assert server.requests == []


def test_a_broken_connection_is_gone_on_from(
    wanted: Downloadable, home: Path, server: Any, model_zip: bytes, watching: Any
) -> None:
    server.breaks_after = len(model_zip) // 2
    with pytest.raises(InputError, match="broke off"):
        fetch_model(wanted, watching())
    assert names(home) == {"small.zip.part", "small.zip.part.json"}
    server.breaks_after = None
    fetch_model(wanted, watching())
    assert server.requests[1].asked_range == f"bytes={len(model_zip) // 2}-"
    assert sum(request.sent for request in server.requests) == len(model_zip)
    assert names(home) == {"small", "pins.json"}


def test_an_interruption_leaves_only_what_came(
    wanted: Downloadable, home: Path, server: Any, model_zip: bytes, watching: Any
) -> None:
    with pytest.raises(KeyboardInterrupt):
        fetch_model(wanted, watching(interrupt_after=3 * CHUNK))
    assert names(home) == {"small.zip.part", "small.zip.part.json"}
    assert (home / "small.zip.part").read_bytes() == model_zip[: 3 * CHUNK]
    fetch_model(wanted, watching())
    assert server.requests[1].asked_range == f"bytes={3 * CHUNK}-"
    assert names(home) == {"small", "pins.json"}


@pytest.mark.parametrize("damage", ["sha256", "size", "larger"])
def test_a_file_that_the_manifest_knows_otherwise_is_removed(
    wanted: Downloadable, home: Path, model_zip: bytes, watching: Any, damage: str
) -> None:
    size = len(model_zip)
    known = {
        "sha256": replace(wanted, sha256="0" * 64),
        "size": replace(wanted, bytes=size + 1),
        "larger": replace(wanted, bytes=size - 1),
    }[damage]
    words = {
        "sha256": f"is {hashlib.sha256(model_zip).hexdigest()}, not 0000",
        "size": f"has {size} bytes, and should have {size + 1}",
        "larger": f"larger than {size - 1} bytes",
    }[damage]
    with pytest.raises(WrongFileError, match=words) as raised:
        fetch_model(known, watching())
    assert raised.value.remedy
    assert names(home) == set()
    if damage != "larger":
        assert (raised.value.file, raised.value.line) == ("manifest.yaml", 2)


def test_another_file_than_the_first_time_is_removed(wanted: Downloadable, home: Path, watching: Any) -> None:
    pin = {"small": {"sha256": "1" * 64, "address": wanted.address}}
    home.mkdir(parents=True)
    (home / "pins.json").write_text(json.dumps(pin))
    with pytest.raises(WrongFileError, match="not the one of the first time") as raised:
        fetch_model(wanted, watching())
    assert (raised.value.file, raised.value.field) == (str(home / "pins.json"), "small")
    assert "delete this entry" in raised.value.remedy
    assert names(home) == {"pins.json"}
    assert json.loads((home / "pins.json").read_text()) == pin


def test_a_damaged_list_of_pins_is_named_and_left(wanted: Downloadable, home: Path, watching: Any) -> None:
    home.mkdir(parents=True)
    (home / "pins.json").write_text('{"small": {"sha256": "12"}}')
    with pytest.raises(InputError, match=r"pins\.json, field small\.sha256"):
        fetch_model(wanted, watching())
    assert not (home / "small").exists()


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ((), "no Vosk model"),
        (("am/final.mdl",), "can't be used: this is no Vosk model: conf"),
    ],
)
def test_an_archive_without_a_model_is_removed(
    server: Any,
    wanted: Downloadable,
    home: Path,
    model_files: dict[str, bytes],
    zipped: Any,
    watching: Any,
    kept: tuple[str, ...],
    words: str,
) -> None:
    server.body = zipped({"x/README": b"hello", **{f"x/{name}": model_files[name] for name in kept}})
    with pytest.raises(WrongFileError, match=words):
        fetch_model(wanted, watching())
    assert names(home) == set()


def test_an_archive_with_two_models_is_removed(
    server: Any, wanted: Downloadable, home: Path, zipped: Any, watching: Any
) -> None:
    server.body = zipped({"a/am/final.mdl": b"x", "b/am/final.mdl": b"x"})
    with pytest.raises(WrongFileError, match="more than one"):
        fetch_model(wanted, watching())
    assert names(home) == set()


def test_an_archive_may_have_the_model_at_its_top(
    server: Any, wanted: Downloadable, model_files: dict[str, bytes], zipped: Any, watching: Any
) -> None:
    server.body = zipped(model_files)
    assert find_model(fetch_model(wanted, watching()).folder)


def test_a_page_instead_of_an_archive_is_neither_kept_nor_pinned(
    server: Any, wanted: Downloadable, home: Path, watching: Any
) -> None:
    """As where one must sign in to a network first."""
    server.body = b"<!DOCTYPE html>" * 100
    with pytest.raises(WrongFileError, match="not a zip file"):
        fetch_model(wanted, watching())
    assert names(home) == set()


def test_what_a_killed_program_left_is_cleared(wanted: Downloadable, home: Path, watching: Any) -> None:
    (home / ".unpacking-small" / "am").mkdir(parents=True)
    (home / ".unpacking-small" / "am" / "final.mdl").write_bytes(b"half")
    fetch_model(wanted, watching())
    assert names(home) == {"small", "pins.json"}


def test_two_fetches_of_a_model_do_not_mix(wanted: Downloadable, home: Path, watching: Any) -> None:
    with PartFile(home / "small.zip.part"), pytest.raises(InputError, match="another program"):
        fetch_model(wanted, watching())
