"""`imprint settings`: what is preferred in every session, shown and changed."""

from __future__ import annotations

import contextlib
import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from assistant.cli.app import ERR, OUT, AsJson, app, asked, can_ask, empty_table
from assistant.errors import AssistantError, InputError

if TYPE_CHECKING:
    from assistant.coaching.history import History

_NOTHING = {
    "counting": "the voice's",
    "microphone": "the system's",
    "loudspeaker": "the system's",
    "model": "the shipped one",
}
"""What no value means."""

_EDITORS = ("editor", "nano", "vi")
"""What is taken where neither $VISUAL nor $EDITOR says."""

settings = App(name="settings", help="What you prefer in every session: shown, changed, edited.")
app.command(settings)


@settings.default
def show(*, as_json: AsJson = False) -> int:
    """Show each setting, where its value comes from, and the file.

    Parameters
    ----------
    as_json
        Print one JSON object.
    """
    from assistant.library.settings import load_settings
    from assistant.programme.settings import SETTINGS

    loaded = load_settings()
    told = _told()
    values = dict(loaded.read.settings)
    rows: list[tuple[str, object, str, str]] = []
    for setting in SETTINGS:
        value, source = values[setting.name], "file" if setting.name in loaded.read.given else "default"
        if (spoken := getattr(told, setting.name, None)) is not None:
            value, source = spoken, "session"
        rows.append((setting.name, value, source, setting.option or setting.spoken or ""))
    if as_json:
        listed = {name: {"value": value, "from": source} for name, value, source, _ in rows}
        OUT.file.write(json.dumps({"file": str(loaded.path), "settings": listed}) + "\n")
        return 0
    table = empty_table("setting", "value", "from", "what wins over the file")
    for name, value, source, wins in rows:
        table.add_row(name, _NOTHING[name] if value is None else _shown(value), source, wins)
    OUT.print(table)
    there = "" if loaded.document is not None else " (not there yet: everything is at its default)"
    OUT.print(f"{loaded.path}{there}")
    OUT.print("Change one with: imprint settings set NAME VALUE. All of them: imprint settings edit")
    return 0


@settings.command(name="set")
def set_(name: str, value: Annotated[str, Parameter(allow_leading_hyphen=True)], /) -> int:
    """Change one setting; comments and order of the file stay.

    Parameters
    ----------
    name
        A setting that `imprint settings` shows.
    value
        Its new value.
    """
    from assistant.cli.preferences import LASTING, PASSING, complaint
    from assistant.library.settings import settings_path, settings_text, write_settings
    from assistant.programme.settings import with_setting

    text = with_setting(settings_text(), str(settings_path()), name, value)
    if wrong := complaint(name, value, None, LASTING):
        raise wrong
    write_settings(text)
    OUT.print(f"{name}: {value}, in {settings_path()}")
    if wrong := complaint(name, value, None, PASSING):
        ERR.print(f"imprint: {wrong} It is written down all the same.")
    if (spoken := getattr(_told(), name, None)) is not None:
        wins = f"what you told the coach in a session wins over the file: {name} is {_shown(spoken)}"
        ERR.print(f"imprint: {wins} until you tell it otherwise.")
    return 0


@settings.command
def unset(name: str, /) -> int:
    """Leave one setting at its default again; comments and order of the file stay.

    Parameters
    ----------
    name
        A setting that `imprint settings` shows.
    """
    from assistant.library.settings import settings_path, settings_text, write_settings
    from assistant.programme.settings import without_setting

    write_settings(without_setting(settings_text(), str(settings_path()), name))
    OUT.print(f"{name} is at its default, in {settings_path()}")
    return 0


@settings.command
def edit() -> int:
    """Open the settings in your editor ($VISUAL or $EDITOR); they are checked before they count."""
    from assistant.library.settings import settings_path, settings_text, write_settings

    path, before = settings_path(), settings_text()
    with _copied(before) as copy:
        while True:
            text = _edited(copy)
            if text == before and path.exists():
                OUT.print(f"Nothing was changed in {path}")
                return 0
            try:
                _check(text, str(path))
            except InputError as error:
                if not can_ask():
                    raise
                ERR.print(f"imprint: {error}")
                if asked("Edit again? [Y/n] ").startswith("n"):
                    raise AssistantError("The settings are as they were.") from error
                continue
            write_settings(text)
            OUT.print(f"Written to {path}")
            return 0


@contextlib.contextmanager
def _copied(text: str) -> Generator[Path, None, None]:
    """Yield a file that holds a text, to be edited, and is deleted afterwards.

    Where an error ends it and somebody has written something, it stays.

    Raises:
        AssistantError: the error, and where what was written is kept.
    """
    folder = Path(tempfile.mkdtemp(prefix="imprint-"))
    copy = folder / "settings.yaml"
    copy.write_text(text, encoding="utf-8")
    try:
        yield copy
    except AssistantError as error:
        if copy.read_bytes() != text.encode():
            raise AssistantError(f"{error} What you wrote is kept in {copy}") from error
        shutil.rmtree(folder)
        raise
    shutil.rmtree(folder)


def _edited(copy: Path) -> str:
    """Open a file in $VISUAL, $EDITOR or a usual editor, and return what became of it.

    Raises:
        InputError: there is no editor, it failed, or what it left can't be read.
    """
    from assistant.library.text_files import read_text

    command = _editor()
    try:
        status = subprocess.run([*command, str(copy)], check=False).returncode
    except OSError as error:
        problem = f"the editor {command[0]!r} can't be started ({error.strerror or error})"
        raise InputError(problem, remedy="Set EDITOR to one that is installed, such as nano") from error
    if status != 0:
        problem = f"the editor {command[0]!r} ended with status {status}, so nothing was changed"
        raise InputError(problem, remedy="Try again, or set EDITOR to another")
    return read_text(copy)


def _editor() -> list[str]:
    for name in ("VISUAL", "EDITOR"):
        if chosen := os.environ.get(name, "").strip():
            try:
                return shlex.split(chosen)
            except ValueError as error:
                problem = f"{name} can't be read as a command ({error})"
                raise InputError(problem, remedy="Correct its quotes") from error
    if (found := next(filter(shutil.which, _EDITORS), None)) is None:
        raise InputError("there is no editor", remedy="Set EDITOR to one, such as: EDITOR=nano")
    return [found]


def _check(text: str, file: str) -> None:
    from assistant.cli.preferences import refuse_wrong
    from assistant.programme.reading import Document
    from assistant.programme.settings import parse_settings

    document = Document(text, file)
    refuse_wrong(parse_settings(document), document)


def _told() -> History | None:
    """Return what was told in sessions; None where there was no session, or its journal is damaged."""
    from assistant.cli.memory import now_here
    from assistant.journal.database import FILE_NAME, JournalError
    from assistant.journal.memory import look_back
    from assistant.places import data_folder

    if not (data_folder() / FILE_NAME).is_file():
        return None
    try:
        return look_back(data_folder(), now_here())
    except JournalError as error:
        ERR.print(f"imprint: {error} What was told in sessions is not shown.")
        return None


def _shown(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:g}"
        case _:
            return str(value)
