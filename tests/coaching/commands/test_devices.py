"""What happens when the coach can't hear or be heard, and when the session is broken off."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.coaching.actions import Answer, Count, Enter, Finish, Release, Say, Silence
from assistant.coaching.events import LOST, Interrupted, Trouble, TroubleBegan, TroubleEnded
from assistant.coaching.phases import PHASES
from assistant.programme.voice import VoicePack
from tests.coaching.given import PlanOf, StageOf
from tests.coaching.told import asked_in, ended_in, said_in, spoken_until
from tests.stand_ins import Stage

INTERRUPTED = [phase for phase in PHASES if phase not in ("paused", "stopped", "finished")]
TROUBLES: list[Trouble] = [trouble for trouble in get_args(Trouble) if trouble != "lifeless"]
LASTING = [trouble for trouble in TROUBLES if trouble not in ("device_changed", "asleep", "behind")]


@pytest.mark.parametrize("phase", INTERRUPTED)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_is_silence_release_and_pause_in_every_phase(
    phase: str, trouble: Trouble, stage_in: StageOf
) -> None:
    """In this order, and then the reason."""
    stage = stage_in(phase)
    actions = stage.happen(TroubleBegan(trouble))
    assert isinstance(actions[0], Silence)
    assert stage.phase == "paused"
    kinds = [type(action) for action in actions]
    assert kinds.index(Release) < kinds.index(Say)
    name = "loudspeaker_lost" if trouble == "loudspeaker_muted" else trouble
    assert said_in(actions) == [name]


@pytest.mark.parametrize("phase", ["paused", "stopped"])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_while_nothing_moves_is_said_and_changes_nothing(
    phase: str, trouble: Trouble, stage_in: StageOf
) -> None:
    """The person hears why a word goes unheard."""
    stage = stage_in(phase)
    actions = stage.happen(TroubleBegan(trouble))
    assert stage.phase == phase
    assert len(said_in(actions)) == 1


def test_a_finished_session_has_no_trouble(stage_in: StageOf) -> None:
    """Nothing is left to be heard."""
    assert stage_in("finished").happen(TroubleBegan("microphone_lost")) == []


def test_a_red_flag_goes_on_to_its_end_unheard(stage_in: StageOf) -> None:
    """Without an answer the coach sends for help, microphone or not."""
    stage = stage_in("lower")
    stage.hear("red_flag", flag="chest")
    stage.happen(TroubleBegan("microphone_lost"))
    assert stage.phase == "asking"
    assert "emergency" in said_in(stage.wait(30))


@pytest.mark.parametrize("trouble", sorted(LOST))
@pytest.mark.parametrize(
    "command", ["carry_on", "ready", "next_set", "skip", "next_exercise", "repeat", "how_do_i_do_this"]
)
def test_nothing_moves_while_a_device_is_gone(trouble: Trouble, command: str, stage_in: StageOf) -> None:
    """Keys say so with words; the answer is that the coach waits."""
    stage = stage_in("lower")
    stage.happen(TroubleBegan(trouble))
    stage.wait(10)
    answers = [action for action in stage.hear(command) if isinstance(action, Answer)]
    assert [answer.accepted for answer in answers] == [False]
    assert stage.phase == "paused"
    stage.happen(TroubleEnded(trouble))
    stage.wait(5)
    stage.hear("carry_on")
    assert stage.phase == "imprint"


@pytest.mark.parametrize("trouble", ["loudspeaker_lost", "loudspeaker_muted"])
def test_nobody_moves_while_the_coach_cannot_be_heard(trouble: Trouble, stage_in: StageOf) -> None:
    """Counts and the release would be for nobody; carry on works again when it is over."""
    stage = stage_in("lower")
    stage.happen(TroubleBegan(trouble))
    stage.wait(5)
    stage.hear("carry_on")
    stage.wait(20)
    assert stage.phase == "paused"
    stage.happen(TroubleEnded(trouble))
    stage.hear("carry_on")
    assert stage.phase == "imprint"


def test_stop_and_finish_work_while_a_device_is_gone(stage_in: StageOf) -> None:
    """They lead nowhere that has to be heard."""
    stage = stage_in("lower")
    stage.happen(TroubleBegan("microphone_lost"))
    stage.hear("stop")
    assert stage.phase == "stopped"
    stage.hear("finish")
    assert stage.phase == "finished"


@pytest.mark.parametrize("trouble", ["clipping", "drowned", "microphone_muted"])
def test_the_person_decides_whether_it_is_loud(trouble: Trouble, stage_in: StageOf) -> None:
    """Whoever carries on by key, or is heard after all, is not held back."""
    stage = stage_in("lower")
    stage.happen(TroubleBegan(trouble))
    stage.wait(5)
    stage.hear("carry_on")
    assert stage.phase == "imprint"


@pytest.mark.parametrize("trouble", LASTING)
def test_the_end_of_trouble_is_said_once_and_resumes_nothing(trouble: Trouble, stage_in: StageOf) -> None:
    """The person says carry on."""
    stage = stage_in("lower")
    stage.happen(TroubleBegan(trouble))
    stage.wait(20)
    actions = stage.happen(TroubleEnded(trouble))
    assert said_in(actions) == ["trouble_over"]
    assert said_in(stage.happen(TroubleEnded(trouble))) == []
    assert not any(isinstance(action, Count | Enter) for action in stage.wait(50))


def test_the_end_of_trouble_leaves_an_open_question_alone(stage_of: StageOf) -> None:
    """What was asked when it began is asked again after carry on."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("lower")
    stage.reach_question("effort")
    stage.happen(TroubleBegan("microphone_muted"))
    stage.happen(TroubleEnded("microphone_muted"))
    assert asked_in(stage.hear("carry_on")) == ["effort"]


def test_the_same_trouble_is_said_once(stage_in: StageOf) -> None:
    """Two may notice it."""
    stage = stage_in("lower")
    stage.happen(TroubleBegan("microphone_muted"))
    assert stage.happen(TroubleBegan("microphone_muted")) == []


def test_a_release_that_nobody_heard_is_said_again(stage_in: StageOf) -> None:
    """When the loudspeaker is back."""
    stage = stage_in("lower")
    stage.happen(TroubleBegan("loudspeaker_lost"))
    stage.wait(20)
    assert any(isinstance(action, Release) for action in stage.happen(TroubleEnded("loudspeaker_lost")))
    stage = stage_in("lower")
    stage.happen(TroubleBegan("microphone_lost"))
    stage.wait(20)
    assert not any(isinstance(action, Release) for action in stage.happen(TroubleEnded("microphone_lost")))


def test_only_the_end_of_the_last_trouble_is_good_news(stage_in: StageOf) -> None:
    """With both devices gone, one that is back is not enough."""
    stage = stage_in("lower")
    stage.happen(TroubleBegan("microphone_lost"))
    stage.happen(TroubleBegan("loudspeaker_lost"))
    assert said_in(stage.happen(TroubleEnded("loudspeaker_lost"))) == []
    assert said_in(stage.happen(TroubleEnded("microphone_lost"))) == ["trouble_over"]


def test_after_trouble_that_followed_pain_the_pain_is_asked_about_first(stage_in: StageOf) -> None:
    """Carry on leads back to the open question, not to the movement."""
    stage = stage_in("lower")
    stage.hear("pain")
    stage.happen(TroubleBegan("microphone_muted"))
    assert stage.phase == "paused"
    stage.happen(TroubleEnded("microphone_muted"))
    stage.hear("carry_on")
    assert stage.coach.question == "where"


def test_a_microphone_that_gives_nothing_is_mentioned_to_whoever_is_not_heard(
    plan_of: PlanOf, pack: VoicePack
) -> None:
    """Instead of asking again to say what can't be heard; nothing is paused."""
    stage = Stage(plan_of("exercise: single-leg"), pack)
    stage.happen(TroubleBegan("lifeless"))
    stage.reach("setup")
    assert "no_sound" in said_in(stage.wait(60))
    assert stage.phase == "setup"


def test_whoever_goes_on_by_keys_is_told_that_nothing_is_heard(plan_of: PlanOf, pack: VoicePack) -> None:
    """Once, before they move: they may count on "stop"."""
    stage = Stage(plan_of("exercise: single-leg, repetitions: 2, sets: 2"), pack)
    stage.reach("setup")
    stage.happen(TroubleBegan("lifeless"))
    stage.wait(spoken_until(stage) - stage.now)
    said = said_in(stage.hear("ready"))
    assert said.index("no_sound") < said.index("imprint_long")
    stage.reach("finished")
    assert said_in([a for _, a in stage.actions]).count("no_sound") == 1


@pytest.mark.parametrize("late", [170.0, 178.0])
def test_who_could_not_be_heard_was_not_silent(late: float, stage_of: StageOf) -> None:
    """The session does not end before they can say carry on."""
    stage = stage_of("exercise: double-leg, repetitions: 5")
    stage.reach("lower")
    stage.happen(TroubleBegan("microphone_lost"))
    stage.wait(late)
    assert "trouble_over" in said_in(stage.happen(TroubleEnded("microphone_lost")))
    stage.wait(30)
    assert ended_in(stage) is None


def test_trouble_late_in_a_pause_does_not_end_it(stage_of: StageOf) -> None:
    """Nor is it the end of a long silence."""
    stage = stage_of("exercise: double-leg, repetitions: 5")
    stage.reach("lower")
    stage.hear("pause")
    stage.wait(178)
    assert "microphone_muted" in said_in(stage.happen(TroubleBegan("microphone_muted")))
    stage.wait(30)
    assert ended_in(stage) is None


# -- breaking off


def test_breaking_off_is_silence_and_a_summary_at_once(stage_in: StageOf) -> None:
    """In the middle of a set, without another word."""
    stage = stage_in("lower")
    actions = stage.happen(Interrupted())
    assert isinstance(actions[0], Silence)
    assert [action.ended for action in actions if isinstance(action, Finish)] == ["interrupted"]
    assert not any(isinstance(action, Say | Release | Count) for action in actions)
    assert stage.coach.over_at == stage.now


def test_breaking_off_a_farewell_is_silence(stage_in: StageOf) -> None:
    """The summary is not given twice."""
    stage = stage_in("finished")
    actions = stage.happen(Interrupted())
    assert isinstance(actions[0], Silence)
    assert not any(isinstance(action, Finish) for action in actions)
    assert stage.coach.over_at == stage.now
