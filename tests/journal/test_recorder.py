"""What of a session's record goes into the journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.coaching.events import Heard, NotUnderstood, TroubleBegan, TroubleEnded
from assistant.coaching.plan import Plan
from assistant.journal.recorder import JournalRecorder
from assistant.journal.rows import JournalNote, LoadChange, Repetition, SessionState
from assistant.session.records import Counted, CueSpoken, Dropout, Entry, Released, Silenced
from tests.session.entries import change, command, note, phase, summary

STARTED = datetime.fromisoformat("2026-03-29T01:59:00+01:00")
MOST = 10
"""Repetitions of the exercise's usual range."""


@pytest.fixture
def plan(plan_of: Callable[[str], Plan]) -> Plan:
    """Two sets of ten for each leg, from level 3 on."""
    planned = plan_of("exercise: single-leg, sets: 2, repetitions: 10")
    assert planned.exercises["single-leg"].repetitions[1] == MOST
    return replace(planned, level=3)


@pytest.fixture
def recorder(plan: Plan) -> JournalRecorder:
    """At the start of a session."""
    return JournalRecorder(plan, STARTED)


def do_set(recorder: JournalRecorder, number: int, repetitions: int, done: int, first: int = 1) -> int:
    """Do a set with both legs, and give the repetitions of the session by then."""
    for side in ("left", "right"):
        for repetition in range(first, first + repetitions):
            moving = phase(1.0, set=number, side=side, repetition=repetition, repetitions_done=done)
            recorder.rows_of(moving)
            done += 1
    recorder.rows_of(phase(1.0, "rest", set=number, repetition=0, sets_done=number, repetitions_done=done))
    return done


def finish(
    recorder: JournalRecorder, ended: str = "completed", sets: int = 2, repetitions: int = 40
) -> SessionState:
    """End the session and give how it stands."""
    recorder.rows_of(summary(900.0, ended, sets, repetitions))
    return recorder.state


def test_a_session_begins_at_the_level_of_its_plan(recorder: JournalRecorder) -> None:
    """With nothing done."""
    assert recorder.state == SessionState(level=3)


def test_a_repetition_is_written_when_the_next_one_begins(recorder: JournalRecorder) -> None:
    """With range and tempo as they were in it, not as they are from now on."""
    assert recorder.rows_of(phase(10.0)) == ()
    assert recorder.rows_of(phase(13.0, "return")) == ()
    rows = recorder.rows_of(phase(15.5, repetition=2, range_step=1, tempo="3-0-3-0", repetitions_done=1))
    at = STARTED + timedelta(seconds=15.5)
    assert rows == (
        Repetition(at, 1, 1, "single-leg", "left", 2, "3-0-2-0"),
        SessionState(level=3, repetitions=1),
    )


def test_the_last_repetition_of_a_set_is_written_with_the_set(recorder: JournalRecorder) -> None:
    """Rest is no movement: the repetition is that of the movement before it."""
    recorder.rows_of(phase(10.0, repetition=10, side="right", repetitions_done=19))
    rows = recorder.rows_of(phase(15.0, "rest", repetition=0, side="right", sets_done=1, repetitions_done=20))
    assert rows == (
        Repetition(STARTED + timedelta(seconds=15), 1, 10, "single-leg", "right", 2, "3-0-2-0"),
        SessionState(level=3, sets=1, repetitions=20),
    )


def test_a_repetition_belongs_to_the_last_movement(recorder: JournalRecorder) -> None:
    """Whatever came between it and the next phase that counts it."""
    recorder.rows_of(phase(10.0, repetition=3, repetitions_done=2))
    recorder.rows_of(phase(11.0, "asking", repetition=0, side=None, repetitions_done=2))
    [repetition, _] = recorder.rows_of(phase(12.0, "rest", repetition=0, repetitions_done=3))
    assert isinstance(repetition, Repetition)
    assert (repetition.number, repetition.side) == (3, "left")


def test_a_repetition_that_was_broken_off_is_none(recorder: JournalRecorder) -> None:
    """Stop, the way back, and the same repetition again."""
    recorder.rows_of(phase(10.0))
    for name in ("stopped", "asking", "imprint", "get_ready", "lift", "lower"):
        assert recorder.rows_of(phase(11.0, name)) == ()


def test_what_is_no_part_of_the_memory_makes_no_row(recorder: JournalRecorder) -> None:
    """Cues, counts, what was heard."""
    for record in (
        CueSpoken("lift", "Lift.", 1.0, 1.0, 2.0),
        Counted(3, 1.0, 1.0),
        Heard("stop"),
        Heard("stop", key="s"),
        NotUnderstood(1.0, 2.0),
        Silenced(1.0),
        Released("release_supine", "Feet down."),
        TroubleBegan("clipping"),
        TroubleEnded("clipping"),
        Dropout("late", 0.1, 0.2),
    ):
        assert recorder.rows_of(Entry(1.0, record)) == ()


@pytest.mark.parametrize("name", ["pain", "red_flag"])
def test_pain_is_remembered_at_once(name: str, recorder: JournalRecorder) -> None:
    """Before any question about it is answered."""
    said = command(1.0, name)
    assert recorder.rows_of(said) == (SessionState(level=3, sore=True),)
    assert recorder.rows_of(said) == ()


@pytest.mark.parametrize(("name", "accepted"), [("pain", False), ("stop", True)])
def test_other_commands_leave_nobody_sore(name: str, accepted: bool, recorder: JournalRecorder) -> None:
    """Nor pain that was refused because of a question."""
    said = command(1.0, name, accepted)
    assert recorder.rows_of(said) == ()


def test_a_change_is_written_and_eases(recorder: JournalRecorder) -> None:
    """With its reason."""
    rows = recorder.rows_of(change(2.0, "range", "2", "1", "click"))
    made = LoadChange(STARTED + timedelta(seconds=2), "range", "2", "1", "click")
    assert rows == (made, SessionState(level=3, eased=True))


def test_a_note_is_written_with_the_time_at_which_it_was_made(recorder: JournalRecorder) -> None:
    """By the clock of the start: an hour that daylight saving takes away is none."""
    rows = recorder.rows_of(note(120.0, "explained", "single-leg"))
    assert rows == (
        JournalNote(datetime.fromisoformat("2026-03-29T02:01:00+01:00"), "explained", "single-leg"),
    )


@pytest.mark.parametrize(
    ("what", "value", "state"),
    [
        ("effort", 6, SessionState(3, effort=6)),
        ("soreness", 0, SessionState(3, soreness=0)),
        ("level", 4, SessionState(4)),
        ("sore", "back 3", SessionState(3, sore=True)),
        ("red_flag", "chest", SessionState(3, sore=True)),
        ("red_flag", "cleared", SessionState(3)),
        ("red_flag_heard", "chest", SessionState(3, sore=True)),
        ("red_flag_heard", "cleared", SessionState(3)),
        ("tutorial", "done", SessionState(3)),
    ],
)
def test_notes_about_the_session_are_its_columns_too(
    what: str, value: str | int, state: SessionState, recorder: JournalRecorder
) -> None:
    """The row of the note stays beside them."""
    rows = recorder.rows_of(note(1.0, what, value))
    assert recorder.state == state
    assert rows[0] == JournalNote(STARTED + timedelta(seconds=1), what, value)
    assert rows[1:] == (() if state == SessionState(3) else (state,))


def test_a_completed_session_at_the_top_is_one(recorder: JournalRecorder) -> None:
    """Every side of every set had the most repetitions."""
    done = do_set(recorder, 2, MOST, do_set(recorder, 1, MOST, 0))
    assert finish(recorder) == SessionState(
        3, 2, done, at_top=True, ended="completed", ended_at=STARTED + timedelta(seconds=900)
    )


def test_fewer_repetitions_in_one_set_are_not_the_top(recorder: JournalRecorder) -> None:
    """Even if it is only one."""
    do_set(recorder, 2, MOST - 1, do_set(recorder, 1, MOST, 0))
    assert not finish(recorder, repetitions=38).at_top


def test_a_set_that_was_left_out_is_not_the_top(recorder: JournalRecorder) -> None:
    """However many the others had."""
    do_set(recorder, 1, MOST, 0)
    assert not finish(recorder, sets=1, repetitions=20).at_top


def test_the_same_repetitions_twice_are_not_the_top(recorder: JournalRecorder) -> None:
    """A set that was begun anew half-way, twice."""
    done = do_set(recorder, 1, MOST // 2, do_set(recorder, 1, MOST // 2, 0))
    do_set(recorder, 2, MOST, done)
    assert not finish(recorder).at_top


def test_a_session_that_was_ended_early_is_not_the_top(recorder: JournalRecorder) -> None:
    """Whatever was done by then."""
    do_set(recorder, 2, MOST, do_set(recorder, 1, MOST, 0))
    assert not finish(recorder, "asked").at_top


def test_what_is_said_after_the_end_is_remembered(recorder: JournalRecorder) -> None:
    """Pain does not wait for the session."""
    finish(recorder)
    recorder.rows_of(note(901.0, "sore", "hip not rated"))
    assert recorder.state.sore
    assert recorder.state.ended == "completed"


def test_what_may_be_pain_is_sore_until_it_is_denied(recorder: JournalRecorder) -> None:
    """A call for help; what was felt besides stays."""

    def noted(what: str, value: str | bool) -> bool:
        recorder.rows_of(note(1.0, what, value))
        return recorder.state.sore

    assert noted("hurt", True)
    assert not noted("hurt", False)
    assert noted("hurt", True)
    assert noted("red_flag", "chest")
    assert noted("hurt", False)
