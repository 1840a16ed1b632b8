"""How the coach talks, and taking back what it did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.actions import Answer, Ask, Note, SetVolume
from assistant.coaching.history import EXPERIENCED
from assistant.programme.voice import VoicePack
from tests.coaching.given import TWO_SETS, PlanOf, StageOf
from tests.coaching.told import accepted_in, asked_in, changes_in, said_in, spoken_until
from tests.stand_ins import Stage


def test_louder_and_quieter_act_at_once(stage: Stage) -> None:
    """In steps of 3 dB, within limits."""
    assert [a.decibels for a in stage.hear("quieter") if isinstance(a, SetVolume)] == [-3.0]
    for _ in range(10):
        stage.hear("louder")
    assert [a.decibels for _, a in stage.actions if isinstance(a, SetVolume)][-1] == 6.0
    assert not accepted_in(stage.hear("louder"))


def test_less_talk_leaves_the_breath_cues_out(stage_of: StageOf) -> None:
    """More talk brings them back."""
    stage = stage_of(TWO_SETS)
    stage.reach("get_ready")
    stage.hear("less_talk")
    stage.reach("lower", repetition=3)
    assert not {"lift_long", "return_long", "breathe_in"} & set(said_in([a for _, a in stage.actions]))


def test_how_loud_and_how_much_is_remembered(stage: Stage) -> None:
    """Beyond the session."""
    assert Note("volume_db", -3) in stage.hear("quieter")
    assert Note("talkative", False) in stage.hear("less_talk")
    assert Note("talkative", True) in stage.hear("more_talk")


def test_a_session_begins_as_loud_and_talkative_as_the_last(plan_of: PlanOf, pack: VoicePack) -> None:
    """Within the limits of the voice; the steps go on from there."""
    history = replace(EXPERIENCED, volume_db=-6.0, talkative=False)
    stage = Stage(plan_of(TWO_SETS), pack, history=history)
    assert [a.decibels for _, a in stage.actions if isinstance(a, SetVolume)] == [-6.0]
    assert [a.decibels for a in stage.hear("louder") if isinstance(a, SetVolume)] == [-3.0]
    stage.reach("lower", repetition=3)
    assert not {"lift_long", "return_long", "breathe_in"} & set(said_in([a for _, a in stage.actions]))
    loud = Stage(plan_of(TWO_SETS), pack, history=replace(EXPERIENCED, volume_db=60.0))
    assert [a.decibels for _, a in loud.actions if isinstance(a, SetVolume)] == [6.0]


@pytest.mark.parametrize("command", ["easier", "slower", "click"])
def test_a_fault_is_not_taken_back_but_a_wish_is(command: str, stage: Stage) -> None:
    """The load is again as it was, from the next repetition on, and both changes are recorded."""
    before = stage.session.position.load
    stage.hear(command)
    actions = stage.hear("i_didnt_say_that")
    assert accepted_in(actions) == (command != "click")
    names = said_in(stage.wait(12))
    stage.reach("lower")
    if command == "click":
        assert stage.session.position.load != before
        assert "nothing_undone" in names
        return
    assert f"undone_{command}" in names
    assert stage.session.position.load == before
    first, second = changes_in(stage)
    assert (second[1], second[2]) == (first[2], first[1])


def test_faster_is_taken_back(stage_of: StageOf) -> None:
    """The lowering stays as slow as it was."""
    stage = stage_of(TWO_SETS + ", tempo: 5-0-2-1")
    stage.reach("lower")
    stage.hear("faster")
    stage.hear("i_didnt_say_that")
    stage.reach("lower", repetition=2)
    assert stage.session.position.load.tempo.lower == 5


def test_a_change_that_is_in_force_is_taken_back_too(stage: Stage) -> None:
    """A repetition later."""
    stage.hear("easier")
    stage.reach("lower", repetition=3)
    assert stage.session.position.load.range_step == 1
    stage.hear("i_didnt_say_that")
    stage.reach("lower", repetition=4)
    assert stage.session.position.load.range_step == 2


def test_an_easier_exercise_is_taken_back_in_its_set_up(stage_of: StageOf) -> None:
    """The exercise before is set up again, for the same repetition."""
    stage = stage_of("exercise: double-leg, repetitions: 6, range: 1, tempo: 3-0-3-1")
    stage.reach("lower", repetition=3)
    stage.hear("easier")
    stage.reach("setup")
    assert stage.session.position.load.exercise.name == "double-leg-bent"
    stage.hear("i_didnt_say_that")
    assert stage.phase == "setup"
    stage.reach("lower")
    position = stage.session.position
    assert (position.load.exercise.name, position.repetition) == ("double-leg", 4)


def test_easier_in_the_rest_is_taken_back_with_its_cap(stage_of: StageOf) -> None:
    """Later sets are again as planned."""
    stage = stage_of(
        "exercise: double-leg-bent, repetitions: 1, range: 1, tempo: 3-0-3-1, sets: 2\n"
        "exercise: double-leg, repetitions: 1"
    )
    stage.reach("rest")
    stage.hear("easier")
    assert stage.session.position.level_cap is not None
    assert said_in(stage.hear("i_didnt_say_that")) == ["undone_easier"]
    assert stage.session.position.level_cap is None
    stage.reach("lower")
    assert stage.session.position.load.exercise.name == "double-leg-bent"


def test_harder_is_taken_back_and_can_be_wished_for_again(stage: Stage) -> None:
    """In the same set."""
    stage.hear("harder")
    stage.hear("i_didnt_say_that")
    assert "undone_harder" in said_in(stage.wait(10))
    assert changes_in(stage) == [("range", "2", "3"), ("range", "3", "2")]
    assert accepted_in(stage.hear("harder"))


def test_taking_easier_back_gives_harder_back(stage: Stage) -> None:
    """It was withdrawn only because of it."""
    stage.hear("harder")
    stage.hear("easier")
    stage.hear("i_didnt_say_that")
    stage.reach("rest")
    stage.reach("lower")
    assert stage.session.position.load.range_step == 3


def test_the_voice_is_taken_back(stage: Stage) -> None:
    """Loudness and words, and what is remembered of them."""
    stage.hear("quieter")
    actions = stage.hear("i_didnt_say_that")
    assert [a.decibels for a in actions if isinstance(a, SetVolume)] == [0.0]
    assert Note("volume_db", 0) in actions
    stage.hear("less_talk")
    assert Note("talkative", True) in stage.hear("i_didnt_say_that")
    assert stage.session.manners.talkative
    assert {"undone_volume", "undone_talk"} <= set(said_in(stage.wait(20)))


def test_more_rest_is_taken_back(stage: Stage) -> None:
    """The rest is as long as planned."""
    stage.reach("rest")
    start = stage.now
    stage.wait(8)
    stage.hear("more_rest")
    stage.wait(3)
    assert said_in(stage.hear("i_didnt_say_that")) == ["undone_rest"]
    stage.reach("imprint")
    assert stage.now - start == pytest.approx(45, abs=0.6)


def test_more_rest_that_was_used_leaves_some_seconds(stage: Stage) -> None:
    """Nobody is rushed."""
    stage.reach("rest")
    stage.wait(40)
    stage.hear("more_rest")
    stage.wait(25)
    stage.hear("i_didnt_say_that")
    over = spoken_until(stage)
    stage.reach("imprint")
    assert stage.now >= over + 5


def test_a_pause_is_taken_back_through_ready(stage: Stage) -> None:
    """The legs are down, so it goes on where they were."""
    stage.hear("pause")
    assert said_in(stage.hear("i_didnt_say_that")) == ["undone_pause", "ask_ready"]
    assert stage.coach.question == "ready"
    stage.hear("ready")
    stage.reach("lower")
    assert stage.session.position.repetition == 2


@pytest.mark.parametrize(
    ("command", "slots"),
    [("stop", {}), ("pain", {}), ("pain", {"where": "back"}), ("red_flag", {"flag": "chest"}), ("help", {})],
)
def test_a_stop_is_never_taken_back(command: str, slots: dict[str, str | int], stage: Stage) -> None:
    """Nor pain, a red flag or a call; an open question is asked again."""
    stage.hear(command, **slots)
    phase, question = stage.phase, stage.coach.question
    actions = stage.hear("i_didnt_say_that")
    assert not accepted_in(actions)
    assert said_in(actions)[0] == "stays"
    assert (stage.phase, stage.coach.question) == (phase, question)
    assert [a.question for a in actions if isinstance(a, Ask)] == [question or "carry_on"]


def test_after_a_false_stop_it_is_told_what_leads_on(stage: Stage) -> None:
    """Nothing but "carry on" does."""
    stage.hear("stop")
    assert said_in(stage.hear("i_didnt_say_that")) == ["stays", "when_you_like"]
    assert stage.phase == "stopped"
    assert asked_in(stage.hear("carry_on")) == ["ready"]


def test_only_the_last_command_is_taken_back(stage: Stage) -> None:
    """Not the one before it, and not twice."""
    stage.hear("easier")
    stage.hear("how_long")
    assert not accepted_in(stage.hear("i_didnt_say_that"))
    stage.hear("slower")
    assert accepted_in(stage.hear("i_didnt_say_that"))
    assert not accepted_in(stage.hear("i_didnt_say_that"))


def test_a_refused_command_is_nothing_to_take_back(stage: Stage) -> None:
    """The one before it still is."""
    stage.hear("easier")
    stage.hear("more_rest")
    assert accepted_in(stage.hear("i_didnt_say_that"))
    assert changes_in(stage)[-1] == ("range", "1", "2")


def test_a_change_of_another_set_is_not_taken_back(stage: Stage) -> None:
    """It holds by then."""
    stage.hear("easier")
    stage.reach("rest")
    assert said_in(stage.hear("i_didnt_say_that")) == ["nothing_undone"]


@pytest.mark.parametrize(("command", "question"), [("burning", "kind"), ("shaking", "half")])
def test_what_was_not_said_is_not_asked_about(command: str, question: str, stage: Stage) -> None:
    """Before the question, and in the middle of it."""
    stage.hear(command)
    stage.hear("i_didnt_say_that")
    stage.reach("rest")
    stage.wait(20)
    assert stage.phase == "rest"
    stage.hear(command)
    assert stage.coach.question == question
    stage.hear("i_didnt_say_that")
    assert stage.phase == "rest"
    stage.reach("imprint")


def test_finish_is_taken_back_like_a_no(stage: Stage) -> None:
    """The session is paused, not over."""
    stage.hear("finish")
    stage.hear("i_didnt_say_that")
    assert stage.phase == "paused"


def test_a_rest_is_not_shortened_by_another_that_was_lengthened(stage_of: StageOf) -> None:
    """ "I didn't say that" is too late in the next rest."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 3, rest: 60")
    stage.reach("rest")
    stage.hear("more_rest")
    stage.reach("rest")
    assert not next(a for a in stage.hear("i_didnt_say_that") if isinstance(a, Answer)).accepted


@pytest.mark.parametrize(
    ("phase", "command"), [("rest", "more_rest"), ("rest", "switch_legs"), ("lower", "switch_legs")]
)
def test_a_wish_that_was_made_twice_is_taken_back(phase: str, command: str, stage_of: StageOf) -> None:
    """The second time is the last command, though what takes it back is the same."""
    stage = stage_of("exercise: single-leg, repetitions: 4, sets: 2, rest: 60")
    stage.reach(phase)
    assert accepted_in(stage.hear(command))
    stage.wait(0.2)
    assert accepted_in(stage.hear(command))
    assert accepted_in(stage.hear("i_didnt_say_that"))
    assert not accepted_in(stage.hear("i_didnt_say_that"))
