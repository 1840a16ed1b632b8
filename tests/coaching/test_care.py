"""Stop, pain, red flags, help: silence, release, and only questions after that."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Action, Count, Enter, Finish, Note, Release, Say, Silence
from assistant.coaching.events import Interrupted, TroubleBegan
from assistant.testing import Stage
from tests.coaching.told import asked_in, ended_in, notes_in

StageOf = Callable[[str], Stage]
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
    assert ended_in(stage) == "silence"


def test_carry_on_asks_for_ready_and_ready_resumes_the_repetition(stage: Stage) -> None:
    """Through imprint and get_ready, at the repetition that was interrupted."""
    stage.hear("stop")
    assert asked_in(stage.hear("carry_on")) == ["ready"]
    assert stage.phase == "asking"
    stage.wait(5)
    stage.hear("ready")
    assert stage.phase == "imprint"
    stage.reach("lower")
    entered = [a for _, a in stage.actions if isinstance(a, Enter)][-1]
    assert (entered.set, entered.repetition, entered.side) == (1, 2, "left")


def test_finish_after_stop_ends(stage: Stage) -> None:
    """Whether to end is not asked again."""
    stage.hear("stop")
    stage.hear("finish")
    assert stage.coach.question == "effort"
    stage.wait(60)
    assert ended_in(stage) == "asked"


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
    assert asked_in(stage.hear("carry_on")) == ["ready"]


def test_a_red_flag_confirmed_ends_with_emergency_words(stage: Stage) -> None:
    """One question; yes ends the session."""
    assert asked_in(stage.hear("red_flag", flag="chest")) == ["unwell"]
    actions = stage.hear("yes")
    assert any(isinstance(a, Say) and a.cue.name == "emergency" for a in actions)
    assert [a for a in actions if isinstance(a, Note)] == [Note("red_flag", "chest")]
    assert ended_in(stage) == "red_flag"


def test_a_red_flag_without_an_answer_counts_as_yes(stage: Stage) -> None:
    """It is not asked twice."""
    stage.hear("red_flag", flag="dizzy")
    actions = stage.wait(30)
    assert [a for a in actions if isinstance(a, Note)] == [Note("red_flag", "dizzy")]
    assert ended_in(stage) == "red_flag"


def test_a_red_flag_denied_stays_stopped(stage: Stage) -> None:
    """Carry on and ready lead on, and nothing is remembered of it."""
    stage.hear("red_flag", flag="numb")
    actions = stage.hear("no")
    assert stage.phase == "stopped"
    assert not [a for a in actions if isinstance(a, Note)]


@pytest.mark.parametrize(
    ("command", "note"),
    [
        ("red_flag", Note("red_flag", "chest")),
        ("pain", Note("sore", "back not rated")),
    ],
)
def test_what_is_felt_after_the_end_is_remembered_too(stage: Stage, command: str, note: Note) -> None:
    """The session is over, and the next one has to know."""
    stage.reach("finished")
    slots = {"flag": "chest"} if command == "red_flag" else {"where": "back"}
    assert note in stage.hear(command, **slots)


def test_help_while_moving_asks_whether_somebody_is_hurt(stage: Stage) -> None:
    """As stop; yes leads to where it is sore."""
    actions = stage.hear("help")
    assert isinstance(actions[0], Silence)
    assert asked_in(actions) == ["hurt"]
    assert asked_in(stage.hear("yes")) == ["where"]


def test_help_while_resting_says_what_can_be_said(stage: Stage) -> None:
    """Nothing stops."""
    stage.reach("rest")
    actions = stage.hear("help")
    assert [a.cue.name for a in actions if isinstance(a, Say)] == ["options"]


@pytest.mark.parametrize("ends", ["silence", "interrupted"])
def test_a_call_for_help_without_an_answer_is_no_denial_of_pain(ends: str, stage_of: StageOf) -> None:
    """Where the session ends before anybody says whether they are hurt."""
    stage = stage_of(WORK)
    stage.reach("lower")
    stage.hear("help")
    if ends == "interrupted":
        stage.happen(Interrupted())
    else:
        stage.happen(TroubleBegan("microphone_lost"))
        stage.wait(200)
    assert ended_in(stage) == ends
    assert notes_in(stage)[-2:] == [Note("hurt", True), Note("sore", "pain not rated")]


@pytest.mark.parametrize(("answer", "hurt"), [("yes", [True]), ("no", [True, False])])
def test_a_call_for_help_is_remembered_until_pain_is_denied(
    answer: str, hurt: list[bool], stage_of: StageOf
) -> None:
    """At once, so that a power cut does not make it unsaid."""
    stage = stage_of(WORK)
    stage.reach("lower")
    stage.hear("help")
    stage.hear(answer)
    assert [note.value for note in notes_in(stage) if note.what == "hurt"] == hurt


def test_a_burning_joint_is_remembered_at_once(stage_of: StageOf) -> None:
    """Nobody has said "pain", and the question how sore it is may stay without an answer."""
    stage = stage_of(WORK)
    stage.reach("lower")
    stage.hear("burning")
    stage.reach_question("kind")
    assert Note("hurt", True) in notes_in(stage.hear("joint"))
