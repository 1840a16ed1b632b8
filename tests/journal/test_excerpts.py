"""Excerpts on disk: whole, readable, few."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.errors import InputError
from assistant.journal.excerpts import (
    MOST_EXCERPTS,
    files_of_excerpts,
    forget_excerpts,
    read_both,
    read_excerpts,
    write_excerpt,
)
from assistant.session.misheard import Occasion
from assistant.sound import SAMPLE_RATE, read_sound
from tests.session.excerpt import SAID_TWICE, excerpt

AT = datetime.fromisoformat("2026-03-09T18:04:12.250+01:00")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Both sides of the sound, and every word with its verdict."""
    one = excerpt(Occasion.SAID_TWICE, SAID_TWICE)
    write_excerpt(tmp_path, one, AT)
    [found], broken = read_excerpts(tmp_path)
    assert broken == []
    assert (found.kept.at, found.kept.occasion, found.kept.seconds) == (AT, Occasion.SAID_TWICE, 4.0)
    assert (found.kept.words, found.kept.word) == (SAID_TWICE, SAID_TWICE[0])
    assert np.abs(read_both(found.sound) - one.sound).max() < 1e-4


def test_files_are_named_by_the_moment_alone(tmp_path: Path) -> None:
    """Also when there are two within a second, of which the later is the newer."""
    for occasion, words in ((Occasion.TAKEN_BACK, excerpt().words), (Occasion.SAID_TWICE, SAID_TWICE)):
        write_excerpt(tmp_path, excerpt(occasion, words), AT)
    stems = ("2026-03-09-180412", "2026-03-09-180412-2")
    wanted = sorted(f"{stem}.{suffix}" for stem in stems for suffix in ("flac", "json"))
    assert sorted(path.name for path in (tmp_path / "misheard").iterdir()) == wanted
    found, _ = read_excerpts(tmp_path)
    assert [one.kept.occasion for one in found] == [Occasion.SAID_TWICE, Occasion.TAKEN_BACK]


def test_other_programs_hear_the_person_as_imprint_does(tmp_path: Path) -> None:
    """FLAC at 16 kHz; `imprint hear` and the measurements take the person's side."""
    one = excerpt()
    write_excerpt(tmp_path, one, AT)
    path = tmp_path / "misheard" / "2026-03-09-180412.flac"
    info = soundfile.info(str(path))
    assert (info.format, info.samplerate, info.channels) == ("FLAC", SAMPLE_RATE, 2)
    assert np.abs(read_sound(path) - one.sound[:, 1]).max() < 1e-4


def test_the_file_says_what_was_heard(tmp_path: Path) -> None:
    """As JSON."""
    write_excerpt(tmp_path, excerpt(), AT)
    told = json.loads((tmp_path / "misheard" / "2026-03-09-180412.json").read_text(encoding="utf-8"))
    assert (told["occasion"], told["about"], told["seconds"]) == ("taken_back", 0, 4.0)
    assert told["words"][0] == {
        **{"command": "easier", "slots": {}, "text": "too hard", "start": 1.0, "end": 1.5},
        **{"confidence": 0.62, "context": "moving", "because": None, "key": ""},
    }


@pytest.mark.parametrize("rights", [0o600, 0o640])
def test_rights_are_those_of_the_journal(tmp_path: Path, rights: int) -> None:
    """Whoever may not read the one may not hear the other."""
    (tmp_path / "journal.db").touch()
    (tmp_path / "journal.db").chmod(rights)
    write_excerpt(tmp_path, excerpt(), AT)
    assert {path.stat().st_mode & 0o777 for path in files_of_excerpts(tmp_path)} == {rights}


def test_without_a_journal_only_the_person_may_hear_them(tmp_path: Path) -> None:
    """It could not be written, say."""
    write_excerpt(tmp_path, excerpt(), AT)
    assert {path.stat().st_mode & 0o777 for path in files_of_excerpts(tmp_path)} == {0o600}


def test_the_oldest_go_when_there_are_too_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both files of each."""
    monkeypatch.setattr("assistant.journal.excerpts.MOST_EXCERPTS", 3)
    for minute in range(5):
        write_excerpt(tmp_path, excerpt(seconds=0.1), AT + timedelta(minutes=minute))
    found, _ = read_excerpts(tmp_path)
    assert [one.kept.at.minute for one in found] == [8, 7, 6]
    assert len(files_of_excerpts(tmp_path)) == 6
    assert MOST_EXCERPTS >= 50


def test_the_oldest_go_when_they_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest stays, however large."""
    write_excerpt(tmp_path, excerpt(), AT)
    size = sum(path.stat().st_size for path in files_of_excerpts(tmp_path))
    monkeypatch.setattr("assistant.journal.excerpts.MOST_BYTES", round(2.5 * size))
    for minute in range(1, 4):
        write_excerpt(tmp_path, excerpt(), AT + timedelta(minutes=minute))
    assert [one.kept.at.minute for one in read_excerpts(tmp_path)[0]] == [7, 6]
    monkeypatch.setattr("assistant.journal.excerpts.MOST_BYTES", 1)
    write_excerpt(tmp_path, excerpt(), AT + timedelta(minutes=4))
    assert [one.kept.at.minute for one in read_excerpts(tmp_path)[0]] == [8]


def test_room_is_made_of_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may have put files of their own there."""
    monkeypatch.setattr("assistant.journal.excerpts.MOST_EXCERPTS", 1)
    (tmp_path / "misheard").mkdir()
    (tmp_path / "misheard" / "mine.flac").touch()
    for minute in range(2):
        write_excerpt(tmp_path, excerpt(seconds=0.1), AT + timedelta(minutes=minute))
    assert (tmp_path / "misheard" / "mine.flac").exists()
    assert len(read_excerpts(tmp_path)[0]) == 1


@pytest.mark.parametrize("text", ["", "{}", '{"at": 1}', '"about": 7'])
def test_one_that_cannot_be_read_is_named_and_the_others_are_there(tmp_path: Path, text: str) -> None:
    """It may have been edited."""
    for minute in range(2):
        write_excerpt(tmp_path, excerpt(seconds=0.1), AT + timedelta(minutes=minute))
    told = tmp_path / "misheard" / "2026-03-09-180412.json"
    before = told.read_text(encoding="utf-8")
    told.write_text(before.replace('"about": 0', text) if "about" in text else text, encoding="utf-8")
    found, broken = read_excerpts(tmp_path)
    assert ([one.kept.at.minute for one in found], broken) == ([5], [told])


def test_sound_that_is_lost_or_changed_is_told(tmp_path: Path) -> None:
    """With what to do."""
    write_excerpt(tmp_path, excerpt(), AT)
    [found], _ = read_excerpts(tmp_path)
    soundfile.write(str(found.sound), np.zeros(100), SAMPLE_RATE)
    with pytest.raises(InputError, match="no excerpt"):
        read_both(found.sound)
    found.sound.unlink()
    with pytest.raises(InputError, match="can't be read"):
        read_both(found.sound)


def test_forgetting_leaves_nothing_of_them(tmp_path: Path) -> None:
    """Nor what a kill left half written; what is somebody's own stays."""
    assert files_of_excerpts(tmp_path) == []
    write_excerpt(tmp_path, excerpt(), AT)
    (tmp_path / "misheard" / "tmpab12.part").touch()
    forget_excerpts(tmp_path)
    assert list(tmp_path.iterdir()) == []
    write_excerpt(tmp_path, excerpt(), AT)
    (tmp_path / "misheard" / "notes.txt").touch()
    forget_excerpts(tmp_path)
    assert [path.name for path in (tmp_path / "misheard").iterdir()] == ["notes.txt"]
