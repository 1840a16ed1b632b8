"""The settings file is found, read, and written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.library import settings as settings_file
from assistant.library.settings import load_settings, settings_path, settings_text, write_settings
from assistant.programme.settings import Settings, first_text


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IMPRINT_CONFIG", str(tmp_path / "config"))
    return tmp_path / "config"


def test_without_a_file_everything_is_at_its_default(folder: Path) -> None:
    """And reading makes none."""
    loaded = load_settings()
    assert (loaded.path, loaded.document) == (folder / "settings.yaml", None)
    assert loaded.read.settings == Settings()
    assert settings_text() == first_text()
    assert not folder.exists()


def test_what_is_written_is_read(folder: Path) -> None:
    """With nothing left beside it."""
    write_settings("voice: other\n")
    assert load_settings().read.settings.voice == "other"
    assert [file.name for file in folder.iterdir()] == ["settings.yaml"]


def test_the_systems_place_is_used_unless_another_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is Imprint's own."""
    monkeypatch.delenv("IMPRINT_CONFIG")
    assert settings_path().parent.name == "imprint"


def test_rights_line_endings_and_links_stay(folder: Path, tmp_path: Path) -> None:
    """People keep such files in other places, and write them on other systems."""
    real = tmp_path / "mine.yaml"
    real.write_bytes(b"voice: en\r\nvolume_db: 3\r\n")
    real.chmod(0o600)
    folder.mkdir()
    (folder / "settings.yaml").symlink_to(real)
    write_settings(settings_text().replace("3", "0"))
    assert (folder / "settings.yaml").is_symlink()
    assert real.read_bytes() == b"voice: en\r\nvolume_db: 0\r\n"
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_read_only_file_is_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a word on what to do."""
    write_settings("voice: en\n")

    def denied(*_: object) -> bool:
        return False

    monkeypatch.setattr(os, "access", denied)
    with pytest.raises(InputError, match=r"read-only.*IMPRINT_CONFIG"):
        write_settings("voice: other\n")
    assert (folder / "settings.yaml").read_text() == "voice: en\n"


def test_a_write_that_fails_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no half of the new one."""
    write_settings("voice: en\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings_file.os, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        write_settings("voice: other\n")
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("settings.yaml", "voice: en\n")]


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no accident of the program's."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("IMPRINT_CONFIG", str(tmp_path / "file"))
    with pytest.raises(InputError, match=r"file/settings\.yaml"):
        write_settings("voice: en\n")
    assert load_settings().document is None


def test_what_can_not_be_read_is_named(folder: Path) -> None:
    """A folder of that name is no file."""
    (folder / "settings.yaml").mkdir(parents=True)
    with pytest.raises(InputError, match="can't be read"):
        load_settings()
