"""Going on with a session that was cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from assistant.coaching.actions import Ask, Enter, Finish, Mark, Note, Say
from assistant.coaching.agenda import steps
from assistant.coaching.history import (
    EXPERIENCED,
    RESUMED_WITHIN_SECONDS,
    History,
    PastSession,
    can_be_resumed,
)
from assistant.coaching.phases import MOVING
from assistant.coaching.place import Place, Unfinished, fitted
from assistant.coaching.plan import Plan
from assistant.programme.voice import VoicePack
from assistant.testing import Stage
from tests.coaching.test_properties import COMMANDS, PACK, events, plans, play
from tests.coaching.told import said_in

TODAY = replace(EXPERIENCED, sessions=(PastSession(0, 3, "interrupted"),))
WORK = {
    "both legs": "exercise: double-leg, repetitions: 10, sets: 2, range: 2, rest: 20",
    "one after the other": "exercise: single-leg, repetitions: 6, sets: 2, range: 2, rest: 20",
    "in turn": "exercise: heel-taps, repetitions: 6, sets: 2, rest: 20",
    "held": "exercise: imprint-hold, repetitions: 6, sets: 2, rest: 20",
}

PlanOf = Callable[[str], Plan]


def left_at(stage: Stage) -> Place:
    """Give where a session that is cut off now would have to go on."""
    place = next(action.place for _, action in reversed(stage.actions) if isinstance(action, Mark))
    assert place is not None
    return place


def offered(stage: Stage, history: History = EXPERIENCED) -> Stage:
    """Cut a session off and begin the next, up to the question whether to go on."""
    place, plan = left_at(stage), stage.coach.plan
    there = fitted(replace(plan, sets=stage.coach.plan.sets), place)
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


def told(stage: Stage) -> str:
    """Give what is said before the question."""
    return next(a.cue.text for _, a in stage.actions if isinstance(a, Say) and "left_off" in a.cue.name)


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
    before, now = stage.coach.position, after.coach.position
    assert (now.load, now.set, now.side, now.repetition) == (
        before.load,
        before.set,
        before.side,
        before.repetition,
    )
    after.reach("finished")
    assert [*broken_off[:-1], *done(after)] == done(whole)
    assert after.coach.position.repetitions_done == whole.coach.position.repetitions_done
    assert after.coach.position.sets_done == 2


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


def test_it_says_where_it_was_left(plan_of: PlanOf) -> None:
    """In one sentence, before one question."""
    stage = Stage(plan_of(WORK["both legs"]), PACK)
    stage.reach("rest")
    after = offered(stage)
    assert told(after) == "Double leg lift, legs straight. You left off before set two."
    stage.reach("lower", 5)
    after = offered(stage)
    assert told(after) == "Double leg lift, legs straight. You left off after four of ten, in set two."
    assert said_in(after)[-2:] == ["left_off", "ask_resume"]
    assert [a.question for _, a in after.actions if isinstance(a, Ask)] == ["resume"]


def test_it_says_with_which_leg_it_was_left(plan_of: PlanOf) -> None:
    """And that the other has not begun."""
    stage = Stage(plan_of(WORK["one after the other"]), PACK)
    stage.reach("lower", 4)
    assert told(offered(stage)).endswith("You left off after three of six with the left leg, in set one.")
    stage.reach("imprint")
    assert told(offered(stage)).endswith("You left off before the right leg, in set one.")
    stage.reach("lower", 3)
    assert told(offered(stage)).endswith("You left off after two of six with the right leg, in set one.")


def test_sides_that_take_turns_are_told_as_the_routine_counts_them(plan_of: PlanOf) -> None:
    """Each has done so many."""
    stage = Stage(plan_of(WORK["in turn"]), PACK)
    stage.reach("lift", 7)
    assert told(offered(stage)).endswith("You left off after three of six, in set one.")


def test_the_cool_down_can_be_gone_on_with(stage_of_parts: Callable[[str], Stage]) -> None:
    """All sets are done; once it is over as well, nothing is left."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2")
    stage.reach("lower", 2)
    stage.reach("rest")
    after = resumed(stage)
    assert "left_off_cool_down" in said_in(after)
    assert after.coach.position.part == "cool-down"
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
    load = after.coach.position.load
    assert load == stage.coach.position.load
    assert (load.range_step, load.tempo.lower) == ((2, 4) if wish == "slower" else (1, 3))
    after.reach("rest")
    after.reach("lower")
    assert replace(after.coach.position.load, repetitions=6) == load


def test_what_was_capped_stays_capped(plan_of: PlanOf) -> None:
    """An exercise that was too much does not come back later in the session."""
    work = "exercise: double-leg-bent, repetitions: 4, rest: 20\nexercise: double-leg, repetitions: 4"
    stage = Stage(plan_of(work), PACK)
    stage.reach("lower", 2)
    stage.hear("pinch")
    after = resumed(stage)
    level = after.coach.position.load.exercise.level
    assert level < 4
    after.reach("rest")
    after.reach("lower")
    assert after.coach.position.load.exercise.level <= level


def test_gentle_work_stays_gentle(plan_of: PlanOf) -> None:
    """Where leg lifts were left out they are left out of what follows."""
    plan = plan_of("exercise: single-leg, repetitions: 8, sets: 2")
    stage = Stage(plan, PACK, history=replace(EXPERIENCED, sessions=(PastSession(1, 3, "completed"),)))
    stage.reach_question("yesterday")
    stage.hear("number", number=0)
    stage.hear("no")
    stage.reach("lower" if "bird" not in stage.coach.plan.sets[0].exercise else "hold")
    place = left_at(stage)
    there = fitted(plan, place)
    assert there is not None
    after = Stage(plan, PACK, history=replace(EXPERIENCED, unfinished=Unfinished(there, place)))
    after.reach_question("resume")
    after.hear("yes")
    assert after.coach.gentle
    assert after.coach.position.load.exercise.name == plan.side_branch[0].exercise


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
