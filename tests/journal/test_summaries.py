"""Looking back: sessions as people count them, week by week, and for other programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta

import pytest

from assistant.coaching.tempo import CycleName
from assistant.journal.export import COLUMNS, as_csv, as_json, tables
from assistant.journal.rows import Beginning, JournalNote, LoadChange, Repetition, SessionState
from assistant.journal.summaries import SessionSummary, session_summaries, tension_seconds, weekly
from tests.journal.listed import ListedJournal

MONDAY = datetime.fromisoformat("2026-03-09T18:00:00+01:00")
BEGINNING = Beginning(MONDAY, "Leg lifts", "/x.yaml")
LIFT = Repetition(MONDAY, 1, 1, "double-leg", None, 2, "3-0-2-1")
HOLD = Repetition(MONDAY, 1, 2, "imprint-hold", None, 1, "5-2-2-0")
CHANGE = LoadChange(MONDAY, "range", "2", "1", "easier")
CYCLES: dict[str, CycleName] = {"double-leg": "up-start", "imprint-hold": "hold"}


def held_on(days: int, **fields: object) -> SessionSummary:
    """Give a session so many days after the Monday."""
    told: dict[str, object] = {
        **{"number": 1, "ended_at": None, "routine": "Leg lifts", "level": 3, "sets": 2, "repetitions": 20},
        **{"tension_seconds": 120, "soreness": None, "effort": None, "sore": False, "eased": False},
        **{"ended": "completed", "done": (), "changes": (), "started": MONDAY + timedelta(days=days)},
    }
    return SessionSummary(**(told | fields))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("cycle", "tempo", "seconds"),
    [("up-start", "3-1-2-1", 7), ("floor-start", "3-1-2-1", 6), ("hold", "5-2-2-0", 5)],
)
def test_the_muscles_work_in_every_phase_but_on_the_floor(cycle: CycleName, tempo: str, seconds: int) -> None:
    """Legs that wait just above the floor work on."""
    assert tension_seconds(cycle, tempo) == seconds


def test_a_session_tells_how_long_the_muscles_worked() -> None:
    """By the tempo of each repetition; what is not known is a leg lift, what can't be read is nought."""
    journal = ListedJournal()
    session = journal.begin(BEGINNING, SessionState(3, repetitions=4))
    mine = Repetition(MONDAY, 1, 3, "mine", None, 1, "4-0-2-0")
    broken = Repetition(MONDAY, 1, 4, "mine", None, 1, "?")
    journal.write(session, [LIFT, HOLD, mine, broken, CHANGE])
    [held] = session_summaries(journal, CYCLES)
    assert held.tension_seconds == 6 + 5 + 6
    assert held.done == (LIFT, HOLD, mine, broken)
    assert held.changes == (CHANGE,)


def test_a_session_that_was_gone_on_with_is_one_row() -> None:
    """It began with its first part, and stands as its last one does."""
    journal = ListedJournal()
    first = journal.begin(BEGINNING, SessionState(3, repetitions=1))
    journal.write(first, [LIFT])
    later = Beginning(MONDAY + timedelta(minutes=20), "Leg lifts", "/x.yaml")
    end = SessionState(3, 1, 2, effort=6, ended="completed", offered=first, resumed=True)
    second = journal.begin(later, end)
    journal.write(second, [HOLD])
    journal.begin(later, SessionState(3))
    [held] = session_summaries(journal, CYCLES)
    assert (held.started, held.number, held.ended, held.effort) == (MONDAY, second, "completed", 6)
    assert (held.sets, held.repetitions, held.done) == (1, 2, (LIFT, HOLD))


def test_a_week_is_from_monday_to_sunday() -> None:
    """By the dates on the wall; weeks without a session are there, too, up to this one."""
    sessions = [held_on(0, effort=4), held_on(6, level=4, effort=7, soreness=2), held_on(14)]
    weeks = weekly(sessions, date(2026, 4, 1))
    assert [week.monday.isoformat() for week in weeks] == [
        *("2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30")
    ]
    assert [week.sessions for week in weeks] == [2, 0, 1, 0]
    assert [week.level for week in weeks] == [4, None, 3, None]
    assert [week.repetitions for week in weeks] == [40, 0, 20, 0]
    assert [week.tension_minutes for week in weeks] == [4.0, 0.0, 2.0, 0.0]
    assert [week.soreness for week in weeks] == [2.0, None, None, None]
    assert [week.effort for week in weeks] == [5.5, None, None, None]
    assert weekly([], date(2026, 4, 1)) == []


def test_every_table_has_its_columns() -> None:
    """In CSV as in JSON, by the same names; times keep their offset."""
    held = held_on(0, done=(LIFT,), changes=(CHANGE,), soreness=2, sore=True)
    found = tables(
        [held], [JournalNote(MONDAY, "explained", "double-leg"), JournalNote(MONDAY, "screening", False)]
    )
    read = json.loads(as_json(found))
    for table, columns in COLUMNS.items():
        rows = list(csv.DictReader(io.StringIO(as_csv(found[table], table))))
        assert all(tuple(row) == columns for row in rows)
        assert all(tuple(row) == columns for row in read[table])
        assert len(rows) == len(read[table]) >= 1
    [session] = csv.DictReader(io.StringIO(as_csv(found["sessions"], "sessions")))
    assert (session["sore"], session["eased"], session["soreness"], session["effort"]) == ("1", "0", "2", "")
    assert session["started"] == "2026-03-09T18:00:00+01:00"
    assert read["notes"][1]["value"] is False


def test_text_with_commas_and_line_breaks_survives() -> None:
    """A routine's name is the person's."""
    name = 'Legs, "easy"\nand slow'
    [row] = csv.DictReader(
        io.StringIO(as_csv(tables([held_on(0, routine=name)], [])["sessions"], "sessions"), newline="")
    )
    assert row["routine"] == name
