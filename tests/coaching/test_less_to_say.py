"""What is known by then, or comes at once anyway, is not said."""

from __future__ import annotations

import pytest

from assistant.coaching.history import History, is_practised
from tests.coaching.given import PAST, UP_AND_DOWN, Led


@pytest.mark.parametrize(("sessions", "practised"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_sessions_make_somebody_practised(sessions: int, practised: bool) -> None:
    """Those in which anything was trained."""
    assert is_practised(History(sessions=(PAST,) * sessions)) is practised


@pytest.mark.parametrize(("sessions", "breaths"), [(0, 2), (1, 2), (2, 1)])
def test_the_practised_hear_of_the_breath_once_a_side(sessions: int, breaths: int, led: Led) -> None:
    """After that it goes up with a short word, as before."""
    said = led(UP_AND_DOWN, sessions)
    assert said.count("return_long") == said.count("breathe_in") == breaths
    assert said.count("return_up") == 6 - breaths


@pytest.mark.parametrize(("sessions", "greeting"), [(0, "greeting"), (1, "greeting_again")])
def test_who_has_been_here_is_greeted_in_a_few_words(sessions: int, greeting: str, led: Led) -> None:
    """They know who speaks, and how to talk to it."""
    assert led(UP_AND_DOWN, sessions)[0] == greeting


@pytest.mark.parametrize(("sessions", "told"), [(0, 1), (1, 0)])
def test_that_there_are_two_questions_is_told_at_the_first_time(sessions: int, told: int, led: Led) -> None:
    """Before the first of them."""
    said = led(UP_AND_DOWN, sessions)
    assert said.count("two_questions") == told
    assert not told or said[said.index("two_questions") + 1] == "ask_effort"


def test_a_lone_set_has_no_number(led: Led) -> None:
    """One of one tells nothing."""
    said = led("exercise: double-leg, repetitions: 1\nexercise: hover, repetitions: 1, sets: 2", 0)
    assert [name for name in said if name.startswith("announce")] == ["announce_one", "announce"]


@pytest.mark.parametrize(("seconds", "named"), [(14, 0), (15, 1)])
def test_what_is_set_up_at_once_is_not_named_before(seconds: int, named: int, led: Led) -> None:
    """The set-up after a short rest names it; another set of the same has none and is named all the same."""
    work = f"exercise: double-leg, repetitions: 1, sets: 2, rest: {seconds}\nexercise: hover, repetitions: 1"
    said = led(work, 0)
    assert said.count("next_exercise_up") == named
    assert said.count("next_up") == 1
