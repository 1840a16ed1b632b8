"""A session in time, when nobody says anything but "ready"."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from assistant.coaching.actions import Action, Count, Enter, Finish, Listen, Release, Say
from assistant.testing import Stage

ONE_SET = "exercise: double-leg, repetitions: 3"
BENT = "exercise: double-leg-bent, repetitions: 2"


def _phases(actions: list[Action]) -> list[str]:
    return [action.phase for action in actions if isinstance(action, Enter)]


def _finish(stage: Stage) -> list[Action]:
    stage.reach("finished")
    return [action for _, action in stage.actions]


def test_an_up_start_set_lifts_once_and_then_lowers_and_returns(stage_of: Callable[[str], Stage]) -> None:
    """The order of the phases is the cycle's; a pause of no seconds is no phase."""
    phases = _phases(_finish(stage_of(ONE_SET)))
    assert phases == [
        *("greeting", "setup", "imprint", "get_ready", "lift"),
        *("lower", "return", "top") * 3,
        *("asking", "asking", "finished"),
    ]


def test_a_floor_start_repetition_begins_with_the_lift(stage_of: Callable[[str], Stage]) -> None:
    """Lift, top, lower, for each repetition."""
    phases = _phases(_finish(stage_of(BENT)))
    assert phases[4:-3] == ["lift", "top", "lower"] * 2


def test_nothing_moves_before_the_first_ready(stage_of: Callable[[str], Stage]) -> None:
    """Silence is asked twice and then ends the session; it never is a yes."""
    stage = stage_of(ONE_SET)
    stage.wait(400)
    phases = _phases([action for _, action in stage.actions])
    assert phases == ["greeting", "setup", "finished"]
    asked = [a for _, a in stage.actions if isinstance(a, Say) and a.cue.name == "still_setting_up"]
    assert len(asked) == 2
    end = next(a for _, a in stage.actions if isinstance(a, Finish))
    assert end.ended == "silence"


def test_counts_fall_on_the_beat_of_the_plan(stage_of: Callable[[str], Stage]) -> None:
    """Three, two, one: a second apart, from the moment the lowering begins, without drift."""
    stage = stage_of("exercise: double-leg, repetitions: 10")
    _finish(stage)
    lowerings = [a.at for _, a in stage.actions if isinstance(a, Enter) and a.phase == "lower"]
    counts = [(a.value, a.due) for _, a in stage.actions if isinstance(a, Count)]
    assert [value for value, _ in counts] == [3, 2, 1] * 10
    assert [due for _, due in counts] == [start + i for start in lowerings for i in range(3)]
    assert lowerings[-1] - lowerings[0] == pytest.approx(9 * 6)


def test_a_late_call_does_not_move_the_beat(stage_of: Callable[[str], Stage]) -> None:
    """A deadline is handled with the moment it was due."""
    stage = stage_of(ONE_SET)
    stage.reach("lower")
    first = next(a.due for _, a in stage.actions if isinstance(a, Count))
    actions = stage.coach.advance(first + 7.7)
    assert [a.due - first for a in actions if isinstance(a, Count)] == [6, 7, 8]


def test_both_sides_do_the_same(stage_of: Callable[[str], Stage]) -> None:
    """A set of a one-legged exercise is done with the left leg, then with the right."""
    stage = stage_of("exercise: single-leg-bent, repetitions: 3, sets: 2")
    _finish(stage)
    lowerings = [
        (a.set, a.side, a.repetition) for _, a in stage.actions if isinstance(a, Enter) and a.phase == "lower"
    ]
    assert lowerings == [(s, side, r) for s in (1, 2) for side in ("left", "right") for r in (1, 2, 3)]
    spoken = [a.cue.text for _, a in stage.actions if isinstance(a, Say)]
    assert "Left leg first." in spoken
    assert "Well done. Feet down. Now the right leg." in spoken


def test_the_number_of_the_repetition_is_spoken_at_the_top(stage_of: Callable[[str], Stage]) -> None:
    """And that there is one more, before the last repetition goes down."""
    stage = stage_of("exercise: double-leg, repetitions: 4, tempo: 3-0-2-2")
    _finish(stage)
    tops = {a.repetition: a.at for _, a in stage.actions if isinstance(a, Enter) and a.phase == "top"}
    spoken = [(a.cue.text, a.due) for _, a in stage.actions if isinstance(a, Say)]
    for word, repetition in (("one", 1), ("two", 2), ("three", 3), ("four", 4)):
        assert (word, tops[repetition]) in spoken
    last = [due for text, due in spoken if text == "One more."]
    assert len(last) == 1
    assert tops[2] < last[0] < tops[3]


def test_no_two_things_are_said_at_once(stage_of: Callable[[str], Stage]) -> None:
    """Every cue ends before the next begins, and before the next beat."""
    stage = stage_of(
        "exercise: single-leg-bent, repetitions: 4, sets: 2, rest: 30\n"
        "exercise: double-leg, repetitions: 5, tempo: 4-1-2-1\n"
        "exercise: imprint-hold"
    )
    _finish(stage)
    spoken = sorted(
        (a.due, a.due + 0.06 * len(a.cue.text), a.cue.text)
        for _, a in stage.actions
        if isinstance(a, Say | Count | Release)
    )
    assert len(spoken) > 60
    for (_, end, text), (start, _, following) in pairwise(spoken):
        assert end <= start + 1e-9, (text, following)


def test_a_rest_announces_what_comes_and_ends_by_itself(stage_of: Callable[[str], Stage]) -> None:
    """Rest counts down, and the next set goes in through imprint."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 2, rest: 40")
    stage.reach("rest")
    start = stage.now
    stage.reach("imprint")
    assert stage.now - start == pytest.approx(40)
    spoken = [a.cue.name for at, a in stage.actions if isinstance(a, Say) and at >= start]
    assert spoken[:4] == ["set_done", "release_supine", "rest", "next_up"]
    assert "rest_ten" in spoken


@pytest.mark.parametrize("paused", [False, True])
def test_get_ready_is_counted_into_the_first_beat(paused: bool, stage_of: Callable[[str], Stage]) -> None:
    """Two, one, a second apart, and then the first lift; after a pause as well."""
    stage = stage_of(ONE_SET)
    stage.reach("lower")
    if paused:
        stage.hear("pause")
        stage.hear("carry_on")
        stage.reach("lift")
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    begin = [a.at for a in entered if a.phase == "get_ready"][-1]
    lift = [a.at for a in entered if a.phase == "lift"][-1]
    said = [(a.cue.text, a.due) for _, a in stage.actions if isinstance(a, Say) and begin <= a.due < lift]
    assert said == [("Get ready.", begin), ("two", lift - 2), ("one", lift - 1)]
    assert begin + 0.06 * len("Get ready.") <= lift - 2


def test_a_hold_is_not_counted_in(stage_of: Callable[[str], Stage]) -> None:
    """Its first number is that of the first repetition, at which it begins."""
    stage = stage_of("exercise: imprint-hold, repetitions: 2")
    stage.reach("hold")
    said = [a.cue.text for _, a in stage.actions if isinstance(a, Say)]
    assert said[said.index("Get ready.") :] == ["Get ready.", "one", "And press."]


def test_a_new_exercise_waits_for_ready_again(stage_of: Callable[[str], Stage]) -> None:
    """It is set up first, in its long form; the next set of it is not."""
    stage = stage_of(
        "exercise: double-leg-bent, repetitions: 1\nexercise: double-leg, repetitions: 1, sets: 2"
    )
    _finish(stage)
    phases = [(a.phase, a.exercise, a.set) for _, a in stage.actions if isinstance(a, Enter)]
    setups = [phase for phase in phases if phase[0] == "setup"]
    assert setups == [("setup", "double-leg-bent", 1), ("setup", "double-leg", 2)]


def test_every_context_follows_its_phase(stage_of: Callable[[str], Stage]) -> None:
    """What is listened for changes with the phase, and only then."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 2")
    _finish(stage)
    contexts = [a.context for _, a in stage.actions if isinstance(a, Listen)]
    assert contexts == ["setup", "moving", "resting", "moving", "asked_number", "moving"]


def test_the_way_up_is_called_when_it_begins_or_not_at_all(stage_of: Callable[[str], Stage]) -> None:
    """Never late: an answer or "last one" takes the place of "lift"."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 6, tempo: 4-0-3-1")
    stage.reach("lower", repetition=2)
    stage.hear("slower")
    stage.hear("how_many_left")
    _finish(stage)
    ups = [a.at for _, a in stage.actions if isinstance(a, Enter) and a.phase in ("lift", "return")]
    called = [a.due for _, a in stage.actions if isinstance(a, Say) and a.cue.name in ("lift", "lift_long")]
    assert called
    assert all(any(abs(due - at) < 0.05 for at in ups) for due in called)


def test_breath_cues_stop_once_the_rhythm_is_there(stage_of: Callable[[str], Stage]) -> None:
    """Two repetitions of a side; then short words only."""
    stage = stage_of("exercise: double-leg, repetitions: 6, tempo: 3-0-2-2")
    _finish(stage)
    names = [a.cue.name for _, a in stage.actions if isinstance(a, Say)]
    assert names.count("return_long") == names.count("breathe_in") == 2
    assert names.count("return_up") == 4
