"""Settings: what a person prefers in every session, checked and frozen; and changed in their file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from assistant.coaching.commands.voice import VOLUME_RANGE_DB
from assistant.errors import InputError
from assistant.programme.reading import Document, FileModel
from assistant.programme.voice import Counting
from assistant.programme.yaml_text import read_yaml


def _named(device: object) -> str:
    """Take a device's number for one of its names."""
    if isinstance(device, str):
        return device
    if isinstance(device, int) and device >= 0:
        return str(device)
    raise ValueError("write the device's number, an integer, or a part of its name")


_Device = Annotated[str, BeforeValidator(_named), Field(min_length=1)]


class Settings(FileModel):
    """One settings file; what it does not say is the default. `SETTINGS` says what each setting is."""

    volume_db: float = Field(default=0.0, ge=VOLUME_RANGE_DB[0], le=VOLUME_RANGE_DB[1], allow_inf_nan=False)
    talkative: bool = True
    voice: str = Field(default="en", min_length=1)
    counting: Counting | None = None
    """None is as the voice pack has it; for a device the system's own, and for a model the shipped one."""
    microphone: _Device | None = None
    loudspeaker: _Device | None = None
    model: str | None = Field(default=None, min_length=1)
    give_way: bool = True
    keep_misheard: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is to be known of one of the settings, besides its value."""

    name: str
    about: str
    """For the person who edits the file: lines of at most 90 characters."""
    example: str
    """The default as it would be written, or something that could be."""
    option: str | None = None
    """The option of `imprint start` that wins over the file."""
    spoken: str | None = None
    """What is said in a session to change it, which wins over the file as well."""


SETTINGS = (
    Setting(
        "volume_db",
        "How loud the coach is: decibels, -12 to 6. About 3 is clearly louder.",
        "0",
        spoken="louder, quieter",
    ),
    Setting(
        "talkative",
        "Whether it reminds you to breathe and repeats what matters: true or false.",
        "true",
        spoken="more talk, less talk",
    ),
    Setting("voice", "A voice pack: the name of one in voices/, or a folder.", "en", "--voice"),
    Setting(
        "counting",
        "How the lowering is counted: words, beeps or both. By default as the voice has it.",
        "both",
    ),
    Setting(
        "microphone",
        "A number or a part of a name, as `imprint devices` shows them.\n"
        "A name is better: numbers change when something is plugged in.",
        "USB",
        "--mic",
    ),
    Setting("loudspeaker", "The same for the loudspeaker.", "Speaker", "--speaker"),
    Setting(
        "model",
        "A speech model that `imprint models list` shows as here, or its folder.",
        "vosk-model-small-en-us-0.15",
        "--model",
    ),
    Setting(
        "give_way",
        "Whether the coach gets softer while you speak, so that you hear each other: true or false.",
        "true",
    ),
    Setting(
        "keep_misheard",
        'Whether ten seconds of sound are kept when you say "I didn\'t say that", or a command\n'
        "twice, on this machine only: true or false. `imprint why` shows them.",
        "false",
    ),
)
"""Every setting, in the order of the file."""


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What a settings file says."""

    settings: Settings
    given: frozenset[str]
    """The settings that it does not leave at their defaults."""


def parse_settings(document: Document) -> ReadSettings:
    """Read a settings file; an empty one, or one of comments alone, leaves everything at its default.

    Raises:
        InputError: naming the file, line and field, when a field is unknown or of the wrong kind.
    """
    if document.value is None:
        return ReadSettings(Settings(), frozenset())
    settings = document.check(Settings)
    given = frozenset(name for name in settings.model_fields_set if getattr(settings, name) is not None)
    return ReadSettings(settings, given)


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
        remedy = "Change it with: imprint settings edit"
        raise InputError("the line can't be changed by itself", remedy=remedy, file=file, field=name)
    return text
