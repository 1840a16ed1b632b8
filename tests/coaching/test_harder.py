"""When "harder" is refused, and what is said then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import accepted_in, changes_in, said_in


def test_nothing_above_what_was_eased_today_comes_back_by_harder(stage_of: Callable[[str], Stage]) -> None:
    """A pinch takes an easier exercise, and nothing above it comes later in the session."""
    stage = stage_of("exercise: single-leg, repetitions: 3, rest: 20, sets: 3")
    stage.reach("lower")
    stage.hear("pinch")
    stage.wait(20)
    stage.hear("carry_on")
    stage.reach("rest")
    actions = stage.hear("harder")
    assert not accepted_in(actions)
    assert said_in(actions) == ["hardest"]
    stage.reach("finished")
    assert changes_in(stage) == [("exercise", "single-leg", "heel-taps")]


def test_in_the_warm_up_harder_is_not_told_that_this_is_the_last_set(
    stage_of_parts: Callable[[str], Stage], pack: VoicePack
) -> None:
    """Work sets are still to come; so nothing is said about the end."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2, sets: 2, rest: 20")
    plan = stage.coach.plan
    stage = Stage(replace(plan, sets=(plan.sets[0], *plan.sets)), pack)
    stage.reach("setup")
    actions = stage.hear("harder")
    assert not accepted_in(actions)
    assert said_in(actions) == ["not_now"]
