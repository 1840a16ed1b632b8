"""A number that was not surely heard is read back, where something follows from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.actions import Ask, Note, Say
from assistant.coaching.commands.answers import SURE_NUMBER
from assistant.coaching.history import EXPERIENCED
from assistant.coaching.questions import QUESTIONS
from tests.coaching.given import DEEP, PAST, Begin, StageOf
from tests.coaching.told import asked_in, ended_in, notes_in, texts_in
from tests.stand_ins import Stage

UNSURE = SURE_NUMBER - 0.01
"""Less sure than a number may be."""


@pytest.fixture
def work() -> str:
    """One leg after the other."""
    return DEEP


@pytest.fixture
def doubted(stage: Stage) -> Stage:
    """A knee, and a nine that may have been another number."""
    stage.hear("pain", where="knee")
    stage.hear("number", UNSURE, number=9)
    return stage


def test_a_doubtful_number_is_read_back(stage: Stage) -> None:
    """As a question of its own, and nothing follows from it yet."""
    stage.hear("pain", where="knee")
    actions = stage.hear("number", UNSURE, number=9)
    assert texts_in(actions) == ["Nine? Yes or no."]
    assert asked_in(actions) == ["sure"]
    assert notes_in(actions) == []


def test_yes_takes_the_number(doubted: Stage) -> None:
    """As if it had been heard surely."""
    assert Note("sore", "knee 9") in doubted.hear("yes")
    assert ended_in(doubted) == "pain"


def test_no_asks_for_the_number_again(doubted: Stage) -> None:
    """And the next one may be read back, too."""
    assert asked_in(doubted.hear("no")) == ["how_sore"]
    assert texts_in(doubted.hear("number", UNSURE, number=5)) == ["Five? Yes or no."]
    doubted.hear("no")
    assert Note("sore", "knee 1") in doubted.hear("number", number=1)


def test_silence_is_asked_once_more_and_then_is_no_answer(doubted: Stage) -> None:
    """What was not rated counts as much."""
    actions = doubted.wait(40)
    assert asked_in(actions) == ["sure"]
    assert notes_in(actions) == [Note("sore", "knee not rated")]
    assert ended_in(doubted) == "pain"


def test_whoever_does_not_know_is_told_how_to_answer_once(doubted: Stage) -> None:
    """Then it is no answer."""
    assert asked_in(doubted.hear("unsure")) == ["sure"]
    assert ended_in(doubted) is None
    doubted.hear("unsure")
    assert ended_in(doubted) == "pain"


@pytest.mark.parametrize("confidence", [SURE_NUMBER, 1.0])
def test_what_was_heard_surely_is_taken_at_once(stage: Stage, confidence: float) -> None:
    """A key is always sure."""
    stage.hear("pain", where="knee")
    stage.hear("number", confidence, number=9)
    assert ended_in(stage) == "pain"


def test_a_stop_leaves_the_number_out(doubted: Stage) -> None:
    """It is asked for again, since nobody has said yes."""
    doubted.hear("stop")
    assert asked_in(doubted.hear("carry_on")) == ["how_sore"]


def test_pain_while_a_number_is_read_back_is_rated_anew(doubted: Stage) -> None:
    """It is still the knee."""
    assert asked_in(doubted.hear("pain", kind="stabbing")) == ["how_sore"]
    assert Note("sore", "knee 1, stabbing") in doubted.hear("number", number=1)


@pytest.mark.parametrize(("answer", "said"), [("yes", "ask_sore_where"), ("no", None)])
def test_soreness_from_the_last_session_is_read_back(answer: str, said: str | None, begin: Begin) -> None:
    """It decides how this one begins."""
    stage = begin(replace(EXPERIENCED, sessions=(PAST,)))
    stage.reach_question("yesterday")
    assert asked_in(stage.hear("number", UNSURE, number=6)) == ["sure"]
    actions = stage.hear(answer)
    if said is None:
        assert asked_in(actions) == ["yesterday"]
    else:
        assert said in [a.cue.name for a in actions if isinstance(a, Say)]
        assert Note("yesterday", 6) in actions


def test_the_last_questions_are_not_read_back(stage_of: StageOf) -> None:
    """Nothing that was heard wrong is locked or changed by them."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("lower")
    stage.reach_question("effort")
    stage.hear("number", UNSURE, number=6)
    assert stage.coach.question == "reserve"
    stage.hear("number", UNSURE, number=6)
    stage.hear("number", UNSURE, number=6)
    assert ended_in(stage) == "completed"
    assert "sure" not in [a.question for _, a in stage.actions if isinstance(a, Ask)]


NUMBERS_THAT_MATTER = {"how_sore", "how_now", "pain_now", "yesterday"}


def test_only_questions_for_a_number_are_read_back() -> None:
    """A row that is marked has a number to say."""
    assert {name for name, row in QUESTIONS.items() if row.read_back} == NUMBERS_THAT_MATTER
