"""What follows from earlier sessions for the next."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.history import (
    EXPERIENCED,
    RESUMED_WITHIN_SECONDS,
    History,
    PastSession,
    RestAdvice,
    can_be_resumed,
    is_practised,
    is_sore_after,
    locked_today,
    needs_clearing,
    needs_screening,
    progress_offered,
    rest_advice,
    starting_level,
    starts_lower,
)
from tests.coaching.given import PAST

CLEAN = PastSession(days_ago=3, level=2, ended="completed", at_top=True, soreness=1)


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
    assert starts_lower(history) is (ended in ("pain", "red_flag"))


def test_somebody_new_starts_where_the_routine_says() -> None:
    """There is nothing to keep."""
    assert starting_level(EXPERIENCED, 4) == 4
    assert not starts_lower(EXPERIENCED)


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
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_one_session_that_was_not_clean_is_enough_to_wait(spoilt: PastSession, first: bool) -> None:
    """Whichever of the two it was; those before them don't count."""
    sessions = (spoilt, CLEAN) if first else (CLEAN, spoilt)
    assert not progress_offered(History(sessions=sessions))
    assert progress_offered(History(sessions=(spoilt, CLEAN, CLEAN)))


@pytest.mark.parametrize(
    ("days", "locked", "clearing"),
    [(None, False, False), (0, True, False), (1, False, True), (90, False, True)],
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
