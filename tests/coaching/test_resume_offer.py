"""Whether a session that was cut off is offered again, and what a no, pain or an edit changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.actions import Ask, Finish, Note
from assistant.coaching.agenda import steps
from assistant.coaching.history import (
    EXPERIENCED,
    RESUMED_WITHIN_SECONDS,
    PastSession,
    can_be_resumed,
)
from assistant.coaching.place import Unfinished, fitted
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.given import PACK, PlanOf
from tests.coaching.resuming import WORK, left_at, offered
from tests.coaching.told import said_in

TODAY = replace(EXPERIENCED, sessions=(PastSession(0, 3, "interrupted"),))


@pytest.mark.parametrize("answer", ["no", None])
def test_without_a_yes_it_begins_anew(answer: str | None, plan_of: PlanOf) -> None:
    """A no is remembered, so that it is not asked again; silence is neither."""
    stage = Stage(plan_of(WORK["both legs"]), PACK)
    stage.reach("lower", 5)
    after = offered(stage, TODAY)
    if answer is None:
        after.wait(30)
    else:
        after.hear(answer)
    assert after.coach.question == "yesterday"
    place = left_at(after)
    assert (place.sets_left, place.repetition, place.repetitions_done) == (2, 1, 0)
    notes = [a for _, a in after.actions if isinstance(a, Note)]
    assert notes == ([Note("resume", False)] if answer else [])


def test_a_yes_leaves_out_what_a_new_session_is_asked(plan_of: PlanOf) -> None:
    """It is the same session: no soreness since, no day of rest, no step up."""
    stage = Stage(plan_of(WORK["both legs"]), PACK)
    stage.reach("lower", 5)
    after = offered(stage, TODAY)
    after.hear("yes")
    after.reach("setup")
    assert Note("resume", True) in [a for _, a in after.actions if isinstance(a, Note)]
    asked = [a.question for _, a in after.actions if isinstance(a, Ask)]
    assert asked == ["resume", "ready"]


def test_health_comes_first(plan_of: PlanOf) -> None:
    """Nothing is gone on with on the day of a red flag, and only after it was cleared."""
    stage = Stage(plan_of(WORK["both legs"]), PACK)
    stage.reach("lower", 5)
    unfinished = Unfinished(stage.coach.plan, left_at(stage))
    known = replace(TODAY, unfinished=unfinished)
    assert steps(known) == ("resume", "yesterday", "rest_day")
    assert steps(replace(known, red_flag_days_ago=0)) == ("locked",)
    assert steps(replace(known, red_flag_days_ago=1))[:2] == ("well_again", "resume")


def test_pain_before_the_question_takes_it_back(plan_of: PlanOf) -> None:
    """What follows from pain comes before what was left."""
    stage = Stage(plan_of(WORK["both legs"]), PACK)
    stage.reach("lower", 5)
    after = offered(stage)
    after.hear("pain", where="hip")
    after.hear("number", number=1)
    after.hear("carry_on")
    after.hear("ready")
    assert after.coach.question != "resume"
    after.reach("setup")
    assert after.coach.position.repetitions_done == 0


def test_a_sore_back_takes_it_back(plan_of: PlanOf) -> None:
    """Whoever says so in the screening gets gentle work from the beginning."""
    plan = plan_of(WORK["both legs"])
    stage = Stage(plan, PACK)
    stage.reach("lower", 5)
    history = replace(EXPERIENCED, screened_days_ago=None, unfinished=Unfinished(plan, left_at(stage)))
    after = Stage(plan, PACK, history=history)
    after.reach_question("screen_heart")
    for answer in ("no", "no", "no", "yes"):
        after.hear(answer)
    after.reach("setup")
    assert not any("left_off" in name for name in said_in(after))
    assert after.coach.gentle


def test_stop_comes_back_to_the_question(plan_of: PlanOf) -> None:
    """Through carry on and ready; finish ends it."""
    stage = Stage(plan_of(WORK["both legs"]), PACK)
    stage.reach("lower", 5)
    after = offered(stage)
    after.hear("stop")
    after.hear("carry_on")
    after.hear("ready")
    assert after.coach.question == "resume"
    after.hear("stop")
    after.hear("finish")
    assert [a.ended for _, a in after.actions if isinstance(a, Finish)] == ["asked"]


@pytest.mark.parametrize(
    ("ended", "sore", "seconds", "expected"),
    [
        (None, False, 0.0, True),
        ("interrupted", False, 60.0, True),
        ("silence", False, 60.0, True),
        (None, False, RESUMED_WITHIN_SECONDS, True),
        (None, False, RESUMED_WITHIN_SECONDS + 1, False),
        (None, False, -600.0, True),
        (None, False, -RESUMED_WITHIN_SECONDS - 1, False),
        (None, True, 60.0, False),
        ("silence", True, 60.0, False),
        ("completed", False, 60.0, False),
        ("asked", False, 60.0, False),
        ("pain", False, 60.0, False),
        ("red_flag", False, 60.0, False),
        ("not_today", False, 60.0, False),
    ],
)
def test_what_can_be_gone_on_with(ended: str | None, sore: bool, seconds: float, expected: bool) -> None:
    """What was cut off within two hours; never after pain."""
    assert can_be_resumed(ended, sore, seconds) is expected


def test_a_routine_that_was_edited_since_is_begun_anew(pack: VoicePack, plan_of: PlanOf) -> None:
    """Where the place is not in it any more, or asks for what it does not allow."""
    plan = plan_of(WORK["one after the other"])
    stage = Stage(plan, pack)
    stage.reach("lower", 4)
    place = left_at(stage)
    assert fitted(plan, place) == plan
    for other in (
        replace(place, sets_left=3),
        replace(place, sets_left=0),
        replace(place, planned="hover"),
        replace(place, exercise="mine"),
        replace(place, level=5),
        replace(place, range_step=4),
        replace(place, tempo="1-0-1-0"),
        replace(place, repetitions=99),
        replace(place, repetitions=0),
        replace(place, repetition=0),
        replace(place, other_at=0),
        replace(place, side=2),
    ):
        assert fitted(plan, other) is None
