"""What once went wrong, each with the shortest way to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.coaching.actions import Answer, Note
from assistant.coaching.events import Interrupted, TroubleBegan, TroubleEnded
from assistant.coaching.history import History, PastSession
from assistant.testing import Stage
from tests.coaching.told import asked_in, changes_in, ended_in, notes_in, said_in

StageOf = Callable[[str], Stage]
ONE_LEG = "exercise: single-leg, repetitions: 4, range: 1, rest: 20, tempo: 3-0-3-1, sets: 2"


# -- pain and what is unwell


def test_little_pain_does_not_bring_leg_lifts_back(stage_of: StageOf) -> None:
    """Once they have ended, gentle work or the end is what is left."""
    for where, score in (("hip", 1), ("back", 0), ("knee", 1)):
        stage = stage_of(ONE_LEG)
        stage.reach("lower")
        stage.hear("pain", where="back")
        stage.hear("number", number=8)
        assert stage.coach.question == "side_branch"
        stage.hear("pain", where=where)
        stage.hear("number", number=score)
        if score == 0:
            stage.hear("yes")
        assert stage.coach.question == "side_branch"


def test_a_red_flag_denied_does_not_bring_leg_lifts_back(stage_of: StageOf) -> None:
    """The offer that was open is made again."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower")
    stage.hear("pain", where="back")
    stage.hear("number", number=8)
    stage.hear("red_flag", flag="numb")
    assert asked_in(stage.hear("no")) == ["side_branch"]


@pytest.mark.parametrize("first", ["pain", "red_flag"])
def test_pain_is_asked_about_after_a_red_flag_that_was_none(first: str, stage_of: StageOf) -> None:
    """Whichever was said first."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower")
    for word in (first, "red_flag" if first == "pain" else "pain"):
        stage.hear(word, **{"flag": "numb"} if word == "red_flag" else {"where": "back"})
    assert stage.coach.question == "unwell"
    assert asked_in(stage.hear("no")) == ["how_sore"]
    stage.hear("number", number=8)
    assert Note("sore", "back 8") in [action for _, action in stage.actions]


def test_gentle_work_is_not_offered_when_all_is_done(stage_of: StageOf) -> None:
    """At the closing questions nothing would come of it."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("lower")
    stage.reach_question("effort")
    stage.hear("pain", where="back")
    stage.hear("number", number=8)
    assert ended_in(stage) == "pain"


@pytest.mark.parametrize("ends", ["silence", "interrupted"])
def test_pain_that_ended_leg_lifts_is_not_forgotten(ends: str, stage_of: StageOf) -> None:
    """However the session ends afterwards, the next one starts lower."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower")
    stage.hear("pain", where="back")
    stage.hear("number", number=8)
    stage.hear("stop")
    if ends == "silence":
        stage.wait(400)
    else:
        stage.happen(Interrupted())
    assert ended_in(stage) == "pain"


@pytest.mark.parametrize(
    ("word", "slots", "note"),
    [
        ("pain", {"where": "back"}, Note("sore", "back not rated")),
        ("red_flag", {"flag": "chest"}, Note("red_flag", "chest")),
    ],
)
def test_what_was_felt_is_remembered_when_the_session_is_broken_off(
    word: str, slots: dict[str, str], note: Note, stage_of: StageOf
) -> None:
    """No answer is no denial."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower")
    stage.hear(word, **slots)
    assert notes_in(stage.happen(Interrupted())) == [note]


def test_unrated_pain_is_remembered_when_the_person_ends(stage_of: StageOf) -> None:
    """Pain, stop, finish: the place stays known, and is noted once."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=2)
    stage.hear("pain", where="back")
    stage.hear("stop")
    stage.hear("finish")
    stage.wait(60)
    assert notes_in([action for _, action in stage.actions if action != Note("explained", "single-leg")]) == [
        Note("sore", "back not rated")
    ]


# -- before and after the work


def test_ready_while_stop_is_tried_out_loses_no_lesson(begin: Callable[[History], Stage]) -> None:
    """The next one is about ready, of all things."""
    stage = begin(History(screened_days_ago=0))
    while "teach_try" not in said_in([action for _, action in stage.actions]):
        stage.wait(1)
    stage.hear("ready")
    assert said_in([action for _, action in stage.actions])[-2:] == ["heard_you", "teach_ready"]


def test_nothing_gets_harder_after_pain_before_the_first_set(begin: Callable[[History], Stage]) -> None:
    """A step up is not offered any more."""
    clean = PastSession(days_ago=3, level=3, ended="completed", at_top=True, soreness=0)
    stage = begin(History(sessions=(clean, clean), tutorial_done=True, screened_days_ago=0))
    stage.reach_question("yesterday")
    stage.hear("pain", where="knee")
    stage.hear("number", number=1)
    stage.hear("carry_on")
    stage.hear("ready")
    assert asked_in(stage.hear("number", number=0)) == []
    stage.reach("setup")


@pytest.mark.parametrize("word", ["next_exercise", "next_set", "skip", "repeat"])
def test_no_set_is_left_out_before_the_first(word: str, begin: Callable[[History], Stage]) -> None:
    """In a pause between questions about health there is nothing to skip."""
    stage = begin(History(tutorial_done=True))
    stage.reach_question("screen_heart")
    stage.happen(TroubleBegan("asleep"))
    assert not next(a for a in stage.hear(word) if isinstance(a, Answer)).accepted
    assert stage.phase == "paused"


def test_a_question_at_the_end_is_no_set_that_is_resumed(stage_of: StageOf) -> None:
    """ "From where you left off" would be untrue."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=2)
    stage.hear("stop")
    stage.hear("finish")
    stage.hear("stop")
    stage.hear("carry_on")
    assert "resume" not in said_in(stage.hear("ready"))
    assert stage.coach.question == "effort"


# -- wishes


def test_a_rest_is_not_shortened_by_another_that_was_lengthened(stage_of: StageOf) -> None:
    """ "I didn't say that" is too late in the next rest."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 3, rest: 60")
    stage.reach("rest")
    stage.hear("more_rest")
    stage.reach("rest")
    assert not next(a for a in stage.hear("i_didnt_say_that") if isinstance(a, Answer)).accepted


def test_what_is_promised_is_what_comes(stage_of: StageOf) -> None:
    """Harder right after a click: it starts from what the click has left."""
    stage = stage_of("exercise: double-leg, repetitions: 3, sets: 2, range: 3, rest: 20")
    stage.reach("lower")
    stage.hear("click")
    stage.hear("harder")
    stage.reach("rest")
    stage.reach("lower")
    assert changes_in(stage) == [("range", "3", "2"), ("range", "2", "3")]
    assert (stage.coach.position.load.exercise.name, stage.coach.position.load.range_step) == (
        "double-leg",
        3,
    )


def test_a_step_up_that_was_not_to_be_had_does_not_swallow_a_step_down(stage_of: StageOf) -> None:
    """At the top of the ladder the shift stays what it was."""
    position = stage_of("exercise: t-arms, repetitions: 2").coach.position
    assert position.shift_work(1, frozenset()) is None
    assert position.shift_work(-1, frozenset()) == ("t-arms", "double-leg")


def test_the_end_of_trouble_leaves_an_open_question_alone(stage_of: StageOf) -> None:
    """What was asked when it began is asked again after carry on."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("lower")
    stage.reach_question("effort")
    stage.happen(TroubleBegan("microphone_muted"))
    stage.happen(TroubleEnded("microphone_muted"))
    assert asked_in(stage.hear("carry_on")) == ["effort"]
