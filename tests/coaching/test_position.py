"""Where a session stands, and going on there when it was cut off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from assistant.coaching.actions import Enter, Mark
from assistant.coaching.checkpoint import Unfinished, fitted
from assistant.coaching.history import EXPERIENCED, PastSession
from assistant.coaching.phases import MOVING
from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from tests.coaching.given import COMMANDS, PACK, PlanOf, StageOf, events, plans, play
from tests.coaching.resuming import WORK, left_at, resumed
from tests.coaching.told import said_in
from tests.stand_ins import Stage


def done(stage: Stage) -> list[tuple[int, str | None, int]]:
    """Give set, side and number of every repetition of which the lowering or the hold began."""
    return [
        (a.set, a.side, a.repetition)
        for _, a in stage.actions
        if isinstance(a, Enter) and a.phase in ("lower", "hold")
    ]


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
@pytest.mark.parametrize("repetition", [1, 4, 5])
def test_it_goes_on_from_that_set_and_repetition(work: str, repetition: int, plan_of: PlanOf) -> None:
    """The same exercise, side, range and tempo; in the end everything was done once."""
    whole = Stage(plan_of(work), PACK)
    whole.reach("finished")
    stage = Stage(plan_of(work), PACK)
    stage.reach("rest")
    stage.reach("hold" if "hold" in work else "lower", repetition)
    broken_off = done(stage)
    after = resumed(stage)
    assert after.phase == "setup"
    before, now = stage.session.position, after.session.position
    assert (now.load, now.set, now.side, now.repetition) == (
        before.load,
        before.set,
        before.side,
        before.repetition,
    )
    after.reach("finished")
    assert [*broken_off[:-1], *done(after)] == done(whole)
    assert after.session.position.repetitions_done == whole.session.position.repetitions_done
    assert after.session.position.sets_done == 2


def test_it_goes_on_through_setup_imprint_and_ready(plan_of: PlanOf) -> None:
    """Nobody moves before "ready", whatever was said before the session was cut off."""
    stage = Stage(plan_of(WORK["both legs"]), PACK)
    stage.reach("lower", 5)
    after = resumed(stage)
    after.wait(170)
    assert not {a.phase for _, a in after.actions if isinstance(a, Enter)} & set(MOVING)
    after.hear("ready")
    after.reach("lower")
    phases = [a.phase for _, a in after.actions if isinstance(a, Enter)]
    assert phases[-5:] == ["setup", "imprint", "get_ready", "lift", "lower"]


def test_the_cool_down_can_be_gone_on_with(stage_of_parts: StageOf) -> None:
    """All sets are done; once it is over as well, nothing is left."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2")
    stage.reach("lower", 2)
    stage.reach("rest")
    after = resumed(stage)
    assert "left_off_cool_down" in said_in(after)
    assert after.session.position.part == "cool-down"
    stage.reach("asking")
    assert stage.coach.question == "effort"
    assert [a.place for _, a in stage.actions if isinstance(a, Mark)][-1] is None


@pytest.mark.parametrize("wish", ["easier", "slower", "click"])
def test_it_is_never_harder_than_it_stood(wish: str, plan_of: PlanOf) -> None:
    """Also where it was cut off before the wish came into force; and so it stays in the sets that follow."""
    stage = Stage(plan_of("exercise: double-leg, repetitions: 6, sets: 2, range: 2, rest: 20"), PACK)
    stage.reach("lower", 3)
    stage.hear(wish)
    after = resumed(stage)
    stage.reach("lower")
    load = after.session.position.load
    assert load == stage.session.position.load
    assert (load.range_step, load.tempo.lower) == ((2, 4) if wish == "slower" else (1, 3))
    after.reach("rest")
    after.reach("lower")
    assert replace(after.session.position.load, repetitions=6) == load


def test_what_was_capped_stays_capped(plan_of: PlanOf) -> None:
    """An exercise that was too much does not come back later in the session."""
    work = "exercise: double-leg-bent, repetitions: 4, rest: 20\nexercise: double-leg, repetitions: 4"
    stage = Stage(plan_of(work), PACK)
    stage.reach("lower", 2)
    stage.hear("pinch")
    after = resumed(stage)
    level = after.session.position.load.exercise.level
    assert level < 4
    after.reach("rest")
    after.reach("lower")
    assert after.session.position.load.exercise.level <= level


def test_what_was_taken_back_elsewhere_stays_so_too(plan_of: PlanOf) -> None:
    """In the later sets of an exercise after which another one was begun."""
    lines = (
        "exercise: double-leg, repetitions: 4, range: 3, rest: 30",
        "exercise: single-leg, repetitions: 4, range: 3, rest: 30",
        "exercise: double-leg, repetitions: 4, range: 3, rest: 30",
        "exercise: single-leg, repetitions: 4, range: 3",
    )
    stage = Stage(plan_of("\n".join(lines)), PACK)
    stage.reach("lower", 2)
    stage.hear("click")
    stage.reach("rest")
    stage.reach("lower", 2)
    stage.hear("slower")
    stage.hear("shaking")
    stage.reach_question("half")
    stage.hear("yes")
    stage.reach("lower")
    assert stage.session.position.set_index == 2
    after = resumed(stage)
    for index in (2, 3):
        assert after.session.position.planned(index) == stage.session.position.planned(index)
    later = after.session.position.planned(3)
    assert (later.tempo.lower, after.session.position.load.range_step) == (4, 2)


@pytest.mark.parametrize(
    "broken", [{"exercise": "moon-walk"}, {"range_step": 9}, {"tempo": "3-0"}, {"planned": "moon-walk"}]
)
def test_what_was_kept_has_to_fit_the_plan(broken: dict[str, Any], plan_of: PlanOf) -> None:
    """A journal that somebody has edited is not gone on with."""
    plan = plan_of("exercise: double-leg, range: 2\nexercise: single-leg\nexercise: double-leg, range: 2")
    stage = Stage(plan, PACK)
    stage.reach("lower")
    stage.hear("click")
    stage.reach("rest")
    stage.reach("lower")
    place = left_at(stage)
    assert fitted(plan, place) is not None
    [kept] = place.kept
    assert fitted(plan, replace(place, kept=(replace(kept, **broken),))) is None


def test_gentle_work_stays_gentle(plan_of: PlanOf) -> None:
    """Where leg lifts were left out they are left out of what follows."""
    plan = plan_of("exercise: single-leg, repetitions: 8, sets: 2")
    stage = Stage(plan, PACK, history=replace(EXPERIENCED, sessions=(PastSession(1, 3, "completed"),)))
    stage.reach_question("yesterday")
    stage.hear("number", number=0)
    stage.hear("no")
    stage.reach("lower" if "bird" not in stage.session.position.plan.sets[0].exercise else "hold")
    place = left_at(stage)
    there = fitted(plan, place)
    assert there is not None
    after = Stage(plan, PACK, history=replace(EXPERIENCED, unfinished=Unfinished(there, place)))
    after.reach_question("resume")
    after.hear("yes")
    assert left_at(after).gentle
    assert after.session.position.load.exercise.name == plan.side_branch[0].exercise


@settings(max_examples=120, deadline=None)
@given(plans(), events(COMMANDS))
def test_wherever_it_is_cut_off_it_is_taken_up_there(
    plan: Plan, happened: list[tuple[float, str, int]]
) -> None:
    """Whatever was said: the next session stands where this one would have had to go on."""
    stage = Stage(plan, PACK)
    play(stage, happened)
    last = [a.place for _, a in stage.actions if isinstance(a, Mark)][-1]
    if last is None or stage.phase == "finished":
        return
    there = fitted(plan, last)
    assert there is not None
    after = Stage(plan, PACK, history=replace(EXPERIENCED, unfinished=Unfinished(there, last)))
    after.reach_question("resume")
    after.hear("yes")
    assert left_at(after) == last


def test_easier_before_going_on_makes_nothing_harder_than_it_stood(plan_of: PlanOf, pack: VoicePack) -> None:
    """Pain had made it another exercise, with none above it today."""
    first = Stage(plan_of("exercise: double-leg, repetitions: 4, range: 3"), pack)
    first.reach("lower", repetition=2)
    first.hear("pinch")  # regressed to double-leg-bent, and nothing above level 4 today
    first.wait(30)
    first.hear("carry_on")
    first.reach("lower", repetition=3)
    place = next(a.place for _, a in reversed(first.actions) if isinstance(a, Mark))
    plan = first.session.position.plan
    assert place is not None
    assert (place.exercise, place.cap) == ("double-leg-bent", 4)
    there = fitted(plan, place)
    assert there is not None
    stage = Stage(plan, pack, history=replace(EXPERIENCED, unfinished=Unfinished(there, place)))
    stage.wait(1)
    stage.hear("easier")  # over the greeting
    stage.reach_question("resume")
    stage.hear("yes")
    stage.reach("lower")
    assert stage.session.position.load.exercise.level <= 4


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
