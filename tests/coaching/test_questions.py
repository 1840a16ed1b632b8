"""Open questions: one at a time, those about pain first, and none is lost."""

from __future__ import annotations

import pytest

from assistant.coaching.events import TroubleBegan
from assistant.coaching.questions import AHEAD_SECONDS, PAUSE_LETTERS, seconds_until_put
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


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("How hard was it, from nought to ten?", 36),
        ("Say ready when you are.", 23),
        ("Yes or no: would you like that?", 31),
        ("How sore is it? Nought to ten.", 15),
        ("I'm listening. Where is it? The back, the hip, or somewhere else?", 27 + PAUSE_LETTERS),
        ("Zero: is it all fine? Yes or no?", 21),
    ],
)
def test_a_question_is_put_at_its_question_mark(text: str, letters: int) -> None:
    """What comes after that is left out, what comes before takes its time; one syllable may sound."""
    pauses = text.count(". ") + text.count("? ")
    whole = len(text) + PAUSE_LETTERS * pauses
    assert seconds_until_put(text, whole / 10) == pytest.approx(letters / 10 - AHEAD_SECONDS)


def test_a_short_question_is_not_put_before_half_of_it_is_heard() -> None:
    """However fast it is spoken."""
    assert seconds_until_put("There?", 0.4) == pytest.approx(0.2)
