"""What comes after the last set."""

from __future__ import annotations

import pytest

from assistant.coaching.actions import Change, Enter, Finish, Listen, Note, Silence
from assistant.coaching.closing import CALLED_AGAIN_SECONDS, CALLS_FOR_SECONDS, lasting, remark
from assistant.coaching.script import Line
from tests.coaching.given import SHALLOW, UP_AND_DOWN, Led, StageOf
from tests.coaching.told import accepted_in, asked_in, finished, notes_in, said_in, spoken_until, texts_in
from tests.stand_ins import Stage

EASIER = Change("range", "3", "2", "easier")
HARDER = Change("range", "2", "3", "harder")
SLOWER = Change("tempo", "3-0-2-0", "4-0-2-0", "slower")
FLAGGED = Note("red_flag", "chest")
SORE = Change("range", "3", "2", "back 1")


def _done(stage_of: StageOf, work: str = "exercise: double-leg, repetitions: 3") -> Stage:
    """Bring a session to its first question at the end."""
    stage = stage_of(work)
    stage.reach("asking")
    assert stage.coach.question == "effort"
    return stage


def _end(stage: Stage) -> Finish | None:
    return next((a for _, a in stage.actions if isinstance(a, Finish)), None)


def test_effort_reserve_and_soreness_are_asked_and_remembered(stage_of: StageOf) -> None:
    """One after the other, after the last set; then the session is over."""
    stage = _done(stage_of)
    effort = stage.hear("number", number=7)
    assert Note("effort", 7) in effort
    assert asked_in(effort) == ["reserve"]
    reserve = stage.hear("number", number=3)
    assert Note("reserve", 3) in reserve
    assert asked_in(reserve) == ["soreness"]
    soreness = stage.hear("number", number=2)
    assert Note("soreness", 2) in soreness
    assert stage.phase == "finished"
    end = _end(stage)
    assert end is not None
    assert (end.ended, end.sets, end.repetitions) == ("completed", 1, 3)


def test_the_session_is_over_right_after_its_last_word(stage_of: StageOf) -> None:
    """Not in the middle of it, nor long after."""
    stage = _done(stage_of)
    stage.wait(60)
    over = stage.coach.over_at
    assert over is not None
    assert 0.2 <= over - spoken_until(stage) <= 1.0


def test_no_answer_is_fine(stage_of: StageOf) -> None:
    """Each is asked once, and nothing is remembered."""
    stage = _done(stage_of)
    stage.wait(60)
    asked = [q for q in asked_in([a for _, a in stage.actions]) if q != "ready"]
    assert asked == ["effort", "reserve", "soreness"]
    assert stage.phase == "finished"
    remembered = {a.what for _, a in stage.actions if isinstance(a, Note)}
    assert not remembered & {"effort", "reserve", "soreness"}


@pytest.mark.parametrize(
    ("work", "first"),
    [
        ("exercise: double-leg, repetitions: 3, sets: 2", "That was it: two sets, with six repetitions."),
        ("exercise: double-leg, repetitions: 1", "That was it: one set, with one repetition."),
    ],
)
def test_the_summary_is_three_sentences(stage_of: StageOf, work: str, first: str) -> None:
    """What was done, praise, when next and how to get up; one and many are worded rightly."""
    stage = _done(stage_of, work)
    stage.hear("number", number=5)
    stage.hear("number", number=2)
    said = texts_in(stage.hear("number", number=1))
    assert said[0] == first
    assert said[1].startswith("You went through it as planned")
    assert "roll to your side" in said[2]
    assert len(said) == 3


def test_less_than_a_set_is_counted_in_repetitions(stage_of: StageOf) -> None:
    """After the person ended early, which is fine, too."""
    stage = stage_of("exercise: double-leg, repetitions: 3")
    stage.reach("lower", repetition=2)
    stage.hear("finish")
    stage.hear("yes")
    assert stage.coach.question == "effort"
    stage.hear("number", number=5)
    stage.hear("number", number=2)
    said = texts_in(stage.hear("number", number=1))
    assert said[0] == "That was it for today, with one repetition."
    assert said[1].startswith("Ending when you feel like it")
    end = _end(stage)
    assert end is not None
    assert end.ended == "asked"


def test_whoever_has_done_nothing_is_asked_nothing(stage_of: StageOf) -> None:
    """A farewell, and that is all."""
    stage = stage_of("exercise: double-leg")
    stage.reach("setup")
    stage.hear("stop")
    actions = stage.hear("finish")
    assert stage.phase == "finished"
    assert texts_in(actions) == ["Okay, we end here. Roll to your side before you get up."]


@pytest.mark.parametrize(("score", "advised"), [(5, False), (6, True)])
def test_much_soreness_gets_the_advice_to_ask(stage_of: StageOf, score: int, advised: bool) -> None:
    """A doctor or a trainer, if it stays."""
    stage = _done(stage_of)
    stage.hear("number", number=5)
    stage.hear("number", number=2)
    said = texts_in(stage.hear("number", number=score))
    assert ("a doctor or a trainer" in said[2]) is advised


@pytest.mark.parametrize(
    ("changes", "sore", "gentle", "early", "line"),
    [
        ([], False, False, False, Line.DONE_AS_PLANNED),
        ([], False, False, True, Line.DONE_EARLY),
        ([EASIER], False, False, True, Line.DONE_EASIER),
        ([HARDER], False, False, False, Line.DONE_HARDER),
        ([SLOWER], False, False, False, Line.DONE_OTHERWISE),
        ([SLOWER, HARDER, SLOWER, EASIER], False, False, False, Line.DONE_OTHERWISE),
        ([SORE], True, False, False, Line.DONE_SORE),
        ([SORE], True, True, False, Line.DONE_SORE),
        ([EASIER], False, True, False, Line.DONE_GENTLY),
    ],
)
def test_the_second_sentence_says_what_changed_and_why(
    changes: list[Change], sore: bool, gentle: bool, early: bool, line: Line
) -> None:
    """Soreness first; what was taken back is not counted."""
    assert remark(changes, sore, gentle, early) is line


def test_what_was_taken_back_does_not_last() -> None:
    """Each change is taken back once."""
    assert lasting([HARDER, EASIER]) == []
    assert lasting([EASIER, HARDER, EASIER]) == [EASIER]


def test_an_easier_session_says_so(stage_of: StageOf) -> None:
    """Not with the praise for having kept to the plan."""
    stage = stage_of("exercise: double-leg, repetitions: 3, range: 3")
    stage.reach("lower")
    stage.hear("easier")
    stage.reach("asking")
    stage.wait(60)
    said = texts_in([a for _, a in stage.actions])
    assert any(text.startswith("We made it easier") for text in said)


def test_stop_at_the_end_is_obeyed_and_leads_back(stage_of: StageOf) -> None:
    """Through carry on and ready, to the question; nobody moves."""
    stage = _done(stage_of)
    stage.hear("stop")
    assert stage.phase == "stopped"
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.coach.question == "effort"


@pytest.mark.parametrize("way", ["finish", "silence"])
def test_a_completed_session_stays_completed(stage_of: StageOf, way: str) -> None:
    """Whether the person leaves its questions by a word or in silence."""
    stage = _done(stage_of)
    stage.hear("stop")
    if way == "finish":
        stage.hear("finish")
    else:
        stage.wait(400)
    end = _end(stage)
    assert end is not None
    assert end.ended == "completed"


def test_pain_at_the_end_is_taken_care_of(stage_of: StageOf) -> None:
    """And a session that it ends has ended by pain."""
    stage = _done(stage_of)
    stage.hear("pain", where="back")
    stage.hear("number", number=1)
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.coach.question == "effort"
    stage.hear("pain", where="knee")
    stage.hear("number", number=8)
    end = _end(stage)
    assert end is not None
    assert end.ended == "pain"


@pytest.mark.parametrize("command", ["next_set", "next_exercise", "repeat", "carry_on"])
def test_nothing_moves_any_more(stage_of: StageOf, command: str) -> None:
    """A pause between the questions leads back to them only."""
    stage = _done(stage_of, "exercise: double-leg, repetitions: 1\nexercise: single-leg, repetitions: 1")
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("pause")
    stage.hear(command)
    stage.hear("ready")
    stage.wait(100)
    phases = [a.phase for _, a in stage.actions if isinstance(a, Enter)]
    after = phases[phases.index("asking") :]
    assert set(after) <= {"asking", "stopped", "paused", "finished"}


def test_warm_up_and_cool_down_are_not_counted(stage_of_parts: StageOf) -> None:
    """Sets and repetitions are those of the work."""
    stage = stage_of_parts("exercise: double-leg, repetitions: 2, sets: 2")
    stage.reach("finished")
    end = _end(stage)
    assert end is not None
    assert (end.sets, end.repetitions) == (2, 4)


def test_what_was_skipped_was_not_done_as_planned(stage_of: StageOf) -> None:
    """Nor is it blamed."""
    stage = stage_of("exercise: double-leg, repetitions: 3, sets: 2")
    stage.reach("lower", repetition=2)
    stage.hear("next_exercise")
    stage.reach("finished")
    said = texts_in([a for _, a in stage.actions])
    assert "Ending when you feel like it is part of training well." in said


def test_pain_after_the_last_set_makes_nothing_easier(stage_of: StageOf) -> None:
    """Nothing follows that could be."""
    stage = _done(stage_of)
    stage.hear("pain", where="hip")
    said = texts_in(stage.hear("number", number=3))
    assert "Thank you. Say carry on when you want to go on, or finish." in said
    assert not [a for _, a in stage.actions if isinstance(a, Change)]


def test_stop_after_the_last_set_does_not_skip_its_questions(stage_of: StageOf) -> None:
    """How hard it was is asked again after "carry on" and "ready"."""
    stage = stage_of("exercise: double-leg, repetitions: 1")
    stage.reach("asking")
    stage.hear("stop")
    stage.hear("carry_on")
    stage.hear("ready")
    assert stage.coach.question == "effort"


def test_a_question_at_the_end_is_no_set_that_is_resumed(stage_of: StageOf) -> None:
    """ "From where you left off" would be untrue."""
    stage = stage_of(SHALLOW)
    stage.reach("lower", repetition=2)
    stage.hear("stop")
    stage.hear("finish")
    stage.hear("stop")
    stage.hear("carry_on")
    assert "resume" not in said_in(stage.hear("ready"))
    assert stage.coach.question == "effort"


@pytest.mark.parametrize(("sessions", "told"), [(0, 1), (1, 0)])
def test_that_there_are_questions_is_told_at_the_first_time(sessions: int, told: int, led: Led) -> None:
    """Before the first of them."""
    said = led(UP_AND_DOWN, sessions)
    assert said.count("few_questions") == told
    assert not told or said[said.index("few_questions") + 1] == "ask_effort"


def test_the_summary_counts_what_was_done(stage_of: StageOf) -> None:
    """Sets and repetitions of both sides."""
    stage = stage_of("exercise: single-leg, repetitions: 3, sets: 2")
    finished(stage)
    end = next(a for _, a in stage.actions if isinstance(a, Finish))
    assert (end.ended, end.sets, end.repetitions) == ("completed", 2, 12)
    assert stage.coach.over_at is not None


def test_the_summary_knows_that_easier_was_taken_back(stage_of: StageOf) -> None:
    """And that harder holds."""
    stage = stage_of("exercise: double-leg, repetitions: 3, range: 1, sets: 2, rest: 20")
    stage.reach("lower")
    for word in ("harder", "easier", "i_didnt_say_that"):
        stage.hear(word)
    stage.reach("finished")
    assert stage.session.position.load.range_step == 2
    assert "done_harder" in said_in(stage)
    assert "done_easier" not in said_in(stage)


# -- the emergency words


@pytest.fixture
def calling(stage: Stage) -> Stage:
    """Return a session that a red flag has ended."""
    stage.hear("red_flag", flag="chest")
    stage.hear("yes")
    return stage


def test_emergency_words_are_repeated_until_there_is_an_answer(calling: Stage) -> None:
    """Any will do, once they have been heard."""
    calling.wait(2 * CALLED_AGAIN_SECONDS + 40)
    assert said_in(calling).count("emergency") >= 3
    assert calling.coach.over_at is None
    actions = calling.hear("yes")
    assert accepted_in(actions)
    assert calling.coach.over_at is not None
    assert "emergency" not in said_in(calling.wait(100))


def test_an_answer_from_before_the_emergency_words_is_none(calling: Stage) -> None:
    """ "Yes, yes" confirms the red flag, and does not end the words before they have been said."""
    calling.wait(0.5)
    calling.say_in_one_breath(calling.now - 0.2, "yes")
    assert calling.coach.over_at is None
    assert "emergency" in said_in(calling.wait(60))


@pytest.mark.parametrize(("word", "slots"), [("help", {}), ("red_flag", {"flag": "chest"})])
def test_who_needs_help_hears_the_emergency_words_again(
    word: str, slots: dict[str, str], calling: Stage
) -> None:
    """At once; and they go on."""
    calling.wait(20)
    actions = calling.hear(word, **slots)
    assert isinstance(actions[0], Silence)
    assert said_in(actions) == ["emergency"]
    assert "emergency" in said_in(calling.wait(60))
    assert [note for note in notes_in(calling) if note.what.startswith("red_flag")] == [FLAGGED]


def test_an_answer_to_the_emergency_words_is_listened_for(stage_of: StageOf) -> None:
    """Also where they come after a session that has ended well."""
    stage = _done(stage_of)
    stage.wait(60)
    actions = stage.hear("red_flag", flag="chest")
    assert [action.context for action in actions if isinstance(action, Listen)] == ["asked_yes_no"]
    stage.wait(30)
    stage.hear("yes")
    assert stage.coach.over_at is not None
    assert notes_in(stage)[-1] == Note("red_flag_heard", "chest")


def test_stop_ends_the_emergency_words_at_once(calling: Stage) -> None:
    """Who says so has heard enough of them."""
    calling.wait(1)
    assert isinstance(calling.hear("stop")[0], Silence)
    assert said_in(calling.wait(100)) == []
    assert calling.coach.over_at is not None


def test_emergency_words_do_not_go_on_for_ever(calling: Stage) -> None:
    """Nobody may be there."""
    calling.wait(CALLS_FOR_SECONDS + 60)
    assert calling.coach.over_at is not None
    assert calling.coach.over_at > CALLS_FOR_SECONDS
