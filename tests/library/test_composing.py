"""Routines out of five answers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.coaching.plan import Plan, timetable
from assistant.library.composing import GOALS, THINGS, Goal, Wishes, compose, file_text, plan_of
from assistant.library.session import load_exercises, load_voice
from assistant.places import shipped
from assistant.programme.routine import make_plan
from assistant.routines import Routine, exercise, step
from tests.parsing import parse_routine

EXERCISES = load_exercises(load_voice(str(shipped("voices") / "en")), shipped("scripts"))

WISHES = st.builds(
    Wishes,
    st.sampled_from(["mine", "true", "123", "no", "a-1"]),
    st.sampled_from(GOALS),
    st.integers(0, 10),
    st.integers(5, 60),
    st.frozensets(st.sampled_from(THINGS)),
)


def _minutes(plan: Plan) -> float:
    last = timetable(plan)[-1]
    return (last.start + last.seconds) / 60


def _by_hand(wishes: Wishes) -> str:
    """Write what `compose` makes as somebody would who uses the long fields alone."""
    lines = [f"name: '{wishes.name}'", f"start_level: {wishes.level}"]
    value = compose(wishes, EXERCISES).document().value
    for section in ("warm_up", "work", "cool_down"):
        lines.append(f"{section}:")
        for entry in value[section]:
            fields = dict(entry)
            if isinstance(text := fields.pop("sets", None), str):
                sets, repetitions = text.removesuffix(" rest 40s").split("x")
                fields |= {"sets": sets, "repetitions": repetitions, "rest": 40}
            lines += [
                f"  {'-' if i == 0 else ' '} {name}: {of}" for i, (name, of) in enumerate(fields.items())
            ]
    return "\n".join(lines) + "\n"


@settings(max_examples=80, deadline=None)
@given(WISHES)
def test_by_hand_by_script_and_by_new_the_plan_is_the_same(wishes: Wishes) -> None:
    """Whichever way a routine is written."""
    built = plan_of(compose(wishes, EXERCISES), EXERCISES, wishes.equipment)
    for text in (file_text(compose(wishes, EXERCISES)), _by_hand(wishes)):
        assert make_plan(parse_routine(text, "mine.yaml"), EXERCISES, equipment=wishes.equipment) == built


def test_the_same_routine_written_three_times() -> None:
    """As a person would, each time."""
    new = file_text(compose(Wishes("mine", level=3, minutes=18), EXERCISES))
    script = Routine(
        "mine",
        start_level=3,
        warm_up=[exercise("pelvic-tilts", rest=5), exercise("knee-sway", rest=10)],
        work=[step(up, sets=sets, rest=40) for up, sets in ((0, 2), (1, 2), (2, 2))],
        cool_down=[exercise("knee-hug", rest=5), exercise("long-stretch")],
    )
    hand = """\
name: mine
start_level: 3
warm_up: [{exercise: pelvic-tilts, rest: 5}, {exercise: knee-sway, rest: 10}]
work:
  - {step: 0, sets: 2xfewest rest 40s}
  - {step: 1, sets: 2 rest 40s}
  - step: 2
    sets: 2
    rest: 40
cool_down:
  - {exercise: knee-hug, rest: 5}
  - {exercise: long-stretch}
"""
    plans = [make_plan(parse_routine(text, "mine.yaml"), EXERCISES) for text in (new, script.text(), hand)]
    assert plans[0] == plans[1] == plans[2]


@settings(max_examples=80, deadline=None)
@given(WISHES)
def test_it_is_no_longer_than_the_minutes_and_another_set_would_be(wishes: Wishes) -> None:
    """But for one set, which always fits; three of each exercise are the most."""
    plan = plan_of(compose(wishes, EXERCISES), EXERCISES, wishes.equipment)
    sets = [work.exercise for work in plan.sets if work.part == "work"]
    assert len(sets) == 1 or _minutes(plan) <= wishes.minutes
    full = all(sets.count(name) == 3 for name in sets)
    assert full or _minutes(plan) > wishes.minutes - 5


@pytest.mark.parametrize(("goal", "branches"), [("gentle", {"side"}), ("leg-lifts", {"ladder"})])
def test_the_goal_is_what_is_done(goal: Goal, branches: set[str]) -> None:
    """No leg lift where gentle work was asked for."""
    plan = plan_of(compose(Wishes("mine", goal, minutes=30), EXERCISES), EXERCISES, frozenset())
    assert {EXERCISES[work.exercise].branch for work in plan.sets if work.part == "work"} == branches


def test_only_what_is_there_is_used() -> None:
    """What needs equipment is named, for a step passes over it until the session has asked."""
    with_bar = compose(Wishes("mine", level=9, minutes=30, equipment=frozenset({"bar"})), EXERCISES)
    without = compose(Wishes("mine", level=9, minutes=30), EXERCISES)
    assert "exercise: hanging" in file_text(with_bar)
    plan = plan_of(without, EXERCISES, frozenset())
    assert all(not EXERCISES[work.exercise].equipment for work in plan.sets)
