"""Stop, pain, red flags, help: silence, release, and only questions after that."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Action, Ask, Change, Count, Enter, Finish, Release, Say, Silence
from assistant.coaching.safety import Outcome, triage
from assistant.testing import Stage

WORK = "exercise: single-leg, repetitions: 6, range: 3, sets: 2"


@pytest.fixture
def stage(stage_of: Callable[[str], Stage]) -> Stage:
    """A session in its second lowering."""
    stage = stage_of(WORK)
    stage.reach("lower", repetition=2)
    stage.wait(0.8)
    return stage


def _kinds(actions: list[Action]) -> list[str]:
    return [type(action).__name__ for action in actions]


def _asked(actions: list[Action]) -> list[str]:
    return [action.question for action in actions if isinstance(action, Ask)]


def _ended(stage: Stage) -> str | None:
    return next((a.ended for _, a in stage.actions if isinstance(a, Finish)), None)


def test_stop_is_silence_then_the_release(stage: Stage) -> None:
    """In this order, and with a moment of quiet between them."""
    actions = stage.hear("stop")
    assert _kinds(actions)[:3] == ["Silence", "Enter", "Listen"]
    silence = next(a for a in actions if isinstance(a, Silence))
    release = next(a for a in actions if isinstance(a, Release))
    assert silence.at == stage.now
    assert release.due == pytest.approx(stage.now + 0.3)
    assert release.cue.text == "Bend your knees. Feet down."
    assert stage.phase == "stopped"


def test_stop_takes_back_what_was_due(stage: Stage) -> None:
    """No count, no cue of the movement after it, however long it lasts."""
    stage.hear("stop")
    for action in stage.wait(170):
        assert not isinstance(action, Count)
        if isinstance(action, Say):
            assert action.cue.kind != "movement"


def test_silence_after_stop_is_asked_twice_and_then_ends(stage: Stage) -> None:
    """At 15 s and 60 s, and at 3 min the session is ended and saved."""
    stage.hear("stop")
    start = stage.now
    stage.wait(300)
    asked = [at - start for at, a in stage.actions if isinstance(a, Say) and a.cue.name == "still_stopped"]
    assert len(asked) == 2
    assert 15 < asked[0] < 25
    assert 60 < asked[1] < 70
    ended = next(at for at, a in stage.actions if isinstance(a, Finish))
    assert 180 < ended - start < 190
    assert _ended(stage) == "silence"


def test_carry_on_asks_for_ready_and_ready_resumes_the_repetition(stage: Stage) -> None:
    """Through imprint and get_ready, at the repetition that was interrupted."""
    stage.hear("stop")
    assert _asked(stage.hear("carry_on")) == ["ready"]
    assert stage.phase == "asking"
    stage.wait(5)
    stage.hear("ready")
    assert stage.phase == "imprint"
    stage.reach("lower")
    entered = [a for _, a in stage.actions if isinstance(a, Enter)][-1]
    assert (entered.set, entered.repetition, entered.side) == (1, 2, "left")


def test_finish_after_stop_ends(stage: Stage) -> None:
    """It is not asked again."""
    stage.hear("stop")
    stage.hear("finish")
    assert _ended(stage) == "asked"


@pytest.mark.parametrize("command", ["next_set", "skip", "repeat", "ready", "next_exercise", "more_rest"])
def test_nothing_else_gets_past_stop(stage: Stage, command: str) -> None:
    """Only "carry on" does."""
    stage.hear("stop")
    stage.hear(command)
    assert stage.phase == "stopped"


def test_pausing_the_question_does_not_get_past_stop(stage: Stage) -> None:
    """Stop, carry on, pause, carry on: ready is still asked for."""
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("pause")
    assert stage.phase == "paused"
    assert _asked(stage.hear("carry_on")) == ["ready"]


def test_pain_asks_where_and_how_sore(stage: Stage) -> None:
    """After silence and release."""
    actions = stage.hear("pain")
    assert isinstance(actions[0], Silence)
    assert any(isinstance(action, Release) for action in actions)
    assert _asked(actions) == ["where"]
    assert _asked(stage.hear("hip")) == ["how_sore"]


def test_pain_that_says_where_is_only_rated(stage: Stage) -> None:
    """ "My back" needs no question where."""
    assert _asked(stage.hear("pain", where="back")) == ["how_sore"]


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
    stage.reach("lower")
    changes = [a for a in _rate(stage, "back", 1) if isinstance(a, Change)]
    assert [(c.what, c.after) for c in changes] == [("exercise", "single-leg-bent")]
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.phase == "setup"


def test_a_sore_back_a_second_time_ends_the_leg_lifts(stage: Stage) -> None:
    """However little it is sore."""
    _rate(stage, "back", 1)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    _rate(stage, "back", 1)
    assert _ended(stage) == "pain"


def test_a_sore_hip_regresses_one_level(stage: Stage) -> None:
    """And nothing above it comes later in the session."""
    changes = [a for a in _rate(stage, "hip", 4) if isinstance(a, Change)]
    assert [(c.what, c.before, c.after) for c in changes] == [("exercise", "single-leg", "single-leg-bent")]
    assert stage.coach.position.level_cap == 1


@pytest.mark.parametrize(("where", "score"), [("back", 3), ("hip", 6), ("somewhere_else", 3)])
def test_more_than_a_little_ends_with_advice(stage: Stage, where: str, score: int) -> None:
    """A doctor or a trainer is named."""
    actions = _rate(stage, where, score)
    assert _ended(stage) == "pain"
    assert any(isinstance(a, Say) and "doctor" in a.cue.text for a in actions)


def test_zero_is_confirmed(stage: Stage) -> None:
    """Yes goes back to stopped; no asks for the number again."""
    assert _asked(_rate(stage, "back", 0)) == ["zero"]
    assert _asked(stage.hear("no")) == ["how_sore"]
    stage.hear("number", number=0)
    stage.hear("yes")
    assert stage.phase == "stopped"
    assert _ended(stage) is None


def test_no_answer_twice_counts_as_much_pain(stage: Stage) -> None:
    """The question is asked a second time, and then the session ends."""
    stage.hear("pain", where="hip")
    actions = stage.wait(40)
    assert _asked(actions) == ["how_sore"]
    assert _ended(stage) == "pain"


def test_an_open_question_about_pain_comes_back_after_stop(stage: Stage) -> None:
    """ "Stop" does not make it go away."""
    stage.hear("pain")
    stage.hear("stop")
    assert _asked(stage.hear("carry_on")) == ["where"]


def test_nothing_gets_harder_after_pain(stage: Stage) -> None:
    """It is refused with the reason."""
    _rate(stage, "somewhere_else", 1)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    stage.hear("harder")
    assert not any(isinstance(a, Change) for _, a in stage.actions)


def test_a_red_flag_confirmed_ends_with_emergency_words(stage: Stage) -> None:
    """One question; yes ends the session."""
    assert _asked(stage.hear("red_flag", flag="chest")) == ["unwell"]
    actions = stage.hear("yes")
    assert any(isinstance(a, Say) and a.cue.name == "emergency" for a in actions)
    assert _ended(stage) == "red_flag"


def test_a_red_flag_without_an_answer_counts_as_yes(stage: Stage) -> None:
    """It is not asked twice."""
    stage.hear("red_flag", flag="dizzy")
    stage.wait(30)
    assert _ended(stage) == "red_flag"


def test_a_red_flag_denied_stays_stopped(stage: Stage) -> None:
    """Carry on and ready lead on."""
    stage.hear("red_flag", flag="numb")
    stage.hear("no")
    assert stage.phase == "stopped"


def test_help_while_moving_asks_whether_somebody_is_hurt(stage: Stage) -> None:
    """As stop; yes leads to where it is sore."""
    actions = stage.hear("help")
    assert isinstance(actions[0], Silence)
    assert _asked(actions) == ["hurt"]
    assert _asked(stage.hear("yes")) == ["where"]


def test_help_while_resting_says_what_can_be_said(stage: Stage) -> None:
    """Nothing stops."""
    stage.reach("rest")
    actions = stage.hear("help")
    assert [a.cue.name for a in actions if isinstance(a, Say)] == ["options"]


def test_pain_takes_over_in_the_middle_of_a_question(stage: Stage) -> None:
    """Also while "do you want to end" is open."""
    stage.hear("finish")
    assert stage.coach.question == "finish"
    assert _asked(stage.hear("pain", where="back")) == ["how_sore"]
