"""What the coach says to whoever wants to know something."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import (
    Count,
    Say,
    Silence,
)
from assistant.testing import Stage
from tests.coaching.given import TWO_SETS
from tests.coaching.told import accepted_in, said_in, texts_in


def test_how_many_left_is_answered_in_the_next_slot(stage: Stage) -> None:
    """With what is left then, on the beat."""
    stage.hear("how_many_left")
    said = [a for a in stage.wait(6) if isinstance(a, Say) and a.cue.name == "to_go"]
    assert [action.cue.text for action in said] == ["Six to go."]


def test_how_many_left_at_rest_counts_sets(stage: Stage) -> None:
    """In words."""
    stage.reach("rest")
    said = [a.cue.text for a in stage.hear("how_many_left") if isinstance(a, Say)]
    assert said == ["One more after this set."]


def test_say_that_again_repeats_the_question(stage: Stage) -> None:
    """From its beginning, whatever of it is still to be said."""
    stage.hear("pain")
    actions = stage.hear("say_that_again")
    assert said_in(actions) == ["ask_where"]
    assert isinstance(actions[0], Silence)


def test_say_that_again_repeats_what_was_said_last(stage: Stage) -> None:
    """What was no instruction: at rest at once, while moving in the next slot, answers included."""
    stage.hear("how_many_left")
    stage.wait(6)
    stage.hear("say_that_again")
    assert "Six to go." in texts_in(stage.wait(6))
    stage.reach("rest")
    stage.wait(12)
    actions = stage.hear("say_that_again")
    assert accepted_in(actions)
    assert texts_in(actions) == ["Next is set two of two."]


def test_how_many_left_counts_both_sides_once(stage_of: Callable[[str], Stage]) -> None:
    """Where they take turns, as their numbers are spoken: for pairs."""
    stage = stage_of("exercise: heel-taps, repetitions: 6, tempo: 3-1-2-1")
    stage.reach("lower", repetition=3)
    stage.hear("how_many_left")
    assert "Four to go." in texts_in(stage.wait(8))


def test_the_last_repetition_leaves_none(stage: Stage) -> None:
    """It is called the last, not zero to go."""
    stage.reach("lower", repetition=8)
    stage.hear("how_many_left")
    assert "This is the last one." in texts_in(stage.wait(6))


def test_before_the_last_set_one_more_is_left_and_after_it_none(stage: Stage) -> None:
    """Warm-up and cool-down are no sets."""
    stage.hear("pause")
    assert texts_in(stage.hear("how_many_left")) == ["One more after this set."]
    stage.hear("carry_on")
    stage.hear("next_set")
    stage.hear("pause")
    assert texts_in(stage.hear("how_many_left")) == ["This is the last set."]
    assert texts_in(stage.hear("what_is_next")) == ["This is the last set."]


def test_how_long_is_one_minute_or_several(stage_of: Callable[[str], Stage]) -> None:
    """Never "one minutes"."""
    short = stage_of("exercise: double-leg, repetitions: 1")
    short.reach("setup")
    assert texts_in(short.hear("how_long")) == ["About one minute to go."]
    long = stage_of(TWO_SETS)
    long.reach("setup")
    assert texts_in(long.hear("how_long")) == ["About three minutes to go."]


def test_what_is_next_and_where_am_i(stage_of: Callable[[str], Stage]) -> None:
    """The title of the next set, and the number of this one."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 2\nexercise: imprint-hold")
    stage.reach("rest")
    titles = {name: exercise.title for name, exercise in stage.coach.plan.exercises.items()}
    assert texts_in(stage.hear("what_is_next")) == [f"Next is {titles['double-leg']}."]
    where = texts_in(stage.hear("where_am_i"))[0]
    assert where.lower() == f"{titles['double-leg']}, set one of two.".lower()


@pytest.mark.parametrize("command", ["how_many_left", "how_long", "why", "click", "slower", "burning"])
def test_an_answer_does_not_lose_the_beat(command: str, stage_of: Callable[[str], Stage]) -> None:
    """Every count comes when it would have come without the question."""
    counts: list[list[float]] = []
    for asked in (False, True):
        stage = stage_of(TWO_SETS.replace("range: 2", "range: 3"))
        stage.reach("lower", repetition=2)
        stage.wait(0.4)
        if asked:
            stage.hear(command)
        stage.reach("lower", repetition=3)
        counts.append([a.due for _, a in stage.actions if isinstance(a, Count)])
    assert counts[0] == counts[1][: len(counts[0])]


def test_what_can_be_said_is_said_in_the_rest(stage: Stage) -> None:
    """While moving only that it will be."""
    stage.hear("what_can_i_say")
    names = said_in(stage.wait(8))
    assert "later" in names
    assert "options" not in names
    stage.reach("rest")
    assert "options" in said_in([action for _, action in stage.actions])


# -- answers that nobody asked for


@pytest.mark.parametrize("command", ["yes", "no", "number", "back", "left", "muscle", "joint"])
def test_an_answer_to_nothing_is_kindly_refused(command: str, stage: Stage) -> None:
    """It leads nowhere."""
    stage.reach("rest")
    actions = stage.hear(command, **({"number": 3} if command == "number" else {}))
    assert not accepted_in(actions)
    assert said_in(actions) == ["not_asked"]
    assert stage.phase == "rest"


@pytest.mark.parametrize(("before", "line"), [("stop", "still_stopped"), ("pause", "still_paused")])
def test_ready_before_carry_on_is_told_what_to_say(before: str, line: str, stage: Stage) -> None:
    """And nothing moves."""
    stage.hear(before)
    phase = stage.phase
    assert said_in(stage.hear("ready")) == [line]
    assert stage.phase == phase


def test_a_wrong_answer_leaves_the_question_open(stage: Stage) -> None:
    """It is waited for, and asked again."""
    stage.hear("pain", where="back")
    stage.hear("yes")
    assert stage.coach.question == "how_sore"
    assert "ask_how_sore" in said_in(stage.wait(20))
