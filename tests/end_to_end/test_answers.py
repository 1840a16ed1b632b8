"""One utterance answers one question that had been put, with all audio on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assistant.coaching.history import EXPERIENCED
from assistant.coaching.opening import SCREENS
from assistant.coaching.questions import AHEAD_SECONDS
from assistant.rehearsal.script import AthleteScript, Moment, Remark, default_athlete, load_athlete

WORK = "exercise: double-leg, repetitions: 1, range: 2"

TWICE = {
    **dict.fromkeys(SCREENS, "no no"),
    "effort": "six six",
    "reserve": "three",
    "soreness": "one",
}
"""Question to what somebody says who says everything twice."""

ASKED = [f"ask_{name}" for name in (*SCREENS, "effort", "reserve", "soreness")]

Entries = list[dict[str, Any]]


@pytest.fixture
def record_of(rehearsed: Callable[..., Entries]) -> Callable[..., Entries]:
    """Rehearse with somebody whose health has not been asked about yet."""
    usual = load_athlete(default_athlete()).answers

    def run(*says: tuple[Moment, str]) -> Entries:
        remarks = tuple(Remark(at, said, None, 0.0, 1) for at, said in says)
        athlete = AthleteScript("", "en-us+m7", 150, remarks, {**usual, **TWICE})
        return rehearsed(WORK, athlete, replace(EXPERIENCED, screened_days_ago=None))

    return run


def _of(entries: Entries, kind: str) -> Entries:
    return [entry for entry in entries if entry["kind"] == kind]


def _judged(entries: Entries) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return what was heard, each with what became of it."""
    heard, became = _of(entries, "heard"), _of(entries, "command")
    return list(zip([one for one in heard if one["command"]], became, strict=True))


def test_no_no_and_six_six_answer_one_question_each(record_of: Callable[..., Entries]) -> None:
    """Every question is spoken to its end, and its answer begins after that."""
    entries = record_of()
    asked = [cue for cue in _of(entries, "cue") if cue["id"] in ASKED]
    assert [cue["id"] for cue in asked] == ASKED
    notes = [(note["what"], note["value"]) for note in _of(entries, "note")]
    assert notes == [("screening", False), ("effort", 6), ("reserve", 3), ("soreness", 1)]
    taken = [
        heard for heard, became in _judged(entries) if became["accepted"] and heard["command"] != "ready"
    ]
    assert [heard["command"] for heard in taken] == [*["no"] * len(SCREENS), "number", "number", "number"]
    for cue, heard in zip(asked, taken, strict=True):
        assert cue["end"] - AHEAD_SECONDS <= heard["start"]
    again = [became["reason"] for _, became in _judged(entries) if not became["accepted"]]
    assert set(again) <= {"the same breath as the last answer"}
    assert again


def test_a_no_into_the_question_does_not_answer_it(record_of: Callable[..., Entries]) -> None:
    """The question goes on, and is answered by the one after it."""
    entries = record_of((Moment(2.0, "asking"), "no"))
    early = [
        became for _, became in _judged(entries) if became["reason"] == "begun before the question was put"
    ]
    assert [became["command"] for became in early] == ["no"]
    asked = [cue for cue in _of(entries, "cue") if cue["id"] in ASKED]
    assert [cue["id"] for cue in asked] == ASKED
    heart = asked[0]
    assert heart["start"] < early[0]["t"] < heart["end"]
    assert [note["value"] for note in _of(entries, "note") if note["what"] == "screening"] == [False]
