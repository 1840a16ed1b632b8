"""What an exercise words in its own way is what the coach says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Enter, Say
from tests.coaching.told import said_in
from tests.stand_ins import Stage


def test_every_second_set_is_varied(stage_of: Callable[[str], Stage]) -> None:
    """Before each leg of it, and in no other set; the exercise and its count of sets stay."""
    stage = stage_of("exercise: single-leg, repetitions: 1, sets: 3, rest: 0")
    stage.reach("finished")
    varied = [at for at, a in stage.actions if isinstance(a, Say) and a.cue.name == "variation_single_leg"]
    starts = {(a.set, a.side): at for at, a in stage.actions if isinstance(a, Enter) and a.phase == "imprint"}
    assert varied == [starts[2, "left"], starts[2, "right"]]


def test_how_far_is_said_in_the_words_of_the_exercise(stage_of: Callable[[str], Stage]) -> None:
    """Or by its range step, or for a hold not at all."""
    for name, cue in (("heel-taps", "range_heel_taps"), ("hover", "range_4"), ("imprint-hold", None)):
        stage = stage_of(f"exercise: {name}, repetitions: 1")
        stage.reach("get_ready")
        ranges = [said for said in said_in(stage) if said.startswith("range_")]
        assert ranges == ([] if cue is None else [cue])


def test_nobody_who_kneels_is_told_to_press_their_back_into_the_floor(
    stage_of: Callable[[str], Stage],
) -> None:
    """The exhale before the set has words of its own."""
    stage = stage_of("exercise: bird-dog, repetitions: 1, sets: 2, rest: 0")
    stage.reach("finished")
    imprints = [said for said in said_in(stage) if said.startswith("imprint")]
    assert imprints == ["imprint_kneeling_long", "imprint_kneeling"]


@pytest.mark.parametrize(
    ("name", "hold", "end"),
    [("imprint-hold", "hold_press", "let_go"), ("pelvic-tilts", "hold_tilt", "roll_back")],
)
def test_a_hold_is_begun_and_ended_in_words(
    stage_of: Callable[[str], Stage], name: str, hold: str, end: str
) -> None:
    """Every one of them: it is not counted aloud, so its end can't be guessed."""
    stage = stage_of(f"exercise: {name}, repetitions: 5")
    stage.reach("finished")
    assert said_in(stage).count(hold) == 5
    assert said_in(stage).count(end) == 5
