"""Phases in time, silence, and the release that leads out of each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings

from assistant.coaching.actions import Action, Count, Enter, Finish, Listen, Release, Say
from assistant.coaching.phases import MOVING
from assistant.coaching.plan import Plan
from assistant.coaching.speech import RELEASE_DELAY_SECONDS
from tests.coaching.given import EXERCISES, ONE_SET, PACK, StageOf, events, plans, play
from tests.coaching.told import ended_in, finished, phases_in, says_in
from tests.stand_ins import Stage


@pytest.fixture
def hanging(stage_of: StageOf) -> Stage:
    """Somebody on the bar, in their second repetition."""
    stage = stage_of("exercise: hanging, repetitions: 8")
    stage.reach("lower", repetition=2)
    return stage


def _released(actions: Sequence[Action]) -> list[str]:
    return [action.cue.name for action in actions if isinstance(action, Release)]


def _way_out(exercise: str) -> str:
    return EXERCISES[exercise].cues["release"]


def test_nothing_moves_before_the_first_ready(stage_of: StageOf) -> None:
    """Silence is asked twice and then ends the session; it never is a yes."""
    stage = stage_of(ONE_SET)
    stage.wait(400)
    phases = phases_in([action for _, action in stage.actions])
    assert phases == ["greeting", "setup", "finished"]
    asked = [a for _, a in stage.actions if isinstance(a, Say) and a.cue.name == "still_setting_up"]
    assert len(asked) == 2
    end = next(a for _, a in stage.actions if isinstance(a, Finish))
    assert end.ended == "silence"


def test_a_late_call_does_not_move_the_beat(stage_of: StageOf) -> None:
    """A deadline is handled with the moment it was due."""
    stage = stage_of(ONE_SET)
    stage.reach("lower")
    first = next(a.due for _, a in stage.actions if isinstance(a, Count))
    actions = stage.coach.advance(first + 7.7)
    assert [a.due - first for a in actions if isinstance(a, Count)] == [6, 7, 8]


def test_every_context_follows_its_phase(stage_of: StageOf) -> None:
    """What is listened for changes with the phase, and only then."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 2")
    finished(stage)
    contexts = [a.context for _, a in stage.actions if isinstance(a, Listen)]
    assert contexts == ["setup", "moving", "resting", "moving", "asked_number", "moving"]


def test_somebody_who_talks_is_not_silent(stage_of: StageOf) -> None:
    """The three minutes begin anew with each word."""
    stage = stage_of("exercise: double-leg, repetitions: 1")
    stage.reach("setup")
    for _ in range(30):
        stage.wait(10)
        stage.hear("how_long")
    assert stage.phase == "setup"
    stage.wait(200)
    assert stage.phase == "finished"


def test_a_pause_is_waited_through_after_a_question_in_it(stage_of: StageOf) -> None:
    """Asked again at a minute, and ended at three, as any other pause."""
    stage = stage_of("exercise: double-leg, repetitions: 4")
    stage.reach("lower")
    stage.hear("pause")
    stage.hear("burning")
    stage.hear("muscle")
    assert stage.phase == "paused"
    stage.wait(300)
    assert len(says_in(stage, "still_paused")) == 1
    assert ended_in(stage) == "silence"


# -- the release is that of the position the body is in, whatever the plan has become meanwhile


def test_a_release_that_was_cut_off_is_said_again(stage_of: StageOf) -> None:
    """Nobody is left with the legs in the air by "next set"."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 2, rest: 40")
    stage.reach("rest")
    stage.wait(0.3)
    assert any(isinstance(action, Release) for action in stage.hear("next_set"))


def test_an_easier_exercise_is_got_into_out_of_the_one_before(hanging: Stage) -> None:
    """Whoever hangs on a bar has no floor under their feet."""
    hanging.hear("easier")
    hanging.reach("lower", repetition=3)
    hanging.hear("easier")
    actions = hanging.wait(10)
    assert hanging.session.position.load.exercise.name != "hanging"
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
    assert hanging.session.position.load.exercise.name != "hanging"
    assert _released(hanging.hear("stop")) == [_way_out("hanging")]


def test_once_the_next_one_is_set_up_its_own_release_is_said(hanging: Stage) -> None:
    """The body is there now, or on its way."""
    hanging.hear("pinch")
    hanging.wait(30)
    hanging.hear("carry_on")
    hanging.wait(5)
    assert hanging.phase == "setup"
    name = hanging.session.position.load.exercise.name
    assert _released(hanging.hear("stop")) == [_way_out(name)]


@settings(max_examples=200, deadline=None)
@given(plans(), events(["easier", "pinch", "lost_it", "next_exercise", "stop", "carry_on", "ready"]))
def test_every_release_is_that_of_what_was_set_up_last(
    plan: Plan, said: list[tuple[float, str, int]]
) -> None:
    """Or it is one that was not heard to its end, once more; without a loudspeaker nobody hears any."""
    deaf = any("loudspeaker" in event for _, event, _ in said)
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
                again = action.cue.name == last and (deaf or at < until + RELEASE_DELAY_SECONDS)
                assert again or action.cue.name == _way_out(body)
                last, until = action.cue.name, action.due + 0.06 * len(action.cue.text)
            case _:
                pass
