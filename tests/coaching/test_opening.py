"""What comes before the first set."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.coaching.actions import Ask, Breathe, Change, Enter, Finish, Note, Release, Say
from assistant.coaching.checkpoint import Unfinished
from assistant.coaching.coach import Coach
from assistant.coaching.complaint import Complaint, RatedPain
from assistant.coaching.events import Heard, Started, TroubleBegan
from assistant.coaching.history import EXPERIENCED, History, Lowering, PastSession, lifts_are_out
from assistant.coaching.opening import SCREENS, steps
from assistant.coaching.phases import MOVING
from assistant.coaching.questions import Occasion, Told
from assistant.programme.routine import make_plan
from assistant.programme.voice import VoicePack
from tests.coaching.given import EXERCISES, PACK, UP_AND_DOWN, Begin, Led, PlanOf, histories
from tests.coaching.resuming import WORK, left_at, offered
from tests.coaching.told import asked_in, ended_in, notes_in, said_in, spoken_until, texts_in
from tests.parsing import parse_routine
from tests.stand_ins import Stage

NEW = History()
UNSCREENED = replace(EXPERIENCED, screened_days_ago=None)
CLEARED = replace(EXPERIENCED, red_flag_days_ago=2)
CLEAN = PastSession(days_ago=3, level=1, ended="completed", at_top=True, effort=6, soreness=0, reserve=3)
LATELY = replace(EXPERIENCED, sessions=(CLEAN,))
YESTERDAY = replace(EXPERIENCED, sessions=(replace(CLEAN, days_ago=1),))
READY_FOR_MORE = replace(EXPERIENCED, sessions=(CLEAN, CLEAN))
TODAY = replace(EXPERIENCED, sessions=(PastSession(0, 3, "interrupted"),))


PLAN = make_plan(
    parse_routine("name: x\nwork:\n  - {exercise: double-leg, repetitions: 2}\n", "x.yaml"), EXERCISES
)


def _pass_screening(stage: Stage) -> None:
    for name in SCREENS:
        stage.reach_question(name)
        stage.hear("no")


def _until_setup(stage: Stage) -> None:
    if stage.phase != "setup":
        stage.reach("setup")


def _changes(stage: Stage) -> list[tuple[str, str, str]]:
    return [(a.before, a.after, a.why) for _, a in stage.actions if isinstance(a, Change)]


def told(stage: Stage) -> str:
    """Give what is said before the question."""
    return next(a.cue.text for _, a in stage.actions if isinstance(a, Say) and "left_off" in a.cue.name)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (EXPERIENCED, ()),
        (NEW, ("educational", "tutorial", "screening", *SCREENS)),
        (UNSCREENED, ("screening", *SCREENS)),
        (replace(NEW, red_flag_days_ago=0), ("locked",)),
        (CLEARED, ("well_again",)),
        (LATELY, ("yesterday",)),
        (replace(EXPERIENCED, sessions=(replace(CLEAN, days_ago=30),)), ()),
        (YESTERDAY, ("yesterday", "rest_day")),
        (READY_FOR_MORE, ("yesterday", "progress")),
        (
            replace(NEW, red_flag_days_ago=3, sessions=(CLEAN, replace(CLEAN, days_ago=0))),
            ("well_again", "educational", "tutorial", "screening", *SCREENS, "yesterday", "rest_day"),
        ),
    ],
)
def test_what_is_asked_follows_from_the_history_in_this_order(
    history: History, expected: tuple[str, ...]
) -> None:
    """Lock, tutorial, health, last session, day of rest, progress."""
    assert steps(history) == expected


def test_somebody_experienced_is_asked_nothing(begin: Begin) -> None:
    """The greeting leads into position."""
    stage = begin(EXPERIENCED)
    stage.reach("setup")
    assert said_in([a for _, a in stage.actions])[0] == "greeting"
    assert asked_in([a for _, a in stage.actions]) == ["ready"]


@pytest.mark.parametrize("history", [NEW, UNSCREENED, CLEARED, YESTERDAY, READY_FOR_MORE])
def test_nobody_moves_before_ready(begin: Begin, history: History) -> None:
    """Whatever is asked, silence moves nobody and ends the session."""
    stage = begin(history)
    stage.wait(1500)
    assert not {a.phase for _, a in stage.actions if isinstance(a, Enter)} & set(MOVING)
    assert ended_in(stage) in ("silence", "not_today")


@pytest.mark.parametrize("history", [UNSCREENED, CLEARED, YESTERDAY])
def test_stop_comes_back_to_the_question(begin: Begin, history: History) -> None:
    """Through carry on and ready, and finish ends it."""
    stage = begin(history)
    question = next(step for step in steps(history) if step != "screening")
    stage.reach_question(question)
    assert said_in(stage.hear("stop")) == ["stopped"]
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.coach.question == question
    stage.hear("stop")
    stage.hear("finish")
    assert ended_in(stage) == "asked"


def test_there_is_time_to_lie_down(plan_of: PlanOf, pack: VoicePack) -> None:
    """Between the greeting and the first cue, and the microphone is tried out meanwhile."""
    stage = Stage(plan_of("exercise: single-leg"), pack, lie_down_seconds=12)
    assert said_in([action for _, action in stage.actions]) == ["greeting", "lie_down"]
    free = spoken_until(stage)
    stage.wait(free + 11.9)
    assert stage.phase == "greeting"
    stage.wait(0.2)
    assert stage.phase == "setup"


def test_whoever_is_ready_need_not_wait(plan_of: PlanOf, pack: VoicePack) -> None:
    """Ready is answered, and the set-up begins."""
    stage = Stage(plan_of("exercise: single-leg"), pack, lie_down_seconds=12)
    stage.wait(3)
    assert said_in(stage.hear("ready"))[0] == "heard_you"
    assert stage.phase == "setup"


@pytest.mark.parametrize(("sessions", "greeting"), [(0, "greeting"), (1, "greeting_again")])
def test_who_has_been_here_is_greeted_in_a_few_words(sessions: int, greeting: str, led: Led) -> None:
    """They know who speaks, and how to talk to it."""
    assert led(UP_AND_DOWN, sessions)[0] == greeting


# -- the tutorial


def test_the_tutorial_takes_about_three_minutes(begin: Begin) -> None:
    """With the attempt at stop, which nobody has to make; it says once that this is no medical advice."""
    stage = begin(NEW)
    stage.wait(400)
    names = said_in([a for _, a in stage.actions])
    assert names.count("educational") == 1
    assert names.index("educational") < names.index("teach_talk") < names.index("teach_try")
    words = sum(
        len(a.cue.text.split())
        for _, a in stage.actions
        if isinstance(a, Say) and a.cue.name.startswith("teach_")
    )
    assert 2.5 < words / 165 < 3.25
    assert Note("tutorial", "done") in notes_in(stage)


def test_stop_and_carry_on_can_be_tried_and_lead_back(begin: Begin) -> None:
    """With the release, as always; what comes after the attempt follows."""
    stage = begin(NEW)
    while "teach_try" not in said_in([a for _, a in stage.actions]):
        stage.wait(1)
    actions = stage.hear("stop")
    assert any(isinstance(a, Release) for a in actions)
    assert stage.phase == "stopped"
    assert asked_in(stage.hear("carry_on")) == ["ready"]
    before = len(stage.actions)
    stage.hear("ready")
    stage.wait(1)
    assert said_in([a for _, a in stage.actions[before:]]) == ["teach_ready"]
    assert stage.phase == "greeting"


@pytest.mark.parametrize("command", ["skip", "next_set", "next_exercise"])
def test_the_tutorial_can_be_skipped_and_the_health_questions_not(begin: Begin, command: str) -> None:
    """What it is not, has been said before it."""
    stage = begin(NEW)
    while "teach_talk" not in said_in([a for _, a in stage.actions]):
        stage.wait(1)
    actions = stage.hear(command)
    assert said_in(actions) == ["screening"]
    assert notes_in(stage) == [Note("tutorial", "skipped")]
    stage.hear(command)
    stage.reach_question("screen_heart")


def test_what_is_no_medical_advice_cannot_be_skipped(begin: Begin) -> None:
    """Ready while it is said has it said again."""
    stage = begin(NEW)
    stage.wait(12)
    assert "teach_talk" not in said_in(stage.hear("ready"))
    assert "teach_talk" not in said_in(stage.hear("skip"))
    assert "teach_talk" in said_in(stage.wait(60))


def test_a_pause_in_the_tutorial_leads_back_to_it(begin: Begin) -> None:
    """As anywhere else."""
    stage = begin(NEW)
    while "teach_stop" not in said_in([a for _, a in stage.actions]):
        stage.wait(1)
    stage.hear("pause")
    assert stage.phase == "paused"
    assert "teach_stop" in said_in(stage.hear("carry_on"))


def test_ready_while_stop_is_tried_out_loses_no_lesson(begin: Begin) -> None:
    """The next one is about ready, of all things."""
    stage = begin(History(screened_days_ago=0))
    while "teach_try" not in said_in([action for _, action in stage.actions]):
        stage.wait(1)
    stage.hear("ready")
    assert said_in([action for _, action in stage.actions])[-2:] == ["heard_you", "teach_ready"]


# -- the breath


def test_a_session_begins_with_a_breath_where_a_loudspeaker_needs_one(plan_of: PlanOf) -> None:
    """The greeting follows it, and nothing that is heard in it leaves anything out."""
    plan = plan_of("exercise: double-leg, repetitions: 1")
    script = Stage(plan, PACK).session.script
    coach = Coach(plan, script, history=NEW, breath_seconds=1.65)
    actions = coach.handle(Started(), 0.0)
    assert [action.due for action in actions if isinstance(action, Breathe)] == [0.0]
    greeting = next(action for action in actions if isinstance(action, Say))
    assert greeting.due >= 1.65
    assert coach.handle(Heard("ready", start=1.0, end=1.4), 1.5)
    assert coach.session.questions.first(Occasion.OPENING) is Told.EDUCATIONAL


# -- a red flag of an earlier day


def test_nothing_is_trained_on_the_day_of_a_red_flag(begin: Begin) -> None:
    """Nobody is asked."""
    stage = begin(replace(EXPERIENCED, red_flag_days_ago=0))
    actions = stage.wait(60)
    assert "locked_today" in said_in(actions)
    assert ended_in(stage) == "not_today"


def test_on_a_later_day_a_red_flag_is_cleared_by_a_yes(begin: Begin) -> None:
    """And that is remembered."""
    stage = begin(CLEARED)
    stage.reach_question("well_again")
    stage.hear("yes")
    assert stage.phase == "setup"
    assert notes_in(stage) == [Note("red_flag", "cleared")]


@pytest.mark.parametrize("answer", ["no", None])
def test_a_red_flag_that_nobody_clears_ends_the_session(begin: Begin, answer: str | None) -> None:
    """No answer is a no."""
    stage = begin(CLEARED)
    stage.reach_question("well_again")
    actions = stage.wait(60) if answer is None else stage.hear(answer)
    assert "not_well_yet" in said_in(actions)
    assert ended_in(stage) == "not_today"
    assert notes_in(stage) == []


# -- a red flag to which no answer came


@pytest.mark.parametrize("days", [0, 3])
def test_a_no_lifts_the_lock_of_a_red_flag_that_nobody_confirmed(begin: Begin, days: int) -> None:
    """On the same day as later; it is named, and nothing more is asked about it."""
    stage = begin(replace(EXPERIENCED, unanswered_flag="chest", unanswered_days_ago=days))
    stage.reach_question("was_it_so")
    assert "Last time I heard chest pain, and no answer. Was it so? Yes or no." in texts_in(stage)
    stage.hear("no")
    assert stage.phase == "setup"
    assert notes_in(stage) == [Note("red_flag_heard", "cleared")]
    stage.hear("red_flag")
    assert "Did you say unwell? Yes or no." in texts_in(stage)


def test_a_yes_locks_the_day_on_which_it_was_heard(begin: Begin) -> None:
    """As if it had been confirmed then."""
    stage = begin(replace(EXPERIENCED, unanswered_flag="numb"))
    stage.reach_question("was_it_so")
    assert "locked_today" in said_in(stage.hear("yes"))
    assert ended_in(stage) == "not_today"
    assert notes_in(stage) == [Note("red_flag", "numb")]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_after_a_yes_on_a_later_day_it_is_asked_whether_all_is_well(begin: Begin, answer: str) -> None:
    """As after a red flag that was confirmed."""
    history = replace(EXPERIENCED, unanswered_flag="numb", unanswered_days_ago=2)
    stage = begin(replace(history, sessions=(replace(CLEAN, days_ago=2),)))
    stage.reach_question("was_it_so")
    stage.hear("yes")
    assert stage.coach.question == "well_again"
    stage.hear(answer)
    assert (ended_in(stage) == "not_today") is (answer == "no")
    assert (Note("red_flag", "cleared") in notes_in(stage)) is (answer == "yes")
    if answer == "yes":
        assert stage.coach.question == "yesterday"


def test_a_red_flag_that_was_confirmed_stays_one_where_another_is_denied(begin: Begin) -> None:
    """Each is cleared by its own question."""
    history = replace(EXPERIENCED, red_flag_days_ago=3, unanswered_flag="numb", unanswered_days_ago=2)
    stage = begin(history)
    stage.reach_question("was_it_so")
    stage.hear("no")
    assert stage.coach.question == "well_again"


def test_nobody_trains_before_that_question_is_answered(begin: Begin) -> None:
    """Silence waits, and ends; it locks nothing, so that it can be answered next time."""
    stage = begin(replace(EXPERIENCED, unanswered_flag="chest"))
    stage.reach_question("was_it_so")
    stage.wait(30)
    assert said_in(stage)[-1] == "need_answer"
    stage.wait(400)
    assert ended_in(stage) == "silence"
    assert notes_in(stage) == []


# -- health


def test_health_is_asked_one_question_at_a_time(begin: Begin) -> None:
    """Four times no leads on and is remembered; a longer form is named."""
    stage = begin(UNSCREENED)
    _pass_screening(stage)
    stage.reach("setup")
    assert [q for q in asked_in([a for _, a in stage.actions]) if q in SCREENS] == list(SCREENS)
    assert notes_in(stage) == [Note("screening", False)]
    assert any(isinstance(a, Say) and "PAR-Q" in a.cue.text for _, a in stage.actions)


@pytest.mark.parametrize("name", ["screen_heart", "screen_body"])
def test_a_yes_to_a_health_question_ends_with_the_advice_to_ask(begin: Begin, name: str) -> None:
    """A doctor first."""
    stage = begin(UNSCREENED)
    for before in SCREENS[: SCREENS.index(name)]:
        stage.reach_question(before)
        stage.hear("no")
    stage.reach_question(name)
    actions = stage.hear("yes")
    assert "doctor_first" in said_in(actions)
    assert ended_in(stage) == "not_today"
    assert notes_in(stage) == [Note("screening", True)]


def test_a_sign_of_the_nerves_is_a_red_flag(begin: Begin) -> None:
    """Emergency words, and the lock."""
    stage = begin(UNSCREENED)
    for _ in range(2):
        stage.reach_question(SCREENS[_])
        stage.hear("no")
    actions = stage.hear("yes")
    assert "emergency" in said_in(actions)
    assert ended_in(stage) == "red_flag"
    assert notes_in(stage) == [Note("screening", True), Note("red_flag", "saddle")]


@pytest.mark.parametrize("offered", [True, False])
def test_a_sore_back_gets_the_side_branch_or_no_session(
    pack: VoicePack, plan_of: PlanOf, offered: bool
) -> None:
    """Never a leg lift."""
    plan = plan_of("exercise: single-leg, repetitions: 8")
    stage = Stage(plan if offered else replace(plan, side_branch=()), pack, history=UNSCREENED)
    for name in SCREENS[:-1]:
        stage.reach_question(name)
        stage.hear("no")
    actions = stage.hear("yes")
    assert Note("screening", True) in actions
    if offered:
        assert "gentle_back" in said_in(actions)
        stage.reach("setup")
        assert stage.session.position.load.exercise.name == plan.side_branch[0].exercise
        assert stage.session.position.set == 1
    else:
        assert "doctor_first" in said_in(actions)
        assert ended_in(stage) == "not_today"


def test_a_health_question_without_an_answer_waits_and_is_asked_again(begin: Begin) -> None:
    """Silence is no answer; after three minutes the session ends."""
    stage = begin(UNSCREENED)
    stage.reach_question("screen_heart")
    stage.wait(40)
    assert stage.phase == "paused"
    assert asked_in(stage.hear("carry_on")) == ["screen_heart"]
    stage.wait(400)
    assert ended_in(stage) == "silence"
    assert not {a.phase for _, a in stage.actions if isinstance(a, Enter)} & set(MOVING)


def test_pain_is_taken_care_of_before_the_questions_go_on(begin: Begin) -> None:
    """Nothing is forgotten."""
    stage = begin(UNSCREENED)
    stage.reach_question("screen_heart")
    stage.hear("pain", where="knee")
    stage.hear("number", number=1)
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.coach.question == "screen_heart"


def test_a_lost_microphone_leads_back_to_the_question(begin: Begin) -> None:
    """A pause like any other."""
    stage = begin(UNSCREENED)
    stage.reach_question("screen_heart")
    stage.happen(TroubleBegan("clipping"))
    assert stage.phase == "paused"
    assert asked_in(stage.hear("carry_on")) == ["screen_heart"]


def test_what_is_about_leg_lifts_is_not_asked_once_they_are_left_out(begin: Begin) -> None:
    """Neither how they felt last time nor whether to do them all the same."""
    yesterday = PastSession(days_ago=1, level=3, ended="completed")
    stage = begin(replace(UNSCREENED, sessions=(yesterday,)))
    for name in SCREENS[:-1]:
        stage.reach_question(name)
        stage.hear("no")
    stage.hear("yes")
    stage.wait(60)
    assert stage.phase == "setup"
    assert not {"yesterday", "rest_day"} & set(asked_in([a for _, a in stage.actions]))


# -- how sore the last session left somebody


@pytest.mark.parametrize(("score", "level"), [(2, 3), (3, 2), (8, 2)])
def test_sore_muscles_start_one_level_lower(begin: Begin, score: int, level: int) -> None:
    """Sorer than it was left, but not in back or hip; the level is remembered."""
    stage = begin(READY_FOR_MORE)
    stage.reach_question("yesterday")
    stage.hear("number", number=score)
    assert stage.coach.question == "sore_where"
    stage.hear("place", where="thigh")
    if score == 2:
        assert stage.coach.question == "progress"
        stage.hear("no")
    _until_setup(stage)
    assert stage.session.position.load.exercise.level == level
    assert ("progress" in asked_in([a for _, a in stage.actions])) is (score == 2)
    assert [note.value for note in notes_in(stage) if note.what == "yesterday"] == [score]
    assert (Note("level", 2) in notes_in(stage)) is (level == 2)
    assert bool(_changes(stage)) is (level == 2)


def test_who_is_no_sorer_than_it_was_left_is_not_asked_where(begin: Begin) -> None:
    """It starts lower all the same where that is more than a little."""
    left_sore = replace(CLEAN, soreness=4)
    stage = begin(replace(EXPERIENCED, sessions=(left_sore,)))
    stage.reach_question("yesterday")
    assert "start_easier" in said_in(stage.hear("number", number=4))
    assert "sore_where" not in asked_in([a for _, a in stage.actions])


# -- the gate


@pytest.mark.parametrize("where", ["back", "hip", "groin", None])
@pytest.mark.parametrize("score", [1, 5, None])
def test_a_back_or_hip_that_is_sorer_than_it_was_left_lifts_no_legs(
    begin: Begin, score: int | None, where: str | None
) -> None:
    """Where it is not answered neither; gentle work is offered, and a professional advised."""
    stage = begin(READY_FOR_MORE)
    stage.reach_question("yesterday")
    if score is None:
        stage.wait(25)
    else:
        stage.hear("number", number=score)
    assert stage.coach.question == "sore_where"
    said = said_in(stage.hear("place", where=where)) if where else said_in(stage.wait(25))
    assert said[-2:] == ["no_lifts_today", "ask_gentle_today"]
    stage.hear("yes")
    _until_setup(stage)
    assert _branches(stage) == {"side"}


def _branches(stage: Stage) -> set[str]:
    plan = stage.session.position.plan
    return {plan.exercises[work.exercise].branch for work in plan.sets}


@pytest.mark.parametrize("answer", ["no", None])
def test_who_wants_no_gentle_work_rests(begin: Begin, answer: str | None) -> None:
    """Silence is no yes."""
    stage = begin(_hurt("back", 8))
    stage.reach_question("pain_now")
    stage.hear("number", number=8)
    actions = stage.wait(40) if answer is None else stage.hear(answer)
    assert "rest_today" in said_in(actions)
    assert ended_in(stage) == "not_today"


def _hurt(where: str | None, score: int | None, days: int = 1, side: str | None = None) -> History:
    pain = RatedPain(Complaint(where, side), score)
    session = replace(CLEAN, days_ago=days, level=4, ended="pain", sore=True, pain=pain)
    return replace(EXPERIENCED, sessions=(session,))


@pytest.mark.parametrize(
    ("history", "named"),
    [
        (_hurt("back", 8), "Yesterday your back hurt, eight of ten."),
        (_hurt("knee", 3, 0, "left"), "Earlier today your left knee hurt, three of ten."),
        (_hurt("hip", None, 4), "Last time your hip hurt."),
        (_hurt(None, None, 1), "Yesterday your body hurt."),
        (_hurt("elsewhere", 4, 2), "Last time your body hurt, four of ten."),
    ],
)
def test_what_hurt_is_named(begin: Begin, history: History, named: str) -> None:
    """And asked about."""
    stage = begin(history)
    stage.reach_question("pain_now")
    assert texts_in([a for _, a in stage.actions])[-2:] == [named, "How is it now, from none to ten?"]


@pytest.mark.parametrize("score", [0, 3, 8, None])
@pytest.mark.parametrize("days", [0, 1, 2])
def test_much_pain_in_the_back_keeps_legs_down_for_two_days(
    begin: Begin, days: int, score: int | None
) -> None:
    """However good it is now."""
    stage = begin(_hurt("back", 8, days))
    stage.reach_question("pain_now")
    said = said_in(stage.wait(31) if score is None else stage.hear("number", number=score))
    assert ("no_lifts_yet" if score in (0, 3) else "no_lifts_today") in said
    stage.reach_question("gentle_today")
    stage.hear("yes")
    _until_setup(stage)
    assert _branches(stage) == {"side"}
    assert not {"plank-leg-lift"} & {work.exercise for work in stage.session.position.plan.sets}


def test_after_two_days_and_no_pain_left_it_goes_on_lower(begin: Begin) -> None:
    """The number is remembered, and nothing is left out."""
    history = _hurt("back", 8, 3)
    stage = begin(replace(history, lowering=Lowering.PAIN))
    stage.reach_question("pain_now")
    assert "lowered_pain" in said_in(stage.hear("number", number=0))
    _until_setup(stage)
    assert "ladder" in _branches(stage)
    assert Note("yesterday", 0) in notes_in(stage)


def test_a_back_that_is_sore_at_the_screening_gets_no_plank(begin: Begin) -> None:
    """As one that hurt the last time."""
    stage = begin(UNSCREENED)
    for name in SCREENS[:-1]:
        stage.reach_question(name)
        stage.hear("no")
    stage.hear("yes")
    stage.wait(60)
    names = {work.exercise for work in stage.session.position.plan.sets}
    assert "bird-dog" in names
    assert "plank-leg-lift" not in names


def test_a_painful_hip_is_offered_no_dead_bug(begin: Begin) -> None:
    """Nor a shoulder or a back a plank."""
    stage = begin(_hurt("hip", 6))
    stage.reach_question("pain_now")
    stage.hear("number", number=6)
    stage.hear("yes")
    _until_setup(stage)
    names = {work.exercise for work in stage.session.position.plan.sets}
    assert "dead-bug" not in names
    assert "plank-leg-lift" in names


@given(histories(), st.integers(0, 10), st.sampled_from(["yes", "no"]))
def test_no_history_leads_from_much_pain_to_leg_lifts(history: History, score: int, answer: str) -> None:
    """Within two days, whatever is answered; the question is always put."""
    stage = Stage(PLAN, PACK, history=replace(history, red_flag_days_ago=None, unanswered_flag=None))
    for _ in range(40):
        if stage.phase not in ("greeting", "asking"):
            break
        match stage.coach.question:
            case "pain_now" | "yesterday":
                stage.hear("number", number=score)
            case "sore_where":
                stage.hear("place", where="thigh")
            case None:
                stage.wait(5)
            case name:
                stage.hear("no" if name.startswith("screen") else answer)
    begun = {a.exercise for _, a in stage.actions if isinstance(a, Enter) and a.phase == "setup"}
    if lifts_are_out(history):
        assert not {name for name in begun if PLAN.exercises[name].branch == "ladder"}


# -- lower after a break, or after pain


@pytest.mark.parametrize("lowering", list(Lowering))
def test_why_it_begins_lower_is_told(begin: Begin, lowering: Lowering) -> None:
    """Before anything harder could be offered."""
    before = replace(CLEAN, level=5)
    stage = begin(replace(READY_FOR_MORE, sessions=(before, before), lowering=lowering))
    stage.reach_question("yesterday")
    assert f"lowered_{lowering.value}" in said_in(stage.hear("number", number=0))


def test_what_is_not_lower_is_not_told(begin: Begin) -> None:
    """At the lowest level there is nothing below."""
    stage = begin(replace(LATELY, sessions=(replace(CLEAN, level=0),), lowering=Lowering.AWAY))
    stage.reach_question("yesterday")
    assert not [name for name in said_in(stage.hear("number", number=0)) if name.startswith("lowered")]


def test_after_a_session_that_pain_ended_the_level_is_lowered_only_once(begin: Begin) -> None:
    """It starts lower already."""
    ended = replace(CLEAN, level=4, ended="pain", soreness=7)
    stage = begin(replace(EXPERIENCED, sessions=(ended,), lowering=Lowering.PAIN))
    stage.reach_question("yesterday")
    assert "start_easier" in said_in(stage.hear("number", number=4))
    assert _changes(stage) == []


@pytest.mark.parametrize("score", [0, 4])
def test_after_pain_the_work_is_lowered_where_the_level_does_not_lower_it(begin: Begin, score: int) -> None:
    """However sore it left the person; what is said is so, and the level is remembered as it is."""
    ended = (replace(CLEAN, level=4, ended="pain", soreness=8),)
    history = replace(EXPERIENCED, sessions=ended, lowering=Lowering.PAIN, still_as_hard=True)
    stage = begin(history)
    stage.reach_question("yesterday")
    said = said_in(stage.hear("number", number=score))
    assert ("start_easier" in said) is (score == 4)
    _until_setup(stage)
    exercises = stage.session.position.plan.exercises
    assert stage.session.position.load.exercise.name == exercises["single-leg"].regression
    assert _changes(stage) == [("single-leg", str(exercises["single-leg"].regression), "lower: pain")]
    assert not [note for note in notes_in(stage) if note.what == "level"]


def test_where_nothing_is_lower_it_is_not_said(plan_of: PlanOf, pack: VoicePack) -> None:
    """After pain at the lowest level, or of somebody who asked for the same level again."""
    ended = (replace(CLEAN, level=0, ended="pain", soreness=8),)
    history = replace(EXPERIENCED, sessions=ended, lowering=Lowering.PAIN)
    for still_as_hard in (False, True):
        stage = Stage(
            replace(plan_of("exercise: imprint-hold"), level=0),
            pack,
            history=replace(history, still_as_hard=still_as_hard),
        )
        stage.reach_question("yesterday")
        assert "start_gently" in said_in(stage.hear("number", number=4))


def test_slower_in_the_greeting_keeps_one_step_easier(plan_of: PlanOf, pack: VoicePack) -> None:
    """What is asked after it builds on it."""
    history = History(
        sessions=(PastSession(days_ago=3, level=5, ended="completed", soreness=5),),
        tutorial_done=True,
        screened_days_ago=0,
    )
    plan = replace(plan_of("exercise: double-leg, repetitions: 3, range: 3"), level=5)
    stage = Stage(plan, pack, history=history)
    stage.wait(1)
    stage.hear("slower")
    stage.reach_question("yesterday")
    assert "start_easier" in said_in(stage.hear("number", number=4))
    stage.reach("lower")
    assert stage.session.position.load.exercise.name == "double-leg-bent"


# -- a day of rest


@pytest.mark.parametrize("answer", ["yes", "no", None])
def test_a_day_of_rest_is_advised_and_the_person_decides(begin: Begin, answer: str | None) -> None:
    """With the reason; no answer is a gentle day."""
    stage = begin(YESTERDAY)
    stage.reach_question("yesterday")
    actions = stage.hear("number", number=0)
    assert said_in(actions) == ["rest_day_recent", "ask_rest_day"]
    if answer is None:
        stage.wait(40)
    else:
        stage.hear(answer)
    _until_setup(stage)
    plan = stage.session.position.plan
    expected = "single-leg" if answer == "yes" else plan.side_branch[0].exercise
    assert stage.session.position.load.exercise.name == expected
    assert bool(_changes(stage)) is (answer != "yes")


def test_without_a_side_branch_a_gentle_day_is_at_the_lowest_level(pack: VoicePack, plan_of: PlanOf) -> None:
    """Breathing and the imprint."""
    plan = replace(plan_of("exercise: single-leg, repetitions: 8"), side_branch=())
    stage = Stage(plan, pack, history=YESTERDAY)
    stage.reach_question("yesterday")
    stage.hear("number", number=0)
    stage.hear("no")
    _until_setup(stage)
    assert stage.session.position.load.exercise.level == 0


def test_who_is_still_sore_is_advised_to_rest_all_the_same(begin: Begin) -> None:
    """One step easier is no reason for a second day in a row."""
    stage = begin(YESTERDAY)
    stage.reach_question("yesterday")
    stage.hear("number", number=5)
    stage.hear("place", where="thigh")
    assert stage.coach.question == "rest_day"
    assert _changes(stage)[-1][-1] == "yesterday 5"


# -- progress


@pytest.mark.parametrize("answer", ["yes", "no", None])
def test_progress_is_taken_only_by_a_yes(begin: Begin, answer: str | None) -> None:
    """One level up from the first set on."""
    stage = begin(READY_FOR_MORE)
    stage.reach_question("yesterday")
    stage.hear("number", number=0)
    if answer is None:
        stage.wait(40)
    else:
        stage.hear(answer)
    _until_setup(stage)
    assert stage.session.position.load.exercise.level == (4 if answer == "yes" else 3)
    assert (Note("level", 4) in notes_in(stage)) is (answer == "yes")


@pytest.mark.parametrize("equipment", [frozenset[str](), frozenset({"ball"})])
def test_progress_needs_its_equipment(pack: VoicePack, plan_of: PlanOf, equipment: frozenset[str]) -> None:
    """Without a ball there is no step up to it."""
    plan = plan_of("exercise: t-arms, repetitions: 8")
    stage = Stage(plan, pack, history=replace(READY_FOR_MORE, equipment=equipment))
    stage.reach_question("yesterday")
    stage.hear("number", number=0)
    stage.hear("yes")
    _until_setup(stage)
    assert stage.session.position.load.exercise.name == ("ball" if equipment else "t-arms")


@pytest.mark.parametrize(("things", "exercise"), [((), "t-arms"), (("ball",), "ball")])
def test_a_step_up_needs_its_equipment(
    things: tuple[str, ...], exercise: str, plan_of: PlanOf, pack: VoicePack
) -> None:
    """Where it is not there, no step is offered that can't be taken."""
    history = replace(READY_FOR_MORE, equipment=frozenset(things))
    stage = Stage(plan_of("exercise: t-arms, repetitions: 4"), pack, history=history)
    stage.reach_question("yesterday")
    asked = asked_in(stage.hear("number", number=0))
    assert ("progress" in asked) is bool(things)
    if things:
        assert "step_up" in said_in(stage.hear("yes"))
    _until_setup(stage)
    assert stage.session.position.load.exercise.name == exercise


@pytest.mark.parametrize(("score", "offered"), [(2, True), (3, False)])
def test_no_step_up_is_offered_to_somebody_who_is_still_sore(score: int, offered: bool, begin: Begin) -> None:
    """The rest of the way to the mat stays."""
    stage = begin(READY_FOR_MORE)
    stage.reach_question("yesterday")
    stage.hear("number", number=score)
    stage.hear("place", where="thigh")
    stage.wait(60)
    _until_setup(stage)
    assert ("progress" in asked_in([action for _, action in stage.actions])) is offered


def test_nothing_gets_harder_after_pain_before_the_first_set(begin: Begin) -> None:
    """A step up is not offered any more."""
    clean = PastSession(days_ago=3, level=3, ended="completed", at_top=True, effort=6, soreness=0, reserve=3)
    stage = begin(History(sessions=(clean, clean), tutorial_done=True, screened_days_ago=0))
    stage.reach_question("yesterday")
    stage.hear("pain", where="knee")
    stage.hear("number", number=1)
    stage.hear("carry_on")
    stage.hear("ready")
    assert "progress" not in asked_in(stage.hear("number", number=0))
    assert stage.phase == "setup"


# -- going on with a session that was cut off


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
    unfinished = Unfinished(stage.session.position.plan, left_at(stage))
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
    assert after.phase == "setup"
    assert after.session.position.repetitions_done == 0


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
    assert left_at(after).gentle


def test_stop_comes_back_to_the_question_whether_to_go_on(plan_of: PlanOf) -> None:
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
