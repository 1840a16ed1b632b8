"""What the coach does about wishes for another place in the session."""

from __future__ import annotations

import pytest

from assistant.coaching.actions import Answer, Chime, Enter, Release, Say, Silence
from assistant.coaching.events import TroubleBegan
from assistant.coaching.history import History
from assistant.coaching.phases import MOVING
from tests.coaching.given import SHALLOW, TWO_SETS, WITH_REST, Begin, StageOf
from tests.coaching.told import accepted_in, ended_in, said_in
from tests.stand_ins import Stage

ONE_LEG = "exercise: single-leg, repetitions: 4, sets: 2, rest: 30"


def _lowerings(stage: Stage, number: int) -> list[tuple[str | None, int]]:
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    return [(a.side, a.repetition) for a in entered if a.phase == "lower" and a.set == number]


def test_pause_releases_and_carry_on_goes_in_through_imprint(stage: Stage) -> None:
    """Nobody is frozen with the legs in the air."""
    actions = stage.hear("pause")
    assert isinstance(actions[0], Silence)
    assert any(isinstance(action, Release) for action in actions)
    assert not any(isinstance(action, Chime) for action in actions)
    assert stage.phase == "paused"
    stage.hear("carry_on")
    assert stage.phase == "imprint"
    stage.reach("lower")
    assert stage.session.position.repetition == 2


@pytest.mark.parametrize("phase", MOVING)
def test_pause_is_silence_and_release_in_every_phase_that_moves(phase: str, stage_in: StageOf) -> None:
    """At once, and in this order."""
    actions = stage_in(phase).hear("pause")
    assert isinstance(actions[0], Silence)
    assert any(isinstance(action, Release) for action in actions)


def test_a_pause_before_the_first_ready_does_not_replace_it(stage_of: StageOf) -> None:
    """Carry on leads back to getting into position."""
    stage = stage_of(TWO_SETS)
    stage.wait(3)
    stage.hear("pause")
    stage.hear("carry_on")
    assert stage.phase == "setup"


def test_next_set_releases_and_goes_in_through_imprint(stage: Stage) -> None:
    """The rest of the set is left out."""
    actions = stage.hear("next_set")
    assert any(isinstance(action, Release) for action in actions)
    assert stage.phase == "imprint"
    assert stage.session.position.set == 2


def test_next_set_on_the_last_ends_the_session(stage: Stage) -> None:
    """There is no other."""
    stage.hear("next_set")
    stage.hear("next_set")
    stage.reach("finished")
    assert ended_in(stage) == "completed"


def test_next_set_at_rest_ends_the_rest(stage: Stage) -> None:
    """And goes to the set that the rest was for, not past it."""
    stage.reach("rest")
    stage.hear("skip")
    assert stage.phase == "imprint"
    assert stage.session.position.set == 2


def test_next_exercise_goes_past_all_sets_of_this_one(stage_of: StageOf) -> None:
    """To its set-up; after the last the session ends."""
    stage = stage_of(
        "exercise: double-leg-bent, repetitions: 2, sets: 3\nexercise: double-leg, repetitions: 2"
    )
    stage.reach("lower")
    stage.hear("next_exercise")
    assert (stage.phase, stage.session.position.set) == ("setup", 4)
    stage.hear("next_exercise")
    assert ended_in(stage) == "completed"


@pytest.mark.parametrize("word", ["next_exercise", "next_set", "skip", "repeat"])
def test_no_set_is_left_out_before_the_first(word: str, begin: Begin) -> None:
    """In a pause between questions about health there is nothing to skip."""
    stage = begin(History(tutorial_done=True))
    stage.reach_question("screen_heart")
    stage.happen(TroubleBegan("asleep"))
    assert not next(a for a in stage.hear(word) if isinstance(a, Answer)).accepted
    assert stage.phase == "paused"


def test_repeat_starts_the_set_again(stage: Stage) -> None:
    """While moving this one, at rest the one before."""
    stage.hear("repeat")
    assert (stage.phase, stage.session.position.set, stage.session.position.repetition) == (
        "imprint",
        1,
        1,
    )
    stage.reach("rest")
    stage.hear("repeat")
    assert (stage.phase, stage.session.position.set) == ("imprint", 1)


def test_finish_asks_once(stage: Stage) -> None:
    """Yes ends, no pauses, and no answer is no yes."""
    stage.hear("finish")
    assert stage.phase == "asking"
    stage.hear("no")
    assert stage.phase == "paused"
    stage.hear("finish")
    stage.wait(30)
    assert stage.phase == "paused"
    stage.hear("finish")
    stage.hear("yes")
    stage.reach("finished")
    assert ended_in(stage) == "asked"


@pytest.mark.parametrize("word", ["skip", "next_set"])
def test_skipping_a_rest_goes_on_at_once(stage: Stage, word: str) -> None:
    """In through the imprint."""
    stage.reach("rest")
    stage.wait(3)
    stage.hear(word)
    assert (stage.phase, stage.session.position.set) == ("imprint", 2)


def test_skip_ends_a_rest(stage_of: StageOf) -> None:
    """At once."""
    stage = stage_of(WITH_REST)
    stage.reach("rest")
    stage.hear("skip")
    assert stage.phase == "imprint"


def test_more_rest_adds_to_what_is_left(stage_of: StageOf) -> None:
    """It never shortens a rest."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 2, rest: 120")
    stage.reach("rest")
    start = stage.now
    stage.wait(20)
    said = [a.cue.text for a in stage.hear("more_rest") if isinstance(a, Say)]
    assert said[0] == "Okay. Rest for 130 seconds."
    stage.reach("imprint")
    assert stage.now - start == pytest.approx(150, abs=1)


# -- the other side


def test_the_side_changes_where_the_repetition_ends(stage_of: StageOf) -> None:
    """At the top of an up-start exercise, through the imprint; the beat of the repetition stays."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=2)
    actions = stage.hear("switch_legs")
    assert not any(isinstance(action, Silence | Release) for action in actions)
    stage.reach("imprint")
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    assert [a.phase for a in entered[-4:]] == ["lower", "return", "top", "imprint"]
    assert stage.session.position.side == "right"
    assert "other_side" in said_in([action for _, action in stage.actions])
    assert "switching" not in said_in([action for _, action in stage.actions])


def test_a_floor_start_exercise_changes_sides_at_the_bottom(stage_of: StageOf) -> None:
    """Where each of its repetitions ends."""
    stage = stage_of("exercise: single-leg-bent, repetitions: 4, tempo: 3-1-2-1")
    stage.reach("lift", repetition=2)
    stage.hear("switch_legs")
    stage.reach("imprint")
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    assert [a.phase for a in entered[-4:]] == ["top", "lower", "bottom", "imprint"]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_both_sides_do_as_many_however_often_they_are_switched(times: int, stage_of: StageOf) -> None:
    """Each side is taken up again where it stands, and no repetition is done twice."""
    stage = stage_of(ONE_LEG)
    for _ in range(times):
        stage.reach("lower")
        stage.hear("switch_legs")
        stage.reach("imprint")
    stage.reach("rest")
    done = _lowerings(stage, 1)
    assert sorted(done) == [(side, r) for side in ("left", "right") for r in (1, 2, 3, 4)]
    stage.reach("finished")
    assert [side for side, _ in _lowerings(stage, 2)] == ["left"] * 4 + ["right"] * 4


def test_the_other_side_that_is_done_is_left_alone(stage_of: StageOf) -> None:
    """Nothing is left for it in this set."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=4)
    stage.reach("lower", repetition=2)
    assert not accepted_in(stage.hear("switch_legs"))
    assert "other_side_done" in said_in(stage.wait(6))
    stage.reach("rest")
    assert [side for side, _ in _lowerings(stage, 1)] == ["left"] * 4 + ["right"] * 4


def test_before_the_first_repetition_the_other_side_begins(stage_of: StageOf) -> None:
    """In the imprint at once, again through the imprint."""
    stage = stage_of(ONE_LEG)
    stage.reach("imprint")
    stage.hear("switch_legs")
    assert stage.phase == "imprint"
    stage.reach("lower")
    assert stage.session.position.side == "right"


@pytest.mark.parametrize("phase", ["setup", "paused", "rest"])
def test_while_nothing_moves_the_other_side_comes_next(phase: str, stage_of: StageOf) -> None:
    """In the rest it begins the next set; nothing starts by itself."""
    stage = stage_of(ONE_LEG)
    if phase == "paused":
        stage.reach("lower")
        stage.hear("pause")
    else:
        stage.reach(phase)
    assert said_in(stage.hear("switch_legs")) == ["switching"]
    assert stage.phase == phase
    if phase == "paused":
        stage.hear("carry_on")
    stage.reach("lower")
    assert stage.session.position.side == "right"


@pytest.mark.parametrize(
    ("exercise", "line"), [("double-leg", "both_together"), ("heel-taps", "legs_in_turn")]
)
def test_where_no_side_works_alone_there_is_a_kind_answer(
    exercise: str, line: str, stage_of: StageOf
) -> None:
    """And nothing changes."""
    stage = stage_of(f"exercise: {exercise}, repetitions: 6")
    stage.reach("lower", repetition=2)
    assert not accepted_in(stage.hear("switch_legs"))
    assert line in said_in(stage.wait(8))


def test_a_wish_to_switch_ends_with_its_set(stage_of: StageOf) -> None:
    """Starting the set over makes the wish void."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=2)
    stage.hear("switch_legs")
    stage.hear("repeat")
    stage.reach("lower", repetition=2)
    assert stage.session.position.side == "left"


def test_switching_and_an_easier_exercise_come_together(stage_of: StageOf) -> None:
    """The new exercise is set up, for the other side."""
    stage = stage_of("exercise: single-leg, repetitions: 4, range: 1, tempo: 3-0-3-1")
    stage.reach("lower", repetition=2)
    stage.hear("switch_legs")
    stage.hear("easier")
    stage.reach("setup")
    assert stage.session.position.side == "right"
    stage.reach("finished")
    sides = [side for side, _ in _lowerings(stage, 1)]
    assert sides.count("left") == sides.count("right") == 4


def test_no_other_side_is_done_where_both_legs_work(stage_of: StageOf) -> None:
    """Though one leg works from the next repetition on."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 6, range: 1, tempo: 3-0-3-1")
    stage.reach("lower", repetition=2)
    stage.hear("easier")
    stage.hear("switch_legs")
    assert "other_side_done" not in said_in(stage.wait(10))


def test_the_other_side_first_holds_for_one_set(stage_of: StageOf) -> None:
    """Where the set is done again instead, the wish is gone."""
    stage = stage_of("exercise: single-leg, repetitions: 1, sets: 2, rest: 20")
    stage.reach("rest")
    stage.hear("switch_legs")
    stage.hear("repeat")
    stage.reach("rest")
    stage.reach("lower")
    assert stage.session.position.side == "left"


@pytest.mark.parametrize("phase", ["lower", "rest"])
def test_another_side_that_nobody_asked_for_is_taken_back(phase: str, stage_of: StageOf) -> None:
    """As long as it has not begun."""
    stage = stage_of(SHALLOW)
    stage.reach(phase)
    before = stage.session.position.side
    stage.hear("switch_legs")
    assert accepted_in(stage.hear("i_didnt_say_that"))
    stage.wait(6)
    assert "as_planned" in said_in(stage)
    stage.reach("lower", repetition=2 if phase == "lower" else 1)
    assert stage.session.position.side == (before if phase == "lower" else "left")
    assert not accepted_in(stage.hear("i_didnt_say_that"))


def test_a_side_that_was_asked_for_is_forgotten_with_its_exercise(stage_of: StageOf) -> None:
    """Where the legs take turns it would put an imprint into the middle of the set."""
    stage = stage_of(SHALLOW)
    stage.reach("lower", repetition=2)
    stage.hear("switch_legs")
    stage.hear("pinch")
    stage.wait(20)
    stage.hear("carry_on")
    stage.reach("lower")
    since = len(stage.actions)
    stage.reach("rest")
    phases = [action.phase for _, action in stage.actions[since:] if isinstance(action, Enter)]
    assert "imprint" not in phases
