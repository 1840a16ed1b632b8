"""What the commands do about settings: options first, then the file, then the defaults."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

from assistant.cli.app import ERR
from assistant.coaching.history import History
from assistant.errors import InputError
from assistant.hearing.recognition.model import find_model
from assistant.library.loader import Loader
from assistant.library.session import Session, load_voice
from assistant.library.settings import LoadedSettings, load_settings, settings_path
from assistant.live.devices import Kind, choose
from assistant.live.files import is_sound_file
from assistant.programme.reading import Document
from assistant.programme.settings import ReadSettings, Settings

Source: TypeAlias = Literal["default", "file", "option"]

_DEFAULTS = Settings()


def check_device(kind: Kind, wanted: str | None) -> None:
    """Look whether a device is there; a sound file may stand for it.

    Raises:
        InputError: it is not.
    """
    if not is_sound_file(wanted):
        choose(kind, wanted)


LASTING: Mapping[str, Callable[[str], object]] = {
    "voice": load_voice,
    "model": lambda name: find_model(Path(name)),
}
"""Settings whose value is there today and tomorrow, with what complains about one that is not."""

PASSING: Mapping[str, Callable[[str], object]] = {
    "microphone": partial(check_device, "microphone"),
    "loudspeaker": partial(check_device, "loudspeaker"),
}
"""Settings whose value may be unplugged, with what complains about one that is."""


@dataclasses.dataclass(frozen=True, slots=True)
class Preferences:
    """What holds for one command, and where it comes from."""

    settings: Settings
    sources: Mapping[str, Source]
    loader: Loader
    """What has read the voice, so that it is not read again."""

    def counted(self, session: Session) -> Session:
        """Return a session in which the lowering is counted as the settings have it."""
        counting = self.settings.counting or session.voice.counting
        return dataclasses.replace(session, voice=dataclasses.replace(session.voice, counting=counting))

    def remembered(self, history: History) -> History:
        """Return a history in which what was never said aloud is as the settings have it."""
        settings = self.settings
        return dataclasses.replace(
            history,
            volume_db=settings.volume_db if history.volume_db is None else history.volume_db,
            talkative=settings.talkative if history.talkative is None else history.talkative,
        )


def complaint(
    name: str, value: str, document: Document | None, checks: Mapping[str, Callable[[str], object]]
) -> InputError | None:
    """Return what is wrong with a setting's value beyond its form, with its place in the file."""
    try:
        if name in checks:
            checks[name](value)
    except InputError as error:
        if document is None:
            return InputError(error.problem, remedy=error.remedy, field=name)
        return document.error((name,), error.problem, error.remedy)
    return None


def refuse_wrong(read: ReadSettings, document: Document) -> None:
    """Look whether what a file of settings names is there.

    Raises:
        InputError: something lasting is not.
    """
    for name in sorted(read.given):
        if wrong := complaint(name, str(getattr(read.settings, name)), document, LASTING):
            raise wrong


def preferred(**options: object) -> Preferences:
    """Settle every setting; what is wrong with the file is one line each, and the default holds instead.

    Args:
        options: By the setting's name, what was asked for on the command line; None where nothing was.
    """
    try:
        loaded = load_settings()
    except InputError as error:
        ERR.print(f"imprint: {error} The defaults hold meanwhile.")
        loaded = LoadedSettings(settings_path(), None, ReadSettings(_DEFAULTS, frozenset()))
    values = dict(loaded.read.settings)
    sources: dict[str, Source] = {}
    loader = Loader()
    checks = {**LASTING, **PASSING, "voice": partial(load_voice, loader=loader)}
    for name, value in values.items():
        if (option := options.get(name)) is not None:
            values[name], sources[name] = str(option), "option"
            continue
        sources[name] = "file" if name in loaded.read.given else "default"
        if sources[name] == "file" and (wrong := complaint(name, str(value), loaded.document, checks)):
            ERR.print(f"imprint: {wrong} The default is used.")
            values[name], sources[name] = getattr(_DEFAULTS, name), "default"
    # What has met a mistake would tell of it again.
    loader = Loader() if loader.wrong else loader
    return Preferences(loaded.read.settings.model_copy(update=values), sources, loader)


def usual_voice() -> str:
    """Return the voice of the settings; the default where it can't be used."""
    with contextlib.suppress(InputError):
        voice = load_settings().read.settings.voice
        load_voice(voice)
        return voice
    return _DEFAULTS.voice


def wants_misheard() -> bool:
    """Return whether the settings want what was misheard to be kept; not where they can't be read."""
    with contextlib.suppress(InputError):
        return load_settings().read.settings.keep_misheard
    return False
