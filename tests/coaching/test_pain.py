"""Pain: where, how sore, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Action, Change, Enter, Note, Release, Say, Silence
from assistant.coaching.safety import Outcome, triage
from assistant.testing import Stage
from tests.coaching.told import asked_in, ended_in

WORK = "exercise: single-leg, repetitions: 6, range: 3, sets: 2"


@pytest.fixture
def stage(stage_of: Callable[[str], Stage]) -> Stage:
    """A session in its second lowering."""
    stage = stage_of(WORK)
    stage.reach("lower", repetition=2)
    stage.wait(0.8)
    return stage


def test_pain_asks_where_and_how_sore(stage: Stage) -> None:
    """After silence and release."""
    actions = stage.hear("pain")
    assert isinstance(actions[0], Silence)
    assert any(isinstance(action, Release) for action in actions)
    assert asked_in(actions) == ["where"]
    assert asked_in(stage.hear("hip")) == ["how_sore"]


def test_pain_that_says_where_is_only_rated(stage: Stage) -> None:
    """ "My back" needs no question where."""
    assert asked_in(stage.hear("pain", where="back")) == ["how_sore"]


TRIAGE = [
    ("back", 0, False, Outcome.CONFIRM_ZERO),
    ("back", 1, False, Outcome.SHALLOWER),
    ("back", 2, False, Outcome.SHALLOWER),
    ("back", 2, True, Outcome.END_LIFTS),
    ("back", 3, False, Outcome.END_LIFTS),
    ("back", None, False, Outcome.END_LIFTS),
    ("hip", 0, False, Outcome.REGRESS),
    ("hip", 5, False, Outcome.REGRESS),
    ("hip", 6, False, Outcome.END_LIFTS),
    ("hip", None, False, Outcome.END_LIFTS),
    ("elsewhere", 0, False, Outcome.CONFIRM_ZERO),
    ("elsewhere", 2, False, Outcome.GO_ON),
    ("elsewhere", 3, False, Outcome.END_SESSION),
    ("elsewhere", None, False, Outcome.END_SESSION),
    (None, None, False, Outcome.END_SESSION),
]


@pytest.mark.parametrize(("where", "score", "before", "outcome"), TRIAGE)
def test_the_triage_table(where: str | None, score: int | None, before: bool, outcome: Outcome) -> None:
    """What follows from where it is sore and how much."""
    assert triage(where, score, before) is outcome


def _rate(stage: Stage, where: str, score: int) -> list[Action]:
    stage.hear("pain")
    stage.hear(where)
    return stage.hear("number", number=score)


def test_a_slightly_sore_back_makes_it_one_step_shallower(stage: Stage) -> None:
    """Once; it is said and recorded, and still nobody moves before "carry on" and "ready"."""
    actions = _rate(stage, "back", 2)
    changes = [a for a in actions if isinstance(a, Change)]
    assert [(c.what, c.before, c.after, c.why) for c in changes] == [("range", "3", "2", "back 2")]
    assert any(isinstance(a, Say) and a.cue.name == "shallower_from_here" for a in actions)
    assert stage.phase == "stopped"
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    assert stage.coach.position.load.range_step == 2


def test_a_sore_back_at_the_shallowest_range_gets_an_easier_exercise(
    stage_of: Callable[[str], Stage],
) -> None:
    """There is no range left to take back."""
    stage = stage_of("exercise: single-leg, repetitions: 6, range: 1")
    below = stage.coach.plan.exercises["single-leg"].regression
    stage.reach("lower")
    changes = [a for a in _rate(stage, "back", 1) if isinstance(a, Change)]
    assert [(c.what, c.after) for c in changes] == [("exercise", below)]
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.phase == "setup"


def test_a_sore_back_a_second_time_ends_the_leg_lifts(stage: Stage) -> None:
    """However little it is sore."""
    _rate(stage, "back", 1)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    assert asked_in(_rate(stage, "back", 1)) == ["side_branch"]


@pytest.mark.parametrize("score", [0, 2, 5])
def test_a_sore_hip_regresses_one_level(stage: Stage, score: int) -> None:
    """And nothing above it comes later in the session."""
    exercises = stage.coach.plan.exercises
    below = exercises["single-leg"].regression
    assert below is not None
    changes = [a for a in _rate(stage, "hip", score) if isinstance(a, Change)]
    assert [(c.what, c.before, c.after) for c in changes] == [("exercise", "single-leg", below)]
    assert stage.coach.position.level_cap == exercises[below].level


@pytest.mark.parametrize(("where", "score"), [("back", 3), ("hip", 6)])
def test_more_than_a_little_ends_the_leg_lifts_and_offers_gentle_work(
    stage: Stage, where: str, score: int
) -> None:
    """Yes leads to the side branch, still only through "carry on" and "ready"; it is recorded."""
    assert asked_in(_rate(stage, where, score)) == ["side_branch"]
    actions = stage.hear("yes")
    gentle = stage.coach.plan.side_branch[0].exercise
    changes = [a for a in actions if isinstance(a, Change)]
    assert [(c.before, c.after, c.why) for c in changes] == [("single-leg", gentle, f"{where} {score}")]
    assert stage.phase == "stopped"
    said = [a.cue.text for a in actions if isinstance(a, Say)]
    assert any("doctor or a trainer" in text for text in said)
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.phase == "setup"
    assert stage.coach.position.load.exercise.name == gentle


@pytest.mark.parametrize("answer", ["no", None])
def test_gentle_work_that_nobody_wants_ends_the_session(stage: Stage, answer: str | None) -> None:
    """No answer is a no; a doctor or a trainer is advised."""
    _rate(stage, "back", 8)
    actions = stage.wait(60) if answer is None else stage.hear(answer)
    assert ended_in(stage) == "pain"
    assert any(isinstance(a, Say) and "doctor or a trainer" in a.cue.text for a in actions)


def test_after_gentle_work_the_session_still_ended_by_pain(stage: Stage) -> None:
    """So that the next one starts lower."""
    _rate(stage, "back", 8)
    stage.hear("yes")
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("finished")
    assert ended_in(stage) == "pain"
    worked = {a.exercise for _, a in stage.actions if isinstance(a, Enter) and a.phase == "rest"}
    assert worked <= {work.exercise for work in stage.coach.plan.side_branch}


def test_gentle_work_that_hurts_too_is_not_offered_again(stage: Stage) -> None:
    """The session ends."""
    _rate(stage, "back", 8)
    stage.hear("yes")
    stage.hear("carry_on")
    stage.hear("ready")
    stage.hear("ready")
    assert stage.phase == "imprint"
    _rate(stage, "hip", 9)
    assert ended_in(stage) == "pain"


@pytest.mark.parametrize("place", ["somewhere_else", None])
def test_more_than_a_little_elsewhere_ends_with_advice(stage: Stage, place: str | None) -> None:
    """A doctor or a trainer is named; a place that is not told counts as elsewhere."""
    stage.hear("pain")
    if place is None:
        stage.wait(60)
    else:
        stage.hear(place)
        stage.hear("number", number=3)
    assert ended_in(stage) == "pain"
    assert any(isinstance(a, Say) and "doctor or a trainer" in a.cue.text for _, a in stage.actions)


@pytest.mark.parametrize(
    ("where", "score", "value"),
    [("back", 2, "back 2"), ("hip", 9, "hip 9"), ("somewhere_else", 1, "elsewhere 1")],
)
def test_pain_is_remembered_with_its_place_and_score(
    stage: Stage, where: str, score: int, value: str
) -> None:
    """Whatever follows from it."""
    notes = [a for a in _rate(stage, where, score) if isinstance(a, Note)]
    assert notes == [Note("sore", value)]


def test_zero_is_confirmed(stage: Stage) -> None:
    """Yes goes back to stopped; no asks for the number again."""
    assert asked_in(_rate(stage, "back", 0)) == ["zero"]
    assert asked_in(stage.hear("no")) == ["how_sore"]
    stage.hear("number", number=0)
    stage.hear("yes")
    assert stage.phase == "stopped"
    assert ended_in(stage) is None


def test_no_answer_twice_counts_as_much_pain(stage: Stage) -> None:
    """The question is asked a second time, and then leg lifts end."""
    stage.hear("pain", where="hip")
    actions = stage.wait(25)
    assert asked_in(actions) == ["how_sore", "side_branch"]
    assert [a for a in actions if isinstance(a, Note)] == [Note("sore", "hip not rated")]


def test_an_open_question_about_pain_comes_back_after_stop(stage: Stage) -> None:
    """ "Stop" does not make it go away."""
    stage.hear("pain")
    stage.hear("stop")
    assert asked_in(stage.hear("carry_on")) == ["where"]


def test_nothing_gets_harder_after_pain(stage: Stage) -> None:
    """It is refused with the reason."""
    _rate(stage, "somewhere_else", 1)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    stage.hear("harder")
    assert not any(isinstance(a, Change) for _, a in stage.actions)


def test_pain_takes_over_in_the_middle_of_a_question(stage: Stage) -> None:
    """Also while "do you want to end" is open."""
    stage.hear("finish")
    assert stage.coach.question == "finish"
    assert asked_in(stage.hear("pain", where="back")) == ["how_sore"]


def test_pain_again_while_asked_where_asks_again(stage: Stage) -> None:
    """It tells nothing new."""
    stage.hear("pain")
    assert asked_in(stage.hear("pain")) == ["where"]
    assert stage.coach.question == "where"


def test_a_back_that_hurts_in_gentle_work_is_offered_no_more_of_it(stage_of: Callable[[str], Stage]) -> None:
    """Also where the routine itself planned it: it would be the exercise that hurts."""
    stage = stage_of("exercise: bird-dog, repetitions: 6, sets: 2")
    stage.reach("lower", repetition=2)
    assert asked_in(_rate(stage, "back", 8)) == []
    assert ended_in(stage) == "pain"
