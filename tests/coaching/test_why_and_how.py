"""What the coach says to "why" and "how", short while somebody moves and longer in the rest."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from assistant.coaching.actions import (
    Say,
)
from assistant.coaching.phases import MOVING, PHASES
from assistant.coaching.reasons import REASON_OF_CHANGE, REASON_OF_COMMAND, REASON_OF_PHASE
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.given import TWO_SETS
from tests.coaching.told import accepted_in, said_in


@pytest.mark.parametrize(
    ("phase", "short"), [("lower", "why_lower"), ("return", "why_lift"), ("imprint", "why_imprint")]
)
def test_why_is_a_short_sentence_while_somebody_moves(
    phase: str, short: str, stage_of: Callable[[str], Stage]
) -> None:
    """About what happens now; asked again, the long one comes in the rest."""
    stage = stage_of(TWO_SETS.replace("sets: 2", "sets: 3"))
    stage.reach(phase)
    stage.hear("why")
    stage.hear("why")
    names = said_in(stage.wait(30))
    assert {short, "later"} <= set(names)
    assert f"{short}_long" not in names
    stage.reach("rest")
    assert f"{short}_long" in said_in([action for _, action in stage.actions])


def test_why_in_the_rest_is_the_longer_form_and_each_time_another(stage: Stage) -> None:
    """From the benefits to the names and to what leg lifts do not do."""
    stage.reach("rest")
    said = [said_in(stage.hear("why"))[0] for _ in range(5)]
    assert said == [
        *("why_leg_lifts_long", "why_posture_long", "why_names_long", "why_fat_long"),
        "why_leg_lifts_long",
    ]


@pytest.mark.parametrize(
    ("command", "long"),
    [
        ("pinch", "why_pinch_long"),
        ("arching", "why_range_long"),
        ("lost_it", "why_imprint_long"),
        ("pause", "why_waiting"),
        ("stop", "why_waiting"),
    ],
)
def test_why_is_about_what_was_just_done(command: str, long: str, stage: Stage) -> None:
    """In the pause that it led to."""
    stage.hear(command)
    assert said_in(stage.hear("why")) == [long]


@pytest.mark.parametrize(
    ("command", "short"),
    [
        ("easier", "why_range"),
        ("click", "why_click"),
        ("slower", "why_lower"),
        ("harder", "why_harder"),
        ("shaking", "why_shaking"),
        ("burning", "why_burning"),
    ],
)
def test_why_is_about_what_was_just_changed(command: str, short: str, stage: Stage) -> None:
    """Between two beats; half a minute later it is about the movement again."""
    stage.hear(command)
    stage.hear("why")
    assert short in said_in(stage.wait(13))
    stage.wait(20)
    stage.reach("return")
    stage.hear("why")
    assert "why_lift" in said_in(stage.wait(12))


def test_every_phase_change_and_fault_has_its_reason(pack: VoicePack) -> None:
    """The short one fits between two beats, and the long ones are one or two sentences."""
    reasons = [*REASON_OF_PHASE.values(), *REASON_OF_COMMAND.values(), *REASON_OF_CHANGE.values()]
    assert set(REASON_OF_PHASE) == set(PHASES)
    for reason in reasons:
        for line in reason.long:
            assert 1 <= len(re.findall(r"[.!?]", pack.cues[line].text)) <= 2
    for phase in MOVING:
        assert 0.06 * len(pack.cues[REASON_OF_PHASE[phase].short].text) < 2


@pytest.mark.parametrize("phase", ["setup", "rest", "paused"])
def test_how_is_the_long_form_while_nothing_moves(phase: str, stage_of: Callable[[str], Stage]) -> None:
    """Position, range and what to check, in this order."""
    stage = stage_of(TWO_SETS)
    stage.reach("lower" if phase == "paused" else phase)
    if phase == "paused":
        stage.hear("pause")
    exercise = stage.coach.position.load.exercise
    assert exercise.checks
    said = said_in(stage.hear("how_do_i_do_this"))
    expected = [exercise.cues["setup"], exercise.range_cue(2), *exercise.checks]
    assert said == ([*expected, "say_ready"] if phase == "setup" else expected)
    assert stage.phase == phase


def test_how_is_a_reminder_while_somebody_moves_and_long_in_the_rest(stage: Stage) -> None:
    """The reminder as soon as it fits."""
    stage.hear("how_do_i_do_this")
    cues = stage.coach.position.load.exercise.cues
    stage.reach("rest")
    said = said_in([action for _, action in stage.actions])
    asked = len(said) - said[::-1].index(cues["setup"]) - 1
    assert cues["reminder"] in said[:asked]
    assert said.count(cues["setup"]) == 2


def test_an_explanation_is_not_cut_off_by_the_end_of_the_rest(stage: Stage) -> None:
    """The rest lasts some seconds longer than it."""
    stage.reach("rest")
    stage.wait(40)
    stage.hear("how_do_i_do_this")
    over = stage.coach.delivery.free_at
    stage.reach("imprint")
    assert stage.now >= over + 5


@pytest.mark.parametrize("safety", ["stop", "pain"])
def test_nothing_is_explained_between_stop_and_ready(safety: str, stage: Stage) -> None:
    """Only the release is an instruction then."""
    stage.hear(safety)
    actions = stage.hear("how_do_i_do_this")
    assert not accepted_in(actions)
    assert not any(isinstance(a, Say) and a.cue.kind == "movement" for a in actions)


def test_nothing_is_explained_in_a_pause_that_came_after_stop(stage: Stage) -> None:
    """Ready has not been said since."""
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("pause")
    assert stage.phase == "paused"
    assert said_in(stage.hear("how_do_i_do_this")) == ["not_now"]
