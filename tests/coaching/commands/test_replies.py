"""What the coach says to a person who wants to know something."""

from __future__ import annotations

import pytest

from assistant.coaching.actions import Count, Enter, Say, Silence
from assistant.coaching.position import seconds_left
from assistant.programme.voice import VoicePack
from tests.coaching.given import TWO_SETS, StageOf
from tests.coaching.told import accepted_in, said_in, says_in, spoken_until, texts_in
from tests.stand_ins import Stage

TWO = "exercise: double-leg, range: 2, repetitions: 3, tempo: 3-0-2-0, rest: 20, sets: 2"
ONE = "exercise: double-leg, range: 2, repetitions: 3"
LONG = "exercise: double-leg, range: 2, repetitions: 12, rest: 60, sets: 2"


def minutes_told(stage: Stage) -> str:
    return next(text for text in texts_in(stage.hear("how_long")) if "minute" in text)


# -- how many left


def test_how_many_left_is_answered_in_the_next_slot(stage: Stage) -> None:
    """With what is left then, on the beat."""
    stage.hear("how_many_left")
    said = [a for a in stage.wait(6) if isinstance(a, Say) and a.cue.name == "to_go"]
    assert [action.cue.text for action in said] == ["Six to go."]


def test_how_many_left_at_rest_counts_sets(stage: Stage) -> None:
    """In words."""
    stage.reach("rest")
    said = [a.cue.text for a in stage.hear("how_many_left") if isinstance(a, Say)]
    assert said == ["One more after this set."]


def test_how_many_left_counts_both_sides_once(stage_of: StageOf) -> None:
    """Where they take turns, as their numbers are spoken: for pairs."""
    stage = stage_of("exercise: heel-taps, repetitions: 6, tempo: 3-1-2-1")
    stage.reach("lower", repetition=3)
    stage.hear("how_many_left")
    assert "Four to go." in texts_in(stage.wait(8))


def test_the_last_repetition_leaves_none(stage: Stage) -> None:
    """It is called the last, not zero to go."""
    stage.reach("lower", repetition=8)
    stage.hear("how_many_left")
    assert "This is the last one." in texts_in(stage.wait(6))


def test_before_the_last_set_one_more_is_left_and_after_it_none(stage: Stage) -> None:
    """Warm-up and cool-down are no sets."""
    stage.hear("pause")
    assert texts_in(stage.hear("how_many_left")) == ["One more after this set."]
    stage.hear("carry_on")
    stage.hear("next_set")
    stage.hear("pause")
    assert texts_in(stage.hear("how_many_left")) == ["This is the last set."]
    assert texts_in(stage.hear("what_is_next")) == ["This is the last set."]


def test_what_is_still_to_do_is_right_where_the_exercise_changes(stage_of: StageOf) -> None:
    """No repetition is under way then."""
    stage = stage_of("exercise: double-leg, repetitions: 8, range: 1, tempo: 3-0-3-0")
    stage.reach("lower", repetition=3)
    stage.hear("easier")
    stage.wait(4)
    stage.hear("how_many_left")
    before = len(stage.actions)
    stage.reach("finished")
    after = [a for _, a in stage.actions[before:]]
    lowered = {a.repetition for a in after if isinstance(a, Enter) and a.phase == "lower"}
    assert len(lowered) == 5
    assert "Five to go." in texts_in(after)


def test_how_many_left_in_the_last_way_up_is_about_sets(stage_of: StageOf) -> None:
    """It is answered in the rest, where no repetition is the last one any more."""
    stage = stage_of(TWO)
    stage.reach("return", 3)
    stage.hear("how_many_left")
    stage.reach("rest")
    said = said_in(stage)
    assert "last_repetition" not in said
    assert said[-1] == "sets_to_go"


def test_before_the_cool_down_only_that_is_left(stage_of_parts: StageOf) -> None:
    """This was the last set of work, and is not the last of all."""
    stage = stage_of_parts(ONE)
    stage.reach("lower")
    stage.reach("rest")
    assert said_in(stage.hear("how_many_left"))[-1] == "only_cool_down"


def test_the_cool_down_is_all_that_is_left_only_after_the_last_work(
    stage_of_parts: StageOf,
) -> None:
    """Stopped before the second side, this set is still to do."""
    stage = stage_of_parts("exercise: single-leg, repetitions: 4")
    stage.reach("rest")
    stage.reach("lower", repetition=3)
    stage.hear("stop")
    stage.wait(8)
    assert texts_in(stage.hear("how_many_left")) == ["This is the last set."]
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("rest")
    assert texts_in(stage.hear("how_many_left")) == ["Only the cool-down is left."]


# -- how long


def test_how_long_is_one_minute_or_several(stage_of: StageOf) -> None:
    """Never "one minutes"."""
    short = stage_of("exercise: double-leg, repetitions: 1")
    short.reach("setup")
    assert texts_in(short.hear("how_long")) == ["About one minute to go."]
    long = stage_of(TWO_SETS)
    long.reach("setup")
    assert texts_in(long.hear("how_long")) == ["About three minutes to go."]


def test_two_minutes_are_several(stage_of: StageOf) -> None:
    """Ten repetitions of six seconds, and what is around them."""
    stage = stage_of("exercise: double-leg, repetitions: 10")
    stage.reach("setup")
    stage.hear("how_long")
    assert [say.cue.text for say in says_in(stage, "minutes_to_go")] == ["About two minutes to go."]


def test_a_set_that_was_ended_takes_no_more_time(stage_of: StageOf) -> None:
    """After the drill the next set follows at once."""
    stage = stage_of(LONG)
    stage.reach("lower")
    before = seconds_left(stage.session.position)
    stage.hear("arching")
    stage.wait(30)
    assert stage.phase == "paused"
    assert minutes_told(stage) == "About two minutes to go."
    assert seconds_left(stage.session.position, 0.0) < before / 2


def test_in_the_rest_only_what_is_left_of_it_counts(stage_of: StageOf) -> None:
    """It goes down second by second."""
    stage = stage_of("exercise: double-leg, range: 2, repetitions: 2, rest: 60, sets: 2")
    stage.reach("rest")
    assert minutes_told(stage) == "About two minutes to go."
    stage.wait(45)
    assert minutes_told(stage) == "About one minute to go."


# -- where


def test_what_is_next_and_where_am_i(stage_of: StageOf) -> None:
    """The title of the next set, and the number of this one."""
    stage = stage_of("exercise: double-leg, repetitions: 1, sets: 2\nexercise: imprint-hold")
    stage.reach("rest")
    titles = {name: exercise.title for name, exercise in stage.session.position.plan.exercises.items()}
    assert texts_in(stage.hear("what_is_next")) == [f"Next is {titles['double-leg']}."]
    where = texts_in(stage.hear("where_am_i"))[0]
    assert where.lower() == f"{titles['double-leg']}, set one of two.".lower()


def test_what_is_next_before_the_first_set_is_the_first(stage_of_parts: StageOf, pack: VoicePack) -> None:
    """It has not begun."""
    plan = stage_of_parts("exercise: double-leg, repetitions: 2").session.position.plan
    stage = Stage(plan, pack, lie_down_seconds=12)
    stage.wait(9)
    assert stage.phase == "greeting"
    first = plan.exercises[plan.sets[0].exercise].title
    assert texts_in(stage.hear("what_is_next")) == [f"Next is {first}."]


def test_what_is_next_knows_of_a_harder_wish(stage_of: StageOf) -> None:
    """It is what will be set up, also in what is shown and said by itself."""
    stage = stage_of("exercise: double-leg-bent, repetitions: 3, range: 3, sets: 2, rest: 60")
    stage.reach("lower", repetition=2)
    stage.hear("harder")
    harder = stage.session.position.plan.exercises[
        str(stage.session.position.plan.exercises["double-leg-bent"].progression)
    ]
    before = len(stage.actions)
    stage.reach("rest")
    shown = [a.following for _, a in stage.actions[before:] if isinstance(a, Enter) and a.phase == "rest"]
    assert shown == [harder.title]
    stage.wait(10)
    assert f"Next comes {harder.title}." in texts_in([a for _, a in stage.actions[before:]])
    assert texts_in(stage.hear("what_is_next")) == [f"Next is {harder.title}."]


# -- what can be said, and what was said


def test_what_can_be_said_is_said_in_the_rest(stage: Stage) -> None:
    """While moving only that it will be."""
    stage.hear("what_can_i_say")
    names = said_in(stage.wait(8))
    assert "later" in names
    assert "options" not in names
    stage.reach("rest")
    assert "options" in said_in([action for _, action in stage.actions])


def test_say_that_again_repeats_the_question(stage: Stage) -> None:
    """From its beginning, whatever of it is still to be said."""
    stage.hear("pain")
    actions = stage.hear("say_that_again")
    assert said_in(actions) == ["ask_where"]
    assert isinstance(actions[0], Silence)


def test_say_that_again_repeats_what_was_said_last(stage: Stage) -> None:
    """What was no instruction: at rest at once, while moving in the next slot, answers included."""
    stage.hear("how_many_left")
    stage.wait(6)
    stage.hear("say_that_again")
    assert "Six to go." in texts_in(stage.wait(6))
    stage.reach("rest")
    stage.wait(12)
    actions = stage.hear("say_that_again")
    assert accepted_in(actions)
    assert texts_in(actions) == ["Next is set two of two."]


@pytest.mark.parametrize("command", ["how_many_left", "how_long", "why", "click", "slower", "burning"])
def test_an_answer_does_not_lose_the_beat(command: str, stage_of: StageOf) -> None:
    """Every count comes when it would have come without the question."""
    counts: list[list[float]] = []
    for asked in (False, True):
        stage = stage_of(TWO_SETS.replace("range: 2", "range: 3"))
        stage.reach("lower", repetition=2)
        stage.wait(0.4)
        if asked:
            stage.hear(command)
        stage.reach("lower", repetition=3)
        counts.append([a.due for _, a in stage.actions if isinstance(a, Count)])
    assert counts[0] == counts[1][: len(counts[0])]


@pytest.mark.parametrize("command", ["yes", "no", "number", "place", "muscle", "joint", "vague", "unsure"])
def test_an_answer_to_nothing_is_kindly_refused(command: str, stage: Stage) -> None:
    """It leads nowhere."""
    stage.reach("rest")
    actions = stage.hear(command, **({"number": 3} if command == "number" else {}))
    assert not accepted_in(actions)
    assert said_in(actions) == ["not_asked"]
    assert stage.phase == "rest"


@pytest.mark.parametrize(("before", "line"), [("stop", "still_stopped"), ("pause", "still_paused")])
def test_ready_before_carry_on_is_told_what_to_say(before: str, line: str, stage: Stage) -> None:
    """And nothing moves."""
    stage.hear(before)
    phase = stage.phase
    assert said_in(stage.hear("ready")) == [line]
    assert stage.phase == phase


def test_a_wrong_answer_leaves_the_question_open(stage: Stage) -> None:
    """It is waited for, and asked again."""
    stage.hear("pain", where="back")
    stage.hear("yes")
    assert stage.coach.question == "how_sore"
    assert "ask_how_sore" in said_in(stage.wait(20))


# -- why and how


@pytest.mark.parametrize(
    ("phase", "short"), [("lower", "why_lower"), ("return", "why_lift"), ("imprint", "why_imprint")]
)
def test_why_is_a_short_sentence_while_somebody_moves(phase: str, short: str, stage_of: StageOf) -> None:
    """About what happens now; asked again, the long one comes in the rest."""
    stage = stage_of(TWO_SETS.replace("sets: 2", "sets: 3"))
    stage.reach(phase)
    stage.hear("why")
    stage.hear("why")
    names = said_in(stage.wait(30))
    assert {short, "later"} <= set(names)
    assert f"{short}_long" not in names
    stage.reach("rest")
    assert f"{short}_long" in said_in([action for _, action in stage.actions])


def test_why_in_the_rest_is_the_longer_form_and_each_time_another(stage: Stage) -> None:
    """From the benefits to the names and to what leg lifts do not do."""
    stage.reach("rest")
    said = [said_in(stage.hear("why"))[0] for _ in range(5)]
    assert said == [
        *("why_leg_lifts_long", "why_posture_long", "why_names_long", "why_fat_long"),
        "why_leg_lifts_long",
    ]


@pytest.mark.parametrize(
    ("command", "long"),
    [
        ("pinch", "why_pinch_long"),
        ("arching", "why_range_long"),
        ("lost_it", "why_imprint_long"),
        ("pause", "why_waiting"),
        ("stop", "why_waiting"),
    ],
)
def test_why_is_about_what_was_just_done(command: str, long: str, stage: Stage) -> None:
    """In the pause that it led to."""
    stage.hear(command)
    assert said_in(stage.hear("why")) == [long]


@pytest.mark.parametrize(
    ("command", "short"),
    [
        ("easier", "why_range"),
        ("click", "why_click"),
        ("slower", "why_lower"),
        ("harder", "why_harder"),
        ("shaking", "why_shaking"),
        ("burning", "why_burning"),
    ],
)
def test_why_is_about_what_was_just_changed(command: str, short: str, stage: Stage) -> None:
    """Between two beats; half a minute later it is about the movement again."""
    stage.hear(command)
    stage.hear("why")
    assert short in said_in(stage.wait(13))
    stage.wait(20)
    stage.reach("return")
    stage.hear("why")
    assert "why_lift" in said_in(stage.wait(12))


@pytest.mark.parametrize("phase", ["setup", "rest", "paused"])
def test_how_is_the_long_form_while_nothing_moves(phase: str, stage_of: StageOf) -> None:
    """Position, range and what to check, in this order."""
    stage = stage_of(TWO_SETS)
    stage.reach("lower" if phase == "paused" else phase)
    if phase == "paused":
        stage.hear("pause")
    exercise = stage.session.position.load.exercise
    assert exercise.checks
    said = said_in(stage.hear("how_do_i_do_this"))
    expected = [exercise.cues["setup"], exercise.range_cue(2), *exercise.checks]
    assert said == ([*expected, "say_ready"] if phase == "setup" else expected)
    assert stage.phase == phase


def test_how_is_a_reminder_while_somebody_moves_and_long_in_the_rest(stage: Stage) -> None:
    """The reminder as soon as it fits."""
    stage.hear("how_do_i_do_this")
    cues = stage.session.position.load.exercise.cues
    stage.reach("rest")
    said = said_in([action for _, action in stage.actions])
    asked = len(said) - said[::-1].index(cues["setup"]) - 1
    assert cues["reminder"] in said[:asked]
    assert said.count(cues["setup"]) == 2


def test_an_explanation_is_not_cut_off_by_the_end_of_the_rest(stage: Stage) -> None:
    """The rest lasts some seconds longer than it."""
    stage.reach("rest")
    stage.wait(40)
    stage.hear("how_do_i_do_this")
    over = spoken_until(stage)
    stage.reach("imprint")
    assert stage.now >= over + 5


@pytest.mark.parametrize("safety", ["stop", "pain"])
def test_nothing_is_explained_between_stop_and_ready(safety: str, stage: Stage) -> None:
    """Only the release is an instruction then."""
    stage.hear(safety)
    actions = stage.hear("how_do_i_do_this")
    assert not accepted_in(actions)
    assert not any(isinstance(a, Say) and a.cue.kind == "movement" for a in actions)


def test_nothing_is_explained_in_a_pause_that_came_after_stop(stage: Stage) -> None:
    """Ready has not been said since."""
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("pause")
    assert stage.phase == "paused"
    assert said_in(stage.hear("how_do_i_do_this")) == ["not_now"]
