"""`imprint doctor`."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cli.app import ERR, OUT, AsJson, app
from assistant.console.words import counted
from assistant.live.stderr_silencer import silent_stderr
from assistant.places import cache_folder, config_folder, data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assistant.doctor.probes import Probe
    from assistant.programme.settings import Settings


@app.command
def doctor(*, as_json: AsJson = False) -> int:
    """Look at everything that a session needs: each line is ok, or says what is wrong and what to paste.

    The exit status is 0 where nothing is wrong, and 1 where something is.

    Parameters
    ----------
    as_json
        Print one JSON object.
    """
    from assistant.doctor.installation import LIBRARIES, installation_probes
    from assistant.doctor.probes import Finding, examine

    named = {"cache": cache_folder(), "data": data_folder(), "settings": config_folder()}
    folders = {f"{name} folder": folder for name, folder in named.items()}
    findings: list[Finding] = []

    def tell(found: Iterable[Finding]) -> None:
        for finding in found:
            findings.append(finding)
            if not as_json:
                OUT.print(f"{'ok   ' if finding.ok else 'wrong'}  {finding.what}: {finding.said}")
            if finding.paste and not as_json:
                OUT.print(f"           {finding.paste}")

    tell(examine(installation_probes(folders)))
    # Everything else is made of the libraries: without one of them it would only say so again.
    if all(finding.ok for finding in findings if finding.what in LIBRARIES):
        with silent_stderr():
            tell(examine(_session_probes(), _leave_devices))
    wrong = sum(not finding.ok for finding in findings)
    if as_json:
        found = [dataclasses.asdict(finding) for finding in findings]
        OUT.file.write(json.dumps({"ok": wrong == 0, "findings": found}) + "\n")
    elif wrong:
        told = "One thing is" if wrong == 1 else f"{wrong} things are"
        OUT.print(f"\n{told} wrong. Paste the line below each, then once more: imprint doctor")
    else:
        OUT.print("\nNothing is wrong.")
    return 1 if wrong else 0


def _session_probes() -> list[Probe]:
    from assistant.doctor.hardware import hardware_probes
    from assistant.doctor.probes import Probe
    from assistant.doctor.speech import speech_probes
    from assistant.speaking.rendering import Pyttsx3Renderer

    wanted = _settings()
    model = None if wanted.model is None else Path(wanted.model)
    return [
        Probe("settings", _look_at_settings, "imprint settings edit"),
        Probe("journal", _look_at_journal, f"ls -l {shlex.quote(str(data_folder()))}"),
        *hardware_probes(wanted.microphone, wanted.loudspeaker),
        *speech_probes(wanted.voice, model, Pyttsx3Renderer(), cache_folder() / "graphs"),
        Probe("larger models", _look_at_models, "imprint models list"),
    ]


def _settings() -> Settings:
    """Return the settings; those of a file that is wrong are the defaults."""
    from assistant.errors import InputError
    from assistant.library.settings import load_settings
    from assistant.programme.settings import Settings

    try:
        return load_settings().read.settings
    except InputError:
        return Settings()


def _look_at_settings() -> str:
    from assistant.cli.preferences import refuse_wrong
    from assistant.library.settings import load_settings

    loaded = load_settings()
    if loaded.document is None:
        return "none, so everything is at its default"
    refuse_wrong(loaded.read, loaded.document)
    return f"{len(loaded.read.given)} in {loaded.path}"


def _look_at_journal() -> str:
    import sqlite3
    from datetime import datetime

    from assistant.doctor.probes import ProbeError
    from assistant.doctor.remedies import make_writable
    from assistant.journal.database import FILE_NAME, BusyError, DamagedError, JournalError
    from assistant.journal.journal import SqliteJournal
    from assistant.journal.tables import VERSION

    file = data_folder() / FILE_NAME
    if not file.exists():
        return "none yet; it begins with the first session"
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(file)) as connection:
        if connection.execute("PRAGMA user_version").fetchone()[0] > VERSION:
            raise ProbeError(f"{file} was written by a newer Imprint", "pipx upgrade imprint-coach")
    try:
        with contextlib.closing(SqliteJournal(data_folder())) as journal:
            sessions = journal.sessions()
            journal.write(None, [])
    except DamagedError as error:
        aside = shlex.join(["mv", "-n", str(file), str(file.with_name("journal-damaged.db"))])
        raise ProbeError(str(error), aside) from error
    except BusyError as error:
        raise ProbeError(str(error), f"fuser -v {shlex.quote(str(file))}") from error
    except JournalError as error:
        raise ProbeError(str(error), make_writable(data_folder())) from error
    today = datetime.now().astimezone().date()
    ahead = max((session.beginning.started.date() for session in sessions), default=today)
    if ahead > today:
        problem = f"its last session was on {ahead}, and this computer's clock says {today}"
        raise ProbeError(problem, "timedatectl status")
    return f"{counted(len(sessions), 'session')} in {file}"


def _look_at_models() -> str:
    from assistant.models.catalogue import list_models
    from assistant.models.manifest import load_manifest

    states = [model.state for model in list_models(load_manifest())]
    here, more = states.count("fetched"), states.count("can be fetched")
    return f"{here} fetched, {more} more; they hear better and need more memory: imprint models list"


def _leave_devices() -> None:
    """Let the program end without waiting for a sound system that hangs."""
    from assistant.live.devices import portaudio
    from assistant.live.streams import leave_open

    try:
        portaudio()
    except Exception:
        ERR.print("imprint: the sound system does not answer.")
        return
    leave_open()
