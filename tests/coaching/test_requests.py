"""What the coach does about requests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import (
    Action,
    Answer,
    Change,
    Chime,
    Enter,
    Finish,
    Release,
    Say,
    SetVolume,
    Silence,
)
from assistant.testing import Stage

TWO_SETS = "exercise: double-leg, repetitions: 8, range: 2, sets: 2"


@pytest.fixture
def stage(stage_of: Callable[[str], Stage]) -> Stage:
    """A session in its second lowering."""
    stage = stage_of(TWO_SETS)
    stage.reach("lower", repetition=2)
    return stage


def _said(actions: list[Action]) -> list[str]:
    return [action.cue.name for action in actions if isinstance(action, Say)]


def _changes(stage: Stage) -> list[tuple[str, str, str]]:
    return [(a.what, a.before, a.after) for _, a in stage.actions if isinstance(a, Change)]


def _accepted(actions: list[Action]) -> bool:
    return next(action.accepted for action in actions if isinstance(action, Answer))


def test_easier_changes_one_thing_at_a_time_in_its_order(stage: Stage) -> None:
    """Range, then the tempo of the return, then the exercise; never two at once."""
    for _ in range(3):
        assert _accepted(stage.hear("easier"))
    assert _changes(stage) == [
        ("range", "2", "1"),
        ("tempo", "3-0-2-1", "3-0-3-1"),
        ("exercise", "double-leg", "double-leg-bent"),
    ]


def test_easier_holds_from_the_next_repetition(stage: Stage) -> None:
    """Nothing changes in the middle of one, and the beat goes on."""
    stage.hear("easier")
    assert stage.coach.position.load.range_step == 2
    stage.reach("lower", repetition=3)
    assert stage.coach.position.load.range_step == 1
    assert "easier_range" in _said([action for _, action in stage.actions])


def test_an_easier_exercise_is_set_up_for_what_is_left_of_the_set(stage: Stage) -> None:
    """Legs down, set up, ready; then the remaining repetitions."""
    for _ in range(3):
        stage.hear("easier")
    stage.reach("setup")
    assert any(isinstance(a, Release) for _, a in stage.actions)
    stage.reach("lower")
    entered = [a for _, a in stage.actions if isinstance(a, Enter)][-1]
    assert (entered.exercise, entered.set, entered.repetition) == ("double-leg-bent", 1, 3)


def test_easier_on_the_gentlest_says_so(stage_of: Callable[[str], Stage]) -> None:
    """There is nothing below the imprint hold."""
    stage = stage_of("exercise: imprint-hold")
    stage.reach("hold")
    assert not _accepted(stage.hear("easier"))


def test_harder_holds_from_the_next_set_and_once_a_set(stage: Stage) -> None:
    """One step; the second wish in a set has to wait."""
    assert _accepted(stage.hear("harder"))
    assert not _accepted(stage.hear("harder"))
    assert stage.coach.position.load.range_step == 2
    stage.reach("rest")
    stage.reach("lower")
    assert stage.coach.position.load.range_step == 3


def test_slower_and_faster_stay_within_three_to_five_seconds(stage: Stage) -> None:
    """3, 4, 5 and no further; back to 3 and never below."""
    assert [_accepted(stage.hear("slower")) for _ in range(3)] == [True, True, False]
    assert [_accepted(stage.hear("faster")) for _ in range(3)] == [True, True, False]
    assert [after for _, _, after in _changes(stage)] == ["4-0-2-1", "5-0-2-1", "4-0-2-1", "3-0-2-1"]


def test_faster_never_makes_the_lift_slower_than_the_lowering(stage_of: Callable[[str], Stage]) -> None:
    """A lift of 4 s keeps the lowering at 4 s."""
    stage = stage_of("exercise: double-leg, tempo: 4-0-4-1")
    stage.reach("lower")
    assert not _accepted(stage.hear("faster"))


def test_a_wish_is_chimed_and_answered_in_a_slot(stage: Stage) -> None:
    """The earcon comes at once, the words when they fit between the beats."""
    actions = stage.hear("slower")
    assert any(isinstance(action, Chime) and action.due == stage.now for action in actions)
    assert not any(isinstance(action, Silence) for action in actions)
    assert _said(actions) == []
    assert "slower" in _said(stage.wait(6))


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
    assert stage.coach.position.repetition == 2


def test_a_pause_before_the_first_ready_does_not_replace_it(stage_of: Callable[[str], Stage]) -> None:
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
    assert stage.coach.position.set == 2


def test_next_set_on_the_last_ends_the_session(stage: Stage) -> None:
    """There is no other."""
    stage.hear("next_set")
    stage.hear("next_set")
    assert any(isinstance(a, Finish) for _, a in stage.actions)


def test_next_set_at_rest_ends_the_rest(stage: Stage) -> None:
    """And goes to the set that the rest was for, not past it."""
    stage.reach("rest")
    stage.hear("skip")
    assert stage.phase == "imprint"
    assert stage.coach.position.set == 2


def test_next_exercise_goes_past_all_sets_of_this_one(stage_of: Callable[[str], Stage]) -> None:
    """To its set-up; after the last the session ends."""
    stage = stage_of(
        "exercise: double-leg-bent, repetitions: 2, sets: 3\nexercise: double-leg, repetitions: 2"
    )
    stage.reach("lower")
    stage.hear("next_exercise")
    assert (stage.phase, stage.coach.position.set) == ("setup", 4)
    stage.hear("next_exercise")
    assert any(isinstance(a, Finish) for _, a in stage.actions)


def test_repeat_starts_the_set_again(stage: Stage) -> None:
    """While moving this one, at rest the one before."""
    stage.hear("repeat")
    assert (stage.phase, stage.coach.position.set, stage.coach.position.repetition) == ("imprint", 1, 1)
    stage.reach("rest")
    stage.hear("repeat")
    assert (stage.phase, stage.coach.position.set) == ("imprint", 1)


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
    assert next(a.ended for _, a in stage.actions if isinstance(a, Finish)) == "asked"


def test_trouble_puts_the_legs_down_and_takes_something_back(stage: Stage) -> None:
    """Arching: paused with the release, and one step shallower afterwards."""
    actions = stage.hear("arching")
    assert any(isinstance(action, Release) for action in actions)
    assert stage.phase == "paused"
    assert _changes(stage) == [("range", "2", "1")]


def test_louder_and_quieter_act_at_once(stage: Stage) -> None:
    """In steps of 3 dB, within limits."""
    assert [a.decibels for a in stage.hear("quieter") if isinstance(a, SetVolume)] == [-3.0]
    for _ in range(10):
        stage.hear("louder")
    assert [a.decibels for _, a in stage.actions if isinstance(a, SetVolume)][-1] == 6.0
    assert not _accepted(stage.hear("louder"))


def test_less_talk_leaves_the_breath_cues_out(stage_of: Callable[[str], Stage]) -> None:
    """More talk brings them back."""
    stage = stage_of(TWO_SETS)
    stage.reach("get_ready")
    stage.hear("less_talk")
    stage.reach("lower", repetition=3)
    assert not {"lift_long", "return_long", "breathe_in"} & set(_said([a for _, a in stage.actions]))


def test_two_utterances_that_are_not_understood_pause_while_moving(stage: Stage) -> None:
    """Within five seconds; one alone does nothing."""
    stage.mumble()
    assert stage.phase == "lower"
    stage.wait(6)
    stage.mumble()
    assert stage.phase != "paused"
    stage.wait(1)
    stage.mumble()
    assert stage.phase == "paused"


def test_sorry_is_said_at_most_once_a_set(stage: Stage) -> None:
    """At rest."""
    stage.reach("rest")
    assert _said(stage.mumble()) == ["sorry"]
    stage.wait(2)
    assert _said(stage.mumble()) == []


def test_what_is_not_there_yet_is_answered_kindly(stage: Stage) -> None:
    """One sentence, and the record says why."""
    stage.reach("rest")
    actions = stage.hear("switch_legs")
    assert _said(actions) == ["not_yet"]
    answer = next(action for action in actions if isinstance(action, Answer))
    assert (answer.accepted, answer.reason) == (False, "not available yet")


def test_say_that_again_repeats_the_question(stage: Stage) -> None:
    """Or the last thing that was not an instruction."""
    stage.hear("pain")
    assert _said(stage.hear("say_that_again")) == ["ask_where"]


def test_after_the_end_nothing_is_done(stage: Stage) -> None:
    """It is recorded as refused."""
    stage.hear("stop")
    stage.hear("finish")
    actions = stage.hear("ready")
    assert [type(action) for action in actions] == [Answer]
    assert not _accepted(actions)
