"""What follows from earlier sessions for the next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from assistant.coaching.complaint import Complaint, RatedPain
from assistant.coaching.history import (
    EXPERIENCED,
    RESUMED_WITHIN_SECONDS,
    History,
    Lowering,
    PastSession,
    RestAdvice,
    can_be_resumed,
    is_practised,
    is_sore_after,
    is_worse,
    lifts_are_out,
    locked_today,
    lowering_of,
    needs_clearing,
    needs_screening,
    pain_to_name,
    progress_offered,
    rest_advice,
    starting_level,
)
from tests.coaching.given import PAST, histories

CLEAN = PastSession(days_ago=3, level=2, ended="completed", at_top=True, effort=6, soreness=1, reserve=3)


def _days(*days: int) -> History:
    return History(sessions=tuple(PastSession(day, 1, "completed") for day in days))


@pytest.mark.parametrize(
    ("days", "yes", "due"),
    [(None, False, True), (0, False, False), (364, False, False), (365, False, True), (10, True, True)],
)
def test_screening_is_due_at_first_after_a_year_and_after_a_yes(
    days: int | None, yes: bool, due: bool
) -> None:
    """Otherwise nobody is asked again."""
    assert needs_screening(History(screened_days_ago=days, screening_yes=yes)) is due


@pytest.mark.parametrize(
    ("days", "advice"),
    [
        ((), None),
        ((2,), None),
        ((1,), RestAdvice.RECENT),
        ((0,), RestAdvice.RECENT),
        ((6, 4, 2), None),
        ((6, 5, 4, 2), RestAdvice.WEEK),
        ((7, 5, 4, 2), None),
        ((6, 5, 4, 1), RestAdvice.RECENT),
    ],
)
def test_a_day_of_rest_is_advised_after_yesterday_and_in_a_full_week(
    days: tuple[int, ...], advice: RestAdvice | None
) -> None:
    """The week is the last seven days, today included."""
    assert rest_advice(_days(*days)) is advice


@pytest.mark.parametrize(
    ("ended", "level", "start"),
    [("completed", 3, 3), ("asked", 3, 3), ("pain", 3, 2), ("red_flag", 3, 2), ("pain", 0, 0)],
)
def test_the_level_is_kept_and_lowered_after_pain_ended_a_session(ended: str, level: int, start: int) -> None:
    """Only the last session counts, and nothing is below zero."""
    history = History(sessions=(PastSession(9, 8, "pain"), PastSession(3, level, ended)))
    assert starting_level(history, 1) == start
    assert lowering_of(history) is (Lowering.PAIN if ended in ("pain", "red_flag") else None)


def test_somebody_new_starts_where_the_routine_says() -> None:
    """There is nothing to keep."""
    assert starting_level(EXPERIENCED, 4) == 4
    assert lowering_of(EXPERIENCED) is None


@pytest.mark.parametrize(
    ("days", "lowering", "start"),
    [
        (13, None, 6),
        (14, Lowering.AWAY, 5),
        (27, Lowering.AWAY, 5),
        (28, Lowering.LONG_AWAY, 4),
        (55, Lowering.LONG_AWAY, 4),
        (56, Lowering.VERY_LONG_AWAY, 0),
        (400, Lowering.VERY_LONG_AWAY, 0),
        (-5, None, 6),
    ],
)
def test_a_long_break_begins_lower(days: int, lowering: Lowering | None, start: int) -> None:
    """After two, four and eight weeks; where it is not known how long it was, as before."""
    history = History(sessions=(PastSession(days, 6, "completed"),))
    assert lowering_of(history) is lowering
    assert starting_level(history, 1) == start


@pytest.mark.parametrize(
    ("sore", "lowering"),
    [
        ((True, False, True), Lowering.PAIN_AGAIN),
        ((True, True, False), Lowering.PAIN_AGAIN),
        ((True, False, False), None),
        ((True, True, False, False), None),
        ((True,), None),
    ],
)
def test_pain_in_two_of_the_last_three_sessions_begins_lower(
    sore: tuple[bool, ...], lowering: Lowering | None
) -> None:
    """However it ended."""
    history = History(sessions=tuple(PastSession(3, 4, "completed", sore=pain) for pain in sore))
    assert lowering_of(history) is lowering


def test_after_pain_and_four_weeks_it_is_two_levels() -> None:
    """The weightier reason is told."""
    history = History(sessions=(PastSession(30, 6, "pain"),))
    assert lowering_of(history) is Lowering.LONG_AWAY


def _hurt(days: int, where: str | None, score: int | None, kind: str | None = None) -> PastSession:
    return PastSession(days, 3, "asked", sore=True, pain=RatedPain(Complaint(where, None, kind), score))


@pytest.mark.parametrize(
    ("session", "out"),
    [
        (_hurt(0, "back", 5), True),
        (_hurt(2, "hip", 10), True),
        (_hurt(1, "groin", 6), True),
        (_hurt(1, "back", None), True),
        (_hurt(1, None, 7), True),
        (_hurt(1, "back", 1, "stabbing"), True),
        (_hurt(3, "back", 10), False),
        (_hurt(1, "back", 4), False),
        (_hurt(1, "knee", 9), False),
        (_hurt(-1, "back", 9), False),
    ],
)
def test_much_pain_in_back_or_hip_keeps_lifts_out_for_two_days(session: PastSession, out: bool) -> None:
    """Whatever was trained since; a date that lies ahead locks nothing."""
    later = PastSession(max(session.days_ago, 0), 3, "completed")
    assert lifts_are_out(History(sessions=(session, later))) is out


@pytest.mark.parametrize(
    ("score", "soreness", "pain", "worse"),
    [
        (0, None, None, False),
        (1, None, None, True),
        (2, 2, None, False),
        (3, 2, None, True),
        (4, 1, 4, False),
        (5, 6, None, True),
        (None, 3, None, True),
    ],
)
def test_sorer_than_it_was_left_or_much_is_worse(
    score: int | None, soreness: int | None, pain: int | None, worse: bool
) -> None:
    """So is no answer."""
    rated = None if pain is None else RatedPain(Complaint("back"), pain)
    assert is_worse(score, PastSession(1, 3, "completed", soreness=soreness, pain=rated)) is worse


def test_the_pain_that_is_named_is_the_last_sessions_or_what_keeps_lifts_out() -> None:
    """Within a week; what has been trained over since is not named again."""
    fine = PastSession(1, 3, "completed")
    assert pain_to_name(History(sessions=(fine,))) is None
    assert pain_to_name(History(sessions=(_hurt(5, "knee", 2),))) == _hurt(5, "knee", 2)
    assert pain_to_name(History(sessions=(_hurt(8, "back", 9),))) is None
    assert pain_to_name(History(sessions=(_hurt(2, "back", 3), fine))) is None
    assert pain_to_name(History(sessions=(_hurt(2, "back", 8), fine))) == _hurt(2, "back", 8)


@pytest.mark.parametrize(("score", "sore"), [(0, False), (2, False), (3, True), (10, True), (None, True)])
def test_soreness_above_a_little_calls_for_less(score: int | None, sore: bool) -> None:
    """So does a question that was not answered."""
    assert is_sore_after(score) is sore


def test_progress_is_offered_after_two_clean_sessions_at_the_top() -> None:
    """Not after one."""
    assert progress_offered(History(sessions=(CLEAN, CLEAN)))
    assert not progress_offered(History(sessions=(CLEAN,)))


@pytest.mark.parametrize(
    "spoilt",
    [
        replace(CLEAN, ended="asked"),
        replace(CLEAN, eased=True),
        replace(CLEAN, sore=True),
        replace(CLEAN, soreness=3),
        replace(CLEAN, soreness=None),
        replace(CLEAN, at_top=False),
        replace(CLEAN, effort=9),
        replace(CLEAN, effort=None),
        replace(CLEAN, reserve=1),
        replace(CLEAN, reserve=None),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_one_session_that_was_not_clean_is_enough_to_wait(spoilt: PastSession, first: bool) -> None:
    """Whichever of the two it was; those before them don't count."""
    sessions = (spoilt, CLEAN) if first else (CLEAN, spoilt)
    assert not progress_offered(History(sessions=sessions))
    assert progress_offered(History(sessions=(spoilt, CLEAN, CLEAN)))


def test_nothing_more_is_offered_after_two_weeks() -> None:
    """However well it went before."""
    away = replace(CLEAN, days_ago=14)
    assert progress_offered(History(sessions=(away, replace(away, days_ago=13))))
    assert not progress_offered(History(sessions=(away, away)))


@given(histories())
def test_no_session_starts_above_what_the_gate_allows(history: History) -> None:
    """Over all histories; and nothing is offered that would take it back."""
    start, last = starting_level(history, 1), history.sessions[-1:]
    assert not last or start <= last[0].level
    for past in last:
        if past.days_ago >= 14:
            assert start <= max(past.level - 1, 0)
            assert not progress_offered(history)
        if past.days_ago >= 28:
            assert start <= max(past.level - 2, 0)
        if past.days_ago >= 56:
            assert start == 0
        if past.ended == "pain" or sum(one.sore for one in history.sessions[-3:]) >= 2:
            assert start <= max(past.level - 1, 0)


@pytest.mark.parametrize(
    ("days", "locked", "clearing"),
    [(None, False, False), (0, True, False), (1, False, True), (90, False, True), (-40, False, True)],
)
def test_a_red_flag_locks_its_day_and_has_to_be_cleared_later(
    days: int | None, locked: bool, clearing: bool
) -> None:
    """However long ago it was."""
    history = History(red_flag_days_ago=days)
    assert (locked_today(history), needs_clearing(history)) == (locked, clearing)


@pytest.mark.parametrize(("sessions", "practised"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_sessions_make_somebody_practised(sessions: int, practised: bool) -> None:
    """Those in which anything was trained."""
    assert is_practised(History(sessions=(PAST,) * sessions)) is practised


@pytest.mark.parametrize(
    ("ended", "sore", "seconds", "expected"),
    [
        (None, False, 0.0, True),
        ("interrupted", False, 60.0, True),
        ("silence", False, 60.0, True),
        (None, False, RESUMED_WITHIN_SECONDS, True),
        (None, False, RESUMED_WITHIN_SECONDS + 1, False),
        (None, False, -600.0, True),
        (None, False, -RESUMED_WITHIN_SECONDS - 1, False),
        (None, True, 60.0, False),
        ("silence", True, 60.0, False),
        ("completed", False, 60.0, False),
        ("asked", False, 60.0, False),
        ("pain", False, 60.0, False),
        ("red_flag", False, 60.0, False),
        ("not_today", False, 60.0, False),
    ],
)
def test_what_can_be_gone_on_with(ended: str | None, sore: bool, seconds: float, expected: bool) -> None:
    """What was cut off within two hours; never after pain."""
    assert can_be_resumed(ended, sore, seconds) is expected
