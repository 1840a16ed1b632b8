"""Changing one line of a settings file, so that its comments and its order stay."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from assistant.errors import InputError
from assistant.programme.reading import Document
from assistant.programme.settings import SETTINGS, Setting, parse_settings
from assistant.programme.yaml_text import read_yaml

_TOP = """\
# Imprint's settings: what you prefer in every session.
#
# A setting behind "# " is left at its default; take the "# " away to change it. The options of
# `imprint start` win over this file, and so does what you told the coach in a session.
# `imprint settings` shows what is in force, `imprint settings edit` opens and checks this file.
"""


def first_text() -> str:
    """Return a settings file that leaves everything at its default and says what there is."""
    return _TOP + "".join(_explained(setting) for setting in SETTINGS)


def with_setting(text: str, file: str, name: str, value: str) -> str:
    """Return a settings file's text with one setting changed, and nothing else.

    The setting's own line is changed where there is one, else the comment that holds its default;
    without either a line is added.

    Args:
        text: A valid settings file.
        file: Its name as the person knows it.
        name: Of the setting.
        value: As the person typed it.

    Raises:
        InputError: there is no such setting, the value does not go with it, something else in the text is
            wrong, or the line can't be changed by itself.
    """
    setting, before = _known(name), _values(text, file)
    line = f"{name}: {_written(setting, value)}"
    changed = _with_line(text, file, name, line)
    if changed is None:
        changed, found = re.subn(
            rf"^#[ \t]*{name}[ \t]*:.*?(?=\r?$)", lambda _: line, text, count=1, flags=re.M
        )
        if not found:
            ending = "" if text.endswith("\n") or not text else "\n"
            changed = f"{text}{ending}{line}\n"
    return _checked(changed, file, name, {**before, **_values(line, file)})


def without_setting(text: str, file: str, name: str) -> str:
    """Return a settings file's text with one setting left at its default: its line becomes a comment again.

    Raises:
        InputError: there is no such setting, something else in the text is wrong, or the line can't be
            changed by itself.
    """
    setting, wanted = _known(name), _values(text, file)
    changed = _with_line(text, file, name, f"# {name}: {setting.example}")
    wanted.pop(name, None)
    return _checked(text if changed is None else changed, file, name, wanted)


def _explained(setting: Setting) -> str:
    about = "".join(f"# {line}\n" for line in setting.about.splitlines())
    if setting.spoken:
        about += f"# In a session, say: {setting.spoken}.\n"
    return f"\n{about}# {setting.name}: {setting.example}\n"


def _known(name: str) -> Setting:
    known = {setting.name: setting for setting in SETTINGS}
    if name not in known:
        raise InputError(f"there is no setting {name!r}", remedy=f"Use one of: {', '.join(known)}")
    return known[name]


def _written(setting: Setting, value: str) -> str:
    """Return a value as the file holds it: as it was typed where YAML reads it so, else in quotes."""
    first: InputError | None = None
    for written in (value, json.dumps(value, ensure_ascii=False)):
        try:
            document = Document(f"{setting.name}: {written}", "")
            read = document.value[setting.name]
            if str(read) == value or not isinstance(read, (str, list, dict, type(None))):
                parse_settings(document)
                return written
        except InputError as error:
            first = first or error
    problem = "the value can't be written in one line" if first is None else first.problem
    raise InputError(problem, remedy=setting.about.rstrip("."), field=setting.name) from first


def _with_line(text: str, file: str, name: str, line: str) -> str | None:
    """Return the text with a setting's name and value replaced; None where it has no line of its own."""
    span = read_yaml(text, file).spans.get((name,))
    start = 0 if span is None else text.rfind("\n", 0, span[0]) + 1
    if span is None or "\n" in text[slice(*span)] or not re.match(rf"{name}\s*:", text[start:]):
        return None
    return text[:start] + line + text[span[1] :]


def _values(text: str, file: str) -> dict[str, Any]:
    """Return what a settings file says; InputError where anything in it is wrong."""
    document = Document(text, file)
    parse_settings(document)
    return dict(document.value or {})


def _checked(text: str, file: str, name: str, wanted: Mapping[str, Any]) -> str:
    """Return the text, unless changing a line did something else as well: it had a value of several."""
    try:
        changed = _values(text, file)
    except InputError:
        changed = None
    if changed != wanted:
        raise InputError(
            "the line can't be changed by itself",
            remedy="Change it with: imprint settings edit",
            file=file,
            field=name,
        )
    return text
