"""What follows from the answer to each question, and from none: two tables, and nothing else decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from assistant.coaching import closing, opening
from assistant.coaching.commands import faults, navigation, requests, safety
from assistant.coaching.events import SAFETY_COMMANDS, Command, Heard
from assistant.coaching.questions import QUESTIONS, QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import Handler, Refusal, Session, Then

ASKED_AGAIN_SECONDS = 3.0
"""Who answered too early is asked again after so long: time to answer, and no long wait. Chosen."""

Answered: TypeAlias = Callable[[Session, Heard, float], None]

ANSWERED: Mapping[QuestionName, Answered] = {
    QuestionName.FINISH: navigation.told_finish,
    QuestionName.WHERE: safety.told_where,
    QuestionName.HOW_SORE: safety.told_how_sore,
    QuestionName.ZERO: safety.told_zero,
    QuestionName.HURT: safety.told_hurt,
    QuestionName.UNWELL: safety.told_unwell,
    QuestionName.SIDE_BRANCH: safety.told_side_branch,
    QuestionName.KIND: faults.told_kind,
    QuestionName.HALF: faults.told_half,
    QuestionName.EQUIPMENT: requests.told_equipment,
    QuestionName.WELL_AGAIN: opening.told_well_again,
    **dict.fromkeys(opening.SCREENS, opening.told_screen),
    QuestionName.RESUME: opening.told_resume,
    QuestionName.YESTERDAY: opening.told_yesterday,
    QuestionName.REST_DAY: opening.told_rest_day,
    QuestionName.PROGRESS: opening.told_progress,
    QuestionName.EFFORT: closing.told_effort,
    QuestionName.SORENESS: closing.told_soreness,
}
"""Question to what follows from its answer; `ready` is a command of its own."""

UNANSWERED: Mapping[QuestionName, Then] = {
    **dict.fromkeys(
        (QuestionName.WHERE, QuestionName.HOW_SORE, QuestionName.ZERO, QuestionName.HURT),
        safety.pain_not_rated,
    ),
    QuestionName.EQUIPMENT: requests.without_equipment,
    **dict.fromkeys(opening.SCREENS, opening.need_answer),
    QuestionName.RESUME: opening.leave_step,
    QuestionName.EFFORT: closing.leave_question,
    QuestionName.SORENESS: closing.leave_question,
}
"""Question to what silence means, where it does not count as one of its answers."""

_WAITED_FOR: Mapping[str, Line] = {"paused": Line.STILL_PAUSED, "stopped": Line.STILL_STOPPED}
"""Phase to what is said when an answer comes though nothing was asked."""


def too_early(session: Session, heard: Heard, now: float) -> Refusal:
    """Return why what began when it did answers nothing that is asked now; None where it may.

    Nothing comes of it, and nothing is said about it. A question that was answered before it had been put is
    asked once more, soon after it has been heard to its end.
    """
    questions = session.questions
    if heard.command not in HANDLERS:
        return None
    if heard.start <= questions.breath_until:
        because = "the same breath as the last answer"
    elif questions.asked is None:
        if heard.start >= session.entered_at:
            return None
        because = f"begun before {session.phases.phase}"
    elif heard.start >= questions.put_at:
        return None
    else:
        because = "begun before the question was put"
        again = max(now, session.speech.free_at) + ASKED_AGAIN_SECONDS
        session.timers.after(again, Session.ask_same)
    questions.deal_with(now)
    return because


def answer(session: Session, heard: Heard, now: float) -> Refusal:
    """Take an answer; where nothing was asked, say so, and where it answers both ways, ask again."""
    session.questions.deal_with(now)
    if _is_contradicted(session, heard):
        session.hush(now)
        session.ask_same(now)
        return "two answers in one breath"
    if heard.command == Command.READY:
        refusal = safety.ready(session, now)
    else:
        refusal = _answer_question(session, heard, now)
    if refusal is not None and session.questions.asked is None:
        session.reply(_WAITED_FOR.get(session.phases.phase, Line.NOT_ASKED), now)
    return refusal


def _is_contradicted(session: Session, heard: Heard) -> bool:
    """Return whether the same breath holds another answer to what is asked."""
    if (name := session.questions.asked) is None:
        return False
    answers = QUESTIONS[name].answers - SAFETY_COMMANDS
    given = [(one.command, one.slots) for one in (heard, *heard.also) if one.command in answers]
    return any(one != given[0] for one in given)


def _answer_question(session: Session, heard: Heard, now: float) -> Refusal:
    name = session.questions.asked
    if name is None or heard.command not in QUESTIONS[name].answers:
        return "nothing was asked"
    session.hush(now)
    ANSWERED[name](session, heard, now)
    return None


def unanswered(session: Session, at: float) -> None:
    """Ask once more, or go on as silence means."""
    name = session.questions.asked
    assert name is not None
    question = QUESTIONS[name]
    if question.repeated and not session.questions.is_repeated:
        session.ask(name, at, repeated=True)
    elif question.silence is not None:
        ANSWERED[name](session, Heard(question.silence), at)
    else:
        UNANSWERED[name](session, at)


HANDLERS: Mapping[Command, Handler] = dict.fromkeys(
    {Command.READY, *(command for question in QUESTIONS.values() for command in question.answers)}
    - {Command.PAIN},
    answer,
)
"""All answers; "pain" answers where it hurts, and is a command of its own."""
