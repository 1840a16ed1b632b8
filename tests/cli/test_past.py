"""`imprint history`, `progress`, `export` and `forget`."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from assistant.cli.history import sparkline
from assistant.cli.memory import now_here
from assistant.journal.excerpts import write_excerpt
from assistant.journal.journal import SqliteJournal
from assistant.journal.rows import Beginning, Repetition, SessionState
from tests.journal.experienced import write_experienced
from tests.session.excerpt import excerpt

Imprint = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The folder of somebody with three sessions in three weeks; the last was cut off."""
    folder = tmp_path / "data"
    now = now_here()
    write_experienced(folder, now - timedelta(weeks=2))
    with closing(SqliteJournal(folder)) as journal:
        for weeks, state in (
            (2, SessionState(2, 2, 20, effort=6, soreness=1, ended="completed", ended_at=now)),
            (1, SessionState(2, 0, 4, sore=True, ended="pain", ended_at=now)),
            (0, SessionState(1, 1, 10)),
        ):
            at = now - timedelta(weeks=weeks)
            session = journal.begin(Beginning(at, "Leg lifts", "x.yaml"), state)
            row = Repetition(at, 1, 1, "double-leg", None, 2, "3-0-2-1")
            journal.write(session, [row] * state.repetitions)
    return folder


def test_history_has_a_row_for_each_session(imprint: Imprint, data: Path) -> None:
    """And a line for each week."""
    status, out, err = imprint("history", "--data", data)
    assert (status, err) == (0, "")
    rows = [line.split() for line in out.splitlines() if "Leg lifts" in line]
    assert [row[4:] for row in rows] == [
        ["2", "2", "20", "1", "6", "completed"],
        ["2", "0", "4", "ended", "by", "pain"],
        ["1", "1", "10", "cut", "off"],
    ]
    lines = {line.split("  ")[1]: line for line in out.splitlines() if line.startswith("  ")}
    assert "█▂▅ up to 20 a week" in lines["repetitions"]
    assert "▂·· up to 1 of ten" in lines["soreness"]


def test_history_can_be_short(imprint: Imprint, data: Path) -> None:
    """It says so; and JSON is always all of it."""
    _, out, _ = imprint("history", "--data", data, "--last", 1)
    assert out.count("Leg lifts") == 1
    assert "The last 1 of 3 sessions" in out
    _, out, _ = imprint("history", "--data", data, "--json", "--last", 1)
    sessions = json.loads(out)
    assert [session["ended"] for session in sessions] == ["completed", "pain", None]
    assert sessions[0]["tension_seconds"] == 120
    status, _, err = imprint("history", "--last", 0)
    assert status == 2
    assert "field --last: 0 is no number of sessions" in err


@pytest.mark.parametrize("command", ["history", "progress"])
def test_where_there_is_nothing_it_says_what_will_be(command: str, imprint: Imprint, tmp_path: Path) -> None:
    """Kindly, and without making a journal."""
    status, out, err = imprint(command, "--data", tmp_path / "none")
    assert (status, err) == (0, "")
    assert out.startswith("Nothing here yet.")
    assert list(tmp_path.iterdir()) == []
    assert imprint("history", "--json", "--data", tmp_path / "none")[1] == "[]\n"


@pytest.mark.parametrize("command", ["history", "progress", "export"])
def test_a_journal_that_cannot_be_read_is_told_in_a_line(
    command: str, imprint: Imprint, tmp_path: Path
) -> None:
    """Nothing is done to it: that is for the next session."""
    (tmp_path / "journal.db").write_bytes(b"no database at all " * 300)
    status, _, err = imprint(command, "--data", tmp_path)
    assert status == 2
    assert "journal.db is damaged (file is not a database). The next session keeps it aside" in err
    assert [path.name for path in tmp_path.iterdir()] == ["journal.db"]


def test_a_sparkline_goes_from_nought_to_the_highest() -> None:
    """Or to what it is told; nothing is a dot."""
    assert sparkline([0, 1, 2, None, 7]) == "▁▂▃·█"
    assert sparkline([5], 10) == "▅"
    assert sparkline([None, 0]) == "·▁"
    assert sparkline([]) == ""


def test_progress_is_drawn_as_svg_and_png(imprint: Imprint, data: Path, tmp_path: Path) -> None:
    """Five strips; words stay words, and the same journal gives the same file."""
    status, out, err = imprint("progress", "--data", data, "--out", tmp_path / "mine")
    assert (status, err) == (0, "")
    assert out.split() == [str(tmp_path / "mine.svg"), str(tmp_path / "mine.png")]
    assert (tmp_path / "mine.png").read_bytes().startswith(b"\x89PNG")
    svg = (tmp_path / "mine.svg").read_text(encoding="utf-8")
    words = {
        "".join(text.itertext()).strip()
        for text in ElementTree.fromstring(svg).iter()
        if text.tag.endswith("}text")
    }
    assert {"Level", "Repetitions a week", "Minutes under tension a week", "x: with pain"} <= words
    assert {"Soreness, 0-10; line: mean of the week", "Effort, 0-10; line: mean of the week"} <= words
    imprint("progress", "--data", data, "--out", tmp_path / "again.svg")
    assert (tmp_path / "again.svg").read_text(encoding="utf-8") == svg
    assert not (tmp_path / "again.png").exists()


def test_progress_that_cannot_be_written_is_told(imprint: Imprint, data: Path, tmp_path: Path) -> None:
    """With what to do."""
    status, _, err = imprint("progress", "--data", data, "--out", tmp_path / "mine.pdf")
    assert status == 2
    assert "field --out" in err
    status, _, err = imprint("progress", "--data", data, "--out", tmp_path / "no" / "mine.svg")
    assert status == 2
    assert "mine.svg: it can't be written (No such file or directory)." in err


def test_export_is_csv_or_json(imprint: Imprint, data: Path, tmp_path: Path) -> None:
    """Printed, or written whole."""
    _, out, _ = imprint("export", "--data", data)
    assert [row["repetitions"] for row in csv.DictReader(out.splitlines())] == ["20", "4", "10"]
    _, out, _ = imprint("export", "--data", data, "--table", "repetitions")
    assert len(list(csv.DictReader(out.splitlines()))) == 34
    file = tmp_path / "all.json"
    assert imprint("export", "--data", data, "--format", "json", "--out", file)[0] == 0
    found = json.loads(file.read_text(encoding="utf-8"))
    assert {name: len(rows) for name, rows in found.items()} == {
        **{"sessions": 3, "repetitions": 34, "changes": 0, "notes": 2}
    }
    status, _, err = imprint("export", "--data", data, "--out", tmp_path / "no" / "x.csv")
    assert status == 2
    assert "it can't be written (No such file or directory)" in err


@pytest.mark.parametrize("name", ["journal.db", "mine.yaml", "sessions.json", ""])
def test_export_writes_over_nothing_that_is_no_export(name: str, imprint: Imprint, data: Path) -> None:
    """Least of all over what it reads."""
    before = (data / "journal.db").read_bytes()
    status, _, err = imprint("export", "--data", data, "--out", data / name)
    assert status == 2
    assert "does not end in .csv" in err
    assert [path.name for path in data.iterdir()] == ["journal.db"]
    assert (data / "journal.db").read_bytes() == before


def test_export_follows_a_link_and_leaves_what_lies_beside_it(
    imprint: Imprint, data: Path, tmp_path: Path
) -> None:
    """Also a file of somebody else's that is called as half an export would be."""
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    (tmp_path / "real.csv.part").write_text("mine")
    assert imprint("export", "--data", data, "--out", tmp_path / "link.csv")[0] == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("session,")
    assert (tmp_path / "real.csv.part").read_text() == "mine"


@pytest.mark.parametrize(
    "change",
    ["level = 'x'", "effort = 11", "effort = 1e300", "started = '2026-11-01T10:00:00'", "routine = x'ff'"],
)
@pytest.mark.parametrize("command", ["history", "export"])
def test_what_can_be_in_no_journal_is_told_in_a_line(
    command: str, change: str, imprint: Imprint, data: Path
) -> None:
    """With what to do about it."""
    with closing(sqlite3.connect(data / "journal.db")) as other:
        other.execute(f"UPDATE sessions SET {change}")
        other.commit()
    status, _, err = imprint(command, "--data", data)
    assert (status, err.count("\n")) == (2, 1)
    assert "journal.db holds something that can't be read" in err
    assert "imprint forget" in err


def test_names_may_hold_square_brackets(imprint: Imprint, data: Path) -> None:
    """They are no markup."""
    with closing(sqlite3.connect(data / "journal.db")) as other:
        other.execute("UPDATE sessions SET routine = '[/b] [x]'")
        other.commit()
    assert "[/b] [x]" in imprint("history", "--data", data)[1]


def test_no_answer_deletes_nothing(imprint: Imprint, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-D at the question, or no standard input at all."""
    monkeypatch.setattr(sys, "stdin", None)
    assert imprint("forget", "--data", data)[0] == 2
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    status, out, _ = imprint("forget", "--data", data)
    assert status == 1
    assert out.endswith("Nothing was deleted.\n")
    assert (data / "journal.db").exists()


def test_forget_says_what_it_deletes_and_asks(
    imprint: Imprint, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything but yes deletes nothing."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    asked: list[str] = []
    answers = iter(["", "no", "YES "])

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr("builtins.input", answer)
    for _ in range(2):
        status, out, _ = imprint("forget", "--data", data)
        assert status == 1
        assert "This deletes 3 sessions and 2 notes, for good:" in out
        assert str(data / "journal.db") in out
        assert (data / "journal.db").exists()
    assert imprint("forget", "--data", data)[0] == 0
    assert list(data.iterdir()) == []
    assert len(asked) == 3


def test_forget_deletes_nothing_unasked(
    imprint: Imprint, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a terminal it wants --yes."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    status, _, err = imprint("forget", "--data", data)
    assert status == 2
    assert "Add --yes" in err
    assert (data / "journal.db").exists()


def test_forget_deletes_the_sound_of_what_was_misheard_and_says_so(
    imprint: Imprint, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the journal, or where there is none any more; what somebody put beside it stays."""
    write_excerpt(data, excerpt(), now_here())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    answers = iter(["no"])
    monkeypatch.setattr("builtins.input", lambda _question="": next(answers))
    status, out, _ = imprint("forget", "--data", data)
    assert status == 1
    assert "This deletes 3 sessions and 2 notes, and the sound of what was misheard, for good:" in out
    assert f"  2 files in {data / 'misheard'}\n" in out
    assert len(list((data / "misheard").iterdir())) == 2
    assert imprint("forget", "--data", data, "--yes")[0] == 0
    assert list(data.iterdir()) == []
    write_excerpt(data, excerpt(), now_here())
    (data / "misheard" / "mine.flac").touch()
    status, out, _ = imprint("forget", "--data", data, "--yes")
    assert status == 0
    assert "This deletes the sound of what was misheard, for good:" in out
    assert [path.name for path in (data / "misheard").iterdir()] == ["mine.flac"]


def test_forget_deletes_the_journal_and_nothing_else(imprint: Imprint, data: Path) -> None:
    """With what was kept aside; a damaged one as well."""
    (data / "journal.db").write_bytes(b"damaged")
    for name in ("journal.db-journal", "journal-damaged-2026-03-09-180000-2.db", "mine.db", "journal.csv"):
        (data / name).touch()
    (data / "sessions").mkdir()
    status, out, _ = imprint("forget", "--data", data, "--yes")
    assert status == 0
    assert "a journal that can't be read" in out
    assert sorted(path.name for path in data.iterdir()) == ["journal.csv", "mine.db", "sessions"]
    assert imprint("forget", "--data", data, "--yes")[1] == "There is nothing to forget.\n"
    assert imprint("forget", "--data", data / "none", "--yes")[1] == "There is nothing to forget.\n"


@pytest.mark.parametrize("exercise", ["name: [", "name: my-raise\ncues: {setup: setup_mine}\n"])
def test_what_somebody_is_still_writing_hides_nothing(
    exercise: str, imprint: Imprint, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exercise that can't be read, or whose cues only another voice has; and it can be forgotten."""
    monkeypatch.setenv("IMPRINT_DATA", str(tmp_path / "own"))
    own = tmp_path / "own" / "scripts" / "exercises"
    own.mkdir(parents=True)
    (own / "my-raise.yaml").write_text(exercise, encoding="utf-8")
    for command in (["history"], ["export"], ["progress", "--out", tmp_path / "x.svg"], ["forget", "--yes"]):
        status, _, err = imprint(*command, "--data", data)
        assert (status, err) == (0, "")
    assert list(data.iterdir()) == []


@pytest.mark.parametrize("out", [".", "/", ".."])
def test_a_folder_is_no_name_for_a_picture(out: str, imprint: Imprint, data: Path) -> None:
    """One line says so."""
    status, _, err = imprint("progress", "--data", data, "--out", out)
    assert status == 2
    assert "is no picture" in err


def test_a_journal_that_was_put_aside_is_forgotten_too(imprint: Imprint, data: Path) -> None:
    """Under the names that the doctor, and a session, give it; of a link, what it leads to."""
    for name in ("journal-damaged.db", "journal-damaged-2026-11-29-180000.db"):
        (data / name).write_bytes(b"old")
    real = data.parent / "elsewhere.db"
    (data / "journal.db").rename(real)
    (data / "journal.db").symlink_to(real)
    status, out, _ = imprint("forget", "--yes", "--data", data)
    assert status == 0
    assert f"journal.db, and {real}, where it leads" in out
    assert list(data.iterdir()) == []
    assert not real.exists()
