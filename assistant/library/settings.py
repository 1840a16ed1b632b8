"""The settings file of a person: found, read, and written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InputError
from assistant.files import replace_file
from assistant.library.text_files import read_text
from assistant.places import config_folder
from assistant.programme.reading import Document
from assistant.programme.settings import ReadSettings, Settings, first_text, parse_settings

FILE_NAME = "settings.yaml"


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """What was found in the settings file."""

    path: Path
    document: Document | None
    """Knows each setting's line; None where there is no file."""
    read: ReadSettings


def settings_path() -> Path:
    """Return where the settings file is, or would be."""
    return config_folder() / FILE_NAME


def load_settings() -> LoadedSettings:
    """Read the person's settings; without a file everything is at its default.

    Raises:
        InputError: naming the file, line and field, when the file can't be read or is wrong.
    """
    path = settings_path()
    text = _text(path)
    if text is None:
        return LoadedSettings(path, None, ReadSettings(Settings(), frozenset()))
    document = Document(text, str(path))
    return LoadedSettings(path, document, parse_settings(document))


def settings_text() -> str:
    """Return the text of the settings file, or the one it begins with where the file is missing.

    Raises:
        InputError: it can't be read.
    """
    text = _text(settings_path())
    return first_text() if text is None else text


def write_settings(text: str) -> None:
    """Replace the settings file in one step, so that it is never read half written.

    Line endings and rights stay as they were; a link is followed.

    Raises:
        InputError: it can't be written.
    """
    path = Path(os.path.realpath(settings_path()))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = 0o644
        if path.exists():
            mode = path.stat().st_mode & 0o777
            if not os.access(path, os.W_OK):
                # A read-only file could still be replaced, but the person has made it read-only on purpose.
                raise PermissionError(None, "it is read-only")
            if b"\r\n" in path.read_bytes():
                text = text.replace("\n", "\r\n")
        replace_file(path, text.encode(), mode=mode)
    except OSError as error:
        problem = f"the settings can't be written ({error.strerror or error})"
        remedy = "Make the file and its folder writable, or set IMPRINT_CONFIG to another folder"
        raise InputError(problem, remedy=remedy, file=str(path)) from error


def _text(path: Path) -> str | None:
    with contextlib.suppress(OSError):
        if not path.exists():
            return None
    return read_text(path)
