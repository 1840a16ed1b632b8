"""Set-up, imprint, repetitions and rest: what is done and said, and when."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from assistant.coaching.actions import Count, Enter, Note, Say
from assistant.coaching.history import EXPERIENCED
from assistant.coaching.plan import IMPRINT_SECONDS
from assistant.programme.voice import VoicePack
from tests.coaching.given import (
    EXERCISES,
    LADDER,
    ONE_SET,
    PACK,
    UP_AND_DOWN,
    WITH_REST,
    Led,
    PlanOf,
    StageOf,
    sore_back,
)
from tests.coaching.told import actions_in, entered_in, finished, phases_in, said_in, says_in, texts_in
from tests.stand_ins import Stage

NOTED = "exercise: single-leg, repetitions: 2, sets: 2, say: Heels long today."
ONE_LEG = "exercise: single-leg, repetitions: 4, range: 2"
BENT = "exercise: double-leg-bent, repetitions: 2"
COUNTDOWN = ("number_3", "number_2", "number_1")


def _notes(stage: Stage) -> list[str]:
    return [a.cue.text for _, a in stage.actions if isinstance(a, Say) and a.cue.name == "note"]


def _within(stage: Stage, phase: str, repetition: int) -> list[Say]:
    """Give what is said in a phase of a repetition of the first side."""
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    i = next(i for i, a in enumerate(entered) if (a.phase, a.repetition) == (phase, repetition))
    start, end = entered[i].at, entered[i + 1].at
    return [a for _, a in stage.actions if isinstance(a, Say) and start <= a.due < end]


# -- the order of a session


def test_the_parts_come_in_the_order_of_the_plan_and_only_work_is_counted(stage_of_parts: StageOf) -> None:
    """Sets are 0 outside of the work."""
    stage = stage_of_parts(WITH_REST)
    stage.reach("finished")
    entered = [a for a in actions_in(stage) if isinstance(a, Enter) and a.phase == "imprint"]
    assert [(a.part, a.set, a.sets) for a in entered] == [
        ("warm-up", 0, 2),
        ("work", 1, 2),
        ("work", 2, 2),
        ("cool-down", 0, 2),
    ]


def test_warm_up_and_cool_down_have_their_own_announcement(stage_of_parts: StageOf) -> None:
    """Without numbers of sets; the work has them."""
    stage = stage_of_parts(WITH_REST)
    stage.reach("finished")
    said = [(a.cue.name, a.cue.text) for a in actions_in(stage) if isinstance(a, Say)]
    texts = [text for name, text in said if name in ("warm_up", "announce", "cool_down")]
    title = stage.session.position.plan.exercises["double-leg"].title
    assert texts[0].startswith("Warm-up: ")
    assert texts[1] == f"{title[0].upper()}{title[1:]}. Set one of two."
    assert texts[2].startswith("Cool-down: ")
    assert len(texts) == 3


def test_a_new_exercise_waits_for_ready_again(stage_of: StageOf) -> None:
    """It is set up first, in its long form; the next set of it is not."""
    stage = stage_of(
        "exercise: double-leg-bent, repetitions: 1\nexercise: double-leg, repetitions: 1, sets: 2"
    )
    finished(stage)
    phases = [(a.phase, a.exercise, a.set) for _, a in stage.actions if isinstance(a, Enter)]
    setups = [phase for phase in phases if phase[0] == "setup"]
    assert setups == [("setup", "double-leg-bent", 1), ("setup", "double-leg", 2)]


def test_getting_into_position_is_for_one_exercise(stage_of: StageOf) -> None:
    """Skipping ahead from a set-up to an exercise that was done before sets that up again."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 1\nexercise: single-leg, repetitions: 1\n"
        "exercise: double-leg, repetitions: 1, range: 2"
    )
    stage.reach("rest")
    stage.reach("setup")
    stage.hear("next_exercise")
    assert stage.phase == "setup"
    assert stage.session.position.set == 3


# -- set-up


def test_who_has_not_heard_it_gets_the_long_form_with_the_checks(stage_of: StageOf) -> None:
    """Setup, how far, and every check in order, before ready is asked for; once."""
    stage = stage_of(WITH_REST)
    stage.reach("setup")
    exercise = stage.session.position.load.exercise
    assert exercise.checks
    names = said_in(actions_in(stage))
    long = [exercise.cues["setup"], exercise.range_cue(1), "come_up_before", *exercise.checks, "say_ready"]
    assert names[names.index("announce") + 1 :] == long
    stage.hear("repeat")
    assert Note("explained", "double-leg") not in actions_in(stage)
    stage.hear("ready")
    assert actions_in(stage).count(Note("explained", "double-leg")) == 1
    stage.reach("finished")
    assert actions_in(stage).count(Note("explained", "double-leg")) == 1


def test_who_has_heard_it_gets_the_short_form_from_the_start(pack: VoicePack, plan_of: PlanOf) -> None:
    """And the long one when they ask for it again."""
    history = replace(EXPERIENCED, explained=frozenset({"double-leg"}))
    stage = Stage(plan_of(WITH_REST), pack, history=history)
    stage.reach("setup")
    exercise = stage.session.position.load.exercise
    names = said_in(actions_in(stage))
    assert exercise.cues["reminder"] in names
    assert not {exercise.cues["setup"], *exercise.checks} & set(names)
    stage.hear("repeat")
    assert exercise.cues["setup"] in said_in(actions_in(stage))
    assert "imprint" in said_in(stage.hear("ready"))


def test_the_coach_talks_less_from_the_first_to_the_third_session(pack: VoicePack, plan_of: PlanOf) -> None:
    """Words a minute, with the same work."""
    plan = plan_of("exercise: single-leg, repetitions: 6, sets: 2\n" + WITH_REST)
    explained: frozenset[str] = frozenset()
    rates: list[float] = []
    for _ in range(3):
        stage = Stage(plan, pack, history=replace(EXPERIENCED, explained=explained))
        stage.reach("finished")
        words = sum(len(a.cue.text.split()) for a in actions_in(stage) if isinstance(a, Say))
        rates.append(words / stage.now * 60)
        explained |= {
            str(a.value) for a in actions_in(stage) if isinstance(a, Note) and a.what == "explained"
        }
    assert rates[1] < rates[0] * 0.97
    assert rates[2] <= rates[1]


def test_what_is_told_in_the_set_up_is_what_comes(plan_of: PlanOf, pack: VoicePack) -> None:
    """Also of what was made easier before anything was set up."""
    stage = Stage(plan_of("exercise: double-leg, repetitions: 3, range: 3"), pack, lie_down_seconds=10)
    stage.wait(1)
    assert "easier_range" in said_in(stage.hear("easier"))
    stage.reach("lower")
    told = [name for name in said_in(stage) if name.startswith("range_")]
    assert told[-1] == f"range_{stage.session.position.load.range_step}"


def test_a_lone_set_has_no_number(led: Led) -> None:
    """One of one tells nothing."""
    said = led("exercise: double-leg, repetitions: 1\nexercise: hover, repetitions: 1, sets: 2", 0)
    assert [name for name in said if name.startswith("announce")] == ["announce_one", "announce"]


def test_the_ball_is_taken_up_again(stage_of: StageOf) -> None:
    """It was let go at the end of the set."""
    stage = stage_of("exercise: ball, repetitions: 2, sets: 2, rest: 20")
    stage.reach("rest")  # "Let the ball go."
    before = len(stage.actions)
    stage.reach("lower")
    assert any("ball" in text.lower() for text in texts_in([a for _, a in stage.actions[before:]]))


# -- what the author of a routine has the coach say


def test_a_note_is_talk_at_the_set_up_before_ready_is_asked_for(stage_of: StageOf) -> None:
    """Once, although the entry has two sets."""
    stage = stage_of(NOTED)
    stage.reach("setup")
    said = said_in(stage)
    assert said.index("note") == said.index("say_ready") - 1
    (cue,) = [a.cue for _, a in stage.actions if isinstance(a, Say) and a.cue.name == "note"]
    assert cue.kind == "talk"
    stage.reach("asking")
    assert _notes(stage) == ["Heels long today."]


def test_it_is_not_said_again_after_a_pause(stage_of: StageOf) -> None:
    """Who has heard it, knows it."""
    stage = stage_of(NOTED)
    stage.reach("lower")
    stage.hear("pause")
    stage.wait(5)
    stage.hear("carry_on")
    stage.reach("asking")
    assert len(_notes(stage)) == 1


def test_a_note_to_more_of_the_same_exercise_comes_as_its_set_begins(stage_of: StageOf) -> None:
    """No position is taken up there; it comes before the back is pressed down, and nothing overlaps."""
    stage = stage_of(
        "exercise: double-leg, repetitions: 2\nexercise: double-leg, repetitions: 2, say: Last ones."
    )
    stage.reach("asking")
    assert _notes(stage) == ["Last ones."]
    entered = [a for _, a in stage.actions if isinstance(a, Enter) and a.phase == "imprint"]
    says = [a for _, a in stage.actions if isinstance(a, Say)]
    (note,) = [say for say in says if say.cue.name == "note"]
    assert note.due >= entered[1].at
    after = says[says.index(note) + 1]
    assert after.cue.name.startswith("imprint")
    assert after.due >= note.due + 0.06 * len(note.cue.text)


def test_another_exercise_than_the_planned_one_has_no_note(stage_of: StageOf) -> None:
    """What was written for straight legs may be wrong for bent ones."""
    stage = stage_of("exercise: hover, repetitions: 8\nexercise: t-arms, range: 3, say: As low as you like.")
    stage.session.position.cap(4)
    stage.reach("asking")
    assert _notes(stage) == []


# -- imprint


def test_every_side_of_every_set_begins_with_an_imprint_that_is_held(stage_of: StageOf) -> None:
    """For three to five seconds, and a second at least after the words, which are long only at first."""
    assert 3 <= IMPRINT_SECONDS <= 5
    stage = stage_of("exercise: single-leg, repetitions: 2, sets: 2, rest: 10")
    stage.reach("finished")
    held = [(a.at, b.at) for a, b in pairwise(entered_in(stage)) if a.phase == "imprint"]
    assert len(held) == 4
    assert len(says_in(stage, "imprint_long")) == 1
    ends = [say.due + 0.06 * len(say.cue.text) for say in says_in(stage, "imprint_long")]
    ends += [say.due + 0.06 * len(say.cue.text) for say in says_in(stage, "imprint")]
    for (begin, over), said in zip(held, ends, strict=True):
        assert over - begin >= IMPRINT_SECONDS
        assert over - said >= 1.0


def test_every_second_set_may_have_a_variation(stage_of: StageOf) -> None:
    """It is said before the imprint of that set, on each side."""
    stage = stage_of("exercise: single-leg, repetitions: 1, sets: 3, rest: 5")
    variation = stage.session.position.plan.exercises["single-leg"].cues["variation"]
    stage.reach("finished")
    current, said_in = 0, list[int]()
    for action in actions_in(stage):
        if isinstance(action, Enter):
            current = action.set
        elif isinstance(action, Say) and action.cue.name == variation:
            said_in.append(current)
    assert said_in == [2, 2]


@pytest.mark.parametrize(("wish", "told"), [("harder", "range_3"), ("easier", "range_1"), ("why", None)])
def test_a_set_that_goes_another_way_says_how_far(wish: str, told: str | None, stage_of: StageOf) -> None:
    """Before its imprint; one that goes as far as the last needs no word about it."""
    stage = stage_of(f"{WITH_REST}, range: 2")
    stage.reach("lower")
    stage.hear(wish)
    stage.reach("rest")
    before = len(stage.actions)
    stage.reach("lift")
    said = [name for name in said_in(actions_in(stage)[before:]) if name.startswith(("range_", "imprint"))]
    assert said == ([] if told is None else [told]) + ["imprint"]


def test_after_trouble_how_far_is_said_before_it_goes_on(stage_of: StageOf) -> None:
    """Higher is not the same for everybody; said once, not at every set."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 3, range: 2, rest: 20")
    stage.reach("lower")
    sore_back(stage, 1)
    stage.hear("carry_on")
    before = len(stage.actions)
    stage.hear("ready")
    stage.reach_question("how_now")
    stage.hear("number", number=0)
    stage.reach("finished")
    said = [name for name in said_in(actions_in(stage)[before:]) if name.startswith(("range_", "imprint"))]
    assert said == ["range_1", "imprint", "imprint", "imprint"]


@pytest.mark.parametrize("paused", [False, True])
def test_get_ready_is_counted_into_the_first_beat(paused: bool, stage_of: StageOf) -> None:
    """Two, one, a second apart, and then the first lift; after a pause as well."""
    stage = stage_of(ONE_SET)
    stage.reach("lower")
    if paused:
        stage.hear("pause")
        stage.hear("carry_on")
        stage.reach("lift")
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    begin = [a.at for a in entered if a.phase == "get_ready"][-1]
    lift = [a.at for a in entered if a.phase == "lift"][-1]
    said = [(a.cue.text, a.due) for _, a in stage.actions if isinstance(a, Say) and begin <= a.due < lift]
    assert said == [("Get ready.", begin), ("two", lift - 2), ("one", lift - 1)]
    assert begin + 0.06 * len("Get ready.") <= lift - 2


def test_a_hold_is_not_counted_in(stage_of: StageOf) -> None:
    """Its first number is that of the first repetition, at which it begins."""
    stage = stage_of("exercise: imprint-hold, repetitions: 2")
    stage.reach("hold")
    said = [a.cue.text for _, a in stage.actions if isinstance(a, Say)]
    assert said[said.index("Get ready.") :] == ["Get ready.", "one", "Press, and keep breathing."]


# -- which side it is


def test_the_side_is_named_while_the_body_gets_into_position(stage_of: StageOf) -> None:
    """And not a second time right after it."""
    stage = stage_of(ONE_LEG)
    stage.reach("setup")
    said = said_in(stage)
    assert "Left leg first." in texts_in([action for _, action in stage.actions])
    assert said.index("first_side") < said.index("say_ready")
    stage.reach("get_ready")
    assert said_in(stage).count("first_side") == 1


def test_a_side_that_was_switched_in_the_set_up_is_named_again(stage_of: StageOf) -> None:
    """It is the right leg now."""
    stage = stage_of(ONE_LEG)
    stage.reach("setup")
    stage.hear("switch_legs")
    assert "Right leg first." in texts_in(stage.hear("ready"))


def test_a_side_is_not_praised_for_being_taken_up_again(stage_of: StageOf) -> None:
    """After a pause it is only named."""
    stage = stage_of(ONE_LEG)
    stage.reach("lower", repetition=4)
    stage.reach("lower", repetition=2)
    stage.hear("pause")
    said = texts_in(stage.hear("carry_on"))
    assert "The right leg." in said
    assert not any("Well done" in text for text in said)


def test_an_easier_exercise_in_the_middle_of_a_side_names_it(stage_of: StageOf) -> None:
    """While the body is set up for it."""
    stage = stage_of(ONE_LEG.replace("range: 2", "range: 1"))
    stage.reach("lower", repetition=4)
    stage.reach("lower", repetition=2)
    stage.hear("click")
    stage.reach("setup")
    assert len(stage.session.position.load.exercise.sides) == 2
    assert stage.session.position.side == "right"
    assert "The right leg." in texts_in(stage.wait(0) + [action for _, action in stage.actions[-12:]])


def test_the_first_side_is_still_the_first_after_a_pause(stage_of: StageOf) -> None:
    """The other has done nothing yet."""
    stage = stage_of("exercise: single-leg, repetitions: 4")
    stage.reach("lower", repetition=3)
    stage.hear("pause")
    stage.hear("carry_on")
    assert [say.cue.text for say in says_in(stage, "first_side")][1:] == ["Left leg first."]


# -- repetitions


def test_an_up_start_set_lifts_once_and_then_lowers_and_returns(stage_of: StageOf) -> None:
    """The order of the phases is the cycle's; a pause of no seconds is no phase."""
    phases = phases_in(finished(stage_of(ONE_SET)))
    assert phases == [
        *("greeting", "setup", "imprint", "get_ready", "lift"),
        *("lower", "return", "top") * 3,
        *("asking", "asking", "asking", "finished"),
    ]


def test_a_floor_start_repetition_begins_with_the_lift(stage_of: StageOf) -> None:
    """Lift, top, lower, for each repetition."""
    phases = phases_in(finished(stage_of(BENT)))
    assert phases[4:-4] == ["lift", "top", "lower"] * 2


def test_both_sides_do_the_same(stage_of: StageOf) -> None:
    """A set of a one-legged exercise is done with the left leg, then with the right."""
    stage = stage_of("exercise: single-leg-bent, repetitions: 3, sets: 2")
    finished(stage)
    lowerings = [
        (a.set, a.side, a.repetition) for _, a in stage.actions if isinstance(a, Enter) and a.phase == "lower"
    ]
    assert lowerings == [(s, side, r) for s in (1, 2) for side in ("left", "right") for r in (1, 2, 3)]
    spoken = [a.cue.text for _, a in stage.actions if isinstance(a, Say)]
    assert "Left leg first." in spoken
    assert "Well done. Feet down. Now the right leg." in spoken


def test_counts_fall_on_the_beat_of_the_plan(stage_of: StageOf) -> None:
    """Three, two, one: a second apart, from the moment the lowering begins, without drift."""
    stage = stage_of("exercise: double-leg, repetitions: 10")
    finished(stage)
    lowerings = [a.at for _, a in stage.actions if isinstance(a, Enter) and a.phase == "lower"]
    counts = [(a.value, a.due) for _, a in stage.actions if isinstance(a, Count)]
    assert [value for value, _ in counts] == [3, 2, 1] * 10
    assert [due for _, due in counts] == [start + i for start in lowerings for i in range(3)]
    assert lowerings[-1] - lowerings[0] == pytest.approx(9 * 6)


def test_the_number_of_the_repetition_is_spoken_at_the_top(stage_of: StageOf) -> None:
    """And that there is one more, before the last repetition goes down."""
    stage = stage_of("exercise: double-leg, repetitions: 4, tempo: 3-0-2-2")
    finished(stage)
    tops = {a.repetition: a.at for _, a in stage.actions if isinstance(a, Enter) and a.phase == "top"}
    spoken = [(a.cue.text, a.due) for _, a in stage.actions if isinstance(a, Say)]
    for word, repetition in (("one", 1), ("two", 2), ("three", 3), ("four", 4)):
        assert (word, tops[repetition]) in spoken
    last = [due for text, due in spoken if text == "One more."]
    assert len(last) == 1
    assert tops[2] < last[0] < tops[3]


def test_the_way_up_is_called_when_it_begins_or_not_at_all(stage_of: StageOf) -> None:
    """Never late: "last one" takes the place of "lift", and an answer comes behind it."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 6, tempo: 4-0-3-1")
    stage.reach("lower", repetition=2)
    stage.hear("slower")
    stage.hear("how_many_left")
    finished(stage)
    ups = [a.at for _, a in stage.actions if isinstance(a, Enter) and a.phase in ("lift", "return")]
    called = [a.due for _, a in stage.actions if isinstance(a, Say) and a.cue.name in ("lift", "lift_long")]
    assert called
    assert all(any(abs(due - at) < 0.05 for at in ups) for due in called)


STRAIGHT = ["single-leg", "double-leg", "hover", "t-arms", "ball"]


@pytest.mark.parametrize("explained", [True, False])
@pytest.mark.parametrize("work", STRAIGHT)
def test_straight_legs_are_never_lifted_from_the_floor(
    work: str, explained: bool, plan_of: PlanOf, pack: VoicePack
) -> None:
    """In the first session and later: knees bent, then curled in and stretched, in every set and side."""
    history = replace(EXPERIENCED, explained=frozenset({work} if explained else ()))
    plan = plan_of(f"exercise: {work}, repetitions: 2, sets: 2, rest: 20")
    stage = Stage(plan, pack, history=history)
    finished(stage)
    lifts = [a for _, a in stage.actions if isinstance(a, Enter) and a.phase == "lift"]
    said = [(a.cue.name, a.due) for _, a in stage.actions if isinstance(a, Say)]
    assert len(lifts) == 2 * len(EXERCISES[work].sides)
    for lift in lifts:
        assert any(name.startswith("curl_up") and abs(due - lift.at) < 0.05 for name, due in said)
    assert "knees bent" in PACK.cues[EXERCISES[work].cues["reminder"]].text.lower()
    assert not {name for name, _ in said} & {"lift", "lift_long"}


@pytest.mark.parametrize("tempo", ["3-0-2-1", "4-0-3-1", "3-0-1-0", "5-1-4-0"])
@pytest.mark.parametrize("work", STRAIGHT)
def test_what_opens_a_set_takes_three_seconds(work: str, tempo: str, stage_of: StageOf) -> None:
    """Or as long as the lift, where that is slower; the count begins after it."""
    stage = stage_of(f"exercise: {work}, repetitions: 2, tempo: {tempo}")
    finished(stage)
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    opened = [
        (lift.at, lower.at)
        for lift, lower in pairwise(entered)
        if (lift.phase, lower.phase) == ("lift", "lower")
    ]
    counts = [a.due for _, a in stage.actions if isinstance(a, Count)]
    assert len(opened) == len(EXERCISES[work].sides)
    for lift, lower in opened:
        assert lower - lift == pytest.approx(max(3, int(tempo[4])))
        assert not [due for due in counts if lift < due < lower - 0.01]


@pytest.mark.parametrize("explained", [True, False])
@pytest.mark.parametrize("name", sorted(name for name, one in EXERCISES.items() if one.branch == "ladder"))
def test_every_set_up_of_a_lift_says_where_to_turn(
    name: str, explained: bool, plan_of: PlanOf, pack: VoicePack
) -> None:
    """Long or short; where nothing is lowered it would mean nothing."""
    history = replace(EXPERIENCED, explained=frozenset({name} if explained else ()))
    stage = Stage(plan_of(f"exercise: {name}, repetitions: 2"), pack, history=history)
    stage.reach("setup")
    assert ("come_up_before" in said_in(stage)) is (EXERCISES[name].cycle != "hold")


@pytest.mark.parametrize("work", ["double-leg", "double-leg-bent", "single-leg", "hover", "heel-taps"])
@pytest.mark.parametrize("tempo", ["3-0-2-1", "4-0-3-1", "3-0-1-1"])
def test_an_answer_never_takes_the_place_of_a_movement_cue(work: str, tempo: str, stage_of: StageOf) -> None:
    """Whatever is asked in every repetition, each way up is called as without it."""

    def called(words: tuple[str, ...]) -> list[tuple[int, str | None]]:
        stage = stage_of(f"exercise: {work}, repetitions: 6, tempo: {tempo}")
        found: list[tuple[int, str | None]] = []
        for turn in range(1, 7):
            stage.reach("lower", repetition=turn)
            for word in words:
                stage.hear(word)
            entered = [a for _, a in stage.actions if isinstance(a, Enter) and a.phase in ("lift", "return")]
            says = [a for _, a in stage.actions if isinstance(a, Say) and a.cue.kind == "movement"]
            found += [
                (a.repetition, a.side)
                for a in entered[-1:]
                if any(a.at - 0.01 <= say.due <= a.at + 0.05 for say in says)
            ]
        return found

    assert called(("how_many_left", "how_long", "slower")) == called(())


def test_breath_cues_stop_once_the_rhythm_is_there(stage_of: StageOf) -> None:
    """Two repetitions of a side; then short words only."""
    stage = stage_of("exercise: double-leg, repetitions: 6, tempo: 3-0-2-2")
    finished(stage)
    names = [a.cue.name for _, a in stage.actions if isinstance(a, Say)]
    assert names.count("return_long") == names.count("breathe_in") == 2
    assert names.count("return_up") == 4


@pytest.mark.parametrize(("sessions", "breaths"), [(0, 2), (1, 2), (2, 1)])
def test_the_practised_hear_of_the_breath_once_a_side(sessions: int, breaths: int, led: Led) -> None:
    """After that it goes up with a short word, as before."""
    said = led(UP_AND_DOWN, sessions)
    assert said.count("return_long") == said.count("breathe_in") == breaths
    assert said.count("return_up") == 6 - breaths


@pytest.mark.parametrize("level", [1, 2, 3])
def test_beginners_are_reminded_of_the_imprint_between_repetitions(level: int, stage_of: StageOf) -> None:
    """On the way up of every third; where sides take turns, of either. "One more" is enough at once."""
    stage = stage_of(f"exercise: {LADDER[level].name}, repetitions: 10")
    stage.reach("finished")
    phases = entered_in(stage)
    told = [
        max((a for a in phases if a.at <= say.due), key=lambda a: a.at)
        for say in says_in(stage, "imprint_again")
    ]
    assert {a.phase for a in told} <= {"lift", "return"}
    each = {1: (3, 6, 9, 3, 6, 9), 2: (3, 6, 9, 12, 15, 18), 3: (3, 6, 3, 6)}[level]
    assert [a.repetition for a in told] == list(each)
    assert {a.side for a in told} == {"left", "right"}


def test_who_wants_fewer_words_or_is_practised_is_not_reminded(stage_of: StageOf) -> None:
    """Less talk leaves it out, and from level 4 on nobody gets it."""
    stage = stage_of("exercise: single-leg, repetitions: 7")
    stage.reach("lower")
    stage.hear("less_talk")
    stage.reach("finished")
    assert says_in(stage, "imprint_again") == []
    assert sorted(level for level, e in LADDER.items() if "imprint_again" in e.cues) == [1, 2, 3]


@pytest.mark.parametrize("exercise", ["imprint-hold", "pelvic-tilts", "knee-hug"])
def test_every_hold_begins_with_its_number(exercise: str, stage_of: StageOf) -> None:
    """An answer waits: the number is what the person moves at."""
    stage = stage_of(f"exercise: {exercise}, repetitions: 3")
    stage.reach("hold", repetition=1)
    stage.wait(1)
    stage.hear("how_many_left")
    stage.reach("bottom")
    before = len(stage.actions)
    stage.reach("bottom")  # the whole second hold
    assert "number_2" in said_in([a for _, a in stage.actions[before:]])


def test_the_call_of_the_side_comes_before_an_answer(stage_of: StageOf) -> None:
    """Whoever moves in turn has to know which leg; the answer has what is left of the time."""
    stage = stage_of("exercise: heel-taps, repetitions: 6, tempo: 3-0-2-1")
    stage.reach("lower", repetition=2)
    stage.hear("how_many_left")
    stage.reach("lift", repetition=3)
    said = [a.cue.name for at, a in stage.actions if isinstance(a, Say) and at == stage.now]
    assert said == ["left_now", "to_go"]


# -- the last one


@pytest.mark.parametrize("repetitions", [4, 8, 10])
def test_the_last_lowering_is_announced_on_the_way_up_before_it(repetitions: int, stage_of: StageOf) -> None:
    """Where the legs start up, its own way up would be too late: nothing follows it."""
    stage = stage_of(f"exercise: double-leg, repetitions: {repetitions}")
    stage.reach("asking")
    before = [say.cue.name for say in _within(stage, "return", repetitions - 1)]
    assert before[0] in ("return_up", "return_long")
    assert "one_more" in before
    assert [say.cue.name for say in _within(stage, "return", repetitions)] == ["return_up"]
    assert [name for name in said_in(stage) if name in ("one_more", "last_one")] == ["one_more"]


def test_the_last_one_is_announced_for_every_side_of_every_set(stage_of: StageOf) -> None:
    """Once each."""
    stage = stage_of(f"{ONE_LEG}, sets: 2")
    stage.reach("asking")
    assert said_in(stage).count("one_more") == 4


@pytest.mark.parametrize(("exercise", "sides"), [("double-leg", 1), ("single-leg", 2), ("heel-taps", 1)])
def test_the_last_count_of_each_side_is_marked_and_no_other(
    exercise: str, sides: int, stage_of: StageOf
) -> None:
    """So that a voice that counts in tones says it in words: the set is over."""
    stage = stage_of(f"exercise: {exercise}, repetitions: 3")
    stage.reach("asking")
    counts = [action for _, action in stage.actions if isinstance(action, Count)]
    marked = [i for i, count in enumerate(counts) if count.last]
    assert marked == [(side + 1) * len(counts) // sides - 1 for side in range(sides)]
    assert all(counts[i].value == 1 for i in marked)


def test_a_hold_ends_on_its_beat_before_the_last_one_is_announced(stage_of: StageOf) -> None:
    """Letting go comes first."""
    stage = stage_of("exercise: imprint-hold, repetitions: 3")
    stage.reach("asking")
    first, *_ = said = _within(stage, "bottom", 2)
    assert [say.cue.name for say in said] == ["let_go", "last_one"]
    entered = [a for _, a in stage.actions if isinstance(a, Enter)]
    assert first.due == next(a.at for a in entered if (a.phase, a.repetition) == ("bottom", 2))


def test_where_the_legs_take_turns_the_last_side_is_called_too(stage_of: StageOf) -> None:
    """Before "last one", not instead."""
    stage = stage_of("exercise: heel-taps, repetitions: 3")
    stage.reach("asking")
    assert [say.cue.name for say in _within(stage, "lift", 6)][:2] == ["right_now", "last_one"]


# -- rest


def test_a_rest_announces_what_comes_and_ends_by_itself(stage_of: StageOf) -> None:
    """Rest counts down, and the next set goes in through imprint."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 2, rest: 40")
    stage.reach("rest")
    start = stage.now
    stage.reach("imprint")
    assert stage.now - start == pytest.approx(40)
    spoken = [a.cue.name for at, a in stage.actions if isinstance(a, Say) and at >= start]
    assert spoken[:4] == ["set_done", "release_supine", "rest", "next_up"]
    assert "rest_ten" in spoken


def test_a_rest_names_the_set_that_comes(stage_of: StageOf) -> None:
    """Not the one that is over."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 3, rest: 30")
    stage.reach("rest")
    assert [say.cue.text for say in says_in(stage, "next_up")] == ["Next is set two of three."]


@pytest.mark.parametrize(("seconds", "named"), [(14, 0), (15, 1)])
def test_what_is_set_up_at_once_is_not_named_before(seconds: int, named: int, led: Led) -> None:
    """The set-up after a short rest names it; another set of the same has none and is named all the same."""
    work = f"exercise: double-leg, repetitions: 1, sets: 2, rest: {seconds}\nexercise: hover, repetitions: 1"
    said = led(work, 0)
    assert said.count("next_exercise_up") == named
    assert said.count("next_up") == 1


def test_a_rest_is_counted_down(stage_of: StageOf) -> None:
    """Ten seconds, then three, two, one, each on its second."""
    stage = stage_of(WITH_REST)
    stage.reach("rest")
    start = stage.now
    stage.reach("imprint")
    end = stage.now
    said = {a.cue.name: a.due for at, a in stage.actions if isinstance(a, Say) and at > start}
    assert said["rest_ten"] == pytest.approx(end - 10)
    for seconds in (3, 2, 1):
        assert said[f"number_{seconds}"] == pytest.approx(end - seconds)


@pytest.mark.parametrize("rest", [0, 5])
def test_a_short_rest_is_not_counted_down_over_what_is_said(stage_of: StageOf, rest: int) -> None:
    """No number comes into a sentence, and none is late."""
    stage = stage_of(WITH_REST.replace("40", str(rest)))
    stage.reach("rest")
    stage.wait(100)
    end = next(
        a.at for a in actions_in(stage) if isinstance(a, Enter) and a.set == 2 and a.phase == "imprint"
    )
    numbers = [a for a in actions_in(stage) if isinstance(a, Say) and a.cue.name.startswith("number_")]
    for number in (a for a in numbers if end - 4 < a.due < end):
        assert (end - number.due) % 1 == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("rest", range(5, 16))
def test_a_rest_is_counted_down_whole_or_not_at_all(rest: int, stage_of: StageOf) -> None:
    """A lone "one" would mean nothing."""
    stage = stage_of(f"exercise: double-leg, repetitions: 1, sets: 2, rest: {rest}")
    stage.reach("rest")
    before = len(stage.actions)
    stage.reach("imprint")
    counted = tuple(name for name in said_in([a for _, a in stage.actions[before:]]) if name in COUNTDOWN)
    assert counted in ((), COUNTDOWN)


@pytest.mark.parametrize("before", [14.0, 12.5])
def test_ten_seconds_are_ten_seconds(before: float, stage_of: StageOf) -> None:
    """Where an answer takes their place, they are not said late; nor is a part of the countdown."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 2, rest: 40")
    stage.reach("rest")
    start = stage.now
    stage.wait(40 - before)
    stage.hear("what_can_i_say")
    stage.reach("imprint")
    end = stage.now
    said = [a for _, a in stage.actions if isinstance(a, Say) and a.due > start]
    for cue in said:
        if cue.cue.name == "rest_ten":
            assert end - cue.due == pytest.approx(10, abs=1)
    counted = [
        cue.cue.name for cue in said if cue.cue.name in ("number_3", "number_2", "number_1") and cue.due < end
    ]
    assert counted in ([], ["number_3", "number_2", "number_1"])


def test_a_stop_in_a_rest_ends_its_countdown(stage_of: StageOf) -> None:
    """Nothing is counted into the quiet."""
    stage = stage_of(WITH_REST)
    stage.reach("rest")
    stage.hear("stop")
    assert not any(name.startswith("number_") or name == "rest_ten" for name in said_in(stage.wait(60)))
