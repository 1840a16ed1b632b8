"""The release is that of the position the body is in, whatever the plan has become meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings

from assistant.coaching.actions import Action, Enter, Release, Say
from assistant.coaching.phases import MOVING
from assistant.coaching.plan import Plan
from assistant.coaching.safety import RELEASE_DELAY_SECONDS
from assistant.testing import Stage
from tests.coaching.given import EXERCISES, PACK, events, plans, play

StageOf = Callable[[str], Stage]


def _released(actions: Sequence[Action]) -> list[str]:
    return [action.cue.name for action in actions if isinstance(action, Release)]


def _way_out(exercise: str) -> str:
    return EXERCISES[exercise].cues["release"]


@pytest.fixture
def hanging(stage_of: StageOf) -> Stage:
    """Somebody on the bar, in their second repetition."""
    stage = stage_of("exercise: hanging, repetitions: 8")
    stage.reach("lower", repetition=2)
    return stage


def test_an_easier_exercise_is_got_into_out_of_the_one_before(hanging: Stage) -> None:
    """Whoever hangs on a bar has no floor under their feet."""
    hanging.hear("easier")
    hanging.reach("lower", repetition=3)
    hanging.hear("easier")
    actions = hanging.wait(10)
    assert hanging.coach.position.load.exercise.name != "hanging"
    assert _released(actions) == [_way_out("hanging")]


def test_a_stop_in_the_middle_of_a_release_repeats_it(hanging: Stage) -> None:
    """Though the easier exercise is in force by then."""
    assert _released(hanging.hear("pinch")) == [_way_out("hanging")]
    hanging.wait(0.4)
    assert _released(hanging.hear("stop")) == [_way_out("hanging")]


def test_a_stop_where_nothing_else_was_got_into_yet_releases_the_same(hanging: Stage) -> None:
    """However long the pause before it was."""
    hanging.hear("pinch")
    hanging.wait(30)
    assert hanging.coach.position.load.exercise.name != "hanging"
    assert _released(hanging.hear("stop")) == [_way_out("hanging")]


def test_once_the_next_one_is_set_up_its_own_release_is_said(hanging: Stage) -> None:
    """The body is there now, or on its way."""
    hanging.hear("pinch")
    hanging.wait(30)
    hanging.hear("carry_on")
    hanging.wait(5)
    assert hanging.phase == "setup"
    name = hanging.coach.position.load.exercise.name
    assert _released(hanging.hear("stop")) == [_way_out(name)]


@settings(max_examples=200, deadline=None)
@given(plans(), events(["easier", "pinch", "lost_it", "next_exercise", "stop", "carry_on", "ready"]))
def test_every_release_is_that_of_what_was_set_up_last(
    plan: Plan, said: list[tuple[float, str, int]]
) -> None:
    """Or it is one that was not heard to its end, once more."""
    stage = Stage(plan, PACK)
    for event in said:
        if stage.phase == "setup":
            stage.hear("ready")
        play(stage, [event])
    stage.wait(60)
    body, last, until = plan.sets[0].exercise, "", 0.0
    for at, action in stage.actions:
        match action:
            case Enter() if action.phase == "setup" or action.phase in MOVING:
                body = action.exercise
            case Release() | Say() if action.cue.kind == "release":
                again = action.cue.name == last and at < until + RELEASE_DELAY_SECONDS
                assert again or action.cue.name == _way_out(body)
                last, until = action.cue.name, action.due + 0.06 * len(action.cue.text)
            case _:
                pass
