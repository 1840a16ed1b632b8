"""Open questions: one at a time, those about pain first, and none is lost."""

from __future__ import annotations

import pytest

from assistant.coaching.events import TroubleBegan
from tests.coaching.given import STRAIGHT, StageOf
from tests.stand_ins import Stage


@pytest.fixture
def work() -> str:
    """Both legs straight."""
    return STRAIGHT


def test_a_question_that_was_interrupted_comes_back_in_the_next_rest(stage_of: StageOf) -> None:
    """Stop in the middle of it does not answer it."""
    stage = stage_of(STRAIGHT.replace("sets: 2", "sets: 3"))
    stage.reach("lower", repetition=2)
    stage.hear("burning")
    stage.reach("asking")
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("rest")
    stage.reach("asking")
    assert stage.coach.question == "kind"


def test_two_questions_are_asked_one_after_the_other(stage: Stage) -> None:
    """In the same rest."""
    stage.hear("shaking")
    stage.hear("burning")
    stage.reach("asking")
    assert stage.coach.question == "half"
    stage.hear("no")
    stage.reach("asking")
    assert stage.coach.question == "kind"


def test_an_open_question_about_pain_goes_before_one_about_burning(stage: Stage) -> None:
    """Also after a device that failed in the middle of it."""
    stage.hear("pain")
    stage.happen(TroubleBegan("clipping"))
    stage.hear("burning")
    assert stage.phase == "paused"
    stage.hear("carry_on")
    assert stage.coach.question == "where"
