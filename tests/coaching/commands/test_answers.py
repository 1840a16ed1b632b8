"""What counts as an answer: it began after its question had been put, and one breath answers once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.actions import Ask, Note, Say, Silence
from assistant.coaching.commands.answers import ASKED_AGAIN_SECONDS
from assistant.coaching.events import Heard, TroubleBegan
from assistant.coaching.history import EXPERIENCED
from assistant.coaching.opening import SCREENS
from assistant.coaching.questions import AHEAD_SECONDS
from tests.coaching.given import Begin, StageOf
from tests.coaching.told import accepted_in, asked_in, notes_in, phases_in, said_in, spoken_until
from tests.stand_ins import Stage

UNSCREENED = replace(EXPERIENCED, screened_days_ago=None)


def _clause_over(stage: Stage, clause: str) -> float:
    """Return when the coach has spoken the question clause of the question that it asks, in seconds."""
    said = next(a for _, a in reversed(stage.actions) if isinstance(a, Say) and a.cue.kind == "question")
    assert clause in said.cue.text
    return said.due + (spoken_until(stage) - said.due) * len(clause) / len(said.cue.text)


@pytest.fixture
def screened(begin: Begin) -> Stage:
    """Somebody who is asked about their health, at the first question."""
    stage = begin(UNSCREENED)
    stage.reach_question(SCREENS[0])
    stage.wait(spoken_until(stage) - stage.now)
    return stage


@pytest.fixture
def closing(stage_of: StageOf) -> Stage:
    """Somebody who is asked how hard it was."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("asking")
    assert stage.coach.question == "effort"
    stage.wait(spoken_until(stage) - stage.now)
    return stage


def test_no_no_answers_one_question_about_health(screened: Stage) -> None:
    """All four are spoken to their end, and each waits for its own answer."""
    for name in SCREENS:
        assert screened.coach.question == name
        screened.wait(spoken_until(screened) - screened.now + 1.0)
        screened.say_in_one_breath(screened.now, "no", "no")
    assert [name for name in asked_in(screened) if name in SCREENS] == list(SCREENS)
    assert notes_in(screened) == [Note("screening", False)]
    assert "not_asked" not in said_in(screened)


def test_six_six_is_the_effort_alone(closing: Stage) -> None:
    """What is asked then has its own number."""
    closing.say_in_one_breath(closing.now + 0.5, 6, 6)
    assert notes_in(closing)[-1] == Note("effort", 6)
    assert closing.coach.question == "reserve"
    closing.wait(spoken_until(closing) - closing.now)
    closing.say_in_one_breath(closing.now + 0.5, 1)
    assert notes_in(closing)[-1] == Note("reserve", 1)


def test_an_answer_from_before_the_question_leaves_it_alone(begin: Begin) -> None:
    """The question is spoken to its end: no silence, no other word, and nothing is taken."""
    stage = begin(UNSCREENED)
    stage.reach_question(SCREENS[0])
    asked = len(stage.actions)
    stage.wait(1.0)
    assert not accepted_in(stage.say_in_one_breath(stage.now, "no"))
    stage.wait(spoken_until(stage) - stage.now)
    assert not [a for _, a in stage.actions[asked:] if isinstance(a, Silence | Say | Note)]
    assert stage.coach.question == SCREENS[0]


def test_a_question_that_was_answered_too_early_is_asked_again_soon(begin: Begin) -> None:
    """Whoever waits for the coach hears it once more; then an answer counts at any moment."""
    stage = begin(UNSCREENED)
    stage.reach_question(SCREENS[0])
    stage.say_in_one_breath(stage.now + 0.5, "no")
    over = spoken_until(stage)
    stage.wait(over + ASKED_AGAIN_SECONDS - stage.now - 0.1)
    before = len(stage.actions)
    assert asked_in(stage.wait(0.2)) == [SCREENS[0]]
    assert accepted_in(stage.say_in_one_breath(stage.now, "no"))
    assert len(stage.actions) > before
    assert stage.coach.question == SCREENS[1]


def test_an_early_no_to_feeling_unwell_is_not_taken_for_silence(stage: Stage) -> None:
    """It is asked once more before silence ends the session."""
    stage.hear("red_flag", flag="chest")
    stage.say_in_one_breath(stage.now + 0.5, "no")
    stage.wait(spoken_until(stage) - stage.now + 9.0)
    assert stage.coach.question == "unwell"
    assert asked_in(stage.say_in_one_breath(stage.now, "no")) == ["what"]


def test_the_tail_of_a_question_may_be_cut_off(stage: Stage) -> None:
    """After "Do you want to end the session?" nobody has to hear "Yes or no?"."""
    stage.hear("pause")
    stage.hear("finish")
    over = _clause_over(stage, "Do you want to end the session?")
    assert over < spoken_until(stage) - 0.5
    assert accepted_in(stage.say_in_one_breath(over, "no"))
    assert stage.phase == "paused"


@pytest.mark.parametrize(("more", "counts"), [(-0.05, True), (0.05, False)])
def test_the_last_syllable_may_be_cut_off(begin: Begin, more: float, counts: bool) -> None:
    """People answer while it sounds."""
    stage = begin(UNSCREENED)
    stage.reach_question(SCREENS[0])
    over = spoken_until(stage)
    assert accepted_in(stage.say_in_one_breath(over - AHEAD_SECONDS - more, "no")) is counts


@pytest.mark.parametrize("key", ["", "n"])
def test_a_key_counts_from_its_press(begin: Begin, key: str) -> None:
    """Pressed before the question was put it is none, as a word is none."""
    stage = begin(UNSCREENED)
    stage.reach_question(SCREENS[0])
    over = spoken_until(stage)
    for seconds in (0.0, 1.0):
        stage.wait(seconds)
        assert not accepted_in(stage.happen(Heard("no", start=stage.now, end=stage.now, key=key)))
    stage.wait(over - stage.now)
    assert accepted_in(stage.happen(Heard("no", start=stage.now, end=stage.now, key=key)))
    assert stage.coach.question == SCREENS[1]


@pytest.mark.parametrize("key", ["", "n"])
def test_an_answer_begun_before_the_last_was_taken_is_the_same(screened: Stage, key: str) -> None:
    """Also a key beside the word: whatever is asked then waits for its own."""
    screened.wait(1.0)
    now = screened.now
    screened.happen(Heard("no", start=now - 0.5, end=now - 0.2))
    assert not accepted_in(screened.happen(Heard("no", start=now, end=now, key=key)))
    assert screened.coach.question == SCREENS[1]


@pytest.mark.parametrize("said", [("no", "yes"), ("yes", "no"), ("no", "no", "yes")])
def test_no_and_yes_in_one_breath_are_asked_again(screened: Stage, said: tuple[str, ...]) -> None:
    """Neither is taken, and the question waits for one that is clear."""
    actions = screened.say_in_one_breath(screened.now + 0.5, *said)
    assert asked_in(actions) == [SCREENS[0]]
    assert notes_in(screened) == []
    assert screened.coach.question == SCREENS[0]
    assert accepted_in(screened.say_in_one_breath(screened.now + 0.5, "no"))
    assert screened.coach.question == SCREENS[1]


def test_two_numbers_in_one_breath_are_asked_again(closing: Stage) -> None:
    """Seven, eight: neither is guessed."""
    assert asked_in(closing.say_in_one_breath(closing.now + 0.5, 7, 8)) == ["effort"]
    assert "effort" not in {note.what for note in notes_in(closing)}


def test_an_answer_beside_another_command_stands(closing: Stage) -> None:
    """What answers something else does not contradict it."""
    now = closing.now
    number = Heard("number", {"number": 6}, start=now, end=now + 0.3)
    louder = Heard("louder", start=now + 0.5, end=now + 0.8)
    closing.wait(1.0)
    assert accepted_in(closing.happen(replace(number, also=(louder,))))


def test_a_safety_word_does_not_contradict_an_answer(stage: Stage) -> None:
    """It is acted on by itself."""
    stage.hear("pain")
    stage.wait(spoken_until(stage) - stage.now)
    hurts = Heard("pain", start=stage.now + 0.5, end=stage.now + 0.8)
    back = Heard("place", {"where": "back"}, start=stage.now, end=stage.now + 0.3, also=(hurts,))
    stage.wait(1.0)
    assert accepted_in(stage.happen(back))


def test_carry_on_and_ready_in_one_breath_do_not_move_anybody(stage: Stage) -> None:
    """Ready has to be said to "Say ready when you are."."""
    stage.hear("stop")
    stage.wait(10)
    actions = stage.say_in_one_breath(stage.now, "carry_on", "ready")
    assert stage.coach.question == "ready"
    assert phases_in(actions) == ["asking"]
    stage.wait(spoken_until(stage) - stage.now)
    stage.say_in_one_breath(stage.now, "ready")
    assert stage.phase == "imprint"


def test_ready_ready_in_the_greeting_leads_no_further_than_the_set_up(begin: Begin) -> None:
    """The second would begin a movement that nobody has described yet."""
    stage = begin(replace(EXPERIENCED, sessions=()))
    stage.wait(1.0)
    assert stage.phase == "greeting"
    stage.say_in_one_breath(stage.now, "ready", "ready")
    assert stage.phase == "setup"


def test_ready_from_before_the_set_up_does_not_begin_it(stage_of: StageOf) -> None:
    """It was said to something else; said again it counts."""
    stage = stage_of("exercise: double-leg, repetitions: 2")
    stage.reach("setup")
    begun = stage.now - 0.4
    stage.wait(0.5)
    assert not accepted_in(stage.happen(Heard("ready", start=begun, end=begun + 0.3)))
    stage.wait(0.5)
    assert accepted_in(stage.happen(Heard("ready", start=stage.now, end=stage.now)))
    assert stage.phase == "imprint"


def test_a_question_that_is_said_once_more_had_been_put(screened: Stage) -> None:
    """An answer into its second asking counts."""
    screened.wait(1.0)
    screened.hear("say_that_again")
    assert accepted_in(screened.say_in_one_breath(screened.now + 0.2, "no"))


def test_a_question_that_was_cut_off_before_it_was_put_has_to_be_put(begin: Begin) -> None:
    """Time that passes does not put it."""
    stage = begin(UNSCREENED)
    stage.reach_question(SCREENS[0])
    stage.wait(0.5)
    stage.hear("say_that_again")
    over = spoken_until(stage)
    stage.wait(over - stage.now - 0.6)
    assert not accepted_in(stage.say_in_one_breath(stage.now - 0.3, "no"))
    stage.wait(over - stage.now)
    assert accepted_in(stage.say_in_one_breath(stage.now, "no"))


def test_a_question_that_is_drowned_out_has_not_been_put(stage: Stage) -> None:
    """Whoever asks to go on without a microphone is told so instead of hearing it."""
    stage.hear("red_flag", flag="chest")
    stage.happen(TroubleBegan("microphone_lost"))
    stage.hear("carry_on")
    stage.wait(6)
    assert not accepted_in(stage.happen(Heard("no", start=stage.now, end=stage.now, key="n")))
    assert stage.coach.question == "unwell"


def test_the_rest_of_a_breath_that_began_too_early_is_too_early(begin: Begin) -> None:
    """Also where it goes on after the question has been put."""
    stage = begin(UNSCREENED)
    stage.reach_question(SCREENS[0])
    stage.say_in_one_breath(spoken_until(stage) - AHEAD_SECONDS - 0.2, "no", "no")
    assert stage.coach.question == SCREENS[0]


def test_a_question_that_is_asked_anew_after_a_stop_has_to_be_put_again(stage: Stage) -> None:
    """What was said between belongs to nothing."""
    stage.hear("pain", where="back")
    stage.wait(4)
    stage.hear("stop")
    stage.wait(5)
    stage.hear("carry_on")
    assert stage.coach.question == "how_sore"
    assert not accepted_in(stage.say_in_one_breath(stage.now - 0.5, 2))
    assert stage.coach.question == "how_sore"


@pytest.mark.parametrize("command", ["stop", "pain", "red_flag"])
def test_a_safety_word_counts_whenever_it_began(screened: Stage, command: str) -> None:
    """In one breath with an answer, and before the question was put."""
    screened.wait(1.0)
    now = screened.now
    said = Heard(command, start=now - 0.3, end=now)
    screened.happen(Heard("no", start=now - 0.9, end=now - 0.6, also=(said,)))
    assert screened.coach.question == SCREENS[1]
    actions = screened.happen(said)
    assert accepted_in(actions)
    assert isinstance(actions[0], Silence)


def test_the_rest_of_a_breath_is_not_answered_where_nothing_is_asked_any_more(stage: Stage) -> None:
    """It was the same answer: nobody is told that nothing was asked."""
    stage.hear("pause")
    stage.hear("finish")
    stage.wait(spoken_until(stage) - stage.now)
    actions = stage.say_in_one_breath(stage.now, "no", "no")
    assert stage.phase == "paused"
    assert not {"not_asked", "still_paused"} & set(said_in(actions))
    assert [a.question for a in actions if isinstance(a, Ask)] == ["carry_on"]
