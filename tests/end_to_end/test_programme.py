"""What somebody says on the mat and where it leads, with all audio on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from assistant.programme.voice import VoicePack
from assistant.rehearsal.script import AthleteScript, Moment, Remark, default_athlete, load_athlete
from tests.end_to_end.programme import FAULTS, PLEAS, RED_FLAGS, SORE, Answers, Row

IMPATIENT = ((Moment(5.0), "ready"), (Moment(0.8, "setup"), "ready"))
"""The athlete waits neither for the end of the greeting nor for that of the set-up.

But for most of the greeting: whoever talks over its first seconds, while the room is still being learnt,
may go unheard over the next words of the coach, too.
"""

LEADS_ON: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("stop", "pain", "red_flag", "help"), ("carry_on", "ready")),
    **dict.fromkeys(("pinch", "arching", "lost_it"), ("carry_on",)),
}
"""What puts the legs down, and what has to be heard before anything moves again."""

EVERY_ROW = (*RED_FLAGS, *PLEAS, *SORE, *FAULTS)

DRILL = {"imprint_long", "drill_keep", "drill_done"}
"""Movement cues that a fault leads to at once."""


class InTurn(Mapping[str, str]):
    """An athlete's answers that differ from one time to the next."""

    def __init__(self, answers: Answers) -> None:
        self._left = {question: list(said) for question, said in answers.items() if said}

    def __getitem__(self, question: str) -> str:
        said = self._left[question]
        return said.pop(0) if len(said) > 1 else said[0]

    def __contains__(self, question: object) -> bool:
        return question in self._left

    def __iter__(self) -> Iterator[str]:
        return iter(self._left)

    def __len__(self) -> int:
        return len(self._left)


def _athlete(row: Row) -> AthleteScript:
    usual = {question: (said,) for question, said in load_athlete(default_athlete()).answers.items()}
    remarks = tuple(Remark(at, said, None, 0.0, 1) for at, said in (*IMPATIENT, *row.says))
    return AthleteScript("", "en-us+f3", 150, remarks, InTurn({**usual, **row.answers}))


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in EVERY_ROW])
def test_what_is_said_leads_where_the_programme_says(
    row: Row, rehearsed: Callable[..., list[dict[str, Any]]], pack: VoicePack
) -> None:
    """Heard by Vosk, decided by the coach, and written into the record."""
    entries = rehearsed(row.work, _athlete(row))

    def of(kind: str) -> list[dict[str, Any]]:
        return [entry for entry in entries if entry["kind"] == kind]

    assert [entry for entry in of("command") if not entry["accepted"]] == []
    assert tuple(entry["command"] for entry in of("command")) == ("ready", "ready", *row.heard)
    assert of("summary")[-1]["ended"] == row.ended
    # What changed is remembered by exercise, too: as `changes` below.
    notes = [entry for entry in of("note") if entry["what"] not in ("range", "instead")]
    assert tuple((entry["what"], entry["value"]) for entry in notes) == row.notes
    changes = tuple((entry["what"], entry["from"], entry["to"], entry["why"]) for entry in of("change"))
    assert changes == row.changes
    placed = [entry for entry in of("phase") if entry["phase"] in ("setup", "imprint")]
    assert (placed[-1]["exercise"], placed[-1]["range"]) == row.then
    said = [entry["id"] for entry in of("cue")]
    left = iter(said)
    assert all(cue in left for cue in row.cues), said
    assert _moved_unasked(entries, pack) == []
    assert all(0.2 < pause < 0.4 for pause in _pauses_before_release(entries)), entries


def _moved_unasked(entries: list[dict[str, Any]], pack: VoicePack) -> list[dict[str, Any]]:
    """Give every count and cue of the movement between what puts the legs down and what leads on."""
    found: list[dict[str, Any]] = []
    awaited: list[str] = []
    allowed: set[str] = set()
    for entry in entries:
        if entry["kind"] == "command" and entry["command"] in LEADS_ON:
            awaited = [*LEADS_ON[entry["command"]]]
            allowed = DRILL if entry["command"] in ("arching", "lost_it") else set()
        elif entry["kind"] == "command" and awaited[:1] == [entry["command"]]:
            del awaited[0]
        elif awaited and (entry["kind"] == "count" or (_moves(entry, pack) and entry["id"] not in allowed)):
            found.append(entry)
    return found


def _moves(entry: dict[str, Any], pack: VoicePack) -> bool:
    if entry["kind"] != "cue":
        return False
    return entry["id"].startswith("number_") or pack.cues[entry["id"]].kind == "movement"


def _pauses_before_release(entries: list[dict[str, Any]]) -> list[float]:
    """Give the seconds of silence before the release, for all that puts the legs down."""
    pauses: list[float] = []
    for i, entry in enumerate(entries):
        if entry["kind"] == "command" and entry["command"] in LEADS_ON:
            silence = next(e["start"] for e in reversed(entries[:i]) if e["kind"] == "silence")
            after = [e for e in entries[i:] if e["kind"] == "cue"]
            assert after[0]["id"].startswith("release_"), after[0]
            pauses.append(after[0]["start"] - silence)
    return pauses
