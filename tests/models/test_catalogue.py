"""The models that are here and those that could be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.models.catalogue import list_models
from assistant.models.fetching import fetch_model
from assistant.models.manifest import Downloadable
from assistant.places import shipped


def test_the_shipped_model_is_here_and_others_can_be_fetched(wanted: Downloadable) -> None:
    own, other = list_models({"small": wanted})
    assert (own.name, own.state, own.where) == ("en", "shipped", str(shipped("models") / "en"))
    assert own.bytes is not None
    assert own.bytes > 1_000_000
    assert (other.name, other.state, other.where) == ("small", "can be fetched", wanted.address)
    assert (other.bytes, other.pinned, other.licence) == (None, False, "Apache-2.0")


def test_a_fetched_model_is_listed_once_with_its_folder(
    wanted: Downloadable, home: Path, model_files: dict[str, bytes], watching: Any
) -> None:
    fetch_model(wanted, watching())
    (home / "other.zip.part").write_bytes(b"half")
    _, fetched = list_models({"small": wanted})
    assert (fetched.name, fetched.state, fetched.where) == ("small", "fetched", str(home / "small"))
    assert fetched.bytes == sum(map(len, model_files.values()))
    assert fetched.pinned


def test_a_model_that_no_manifest_names_any_more_is_listed(wanted: Downloadable, watching: Any) -> None:
    fetch_model(wanted, watching())
    assert [model.name for model in list_models({})] == ["en", "small"]
