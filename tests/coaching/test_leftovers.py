"""Changes that are pending when something else happens: nothing leaks, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from assistant.coaching.actions import Enter, Release, Say
from assistant.testing import Stage

StageOf = Callable[[str], Stage]


def test_a_wish_in_the_last_repetition_stays_with_its_exercise(stage_of: StageOf) -> None:
    """It holds for later sets of it, never for the exercise that follows."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 2, rest: 5, range: 3\nexercise: imprint-hold, repetitions: 2"
    )
    stage.reach("lower", repetition=2)
    stage.hear("easier")
    stage.reach("hold")
    assert stage.coach.position.load.exercise.name == "imprint-hold"
    same = stage_of("exercise: double-leg, repetitions: 2, rest: 20, range: 3, sets: 2")
    same.reach("lower", repetition=2)
    same.hear("slower")
    same.reach("rest")
    same.hear("easier")
    same.reach("lower")
    assert (same.coach.position.load.range_step, same.coach.position.load.tempo.lower) == (2, 4)


def test_next_set_keeps_what_was_promised(stage_of: StageOf) -> None:
    """Easier, then next set: the next set is easier."""
    stage = stage_of("exercise: double-leg, repetitions: 5, range: 3, sets: 2")
    stage.reach("lower", repetition=2)
    stage.hear("easier")
    stage.hear("next_set")
    assert stage.coach.position.load.range_step == 2


def test_a_later_line_keeps_its_own_range_and_tempo(stage_of: StageOf) -> None:
    """Easier in one line makes no other deeper or faster."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 3, range: 3, rest: 5\n"
        "exercise: double-leg, repetitions: 3, range: 1, tempo: 5-0-1-1"
    )
    stage.reach("lower")
    stage.hear("easier")
    stage.reach("rest")
    stage.reach("lower")
    load = stage.coach.position.load
    assert (load.range_step, str(load.tempo)) == (1, "5-0-1-1")


def test_a_release_that_was_cut_off_is_said_again(stage_of: StageOf) -> None:
    """Nobody is left with the legs in the air by "next set"."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 2, rest: 40")
    stage.reach("rest")
    stage.wait(0.3)
    assert any(isinstance(action, Release) for action in stage.hear("next_set"))


def test_getting_into_position_is_for_one_exercise(stage_of: StageOf) -> None:
    """Skipping ahead from a set-up to an exercise that was done before sets that up again."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 1\nexercise: single-leg, repetitions: 1\n"
        "exercise: double-leg, repetitions: 1, range: 2"
    )
    stage.reach("rest")
    stage.reach("setup")
    stage.hear("next_exercise")
    assert stage.phase == "setup"
    assert stage.coach.position.set == 3


def test_sides_stay_equal_when_the_exercise_changes(stage_of: StageOf) -> None:
    """From two legs to one, what is left is done with each; on the second side nothing is cut off."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 10, range: 1, tempo: 3-0-3-1")
    stage.reach("lower", repetition=6)
    stage.hear("easier")
    stage.reach("finished")
    done = [(a.side, a.repetition) for _, a in stage.actions if isinstance(a, Enter) and a.phase == "lower"]
    assert [side for side, _ in done].count("left") == [side for side, _ in done].count("right") == 4
    long = stage_of("exercise: single-leg, repetitions: 25, range: 1, tempo: 3-0-3-1")
    long.reach("lower", repetition=25)
    long.reach("imprint")
    long.hear("easier")
    long.reach("finished")
    sides = [a.side for _, a in long.actions if isinstance(a, Enter) and a.phase == "lower"]
    assert sides.count("left") == sides.count("right") == 25


def test_a_long_answer_does_not_hold_up_a_short_one(stage_of: StageOf) -> None:
    """What fits is said; what does not waits for the rest."""
    stage = stage_of("exercise: double-leg, repetitions: 6, range: 3, sets: 2")
    stage.reach("lower", repetition=2)
    stage.hear("what_can_i_say")
    stage.hear("slower")
    said = [a.cue.name for a in stage.wait(12) if isinstance(a, Say)]
    assert "slower" in said
    assert "options" not in said


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
