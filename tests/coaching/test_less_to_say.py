"""What is known by then, or comes at once anyway, is not said."""

from __future__ import annotations

import pytest

from tests.coaching.given import UP_AND_DOWN, Led


@pytest.mark.parametrize(("sessions", "breaths"), [(0, 2), (1, 2), (2, 1)])
def test_the_practised_hear_of_the_breath_once_a_side(sessions: int, breaths: int, led: Led) -> None:
    """After that it goes up with a short word, as before."""
    said = led(UP_AND_DOWN, sessions)
    assert said.count("return_long") == said.count("breathe_in") == breaths
    assert said.count("return_up") == 6 - breaths


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
