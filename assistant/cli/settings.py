"""`imprint settings`: what is preferred in every session, shown and changed."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from assistant.cli.app import ERR, OUT, app, can_ask, table

if TYPE_CHECKING:
    from assistant.coaching.history import History

_NOTHING = {
    "counting": "the voice's",
    "microphone": "the system's",
    "loudspeaker": "the system's",
    "model": "the shipped one",
}
"""What no value means."""

settings = App(name="settings", help="What you prefer in every session: shown, changed, edited.")
app.command(settings)


@settings.default
def show(*, as_json: Annotated[bool, Parameter(name="--json", negative=())] = False) -> int:
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
    shown = table("setting", "value", "from", "what wins over the file")
    for name, value, source, wins in rows:
        shown.add_row(name, _NOTHING[name] if value is None else _shown(value), source, wins)
    OUT.print(shown)
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
        ERR.print(
            f"imprint: what you told the coach in a session wins over the file: {name} is {_shown(spoken)} "
            "until you tell it otherwise.",
        )
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
    from assistant.cli.editing import copied, edited
    from assistant.errors import AssistantError, InputError
    from assistant.library.settings import settings_path, settings_text, write_settings

    path, before = settings_path(), settings_text()
    with copied(before) as copy:
        while True:
            text = edited(copy)
            if text == before and path.exists():
                OUT.print(f"Nothing was changed in {path}")
                return 0
            try:
                _check(text, str(path))
            except InputError as error:
                if not can_ask():
                    raise
                ERR.print(f"imprint: {error}")
                answer = "n"
                with contextlib.suppress(EOFError):
                    answer = input("Edit again? [Y/n] ")
                if answer.strip().lower().startswith("n"):
                    raise AssistantError("The settings are as they were.") from error
                continue
            write_settings(text)
            OUT.print(f"Written to {path}")
            return 0


def _check(text: str, file: str) -> None:
    from assistant.cli.preferences import LASTING, complaint
    from assistant.programme.reading import Document
    from assistant.programme.settings import parse_settings

    document = Document(text, file)
    read = parse_settings(document)
    for name in sorted(read.given):
        if wrong := complaint(name, str(getattr(read.settings, name)), document, LASTING):
            raise wrong


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
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)
