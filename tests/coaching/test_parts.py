"""Warm-up, work and cool-down, the rests between their sets, and how a movement is explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.coaching.actions import Action, Change, Enter, Note, Say
from assistant.coaching.history import EXPERIENCED
from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.told import said_in, texts_in

StageOf = Callable[[str], Stage]
TWO_SETS = "exercise: double-leg, repetitions: 2, sets: 2, rest: 40"


def _all(stage: Stage) -> list[Action]:
    return [action for _, action in stage.actions]


def _sore_back(stage: Stage, score: int) -> list[Action]:
    stage.hear("pain", where="back")
    return stage.hear("number", number=score)


def test_the_parts_come_in_the_order_of_the_plan_and_only_work_is_counted(stage_of_parts: StageOf) -> None:
    """Sets are 0 outside of the work."""
    stage = stage_of_parts(TWO_SETS)
    stage.reach("finished")
    entered = [a for a in _all(stage) if isinstance(a, Enter) and a.phase == "imprint"]
    assert [(a.part, a.set, a.sets) for a in entered] == [
        ("warm-up", 0, 2),
        ("work", 1, 2),
        ("work", 2, 2),
        ("cool-down", 0, 2),
    ]


def test_warm_up_and_cool_down_have_their_own_announcement(stage_of_parts: StageOf) -> None:
    """Without numbers of sets; the work has them."""
    stage = stage_of_parts(TWO_SETS)
    stage.reach("finished")
    said = [(a.cue.name, a.cue.text) for a in _all(stage) if isinstance(a, Say)]
    texts = [text for name, text in said if name in ("warm_up", "announce", "cool_down")]
    title = stage.coach.plan.exercises["double-leg"].title
    assert texts[0].startswith("Warm-up: ")
    assert texts[1] == f"{title[0].upper()}{title[1:]}. Set one of two."
    assert texts[2].startswith("Cool-down: ")
    assert len(texts) == 3


def test_a_rest_is_counted_down(stage_of: StageOf) -> None:
    """Ten seconds, then three, two, one, each on its second."""
    stage = stage_of(TWO_SETS)
    stage.reach("rest")
    start = stage.now
    stage.reach("imprint")
    end = stage.now
    said = {a.cue.name: a.due for at, a in stage.actions if isinstance(a, Say) and at > start}
    assert said["rest_ten"] == pytest.approx(end - 10)
    for seconds in (3, 2, 1):
        assert said[f"number_{seconds}"] == pytest.approx(end - seconds)


@pytest.mark.parametrize("rest", [0, 5])
def test_a_short_rest_is_not_counted_down_over_what_is_said(stage_of: StageOf, rest: int) -> None:
    """No number comes into a sentence, and none is late."""
    stage = stage_of(TWO_SETS.replace("40", str(rest)))
    stage.reach("rest")
    stage.wait(100)
    end = next(a.at for a in _all(stage) if isinstance(a, Enter) and a.set == 2 and a.phase == "imprint")
    numbers = [a for a in _all(stage) if isinstance(a, Say) and a.cue.name.startswith("number_")]
    for number in (a for a in numbers if end - 4 < a.due < end):
        assert (end - number.due) % 1 == pytest.approx(0, abs=1e-6)


def test_a_stop_in_a_rest_ends_its_countdown(stage_of: StageOf) -> None:
    """Nothing is counted into the quiet."""
    stage = stage_of(TWO_SETS)
    stage.reach("rest")
    stage.hear("stop")
    assert not any(name.startswith("number_") or name == "rest_ten" for name in said_in(stage.wait(60)))


def test_who_has_not_heard_it_gets_the_long_form_with_the_checks(stage_of: StageOf) -> None:
    """Setup, how far, and every check in order, before ready is asked for; once."""
    stage = stage_of(TWO_SETS)
    stage.reach("setup")
    exercise = stage.coach.position.load.exercise
    assert exercise.checks
    names = said_in(_all(stage))
    long = [exercise.cues["setup"], exercise.range_cue(1), *exercise.checks, "say_ready"]
    assert names[names.index("announce") + 1 :] == long
    stage.hear("repeat")
    assert Note("explained", "double-leg") not in _all(stage)
    stage.hear("ready")
    assert _all(stage).count(Note("explained", "double-leg")) == 1
    stage.reach("finished")
    assert _all(stage).count(Note("explained", "double-leg")) == 1


def test_who_has_heard_it_gets_the_short_form_from_the_start(
    pack: VoicePack, plan_of: Callable[[str], Plan]
) -> None:
    """And the long one when they ask for it again."""
    history = replace(EXPERIENCED, explained=frozenset({"double-leg"}))
    stage = Stage(plan_of(TWO_SETS), pack, history=history)
    stage.reach("setup")
    exercise = stage.coach.position.load.exercise
    names = said_in(_all(stage))
    assert exercise.cues["reminder"] in names
    assert not {exercise.cues["setup"], *exercise.checks} & set(names)
    stage.hear("repeat")
    assert exercise.cues["setup"] in said_in(_all(stage))
    assert "imprint" in said_in(stage.hear("ready"))


def test_the_coach_talks_less_from_the_first_to_the_third_session(
    pack: VoicePack, plan_of: Callable[[str], Plan]
) -> None:
    """Words a minute, with the same work."""
    plan = plan_of("exercise: single-leg, repetitions: 6, sets: 2\n" + TWO_SETS)
    explained: frozenset[str] = frozenset()
    rates: list[float] = []
    for _ in range(3):
        stage = Stage(plan, pack, history=replace(EXPERIENCED, explained=explained))
        stage.reach("finished")
        words = sum(len(a.cue.text.split()) for a in _all(stage) if isinstance(a, Say))
        rates.append(words / stage.now * 60)
        explained |= {str(a.value) for a in _all(stage) if isinstance(a, Note) and a.what == "explained"}
    assert rates[1] < rates[0] * 0.97
    assert rates[2] <= rates[1]


def test_every_second_set_may_have_a_variation(stage_of: StageOf) -> None:
    """It is said before the imprint of that set, on each side."""
    stage = stage_of("exercise: single-leg, repetitions: 1, sets: 3, rest: 5")
    variation = stage.coach.plan.exercises["single-leg"].cues["variation"]
    stage.reach("finished")
    current, said_in = 0, list[int]()
    for action in _all(stage):
        if isinstance(action, Enter):
            current = action.set
        elif isinstance(action, Say) and action.cue.name == variation:
            said_in.append(current)
    assert said_in == [2, 2]


def test_the_ladder_is_shifted_only_where_there_is_work_on_it(stage_of_parts: StageOf) -> None:
    """Warm-up and cool-down stay."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2")
    position = stage.coach.position
    assert position.part == "warm-up"
    before = position.load.exercise.name
    assert position.shift_work(-1, frozenset()) == ("double-leg", "double-leg-bent")
    position.shift_work(3, frozenset())
    position.next_set()
    assert position.load.exercise.level > 5
    position.next_set()
    assert position.part == "cool-down"
    assert position.load.exercise.name == before
    assert not any(isinstance(a, Change) for a in _all(stage))


def test_a_cap_of_the_ladder_leaves_gentle_work_alone(stage_of: StageOf) -> None:
    """It has levels of its own."""
    stage = stage_of(TWO_SETS)
    position, plan = stage.coach.position, stage.coach.plan
    gentle = next(work for work in plan.side_branch if plan.exercises[work.exercise].level > 0)
    position.cap(0)
    position.follow(replace(plan, sets=(plan.sets[0], gentle)))
    position.next_set()
    assert position.load.exercise.name == gentle.exercise


@pytest.mark.parametrize(("wish", "told"), [("harder", "range_3"), ("easier", "range_1"), ("why", None)])
def test_a_set_that_goes_another_way_says_how_far(wish: str, told: str | None, stage_of: StageOf) -> None:
    """Before its imprint; one that goes as far as the last needs no word about it."""
    stage = stage_of(f"{TWO_SETS}, range: 2")
    stage.reach("lower")
    stage.hear(wish)
    stage.reach("rest")
    before = len(stage.actions)
    stage.reach("lift")
    said = [name for name in said_in(_all(stage)[before:]) if name.startswith(("range_", "imprint"))]
    assert said == ([] if told is None else [told]) + ["imprint"]


def test_after_trouble_how_far_is_said_before_it_goes_on(stage_of: StageOf) -> None:
    """Higher is not the same for everybody; said once, not at every set."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 3, range: 2, rest: 20")
    stage.reach("lower")
    _sore_back(stage, 1)
    stage.hear("carry_on")
    before = len(stage.actions)
    stage.hear("ready")
    stage.reach("finished")
    said = [name for name in said_in(_all(stage)[before:]) if name.startswith(("range_", "imprint"))]
    assert said == ["range_1", "imprint", "imprint", "imprint"]


def test_the_ball_is_taken_up_again(stage_of: StageOf) -> None:
    """It was let go at the end of the set."""
    stage = stage_of("exercise: ball, repetitions: 2, sets: 2, rest: 20")
    stage.reach("rest")  # "Let the ball go."
    before = len(stage.actions)
    stage.reach("lower")
    assert any("ball" in text.lower() for text in texts_in([a for _, a in stage.actions[before:]]))
