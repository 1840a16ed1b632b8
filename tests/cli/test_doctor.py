"""`imprint doctor` looks at everything and always says what to do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.doctor import hardware, installation
from assistant.doctor.probes import Finding, Probe, ProbeError
from assistant.journal import journal as journals
from assistant.journal.database import JournalError
from assistant.journal.journal import SqliteJournal
from assistant.journal.rows import Beginning, SessionState
from assistant.live import devices

Doctor = Callable[..., tuple[int, str, str]]


def _unwell() -> str:
    raise ProbeError("broken", "mend it")


def _well(*_: object) -> list[Probe]:
    return [Probe("microphone", lambda: "there")]


def _ill(*_: object) -> list[Probe]:
    return [Probe("microphone", _unwell)]


@pytest.fixture
def doctor(
    imprint: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    session_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Doctor:
    """Run `imprint doctor` where there is no sound hardware that could be wrong."""
    monkeypatch.setenv("IMPRINT_CACHE", str(session_cache))
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(devices, "list_devices", list)
    monkeypatch.setattr(hardware, "hardware_probes", _well)
    return lambda *arguments: imprint("doctor", *arguments)


def found(out: str) -> dict[str, Finding]:
    return {finding["what"]: Finding(**finding) for finding in json.loads(out)["findings"]}


def test_nothing_is_wrong_where_nothing_is(doctor: Doctor) -> None:
    """Each line says so, and the exit status."""
    status, out, err = doctor()
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[-1] == "Nothing is wrong."
    assert all(line.startswith("ok ") for line in lines[:-2])
    for what in (
        "Python",
        "numpy",
        "data folder",
        "disk",
        "settings",
        "journal",
        "microphone",
        "speech model",
    ):
        assert any(line.startswith(f"ok     {what}: ") for line in lines), what


def test_programs_are_told_the_same(doctor: Doctor) -> None:
    """As one object."""
    status, out, _ = doctor("--json")
    assert status == 0
    assert json.loads(out)["ok"] is True
    assert found(out)["larger models"].said.startswith("0 fetched")


def test_what_is_wrong_has_a_line_to_paste(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below it, and the exit status is 1."""
    monkeypatch.setattr(hardware, "hardware_probes", _ill)
    status, out, _ = doctor()
    assert status == 1
    lines = out.splitlines()
    at = lines.index("wrong  microphone: broken")
    assert lines[at + 1].strip() == "mend it"
    assert lines[-1].startswith("One thing is wrong.")
    assert json.loads(doctor("--json")[1])["ok"] is False


def test_without_a_library_nothing_that_needs_it_is_looked_at(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would only say so again."""
    monkeypatch.setattr(installation, "LIBRARIES", {"imprint-nothing": "nothing", "numpy": "numpy"})
    status, out, _ = doctor("--json")
    assert status == 1
    assert not found(out)["imprint-nothing"].ok
    assert found(out)["numpy"].ok
    assert "speech model" not in found(out)


def test_broken_settings_are_told_and_everything_else_is_looked_at(doctor: Doctor, tmp_path: Path) -> None:
    """With the defaults."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.yaml").write_text("voice: [\n")
    status, out, _ = doctor("--json")
    assert status == 1
    wrong = [finding for finding in found(out).values() if not finding.ok]
    assert [(finding.what, finding.paste) for finding in wrong] == [("settings", "imprint settings edit")]
    assert "line" in wrong[0].said
    assert found(out)["speech model"].ok


def test_a_journal_is_opened(doctor: Doctor, tmp_path: Path) -> None:
    """And left as it is."""
    SqliteJournal(tmp_path / "data").close()
    before = (tmp_path / "data" / "journal.db").read_bytes()
    assert found(doctor("--json")[1])["journal"].said.startswith("0 sessions")
    assert (tmp_path / "data" / "journal.db").read_bytes() == before


def test_a_session_of_a_day_to_come_is_a_wrong_clock(doctor: Doctor, tmp_path: Path) -> None:
    """Set back, or once set ahead: by the last session."""
    ahead = datetime.now().astimezone() + timedelta(days=40)
    with closing(SqliteJournal(tmp_path / "data")) as journal:
        journal.begin(Beginning(ahead, "x", "x.yaml"), SessionState(1, repetitions=1))
    wrong = found(doctor("--json")[1])["journal"]
    assert not wrong.ok
    assert f"{ahead:%Y-%m-%d}" in wrong.said
    assert wrong.paste == "timedatectl status"


def test_a_damaged_journal_is_moved_aside_by_the_person(doctor: Doctor, tmp_path: Path) -> None:
    """Not by us, who only look."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "journal.db").write_bytes(b"no database" * 1000)
    wrong = found(doctor("--json")[1])["journal"]
    assert "damaged" in wrong.said
    assert str(wrong.paste).startswith("mv -n ")


def test_a_newer_journal_asks_for_a_newer_program(doctor: Doctor, tmp_path: Path) -> None:
    """As the session will."""
    (tmp_path / "data").mkdir()
    connection = sqlite3.connect(tmp_path / "data" / "journal.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    wrong = found(doctor("--json")[1])["journal"]
    assert "newer" in wrong.said
    assert wrong.paste == "pipx upgrade imprint-coach"


def test_a_read_only_journal_is_told(doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the line that makes it writable."""
    SqliteJournal(tmp_path / "data").close()

    def denied(*_: object) -> None:
        raise JournalError("attempt to write a readonly database.")

    monkeypatch.setattr(journals.SqliteJournal, "write", denied)
    wrong = found(doctor("--json")[1])["journal"]
    assert "readonly" in wrong.said
    assert "chmod" in str(wrong.paste)
