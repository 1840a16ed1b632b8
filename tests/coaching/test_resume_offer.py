"""Whether a session that was cut off is offered again, and what a no, pain or an edit changes."""

from __future__ import annotations

from dataclasses import replace

from assistant.coaching.place import fitted
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.given import PlanOf
from tests.coaching.resuming import WORK, left_at


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
