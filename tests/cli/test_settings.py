"""`imprint settings`, and what the commands do about settings."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cli.preferences import preferred, wants_misheard
from assistant.coaching.history import EXPERIENCED, History
from assistant.journal.journal import SqliteJournal
from assistant.journal.rows import JournalNote
from assistant.library.session import load_session
from assistant.live import devices
from assistant.programme.settings import first_text
from assistant.programme.voice import Counting

Imprint = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folders, without any sound device."""
    monkeypatch.setenv("IMPRINT_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(devices, "list_devices", list)
    return tmp_path


@pytest.fixture
def file(home: Path) -> Path:
    (home / "config").mkdir()
    return home / "config" / "settings.yaml"


@pytest.fixture
def told(home: Path) -> None:
    """Somebody who has said "louder" once."""
    journal = SqliteJournal(home / "data")
    journal.write(None, [JournalNote(datetime.now(UTC), "volume_db", 3)])
    journal.close()


def test_each_value_is_shown_with_where_it_comes_from(imprint: Imprint, file: Path) -> None:
    """And the file."""
    file.write_text("volume_db: -3\n")
    status, out, _ = imprint("settings")
    assert status == 0
    assert str(file) in out
    rows = {words[0]: words[1:] for line in out.splitlines() if (words := line.split())}
    assert rows["volume_db"][:2] == ["-3", "file"]
    assert rows["voice"][:2] == ["en", "default"]
    assert "--voice" in rows["voice"]


def test_the_list_for_programs_says_the_same(imprint: Imprint, file: Path) -> None:
    """As one object."""
    file.write_text("talkative: false\n")
    told = json.loads(imprint("settings", "--json")[1])
    assert told["file"] == str(file)
    assert told["settings"]["talkative"] == {"value": False, "from": "file"}
    assert told["settings"]["model"] == {"value": None, "from": "default"}


@pytest.mark.usefixtures("told")
def test_what_was_told_in_a_session_is_shown_instead(imprint: Imprint, file: Path) -> None:
    """It wins over the file, which is said when that is changed."""
    status, _, said = imprint("settings", "set", "volume_db", "-6")
    assert status == 0
    assert "volume_db is 3" in said
    assert json.loads(imprint("settings", "--json")[1])["settings"]["volume_db"] == {
        "value": 3.0,
        "from": "session",
    }
    assert "volume_db: -6\n" in file.read_text()


def test_one_setting_is_set_and_unset(imprint: Imprint, home: Path) -> None:
    """A negative number is no option; the file is made with everything explained in it."""
    assert imprint("settings", "set", "volume_db", "-3")[0] == 0
    file = home / "config" / "settings.yaml"
    assert file.read_text() == first_text().replace("# volume_db: 0", "volume_db: -3")
    assert imprint("settings", "unset", "volume_db")[0] == 0
    assert file.read_text() == first_text()


@pytest.mark.parametrize(("name", "value"), [("voice", "nobody"), ("model", "nothing"), ("volume_db", "99")])
def test_what_can_never_work_is_not_written(imprint: Imprint, home: Path, name: str, value: str) -> None:
    """With one line that says why."""
    status, _, said = imprint("settings", "set", name, value)
    assert (status, said.count("\n")) == (2, 1)
    assert f"field {name}" in said
    assert not (home / "config").exists()


def test_a_device_that_is_not_plugged_in_is_written_with_a_warning(imprint: Imprint, home: Path) -> None:
    """It may be there tomorrow."""
    status, _, said = imprint("settings", "set", "microphone", "Nowhere")
    assert status == 0
    assert "no microphone" in said
    assert "microphone: Nowhere\n" in (home / "config" / "settings.yaml").read_text()


def test_a_broken_file_is_shown_with_its_place(imprint: Imprint, file: Path) -> None:
    """And nothing is changed in it by setting something else."""
    file.write_text("voice: en\nvolume: 3\n")
    for arguments in ([], ["set", "voice", "en"], ["unset", "voice"]):
        status, _, said = imprint("settings", *arguments)
        assert status == 2
        assert said
    assert f"{file}, line 2, field volume" in imprint("settings")[2]
    assert file.read_text() == "voice: en\nvolume: 3\n"


def editor(home: Path, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    """Let the editor be a script that gets the copy's name."""
    script = home / "an editor"
    script.write_text(f"#!/bin/sh\n{shell}\n")
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{script}' --wait")


def test_what_was_edited_is_written(
    imprint: Imprint, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The editor's command may have arguments and quotes."""
    editor(home, monkeypatch, 'echo "volume_db: 3" > "$2"')
    assert imprint("settings", "edit")[0] == 0
    assert file.read_text() == "volume_db: 3\n"
    assert "Nothing was changed" in imprint("settings", "edit")[1]


@pytest.mark.parametrize("line", ["volume_db: 99", "voice: nobody"])
def test_what_was_edited_wrongly_is_not_written(
    imprint: Imprint, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """Where nobody can be asked again the old file stays."""
    file.write_text("voice: en\n")
    editor(home, monkeypatch, f'echo "{line}" > "$2"')
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    status, _, said = imprint("settings", "edit")
    assert status == 2
    assert f"{file}, line 1" in said
    assert file.read_text() == "voice: en\n"


def test_a_mistake_can_be_edited_again(
    imprint: Imprint, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From what was written, until it is right or the person has had enough."""
    editor(home, monkeypatch, 'grep -q 99 "$2" && echo "volume_db: 3" > "$2" || echo "volume_db: 99" > "$2"')
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers = iter(["n", ""])
    monkeypatch.setattr("builtins.input", lambda _question="": next(answers))
    assert imprint("settings", "edit")[0] == 2
    assert not file.exists()
    assert imprint("settings", "edit")[0] == 0
    assert file.read_text() == "volume_db: 3\n"


@pytest.mark.parametrize("command", ["false", "/nowhere/editor", "'"])
def test_an_editor_that_fails_changes_nothing(
    imprint: Imprint, home: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """One line says so."""
    monkeypatch.setenv("VISUAL", command)
    status, _, said = imprint("settings", "edit")
    assert (status, said.count("\n")) == (2, 1)
    assert not (home / "config").exists()


def test_options_win_over_the_file_and_the_file_over_defaults(file: Path) -> None:
    """Each value knows which it was."""
    file.write_text("voice: en\nvolume_db: 3\n")
    found = preferred(voice="voices/mine", model=Path("m"))
    assert (found.settings.voice, found.settings.volume_db, found.settings.model) == ("voices/mine", 3.0, "m")
    assert found.sources["voice"] == found.sources["model"] == "option"
    assert found.sources["volume_db"] == "file"
    assert found.sources["talkative"] == "default"


def test_what_was_said_aloud_wins_over_the_file(file: Path) -> None:
    """Also where it is what the default would be; nothing else of the history changes."""
    file.write_text("volume_db: 3\ntalkative: false\n")
    found = preferred()
    new = found.remembered(EXPERIENCED)
    assert (new.volume_db, new.talkative) == (3.0, False)
    assert (new.tutorial_done, new.screened_days_ago) == (True, 0)
    said = found.remembered(History(volume_db=0.0, talkative=True))
    assert (said.volume_db, said.talkative) == (0.0, True)


def test_a_broken_file_is_told_and_the_defaults_hold(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The session starts all the same, and options hold."""
    file.write_text("volume_db: 3\nvoice: [\n")
    found = preferred(model="m")
    assert (found.settings.volume_db, found.settings.model) == (0.0, "m")
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert str(file) in told


def test_a_value_that_is_not_there_is_told_and_its_default_holds(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing else is dropped for it."""
    file.write_text("microphone: USB\nvoice: nobody\nvolume_db: 3\n")
    found = preferred()
    assert (found.settings.microphone, found.settings.voice) == (None, "en")
    assert found.settings.volume_db == 3.0
    told = capsys.readouterr().err
    assert told.count("\n") == 2
    assert f"{file}, line 1, field microphone" in told
    assert f"{file}, line 2, field voice" in told


def test_a_session_takes_its_devices_from_the_file(imprint: Imprint, file: Path, home: Path) -> None:
    """A recording that stands for the microphone is looked for like any other."""
    file.write_text(f"microphone: {home / 'none.wav'}\n")
    status, _, said = imprint("start", "--speaker", home / "out.wav")
    assert status == 2
    assert "none.wav" in said


@pytest.mark.parametrize("wanted", ["words", "beeps", "both"])
def test_the_lowering_is_counted_as_the_settings_have_it(imprint: Imprint, wanted: Counting) -> None:
    """Whatever the voice does by itself; nothing else about the voice changes."""
    assert imprint("settings", "set", "counting", wanted)[0] == 0
    terse = load_session("leg-lifts", "en-terse")
    counted = preferred().counted(terse)
    assert counted.voice == replace(terse.voice, counting=wanted)


def test_without_the_setting_the_voice_counts_as_it_does(imprint: Imprint) -> None:
    """Which is in tones for the one of few words; and nonsense is not written."""
    assert preferred().counted(load_session("leg-lifts", "en-terse")).voice.counting == "beeps"
    status, _, said = imprint("settings", "set", "counting", "bells")
    assert status == 2
    assert "words" in said


def test_whether_to_keep_what_was_misheard_is_read_from_the_file(imprint: Imprint, file: Path) -> None:
    """Not where it is broken: nothing is kept that was not plainly asked for."""
    assert not wants_misheard()
    assert imprint("settings", "set", "keep_misheard", "true")[0] == 0
    assert (wants_misheard(), preferred().settings.keep_misheard) == (True, True)
    file.write_text("keep_misheard: true\nvoice: [\n")
    assert not wants_misheard()


def test_a_damaged_journal_is_told_and_left_where_it_is(imprint: Imprint, home: Path) -> None:
    """The settings are shown without it."""
    journal = Path(os.environ["IMPRINT_DATA"]) / "journal.db"
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_bytes(b"no database at all " * 300)
    status, out, said = imprint("settings")
    assert status == 0
    assert "volume_db" in out
    assert "journal.db is damaged" in said
    assert [path.name for path in journal.parent.iterdir()] == ["journal.db"]


@pytest.mark.parametrize("trouble", ["not read", "not written", "wrong"])
def test_what_was_written_is_kept_where_it_cannot_be_used(
    trouble: str, imprint: Imprint, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is told where."""
    file.write_text("voice: en\n")
    written = {"not read": "# \\351t\\351", "not written": "volume_db: 3", "wrong": "volume_db: 99"}[trouble]
    editor(home, monkeypatch, f'printf "{written}\\n" > "$2"')
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    if trouble == "not written":

        def refused(path: Path, mode: int) -> bool:
            return False

        monkeypatch.setattr(os, "access", refused)
    status, _, said = imprint("settings", "edit")
    assert status == 2
    assert file.read_text() == "voice: en\n"
    kept = Path(said.split("What you wrote is kept in ")[1].strip())
    assert kept.read_bytes().strip()
    assert kept.read_bytes() != b"voice: en\n"


def test_a_mistake_in_another_line_is_the_one_that_is_told(imprint: Imprint, file: Path) -> None:
    """Whoever sets something learns why it can't be."""
    file.write_text("volum_db: 3\n")
    for arguments in (("set", "voice", "en"), ("unset", "voice")):
        status, _, said = imprint("settings", *arguments)
        assert status == 2
        assert "line 1, field volum_db" in said
