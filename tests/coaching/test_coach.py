"""What every event has in common: every command in every phase, and speech that is no command."""

from __future__ import annotations

import pytest

from assistant.coaching.actions import Answer
from assistant.coaching.coach import HANDLERS
from assistant.coaching.commands.answers import ANSWERED, UNANSWERED
from assistant.coaching.events import Command
from assistant.coaching.phases import CONTEXT_OF_PHASE, PHASES, Context
from assistant.coaching.questions import QUESTIONS, QuestionName
from assistant.programme.commands import NOTHING
from assistant.programme.voice import VoicePack
from tests.coaching.given import COMMANDS, SLOTS, StageOf
from tests.coaching.told import accepted_in, said_in, texts_in
from tests.stand_ins import Stage


def test_other_words_are_asked_for_at_most_once_a_set(stage: Stage) -> None:
    """At rest; it says what leads on."""
    stage.reach("rest")
    said = stage.mumble()
    assert texts_in(said) == ["Say it in other words, or say: what can I say."]
    stage.wait(2)
    assert said_in(stage.mumble()) == []


def test_whoever_is_not_understood_by_a_question_is_asked_to_say_it_again(stage: Stage) -> None:
    """In one word: the question has said what can be said."""
    stage.hear("pain")
    stage.wait(8)
    assert said_in(stage.mumble()) == ["sorry"]


def test_after_the_end_nothing_is_done(stage: Stage) -> None:
    """It is recorded as refused."""
    stage.hear("stop")
    stage.hear("finish")
    stage.wait(60)
    assert stage.phase == "finished"
    actions = stage.hear("ready")
    assert [type(action) for action in actions] == [Answer]
    assert not accepted_in(actions)


def test_other_words_may_be_asked_for_again_in_another_set(stage: Stage) -> None:
    """Once for each."""
    stage.reach("rest")
    stage.mumble()
    stage.reach("lower")
    stage.hear("pause")
    assert said_in(stage.mumble()) == ["other_words"]


def test_a_command_that_the_coach_does_not_know_is_answered_kindly(stage: Stage) -> None:
    """A voice pack may list others; the record says why nothing came of it."""
    stage.reach("rest")
    actions = stage.hear("sing_along")
    assert said_in(actions) == ["not_yet"]
    answer = next(action for action in actions if isinstance(action, Answer))
    assert (answer.accepted, answer.reason) == (False, "unknown command")


def test_every_command_of_the_voice_is_known(pack: VoicePack, stage: Stage) -> None:
    """None is answered with "not yet"."""
    for command in pack.commands.commands:
        if command.name == NOTHING:
            continue  # The listener keeps it to itself.
        assert "not_yet" not in said_in(stage.hear(command.name, number=2, flag="chest"))


# -- every phase with every command


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_answered_in_every_phase(phase: str, command: str, stage_in: StageOf) -> None:
    """It is recorded once, leads to a legal phase, and a refusal has its reason."""
    stage = stage_in(phase)
    actions = stage.hear(command, **SLOTS.get(command, {}))
    answers = [action for action in actions if isinstance(action, Answer)]
    assert [answer.command for answer in answers] == [command]
    assert answers[0].accepted or answers[0].reason
    assert stage.phase in PHASES
    stage.wait(400)
    assert stage.phase in PHASES


@pytest.mark.parametrize("phase", [phase for phase in PHASES if phase != "finished"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_refusal_is_never_silent(phase: str, command: str, stage_in: StageOf) -> None:
    """At once, or where the next slot is: what is said differs from what would have been."""
    stage, silent = stage_in(phase), stage_in(phase)
    actions = stage.hear(command, **SLOTS.get(command, {}))
    if next(action.accepted for action in actions if isinstance(action, Answer)):
        return
    stage.wait(12)
    silent.wait(12)
    assert texts_in(stage) != texts_in(silent)


@pytest.mark.parametrize("question", ["kind", "half", "equipment"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_answered_while_a_question_is_open_in_the_rest(
    question: str, command: str, stage_of: StageOf
) -> None:
    """And whatever it is, the question leads to a legal phase and to an end."""
    stage = stage_of("exercise: t-arms, repetitions: 2, sets: 2, range: 4, rest: 20")
    stage.reach("lower")
    stage.hear({"kind": "burning", "half": "shaking", "equipment": "harder"}[question])
    stage.reach("asking")
    assert stage.coach.question == question
    actions = stage.hear(command, **SLOTS.get(command, {}))
    assert [action.command for action in actions if isinstance(action, Answer)] == [command]
    assert stage.phase in PHASES
    stage.wait(600)
    assert stage.phase in PHASES


def test_every_command_of_the_voice_is_acted_on(pack: VoicePack) -> None:
    """The names in commands.yaml, in the code and in the table of handlers are the same."""
    said = {command.name for command in pack.commands.commands} - {NOTHING}
    assert said == set(Command) == set(HANDLERS)


def test_every_context_is_listened_for_somewhere(pack: VoicePack) -> None:
    """And no other: those of phases and of questions."""
    listened = {*CONTEXT_OF_PHASE.values(), *(q.context for q in QUESTIONS.values()), Context.MOVING}
    assert listened == set(Context)
    sentences = (sentence for command in pack.commands.commands for sentence in command.sentences)
    assert {context for sentence in sentences for context in sentence.contexts} == set(Context)


def test_every_question_has_what_follows_from_an_answer_and_from_none() -> None:
    """Readiness alone is a command of its own."""
    assert set(QUESTIONS) == set(QuestionName) == {*ANSWERED, QuestionName.READY}
    without_answer = {name for name, question in QUESTIONS.items() if question.silence is None}
    assert without_answer == {*UNANSWERED, QuestionName.READY}
