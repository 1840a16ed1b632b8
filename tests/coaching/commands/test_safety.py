"""Stop, pain, red flags, help: silence, release, and only questions after that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.actions import (
    Action,
    Answer,
    Ask,
    Change,
    Count,
    Enter,
    Finish,
    Note,
    Release,
    Say,
    Silence,
)
from assistant.coaching.events import SAFETY_COMMANDS, Interrupted, TroubleBegan
from assistant.coaching.history import EXPERIENCED
from assistant.coaching.phases import MOVING, PHASES
from assistant.library.session import load_voice
from assistant.places import shipped
from assistant.programme.voice import VoicePack
from tests.coaching.given import DEEP, SHALLOW, SLOTS, Begin, PlanOf, StageOf, sore_back
from tests.coaching.told import actions_in, asked_in, changes_in, ended_in, notes_in, said_in, texts_in
from tests.stand_ins import Stage

FLAGS = ["chest", "dizzy", "faint", "unwell", "breathless", "numb", "tingling", "weak_leg", "shooting"]


def _kinds(actions: list[Action]) -> list[str]:
    return [type(action).__name__ for action in actions]


def _rate(stage: Stage, where: str, score: int) -> list[Action]:
    stage.hear("pain")
    stage.hear("place", where=where)
    return stage.hear("number", number=score)


@pytest.fixture
def work() -> str:
    """One leg after the other."""
    return DEEP


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """In the middle of the lowering."""
    stage.wait(0.8)
    return stage


# -- stop, carry on, ready


def test_stop_is_silence_then_the_release(stage: Stage) -> None:
    """In this order, and with a moment of quiet between them."""
    actions = stage.hear("stop")
    assert _kinds(actions)[:3] == ["Silence", "Enter", "Listen"]
    silence = next(a for a in actions if isinstance(a, Silence))
    release = next(a for a in actions if isinstance(a, Release))
    assert silence.at == stage.now
    assert release.due == pytest.approx(stage.now + 0.3)
    assert release.cue.text == "Bend your knees. Feet down."
    assert stage.phase == "stopped"


def test_stop_takes_back_what_was_due(stage: Stage) -> None:
    """No count, no cue of the movement after it, however long it lasts."""
    stage.hear("stop")
    for action in stage.wait(170):
        assert not isinstance(action, Count)
        if isinstance(action, Say):
            assert action.cue.kind != "movement"


def test_silence_after_stop_is_asked_twice_and_then_ends(stage: Stage) -> None:
    """At 15 s and 60 s, and at 3 min the session is ended and saved."""
    stage.hear("stop")
    start = stage.now
    stage.wait(300)
    asked = [at - start for at, a in stage.actions if isinstance(a, Say) and a.cue.name == "still_stopped"]
    assert len(asked) == 2
    assert 15 < asked[0] < 25
    assert 60 < asked[1] < 70
    ended = next(at for at, a in stage.actions if isinstance(a, Finish))
    assert 180 < ended - start < 190
    assert ended_in(stage) == "silence"


def test_carry_on_asks_for_ready_and_ready_resumes_the_repetition(stage: Stage) -> None:
    """Through imprint and get_ready, at the repetition that was interrupted."""
    stage.hear("stop")
    assert asked_in(stage.hear("carry_on")) == ["ready"]
    assert stage.phase == "asking"
    stage.wait(5)
    stage.hear("ready")
    assert stage.phase == "imprint"
    stage.reach("lower")
    entered = [a for _, a in stage.actions if isinstance(a, Enter)][-1]
    assert (entered.set, entered.repetition, entered.side) == (1, 2, "left")


def test_finish_after_stop_ends(stage: Stage) -> None:
    """Whether to end is not asked again."""
    stage.hear("stop")
    stage.hear("finish")
    assert stage.coach.question == "effort"
    stage.wait(60)
    assert ended_in(stage) == "asked"


@pytest.mark.parametrize("command", ["next_set", "skip", "repeat", "ready", "next_exercise", "more_rest"])
def test_nothing_else_gets_past_stop(stage: Stage, command: str) -> None:
    """Only "carry on" does."""
    stage.hear("stop")
    stage.hear(command)
    assert stage.phase == "stopped"


def test_pausing_the_question_does_not_get_past_stop(stage: Stage) -> None:
    """Stop, carry on, pause, carry on: ready is still asked for."""
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("pause")
    assert stage.phase == "paused"
    assert asked_in(stage.hear("carry_on")) == ["ready"]


def test_stop_silences_the_farewell_too(stage_of: StageOf) -> None:
    """And chest pain gets its answer after the last set as well."""
    stage = stage_of("exercise: double-leg, repetitions: 1")
    stage.reach("finished")
    actions = stage.hear("stop")
    assert isinstance(actions[0], Silence)
    assert next(a for a in actions if isinstance(a, Answer)).accepted
    actions = stage.hear("red_flag", flag="chest")
    assert [a.cue.name for a in actions if isinstance(a, Say)] == ["emergency"]
    assert stage.coach.over_at is None


@pytest.mark.parametrize("phase", [phase for phase in PHASES if phase != "finished"])
@pytest.mark.parametrize("command", ["stop", "pain", "red_flag"])
def test_safety_is_silence_and_release_in_every_phase(phase: str, command: str, stage_in: StageOf) -> None:
    """Silence is the first of all actions, and the only instruction is the release."""
    stage = stage_in(phase)
    actions = stage.hear(command, **SLOTS.get(command, {}))
    assert isinstance(actions[0], Silence)
    if not (phase == "asking" and command == "pain"):
        assert any(isinstance(action, Release) for action in actions)
    assert not any(isinstance(action, Say) and action.cue.kind == "movement" for action in actions)
    assert stage.phase in ("stopped", "asking")


def test_the_safety_commands_are_those_that_the_voice_marks() -> None:
    """The coach and the hearing agree on what is acted on first."""
    voice = load_voice(str(shipped("voices") / "en"))
    assert {command.name for command in voice.commands.commands if command.safety} == SAFETY_COMMANDS


# -- red flags


@pytest.mark.parametrize("flag", FLAGS)
def test_a_red_flag_is_said_back(flag: str, stage: Stage) -> None:
    """After the release; each in words of its own, and one without a name as well."""
    actions = stage.hear("red_flag", flag=flag)
    released = next(i for i, action in enumerate(actions) if isinstance(action, Release))
    asked = [a.cue.text for a in actions[released:] if isinstance(a, Say) and a.cue.name == "ask_red_flag"]
    words = stage.session.script.cues[f"flag_{flag}"].text
    assert asked == [f"Did you say {words}? Yes or no."]
    stage.session.body.flag = "of a voice of one's own"
    again = [a.cue.text for a in stage.hear("stop") if isinstance(a, Say)]
    assert again == ["Did you say unwell? Yes or no."]


def test_a_red_flag_confirmed_ends_with_emergency_words(stage: Stage) -> None:
    """One question; yes ends the session."""
    assert asked_in(stage.hear("red_flag", flag="chest")) == ["unwell"]
    actions = stage.hear("yes")
    assert any(isinstance(a, Say) and a.cue.name == "emergency" for a in actions)
    assert [a for a in actions if isinstance(a, Note)] == [Note("red_flag", "chest")]
    assert ended_in(stage) == "red_flag"


def test_a_red_flag_without_an_answer_ends_with_the_same_words(stage: Stage) -> None:
    """It is asked twice; what was not confirmed locks nothing, but is asked about next time."""
    stage.hear("red_flag", flag="dizzy")
    assert asked_in(stage.wait(14)) == ["unwell"]
    actions = stage.wait(14)
    assert "emergency" in said_in(actions)
    assert notes_in(actions) == [Note("red_flag_heard", "dizzy")]
    assert ended_in(stage) == "red_flag"


def test_a_red_flag_denied_is_asked_what_it_was(stage: Stage) -> None:
    """Nothing is remembered of it; carry on and ready lead on, as after a stop."""
    stage.hear("red_flag", flag="numb")
    assert asked_in(stage.hear("no")) == ["what"]
    assert "go_on_gently" in said_in(stage.hear("fine"))
    assert stage.phase == "stopped"
    assert asked_in(stage.hear("carry_on")) == ["ready"]
    assert not [note for note in notes_in(stage) if note.what.startswith("red_flag")]


def test_what_was_taken_for_a_red_flag_may_be_pain(stage: Stage) -> None:
    """It is rated as any other."""
    stage.hear("red_flag", flag="numb")
    stage.hear("no")
    assert said_in(stage.hear("place", where="knee", side="left"))[-2:] == ["sore_place", "ask_how_sore"]
    stage.hear("number", number=6)
    assert Note("sore", "left knee 6") in notes_in(stage)
    assert ended_in(stage) == "pain"


@pytest.mark.parametrize("word", ["pain", "red_flag", "stop"])
def test_safety_comes_before_what_it_was(word: str, stage: Stage) -> None:
    """What is said then is acted on first, and the question does not get lost."""
    stage.hear("red_flag", flag="numb")
    stage.hear("no")
    actions = stage.hear(word, **SLOTS.get(word, {}))
    assert isinstance(actions[0], Silence)
    asked = {"pain": "where", "red_flag": "unwell", "stop": None}[word]
    assert stage.coach.question == asked
    if word == "stop":
        assert asked_in(stage.hear("carry_on")) == ["what"]


def test_who_does_not_say_what_it_was_stays_stopped(stage: Stage) -> None:
    """Nobody has said that all is well."""
    stage.hear("red_flag", flag="numb")
    stage.hear("no")
    stage.wait(30)
    assert stage.phase == "stopped"
    assert stage.session.body.needs_ready


def test_the_red_flags_are_these(pack: VoicePack) -> None:
    """None is lost from the voice."""
    assert [value.value for value in pack.commands.lists["flag"]] == FLAGS


@pytest.mark.parametrize("flag", FLAGS)
def test_every_red_flag_is_remembered_by_its_name(flag: str, stage_of: StageOf) -> None:
    """Once the one question about it is answered with yes; the session is over then."""
    stage = stage_of("exercise: double-leg, repetitions: 4")
    stage.reach("lower")
    assert isinstance(stage.hear("red_flag", flag=flag)[0], Silence)
    assert stage.coach.question == "unwell"
    assert Note("red_flag", flag) in stage.hear("yes")
    assert ended_in(stage) == "red_flag"


def test_an_open_red_flag_is_not_wiped_out(stage_of: StageOf) -> None:
    """Pain or stop asks for it again, and silence ends with the emergency words."""
    for command in ("pain", "stop"):
        stage = stage_of("exercise: double-leg, repetitions: 3")
        stage.reach("lower")
        stage.hear("red_flag", flag="chest")
        actions = stage.hear(command)
        assert [a.question for a in actions if isinstance(a, Ask)] == ["unwell"]
        stage.wait(400)
        assert next(a.ended for _, a in stage.actions if isinstance(a, Finish)) == "red_flag"


def test_a_red_flag_denied_does_not_bring_leg_lifts_back(stage_of: StageOf) -> None:
    """The offer that was open is made again."""
    stage = stage_of(SHALLOW)
    stage.reach("lower")
    stage.hear("pain", where="back")
    stage.hear("number", number=4)
    stage.hear("red_flag", flag="numb")
    assert asked_in(stage.hear("no")) == ["side_branch"]


@pytest.mark.parametrize("first", ["pain", "red_flag"])
def test_pain_is_asked_about_after_a_red_flag_that_was_none(first: str, stage_of: StageOf) -> None:
    """Whichever was said first."""
    stage = stage_of(SHALLOW)
    stage.reach("lower")
    for word in (first, "red_flag" if first == "pain" else "pain"):
        stage.hear(word, **{"flag": "numb"} if word == "red_flag" else {"where": "back"})
    assert stage.coach.question == "unwell"
    assert asked_in(stage.hear("no")) == ["how_sore"]
    stage.hear("number", number=8)
    assert Note("sore", "back 8") in [action for _, action in stage.actions]


# -- help


def test_help_while_moving_asks_whether_somebody_is_hurt(stage: Stage) -> None:
    """As stop; yes leads to where it is sore."""
    actions = stage.hear("help")
    assert isinstance(actions[0], Silence)
    assert asked_in(actions) == ["hurt"]
    assert asked_in(stage.hear("yes")) == ["where"]


@pytest.mark.parametrize("phase", ["rest", "setup", "paused", "stopped"])
def test_help_while_nothing_moves_asks_whether_somebody_is_hurt(stage_of: StageOf, phase: str) -> None:
    """And nothing goes on by itself."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 2, rest: 20")
    stage.reach(phase if phase in ("rest", "setup") else "lower")
    if phase in ("paused", "stopped"):
        stage.hear({"paused": "pause", "stopped": "stop"}[phase])
    assert stage.phase == phase
    assert asked_in(stage.hear("help")) == ["hurt"]
    assert asked_in(stage.hear("no")) == ["carry_on"]
    assert stage.phase == "stopped"


def test_help_before_the_first_set_says_what_can_be_said(begin: Begin) -> None:
    """There is nothing to be hurt by yet."""
    stage = begin(EXPERIENCED)
    stage.wait(1)
    assert said_in(stage.hear("help")) == ["options"]


@pytest.mark.parametrize(
    ("where", "score", "line"),
    [("back", 2, "warm_up_left_easier"), ("hip", 4, "warm_up_left_easier"), ("knee", 1, "warm_up_left")],
)
def test_pain_in_the_warm_up_is_not_answered_with_the_same_movement(
    stage_of_parts: StageOf, where: str, score: int, line: str
) -> None:
    """What comes after "ready" is the next exercise; the lifts are easier where they load what hurts."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2")
    stage.reach("hold")
    hurting = stage.session.position.load.exercise.name
    stage.hear("pain", where=where)
    assert said_in(stage.hear("number", number=score)) == [line]
    stage.hear("carry_on")
    stage.hear("ready")
    exercise = stage.session.position.load.exercise
    assert exercise.name != hurting
    assert exercise.name == ("double-leg" if where == "knee" else "double-leg-bent")


@pytest.mark.parametrize(
    ("where", "line"),
    [
        *(("neck", "go_on_neck"), ("shoulder", "go_on_shoulder"), ("knee", "go_on_knee")),
        *(("stomach", "go_on_stomach"), ("calf", "go_on_gently")),
    ],
)
def test_a_little_pain_elsewhere_is_told_what_helps(stage: Stage, where: str, line: str) -> None:
    """By its place."""
    assert said_in(_rate(stage, where, 2))[-1] == line


@pytest.mark.parametrize("phase", MOVING)
def test_help_stops_whatever_moves(phase: str, stage_in: StageOf) -> None:
    """As stop does."""
    stage = stage_in(phase)
    assert isinstance(stage.hear("help")[0], Silence)
    assert stage.phase == "asking"


@pytest.mark.parametrize("ends", ["silence", "interrupted"])
def test_a_call_for_help_without_an_answer_is_no_denial_of_pain(ends: str, stage_of: StageOf) -> None:
    """Where the session ends before anybody says whether they are hurt."""
    stage = stage_of(DEEP)
    stage.reach("lower")
    stage.hear("help")
    if ends == "interrupted":
        stage.happen(Interrupted())
    else:
        stage.happen(TroubleBegan("microphone_lost"))
        stage.wait(200)
    assert ended_in(stage) == ends
    assert notes_in(stage)[-2:] == [Note("hurt", True), Note("sore", "pain not rated")]


@pytest.mark.parametrize(("answer", "hurt"), [("yes", [True]), ("no", [True, False])])
def test_a_call_for_help_is_remembered_until_pain_is_denied(
    answer: str, hurt: list[bool], stage_of: StageOf
) -> None:
    """At once, so that a power cut does not make it unsaid."""
    stage = stage_of(DEEP)
    stage.reach("lower")
    stage.hear("help")
    stage.hear(answer)
    assert [note.value for note in notes_in(stage) if note.what == "hurt"] == hurt


# -- pain


def test_pain_asks_where_and_how_sore(stage: Stage) -> None:
    """After silence and release."""
    actions = stage.hear("pain")
    assert isinstance(actions[0], Silence)
    assert any(isinstance(action, Release) for action in actions)
    assert asked_in(actions) == ["where"]
    assert asked_in(stage.hear("place", where="hip")) == ["how_sore"]


def test_the_place_is_spoken_back_with_its_side(stage: Stage) -> None:
    """Before it is asked how sore it is, also where it was told at first."""
    stage.hear("pain")
    actions = stage.hear("place", where="knee", side="left")
    assert texts_in(actions) == ["Left knee.", "How sore is it? From none to ten."]
    actions = stage.hear("pain", where="wrist")
    assert texts_in(actions) == ["Wrist.", "How sore is it? From none to ten."]


@pytest.mark.parametrize(
    ("slots", "note"),
    [
        ({"where": "knee", "side": "left"}, "left knee 3"),
        ({"where": "calf", "side": "right", "kind": "dull"}, "right calf 3, dull"),
        ({"where": "thigh", "kind": "pulling"}, "thigh 3, pulling"),
    ],
)
def test_place_side_and_kind_are_remembered(stage: Stage, slots: dict[str, str], note: str) -> None:
    """In plain words."""
    stage.hear("pain", **slots)
    assert Note("sore", note) in stage.hear("number", number=3)


@pytest.mark.parametrize("first", ["kind", "place"])
def test_pain_is_told_bit_by_bit(stage: Stage, first: str) -> None:
    """What was said before is not forgotten, and only what is missing is asked."""
    told = {"kind": {"kind": "stabbing"}, "place": {"where": "back", "side": "left"}}
    second = "place" if first == "kind" else "kind"
    stage.hear("pain", **told[first])
    assert asked_in(stage.hear("pain", **told[second])) == ["how_sore"]
    assert Note("sore", "left back 1, stabbing") in stage.hear("number", number=1)
    assert ended_in(stage) == "pain"


def test_new_pain_has_nothing_of_the_last(stage: Stage) -> None:
    """Once that was dealt with."""
    stage.hear("pain", where="knee", side="left", kind="dull")
    stage.hear("number", number=1)
    stage.hear("pain")
    assert asked_in(stage.hear("place", where="knee")) == ["how_sore"]
    assert Note("sore", "knee 1") in stage.hear("number", number=1)


def test_an_old_place_is_not_taken_for_that_of_a_call_for_help(stage: Stage) -> None:
    """Where it hurts is asked."""
    stage.hear("pain", where="knee")
    stage.hear("number", number=1)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    stage.hear("help")
    assert asked_in(stage.hear("yes")) == ["where"]
    stage.wait(30)
    assert Note("sore", "pain not rated") in notes_in(stage)


def test_a_sore_groin_is_taken_as_a_sore_hip(stage: Stage) -> None:
    """One level lower, and remembered as the groin."""
    stage.hear("pain", where="groin", side="left")
    changes = [a for a in stage.hear("number", number=4) if isinstance(a, Change)]
    assert [(change.before, change.why) for change in changes] == [("single-leg", "left groin 4")]


def test_pain_that_says_where_is_only_rated(stage: Stage) -> None:
    """ "My back" needs no question where."""
    assert asked_in(stage.hear("pain", where="back")) == ["how_sore"]


def test_a_slightly_sore_back_makes_it_one_step_shallower(stage: Stage) -> None:
    """Once; it is said and recorded, and still nobody moves before "carry on" and "ready"."""
    actions = _rate(stage, "back", 2)
    changes = [a for a in actions if isinstance(a, Change)]
    assert [(c.what, c.before, c.after, c.why) for c in changes] == [("range", "3", "2", "back 2")]
    assert any(isinstance(a, Say) and a.cue.name == "shallower_from_here" for a in actions)
    assert stage.phase == "stopped"
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    assert stage.session.position.load.range_step == 2


def test_a_sore_back_at_the_shallowest_range_gets_an_easier_exercise(
    stage_of: StageOf,
) -> None:
    """There is no range left to take back."""
    stage = stage_of("exercise: single-leg, repetitions: 6, range: 1")
    below = stage.session.position.plan.exercises["single-leg"].regression
    stage.reach("lower")
    changes = [a for a in _rate(stage, "back", 1) if isinstance(a, Change)]
    assert [(c.what, c.after) for c in changes] == [("exercise", below)]
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.phase == "setup"


def test_a_sore_back_a_second_time_ends_the_leg_lifts(stage: Stage) -> None:
    """However little it is sore."""
    _rate(stage, "back", 1)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    assert asked_in(_rate(stage, "back", 1)) == ["side_branch"]


@pytest.mark.parametrize("score", [0, 2, 5])
def test_a_sore_hip_regresses_one_level(stage: Stage, score: int) -> None:
    """And nothing above it comes later in the session."""
    exercises = stage.session.position.plan.exercises
    below = exercises["single-leg"].regression
    assert below is not None
    changes = [a for a in _rate(stage, "hip", score) if isinstance(a, Change)]
    assert [(c.what, c.before, c.after) for c in changes] == [("exercise", "single-leg", below)]
    assert stage.session.position.level_cap == exercises[below].level


@pytest.mark.parametrize("score", [6, 8, 10])
@pytest.mark.parametrize("where", ["back", "hip", "groin"])
def test_much_pain_where_lifts_load_ends_the_session(stage: Stage, where: str, score: int) -> None:
    """Nothing is offered instead, and a doctor or a trainer is advised."""
    actions = _rate(stage, where, score)
    assert ended_in(stage) == "pain"
    assert said_in(actions) == ["end_session"]


@pytest.mark.parametrize("score", [3, 5])
def test_more_than_a_little_ends_the_leg_lifts_and_offers_gentle_work(stage: Stage, score: int) -> None:
    """Yes leads to the side branch, still only through "carry on" and "ready"; it is recorded."""
    assert asked_in(_rate(stage, "back", score)) == ["side_branch"]
    actions = stage.hear("yes")
    gentle = stage.session.position.plan.side_branch[0].exercise
    changes = [a for a in actions if isinstance(a, Change)]
    assert [(c.before, c.after, c.why) for c in changes] == [("single-leg", gentle, f"back {score}")]
    assert stage.phase == "stopped"
    said = [a.cue.text for a in actions if isinstance(a, Say)]
    assert any("doctor or a trainer" in text for text in said)
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.phase == "setup"
    assert stage.session.position.load.exercise.name == gentle


@pytest.mark.parametrize("answer", ["no", None])
def test_gentle_work_that_nobody_wants_ends_the_session(stage: Stage, answer: str | None) -> None:
    """No answer is a no; a doctor or a trainer is advised."""
    _rate(stage, "back", 4)
    actions = stage.wait(60) if answer is None else stage.hear(answer)
    assert ended_in(stage) == "pain"
    assert any(isinstance(a, Say) and "doctor or a trainer" in a.cue.text for a in actions)


def test_after_gentle_work_the_session_still_ended_by_pain(stage: Stage) -> None:
    """So that the next one starts lower; what is done spares the back."""
    _rate(stage, "back", 4)
    stage.hear("yes")
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("finished")
    assert ended_in(stage) == "pain"
    worked = {a.exercise for _, a in stage.actions if isinstance(a, Enter) and a.phase == "rest"}
    assert worked <= {work.exercise for work in stage.session.position.plan.side_branch} - {"plank-leg-lift"}


def test_gentle_work_that_hurts_too_is_not_offered_again(stage: Stage) -> None:
    """The session ends."""
    _rate(stage, "back", 4)
    stage.hear("yes")
    stage.hear("carry_on")
    stage.hear("ready")
    stage.wait(1)
    stage.hear("ready")
    assert stage.phase == "imprint"
    _rate(stage, "hip", 9)
    assert ended_in(stage) == "pain"


@pytest.mark.parametrize("place", ["elsewhere", None])
def test_more_than_a_little_elsewhere_ends_with_advice(stage: Stage, place: str | None) -> None:
    """A doctor or a trainer is named; a place that is not told counts as elsewhere."""
    stage.hear("pain")
    if place is None:
        stage.wait(60)
    else:
        stage.hear("place", where=place)
        stage.hear("number", number=3)
    assert ended_in(stage) == "pain"
    assert any(isinstance(a, Say) and "doctor or a trainer" in a.cue.text for _, a in stage.actions)


@pytest.mark.parametrize(
    ("where", "score", "value"),
    [("back", 2, "back 2"), ("hip", 9, "hip 9"), ("elsewhere", 1, "elsewhere 1")],
)
def test_pain_is_remembered_with_its_place_and_score(
    stage: Stage, where: str, score: int, value: str
) -> None:
    """Whatever follows from it."""
    notes = [a for a in _rate(stage, where, score) if isinstance(a, Note)]
    assert notes[0] == Note("sore", value)


def test_zero_is_confirmed(stage: Stage) -> None:
    """Yes goes back to stopped; no asks for the number again."""
    assert asked_in(_rate(stage, "back", 0)) == ["zero"]
    assert asked_in(stage.hear("no")) == ["how_sore"]
    stage.hear("number", number=0)
    stage.hear("yes")
    assert stage.phase == "stopped"
    assert ended_in(stage) is None


def test_no_answer_twice_counts_as_much_pain(stage: Stage) -> None:
    """The question is asked a second time, and then the session ends."""
    stage.hear("pain", where="hip")
    actions = stage.wait(25)
    assert asked_in(actions) == ["how_sore"]
    assert ended_in(stage) == "pain"
    assert [a for a in actions if isinstance(a, Note)] == [Note("sore", "hip not rated")]


def test_an_open_question_about_pain_comes_back_after_stop(stage: Stage) -> None:
    """ "Stop" does not make it go away."""
    stage.hear("pain")
    stage.hear("stop")
    assert asked_in(stage.hear("carry_on")) == ["where"]


def test_nothing_gets_harder_after_pain(stage: Stage) -> None:
    """It is refused with the reason."""
    _rate(stage, "elsewhere", 1)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    stage.hear("harder")
    assert not any(isinstance(a, Change) for _, a in stage.actions)


def test_pain_takes_over_in_the_middle_of_a_question(stage: Stage) -> None:
    """Also while "do you want to end" is open."""
    stage.hear("finish")
    assert stage.coach.question == "finish"
    assert asked_in(stage.hear("pain", where="back")) == ["how_sore"]


def test_pain_again_while_asked_where_asks_again(stage: Stage) -> None:
    """It tells nothing new."""
    stage.hear("pain")
    assert asked_in(stage.hear("pain")) == ["where"]
    assert stage.coach.question == "where"


def test_a_back_that_hurts_in_gentle_work_is_offered_no_more_of_it(stage_of: StageOf) -> None:
    """Also where the routine itself planned it: it would be the exercise that hurts."""
    stage = stage_of("exercise: bird-dog, repetitions: 6, sets: 2")
    stage.reach("lower", repetition=2)
    assert asked_in(_rate(stage, "back", 8)) == []
    assert ended_in(stage) == "pain"


@pytest.mark.parametrize(("score", "ended"), [(2, None), (3, "pain")])
@pytest.mark.parametrize("where", ["neck", "knee"])
def test_neck_and_knee_are_elsewhere(where: str, score: int, ended: str | None, stage_of: StageOf) -> None:
    """More than a little of it ends the session."""
    stage = stage_of("exercise: double-leg, repetitions: 4, range: 2")
    stage.reach("lower")
    stage.hear("pain", where=where)
    stage.hear("number", number=score)
    assert ended_in(stage) == ended
    assert not any(isinstance(action, Change) for _, action in stage.actions)


# -- what pain has ended does not come back


def test_little_pain_does_not_bring_leg_lifts_back(stage_of: StageOf) -> None:
    """Once they have ended, gentle work or the end is what is left."""
    for where, score in (("hip", 1), ("back", 0), ("knee", 1)):
        stage = stage_of(SHALLOW)
        stage.reach("lower")
        stage.hear("pain", where="back")
        stage.hear("number", number=4)
        assert stage.coach.question == "side_branch"
        stage.hear("pain", where=where)
        stage.hear("number", number=score)
        if score == 0:
            stage.hear("yes")
        assert stage.coach.question == "side_branch"


def test_gentle_work_is_not_offered_when_all_is_done(stage_of: StageOf) -> None:
    """At the closing questions nothing would come of it."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("lower")
    stage.reach_question("effort")
    stage.hear("pain", where="back")
    stage.hear("number", number=8)
    assert ended_in(stage) == "pain"


@pytest.mark.parametrize("ends", ["silence", "interrupted"])
def test_pain_that_ended_leg_lifts_is_not_forgotten(ends: str, stage_of: StageOf) -> None:
    """However the session ends afterwards, the next one starts lower."""
    stage = stage_of(SHALLOW)
    stage.reach("lower")
    stage.hear("pain", where="back")
    stage.hear("number", number=8)
    stage.hear("stop")
    if ends == "silence":
        stage.wait(400)
    else:
        stage.happen(Interrupted())
    assert ended_in(stage) == "pain"


def test_unrated_pain_is_remembered_when_the_person_ends(stage_of: StageOf) -> None:
    """Pain, stop, finish: the place stays known, and is noted once."""
    stage = stage_of(SHALLOW)
    stage.reach("lower", repetition=2)
    stage.hear("pain", where="back")
    stage.hear("stop")
    stage.hear("finish")
    stage.wait(60)
    assert notes_in([action for _, action in stage.actions if action != Note("explained", "single-leg")]) == [
        Note("sore", "back not rated")
    ]


# -- pain at rest, in the warm-up and in the cool-down


def test_a_sore_back_at_rest_eases_what_comes(stage_of: StageOf) -> None:
    """Not the set that is over."""
    stage = stage_of(
        "exercise: single-leg, repetitions: 2, rest: 60, range: 2\n"
        "exercise: double-leg, repetitions: 2, range: 3"
    )
    stage.reach("rest")
    stage.hear("pain", where="back")
    stage.hear("number", number=2)
    assert changes_in(stage) == [("range", "3", "2")]
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    load = stage.session.position.load
    assert (load.exercise.name, load.range_step) == ("double-leg", 2)


def test_after_the_last_leg_lift_none_are_left_to_be_replaced(pack: VoicePack, plan_of: PlanOf) -> None:
    """Pain in the cool-down ends the session."""
    plan = plan_of("exercise: imprint-hold")
    stage = Stage(replace(plan, sets=(replace(plan.sets[0], part="cool-down"),)), pack)
    stage.reach("hold")
    sore_back(stage, 5)
    assert [a.ended for a in actions_in(stage) if isinstance(a, Finish)] == ["pain"]


def test_pain_in_the_warm_up_lowers_the_leg_lifts(pack: VoicePack, plan_of: PlanOf) -> None:
    """Of the warm-up there is nothing to take back."""
    plan = plan_of("exercise: imprint-hold\nexercise: double-leg")
    warm_up = (replace(plan.sets[0], part="warm-up"), *plan.sets[1:])
    stage = Stage(replace(plan, sets=warm_up), pack)
    stage.reach("hold")
    changes = [a for a in sore_back(stage, 1) if isinstance(a, Change)]
    assert [(c.before, c.after) for c in changes] == [("double-leg", "double-leg-bent")]


@pytest.mark.parametrize("before", [None, "slower", "easier"])
def test_pain_before_the_work_takes_it_lower_than_it_was_by_then(
    before: str | None, stage_of_parts: StageOf
) -> None:
    """Whatever had been adapted already: what is announced is what comes."""
    stage = stage_of_parts("exercise: double-leg, range: 2, sets: 2")
    stage.reach("rest")
    if before is not None:
        stage.hear(before)
    was = stage.session.position.planned(1).exercise
    stage.hear("pain", where="hip")
    stage.hear("number", number=4)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("lower")
    assert stage.session.position.load.exercise.name == was.regression


# -- what was felt is remembered


@pytest.mark.parametrize(
    ("command", "note"),
    [
        ("red_flag", Note("red_flag_heard", "chest")),
        ("pain", Note("sore", "left knee not rated")),
    ],
)
def test_what_is_felt_after_the_end_is_remembered_too(stage: Stage, command: str, note: Note) -> None:
    """The session is over, and the next one has to know."""
    stage.reach("finished")
    slots = {"flag": "chest"} if command == "red_flag" else {"where": "knee", "side": "left"}
    assert note in stage.hear(command, **slots)


@pytest.mark.parametrize(
    ("word", "slots", "note"),
    [
        ("pain", {"where": "back"}, Note("sore", "back not rated")),
        ("red_flag", {"flag": "chest"}, Note("red_flag_heard", "chest")),
    ],
)
def test_what_was_felt_is_remembered_when_the_session_is_broken_off(
    word: str, slots: dict[str, str], note: Note, stage_of: StageOf
) -> None:
    """No answer is no denial."""
    stage = stage_of(SHALLOW)
    stage.reach("lower")
    stage.hear(word, **slots)
    assert notes_in(stage.happen(Interrupted())) == [note]


# -- how it is by now


def _eased(stage_of: StageOf, where: str = "back", score: int = 2) -> Stage:
    """Return a session in the rest after a set in which pain made it easier."""
    stage = stage_of("exercise: double-leg, repetitions: 2, sets: 3, rest: 30, range: 3")
    stage.reach("lower")
    stage.hear("pain", where=where)
    stage.hear("number", number=score)
    stage.hear("carry_on")
    stage.hear("ready")
    stage.reach("asking")
    return stage


def test_what_was_eased_for_pain_is_asked_about_in_the_rest(stage_of: StageOf) -> None:
    """By its place; the rest goes on where it is no worse, and it is asked again until it is gone."""
    stage = _eased(stage_of)
    assert stage.coach.question == "how_now"
    assert texts_in(stage)[-1] == "How is your back now, from none to ten?"
    stage.hear("number", number=1)
    assert stage.phase == "rest"
    stage.reach_question("how_now")
    stage.hear("number", number=0)
    stage.reach("finished")
    assert asked_in(stage).count("how_now") == 2


@pytest.mark.parametrize(("where", "first", "later"), [("back", 1, 2), ("hip", 4, 3), ("hip", 2, 5)])
def test_what_is_worse_or_more_than_a_little_is_pain_again(
    stage_of: StageOf, where: str, first: int, later: int
) -> None:
    """And nothing moves before "carry on" and "ready"."""
    stage = _eased(stage_of, where, first)
    stage.hear("number", number=later)
    assert Note("sore", f"{where} {later}") in notes_in(stage)
    assert stage.session.body.needs_ready
    stage.wait(400)
    assert ended_in(stage) in ("pain", "silence")


def test_nobody_goes_on_without_saying_how_it_is(stage_of: StageOf) -> None:
    """It is asked twice, waited for, and asked again."""
    stage = _eased(stage_of)
    stage.wait(40)
    assert stage.phase == "paused"
    assert asked_in(stage.hear("carry_on")) == ["how_now"]
    stage.hear("number", number=0)
    stage.hear("ready")
    stage.reach("lower")


# -- cramp


def test_a_cramp_is_stretched_before_it_is_asked_about(stage: Stage) -> None:
    """The release, what loosens it, time, and a question; nothing moves before "ready"."""
    actions = stage.hear("pain", where="calf", kind="cramp")
    assert said_in(actions)[-1] == "cramp"
    stage.wait(15)
    assert stage.coach.question is None
    stage.reach_question("cramp")
    assert Note("sore", "calf 0, cramp") in stage.hear("yes")
    assert stage.phase == "stopped"
    assert asked_in(stage.hear("carry_on")) == ["ready"]


def test_a_cramp_that_stays_is_pain(stage: Stage) -> None:
    """After it was waited for twice."""
    stage.hear("pain", kind="cramp")
    stage.reach_question("cramp")
    stage.hear("no")
    stage.reach_question("cramp")
    assert asked_in(stage.hear("no")) == ["where"]


def test_carry_on_in_a_cramp_asks_first(stage: Stage) -> None:
    """Whoever is impatient says whether it has gone."""
    stage.hear("pain", where="foot", kind="cramp")
    assert asked_in(stage.hear("carry_on")) == ["cramp"]


def test_a_back_that_cramps_is_rated(stage: Stage) -> None:
    """No leg is stretched for it."""
    assert asked_in(stage.hear("pain", where="back", kind="cramp")) == ["how_sore"]
