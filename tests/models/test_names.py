"""Models by name, wherever a model is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.hearing.recognition.model import find_model
from assistant.places import data_folder, shipped


@pytest.fixture
def fetched(home: Path) -> Path:
    """A model among the fetched ones."""
    return Path(shutil.copytree(shipped("models") / "en", home / "mine"))


def test_a_fetched_model_is_found_by_its_name(fetched: Path) -> None:
    assert find_model(Path("mine")).path == fetched.resolve()


def test_a_shipped_model_is_found_by_its_name() -> None:
    assert find_model(Path("en")).path == find_model().path


def test_a_folder_that_is_here_comes_before_a_name(
    fetched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path(shutil.copytree(fetched, tmp_path / "mine"))
    monkeypatch.chdir(tmp_path)
    assert find_model(Path("mine")).path == here.resolve()


def test_a_path_is_not_looked_for_among_the_fetched_models(home: Path) -> None:
    """Only a bare name is."""
    shutil.copytree(shipped("models") / "en", home / "deep" / "mine")
    with pytest.raises(InputError, match="no such model folder"):
        find_model(Path("deep/mine"))


def test_an_unknown_name_points_to_the_list() -> None:
    with pytest.raises(InputError, match="imprint models list") as raised:
        find_model(Path("yours"))
    assert raised.value.file == "yours"


def test_the_data_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.delenv("IMPRINT_DATA")
    assert data_folder().name == "imprint"
    assert data_folder() != tmp_path
