"""Settings: what a person prefers in every session, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from assistant.coaching.commands.voice import VOLUME_RANGE_DB
from assistant.programme.reading import Document, FileModel
from assistant.programme.voice import Counting


def _named(device: object) -> str:
    """Take a device's number for one of its names."""
    if isinstance(device, str):
        return device
    if isinstance(device, int) and device >= 0:
        return str(device)
    raise ValueError("write the device's number, an integer, or a part of its name")


_Device = Annotated[str, BeforeValidator(_named), Field(min_length=1)]


class Settings(FileModel):
    """One settings file; what it does not say is the default."""

    volume_db: float = Field(default=0.0, ge=VOLUME_RANGE_DB[0], le=VOLUME_RANGE_DB[1], allow_inf_nan=False)
    """How loud the coach is, relative to its usual level."""
    talkative: bool = True
    """Whether it gives breath cues and reminders."""
    voice: str = Field(default="en", min_length=1)
    """A voice pack's folder or name."""
    counting: Counting | None = None
    """How the lowering is counted; None is as the voice pack has it."""
    microphone: _Device | None = None
    """A device's number or a part of its name; None is the system's default."""
    loudspeaker: _Device | None = None
    """A device's number or a part of its name; None is the system's default."""
    model: str | None = Field(default=None, min_length=1)
    """A speech model's folder or name; None is the shipped one."""


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
