"""What is asked for before anything is set up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.coaching.actions import Mark
from assistant.coaching.history import EXPERIENCED
from assistant.coaching.place import Unfinished, fitted
from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import said_in

PlanOf = Callable[[str], Plan]


def test_easier_before_going_on_makes_nothing_harder_than_it_stood(plan_of: PlanOf, pack: VoicePack) -> None:
    """Pain had made it another exercise, with none above it today."""
    first = Stage(plan_of("exercise: double-leg, repetitions: 4, range: 3"), pack)
    first.reach("lower", repetition=2)
    first.hear("pinch")  # regressed to double-leg-bent, and nothing above level 4 today
    first.wait(30)
    first.hear("carry_on")
    first.reach("lower", repetition=3)
    place = next(a.place for _, a in reversed(first.actions) if isinstance(a, Mark))
    plan = first.coach.plan
    assert place is not None
    assert (place.exercise, place.cap) == ("double-leg-bent", 4)
    there = fitted(plan, place)
    assert there is not None
    stage = Stage(plan, pack, history=replace(EXPERIENCED, unfinished=Unfinished(there, place)))
    stage.wait(1)
    stage.hear("easier")  # over the greeting
    stage.reach_question("resume")
    stage.hear("yes")
    stage.reach("lower")
    assert stage.coach.position.load.exercise.level <= 4


def test_what_is_told_in_the_set_up_is_what_comes(plan_of: PlanOf, pack: VoicePack) -> None:
    """Also of what was made easier before anything was set up."""
    stage = Stage(plan_of("exercise: double-leg, repetitions: 3, range: 3"), pack, lie_down_seconds=10)
    stage.wait(1)
    assert "easier_range" in said_in(stage.hear("easier"))
    stage.reach("lower")
    told = [name for name in said_in(stage) if name.startswith("range_")]
    assert told[-1] == f"range_{stage.coach.position.load.range_step}"
