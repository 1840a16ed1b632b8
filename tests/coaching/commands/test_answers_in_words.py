"""What people say instead of an answer: a little, I don't know, I'm fine, not ready."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.coaching.actions import Action, Note
from assistant.coaching.events import Heard
from assistant.coaching.history import EXPERIENCED, History
from assistant.coaching.phases import MOVING, Context
from assistant.coaching.questions import QUESTIONS, QuestionName
from tests.coaching.given import STRAIGHT, Begin, StageOf
from tests.coaching.told import accepted_in, asked_in, ended_in, notes_in, phases_in, said_in, texts_in
from tests.stand_ins import Stage

NEW = History()
"""Somebody who is asked about their health."""

ASKED = [
    ("how_sore", Context.ASKED_NUMBER, "how_number"),
    ("where", Context.ASKED_WHERE, "how_where"),
    ("kind", Context.ASKED_KIND, "how_kind"),
    ("half", Context.ASKED_YES_NO, "how_yes_no"),
]


@pytest.fixture
def work() -> str:
    """Both legs straight, with a rest in which there is time to ask."""
    return STRAIGHT


@pytest.fixture
def asked(stage: Stage) -> Stage:
    """Asked how sore the back is."""
    stage.hear("pain", where="back")
    return stage


def _ask(stage: Stage, question: str) -> None:
    """Let something be asked."""
    if question in ("how_sore", "where"):
        stage.hear("pain", **({"where": "knee"} if question == "how_sore" else {}))
    else:
        stage.hear("burning" if question == "kind" else "shaking")
        stage.reach_question(question)


# -- a little, or much


def test_a_little_is_asked_for_its_number(asked: Stage) -> None:
    """The question stays open, and one or two answers it."""
    actions = asked.hear("vague", amount="low")
    assert texts_in(actions) == ["A little: is that one, or two?"]
    assert asked_in(actions) == ["how_sore"]
    assert Note("sore", "back 2") in asked.hear("number", number=2)


def test_much_is_asked_for_its_number(asked: Stage) -> None:
    """How much is not guessed."""
    actions = asked.hear("vague", amount="high")
    assert texts_in(actions) == ["Give me a number, please, from none to ten."]
    assert notes_in(actions) == []
    assert asked.coach.question == "how_sore"


def test_a_little_and_then_silence_is_asked_in_full_and_then_is_no_answer(asked: Stage) -> None:
    """As any question."""
    asked.hear("vague", amount="low")
    actions = asked.wait(30)
    assert said_in(actions)[:2] == ["sore_place", "ask_how_sore"]
    assert Note("sore", "back not rated") in actions


@pytest.mark.parametrize("command", ["vague", "unsure", "fine"])
def test_they_mean_nothing_where_nothing_is_asked(stage: Stage, command: str) -> None:
    """It is said so, and the movement goes on."""
    actions = stage.hear(command, amount="low")
    assert not accepted_in(actions)
    assert stage.phase in MOVING
    stage.reach("rest")
    assert "not_asked" in said_in(stage)


def test_a_little_is_no_yes(stage: Stage) -> None:
    """It is asked again."""
    stage.hear("finish")
    actions = stage.hear("vague", amount="low")
    assert not accepted_in(actions)
    assert asked_in(actions) == ["finish"]


# -- I don't know


@pytest.mark.parametrize(("question", "context", "line"), ASKED)
def test_whoever_does_not_know_is_told_once_how_to_answer(
    stage: Stage, question: str, context: Context, line: str
) -> None:
    """Then it is asked again; a second time it is as silence."""
    assert QUESTIONS[question].context is context
    _ask(stage, question)
    actions = stage.hear("unsure")
    assert line in said_in(actions)
    assert asked_in(actions) == [question]
    assert stage.coach.question == question
    stage.hear("unsure")
    assert stage.coach.question != question


def test_a_number_that_nobody_knows_counts_as_much_in_the_end(asked: Stage) -> None:
    """As a question that is not answered."""
    asked.hear("unsure")
    assert notes_in(asked.hear("unsure")) == [Note("sore", "back not rated")]
    assert ended_in(asked) == "pain"


def test_it_is_told_again_for_the_next_question(stage: Stage) -> None:
    """Each has its own way to be answered."""
    stage.hear("pain")
    stage.hear("unsure")
    stage.hear("place", where="knee")
    assert "how_number" in said_in(stage.hear("unsure"))


def test_a_repeated_question_is_told_how_to_answer_too(asked: Stage) -> None:
    """Silence before does not count against it."""
    asked.wait(12)
    assert "how_number" in said_in(asked.hear("unsure"))
    assert ended_in(asked) is None


@pytest.mark.parametrize(
    ("question", "counts_as"),
    [
        ("unwell", "unsure"),
        ("hurt", "yes"),
        ("screen_heart", "yes"),
        ("screen_nerves", "yes"),
        ("well_again", "no"),
        ("zero", "no"),
    ],
)
def test_doubt_about_the_body_is_taken_for_the_worse(question: str, counts_as: str) -> None:
    """At once, without another question."""
    assert QUESTIONS[question].unsure == counts_as


def test_a_red_flag_that_is_not_denied_ends_the_session(stage: Stage) -> None:
    """With emergency words; what nobody has confirmed is asked about next time."""
    stage.hear("red_flag", flag="numb")
    assert "emergency" in said_in(stage.hear("unsure"))
    assert ended_in(stage) == "red_flag"
    assert notes_in(stage)[-1] == Note("red_flag_heard", "numb")


def test_health_that_nobody_is_sure_of_leads_to_a_doctor(begin: Begin) -> None:
    """No session today."""
    stage = begin(NEW)
    stage.reach_question("screen_heart")
    assert "doctor_first" in said_in(stage.hear("unsure"))
    assert ended_in(stage) == "not_today"


def _in_one_breath(stage: Stage, *commands: Heard) -> list[Action]:
    """Say several things in one utterance, once the question has been put."""
    stage.hear_out("unsure")
    said = [replace(one, start=stage.now + i / 3) for i, one in enumerate(commands)]
    stage.wait(len(said) / 3)
    actions = [stage.happen(replace(one, also=tuple(said[i + 1 :]))) for i, one in enumerate(said)]
    return [action for decided in actions for action in decided]


TWO = Heard("number", {"number": 2})


@pytest.mark.parametrize("first", [Heard("unsure"), Heard("vague", {"amount": "low"})])
def test_a_number_in_the_same_breath_goes_before_doubt(asked: Stage, first: Heard) -> None:
    """ "I don't know, two" and "not much, two" are two."""
    actions = _in_one_breath(asked, first, TWO)
    assert notes_in(actions)[0] == Note("sore", "back 2")
    assert asked_in(actions) == ["carry_on"]


def test_two_numbers_after_doubt_are_asked_again(asked: Stage) -> None:
    """Neither is taken."""
    actions = _in_one_breath(asked, Heard("unsure"), TWO, Heard("number", {"number": 5}))
    assert notes_in(actions) == []
    assert asked.coach.question == "how_sore"


@pytest.mark.parametrize("said", [("unsure", "no"), ("no", "unsure")])
def test_a_red_flag_that_is_denied_in_doubt_is_asked_about_again(stage: Stage, said: tuple[str, str]) -> None:
    """Doubt is an answer there, and another one."""
    stage.hear("red_flag", flag="numb")
    actions = _in_one_breath(stage, *map(Heard, said))
    assert asked_in(actions) == ["unwell"]
    assert ended_in(stage) is None


def test_doubt_in_one_breath_is_one_doubt(asked: Stage) -> None:
    """ "I don't know, I don't know" is told how to answer once, and is no silence yet."""
    actions = _in_one_breath(asked, Heard("unsure"), Heard("unsure"))
    assert said_in(actions).count("how_number") == 1
    assert asked.coach.question == "how_sore"


# -- I'm fine


def test_after_a_stop_fine_is_told_what_leads_on(stage: Stage) -> None:
    """It does not lead on itself."""
    stage.hear("stop")
    actions = stage.hear("fine")
    assert accepted_in(actions)
    assert texts_in(actions) == ["Good. Say carry on when you like, or finish."]
    assert stage.phase == "stopped"
    assert not set(phases_in(stage.wait(200))) & set(MOVING)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_where_it_hurts_no_more_is_confirmed(stage: Stage, answer: str) -> None:
    """As a zero is; no asks where again, since that was not said."""
    stage.hear("pain")
    assert asked_in(stage.hear("fine")) == ["zero"]
    actions = stage.hear(answer)
    if answer == "yes":
        assert stage.phase == "stopped"
        assert notes_in(actions) == []
    else:
        assert asked_in(actions) == ["where"]


def test_a_pain_that_stabbed_is_not_fine_so_soon(stage: Stage) -> None:
    """It counts as much, whatever is said of it now."""
    stage.hear("pain", kind="stabbing")
    stage.hear("fine")
    assert ended_in(stage) == "pain"


def test_what_burns_no_more_is_confirmed_and_the_rest_goes_on(stage: Stage) -> None:
    """Nothing was stopped for it, so no "carry on" is needed."""
    _ask(stage, "kind")
    assert asked_in(stage.hear("fine")) == ["zero"]
    actions = stage.hear("yes")
    assert phases_in(actions) == ["rest"]
    assert notes_in(stage) == [note for note in notes_in(stage) if note.what not in ("sore", "hurt")]


@pytest.mark.parametrize("answer", ["no", None])
def test_what_may_burn_still_is_taken_as_the_joint(stage: Stage, answer: str | None) -> None:
    """No asks how sore it is, and silence counts as much; nobody moves before "ready" after either."""
    _ask(stage, "kind")
    stage.hear("fine")
    if answer is None:
        stage.wait(30)
        assert Note("sore", "hip not rated") in notes_in(stage)
        assert ended_in(stage) == "pain"
    else:
        assert asked_in(stage.hear(answer)) == ["how_sore"]
        assert Note("hurt", True) in notes_in(stage)
    assert stage.session.body.needs_ready


@pytest.mark.parametrize(
    ("question", "counts_as"),
    [("unwell", "fine"), ("was_it_so", "no"), ("hurt", "no"), ("well_again", "yes"), ("zero", None)],
)
def test_fine_answers_what_asks_how_somebody_is(question: str, counts_as: str | None) -> None:
    """That all is fine takes a yes, so that a word heard wrong twice does not confirm itself."""
    assert QUESTIONS[question].fine == counts_as


def test_fine_denies_a_red_flag_and_pain(stage: Stage) -> None:
    """Nothing more is asked."""
    stage.hear("red_flag", flag="numb")
    assert "go_on_gently" in said_in(stage.hear("fine"))
    assert stage.phase == "stopped"


def test_fine_clears_an_earlier_red_flag(begin: Begin) -> None:
    """Asked whether they are well again."""
    stage = begin(replace(EXPERIENCED, red_flag_days_ago=3))
    stage.reach_question("well_again")
    assert Note("red_flag", "cleared") in stage.hear("fine")


@pytest.mark.parametrize("name", [name for name in QuestionName if name.startswith("screen_")])
def test_fine_is_no_answer_to_a_question_about_health(name: str, begin: Begin) -> None:
    """It is asked again."""
    stage = begin(NEW)
    stage.reach_question("screen_heart")
    while stage.coach.question != name:
        stage.hear("no")
        stage.wait(0.1)
    assert asked_in(stage.hear("fine")) == [name]


# -- not ready


def test_whoever_is_not_ready_is_waited_for(stage_of: StageOf) -> None:
    """In the set-up, and nothing moves."""
    stage = stage_of(STRAIGHT)
    stage.reach("setup")
    actions = stage.hear("not_ready")
    assert accepted_in(actions)
    assert texts_in(actions) == ["Take your time. Say ready when you are."]
    assert not set(phases_in(stage.wait(100))) & set(MOVING)


def test_not_ready_begins_the_wait_anew(stage_of: StageOf) -> None:
    """The session is not ended on somebody who answers."""
    stage = stage_of(STRAIGHT)
    stage.reach("setup")
    stage.wait(60)
    for _ in range(4):
        stage.wait(100)
        stage.hear("not_ready")
    assert ended_in(stage) is None


def test_asked_for_ready_not_ready_keeps_the_question(stage: Stage) -> None:
    """And is no "ready"."""
    stage.hear("stop")
    stage.hear("carry_on")
    actions = stage.hear("not_ready")
    assert said_in(actions) == ["take_your_time"]
    assert stage.coach.question == "ready"


def test_in_a_rest_not_ready_is_more_rest(stage: Stage) -> None:
    """Half a minute, and taken back as that."""
    stage.reach("rest")
    before = stage.session.course.rest_until
    stage.hear("not_ready")
    assert stage.session.course.rest_until >= before + 29
    stage.hear("i_didnt_say_that")
    assert stage.session.course.rest_until < before + 15


@pytest.mark.parametrize("phase", ["lower", "paused", "stopped", "asking"])
def test_not_ready_means_nothing_where_nothing_waits_for_ready(phase: str, stage_in: StageOf) -> None:
    """It is refused, and nothing begins."""
    stage = stage_in(phase)
    assert not accepted_in(stage.hear("not_ready"))
    assert stage.phase == phase
