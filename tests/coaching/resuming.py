"""A session that is cut off, and the next one that may go on with it."""

from __future__ import annotations

from dataclasses import replace

from assistant.coaching.actions import Mark
from assistant.coaching.checkpoint import Checkpoint, Unfinished, fitted
from assistant.coaching.history import EXPERIENCED, History
from tests.coaching.given import PACK
from tests.stand_ins import Stage

WORK = {
    "both legs": "exercise: double-leg, repetitions: 10, sets: 2, range: 2, rest: 20",
    "one after the other": "exercise: single-leg, repetitions: 6, sets: 2, range: 2, rest: 20",
    "in turn": "exercise: heel-taps, repetitions: 6, sets: 2, rest: 20",
    "held": "exercise: imprint-hold, repetitions: 6, sets: 2, rest: 20",
}


def left_at(stage: Stage) -> Checkpoint:
    """Give where a session that is cut off now would have to go on."""
    place = next(action.place for _, action in reversed(stage.actions) if isinstance(action, Mark))
    assert place is not None
    return place


def offered(stage: Stage, history: History = EXPERIENCED) -> Stage:
    """Cut a session off and begin the next, up to the question whether to go on."""
    place, plan = left_at(stage), stage.session.position.plan
    there = fitted(replace(plan, sets=stage.session.position.plan.sets), place)
    assert there is not None
    after = Stage(plan, PACK, history=replace(history, unfinished=Unfinished(there, place)))
    after.reach_question("resume")
    return after


def resumed(stage: Stage) -> Stage:
    """Cut a session off and go on with it in the next, up to the position for it."""
    after = offered(stage)
    after.hear("yes")
    after.reach("setup")
    return after
