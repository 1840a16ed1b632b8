"""What follows from the answer to each question, and from none: two tables, and nothing else decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from assistant.coaching import closing, opening
from assistant.coaching.commands import faults, navigation, requests, safety
from assistant.coaching.events import SAFETY_COMMANDS, Command, Heard
from assistant.coaching.phases import Context
from assistant.coaching.questions import QUESTIONS, QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import Handler, Refusal, Session, Then

ASKED_AGAIN_SECONDS = 3.0
"""Who answered too early is asked again after so long: time to answer, and no long wait. Chosen."""

SURE_NUMBER = 0.99
"""A number that changes what is trained is read back where it was heard less surely than this.

Of 371 digits of four people that were heard right, 16 are asked about, and of 19 that were heard wrong, 10;
with a kitchen 12 dB below them 25 of 169, and 8 of 19. Hardly any lies between 0.9 and 1, so that this is
`PLAIN` of the hearing as well as any other figure there.
"""

Answered: TypeAlias = Callable[[Session, Heard, float], None]

InPlaceOfAnAnswer: TypeAlias = Callable[[Session, QuestionName, Heard, float], Refusal]


def _told_sure(session: Session, heard: Heard, now: float) -> None:
    """Take the number that was read back, or ask for it again."""
    name, number = _doubted(session)
    if heard.command == Command.YES:
        ANSWERED[name](session, Heard(Command.NUMBER, {"number": number}), now)
    else:
        session.ask(name, now)


def _not_sure(session: Session, at: float) -> None:
    """Go on as where no number was given."""
    _leave_unanswered(session, _doubted(session)[0], at)


def _doubted(session: Session) -> tuple[QuestionName, int]:
    doubted = session.questions.doubted
    assert doubted is not None
    return doubted


ANSWERED: Mapping[QuestionName, Answered] = {
    QuestionName.FINISH: navigation.told_finish,
    QuestionName.WHERE: safety.told_where,
    QuestionName.HOW_SORE: safety.told_how_sore,
    QuestionName.HOW_NOW: safety.told_how_now,
    QuestionName.CRAMP: safety.told_cramp,
    QuestionName.SURE: _told_sure,
    QuestionName.ZERO: safety.told_zero,
    QuestionName.HURT: safety.told_hurt,
    QuestionName.WAS_THAT_PAIN: safety.told_was_that_pain,
    QuestionName.UNWELL: safety.told_unwell,
    QuestionName.WHAT: safety.told_what,
    QuestionName.SIDE_BRANCH: safety.told_side_branch,
    QuestionName.KIND: faults.told_kind,
    QuestionName.HALF: faults.told_half,
    QuestionName.EQUIPMENT: requests.told_equipment,
    QuestionName.WAS_IT_SO: opening.told_was_it_so,
    QuestionName.WELL_AGAIN: opening.told_well_again,
    **dict.fromkeys(opening.SCREENS, opening.told_screen),
    QuestionName.RESUME: opening.told_resume,
    QuestionName.PAIN_NOW: opening.told_pain_now,
    QuestionName.YESTERDAY: opening.told_yesterday,
    QuestionName.SORE_WHERE: opening.told_sore_where,
    QuestionName.GENTLE_TODAY: opening.told_gentle_today,
    QuestionName.REST_DAY: opening.told_rest_day,
    QuestionName.PROGRESS: opening.told_progress,
    QuestionName.EFFORT: closing.told_effort,
    QuestionName.RESERVE: closing.told_reserve,
    QuestionName.SORENESS: closing.told_soreness,
}
"""Question to what follows from its answer; `ready` is a command of its own."""

UNANSWERED: Mapping[QuestionName, Then] = {
    **dict.fromkeys(
        (QuestionName.WHERE, QuestionName.HOW_SORE, QuestionName.ZERO, QuestionName.HURT),
        safety.pain_not_rated,
    ),
    QuestionName.HOW_NOW: opening.need_answer,
    QuestionName.CRAMP: safety.pain_not_rated,
    QuestionName.SURE: _not_sure,
    QuestionName.WAS_THAT_PAIN: safety.stay_stopped,
    QuestionName.UNWELL: closing.flag_unanswered,
    QuestionName.WHAT: safety.stay_stopped,
    QuestionName.WAS_IT_SO: opening.need_answer,
    QuestionName.EQUIPMENT: requests.without_equipment,
    **dict.fromkeys(opening.SCREENS, opening.need_answer),
    QuestionName.RESUME: opening.leave_step,
    **dict.fromkeys(
        (QuestionName.EFFORT, QuestionName.RESERVE, QuestionName.SORENESS), closing.leave_question
    ),
}
"""Question to what silence means, where it does not count as one of its answers."""

_HOW_TO: Mapping[Context, Line] = {
    Context.ASKED_YES_NO: Line.HOW_YES_NO,
    Context.ASKED_NUMBER: Line.HOW_NUMBER,
    Context.ASKED_WHERE: Line.HOW_WHERE,
    Context.ASKED_KIND: Line.HOW_KIND,
}
"""What is listened for to what a person is told who does not know what to answer."""

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
    return refusal if refusal is None else _not_asked(session, refusal, now)


def _not_asked(session: Session, refusal: str, now: float) -> Refusal:
    """Say that nothing was asked, where that is so."""
    if session.questions.asked is None:
        session.reply(_WAITED_FOR.get(session.phases.phase, Line.NOT_ASKED), now)
    return refusal


def _is_contradicted(session: Session, heard: Heard) -> bool:
    """Return whether the same breath holds another answer to what is asked."""
    if (name := session.questions.asked) is None:
        return False
    answers = _answers_to(name)
    given = [(one.command, one.slots) for one in (heard, *heard.also) if one.command in answers]
    return any(one != given[0] for one in given)


def _answers_to(name: QuestionName) -> frozenset[str]:
    """Return what answers a question by itself; doubt does where it counts as an answer."""
    doubt = {Command.UNSURE} if QUESTIONS[name].unsure is not None else set[Command]()
    return (QUESTIONS[name].answers | doubt) - SAFETY_COMMANDS


def _answer_question(session: Session, heard: Heard, now: float) -> Refusal:
    name = session.questions.asked
    if name is None or heard.command not in QUESTIONS[name].answers:
        return "nothing was asked"
    session.hush(now)
    if QUESTIONS[name].read_back and heard.confidence < SURE_NUMBER:
        session.questions.doubted = (name, int(heard.slots["number"]))
        session.ask(QuestionName.SURE, now)
    else:
        ANSWERED[name](session, heard, now)
    return None


# -- what is said in place of an answer


def _in_place_of_an_answer(take: InPlaceOfAnAnswer) -> Handler:
    """Return what is done about words that may be no answer; one in the same breath goes before them."""

    def hear(session: Session, heard: Heard, now: float) -> Refusal:
        session.questions.deal_with(now)
        name = session.questions.asked
        if name is None or name is QuestionName.READY:
            return _not_asked(session, "nothing was asked", now)
        answers = [one for one in (heard, *heard.also) if one.command in _answers_to(name)]
        if answers and answers[0] is not heard:
            return answer(session, replace(answers[0], also=tuple(answers[1:])), now)
        session.hush(now)
        if _is_contradicted(session, heard):
            session.ask_same(now)
            return "two answers in one breath"
        return take(session, name, heard, now)

    return hear


def _be_vague(session: Session, name: QuestionName, heard: Heard, now: float) -> Refusal:
    """Ask for the number, where it was only said that it is a little, or much."""
    if QUESTIONS[name].context is not Context.ASKED_NUMBER:
        session.ask_same(now)
        return "no number was asked for"
    line = Line.ONE_OR_TWO if heard.slots.get("amount") == "low" else Line.GIVE_A_NUMBER
    session.ask(name, now, session.questions.is_repeated, line)
    return None


def _be_unsure(session: Session, name: QuestionName, heard: Heard, now: float) -> Refusal:
    """Say once how to answer; after that, or where it counts as an answer, go on."""
    questions = session.questions
    if (counts_as := QUESTIONS[name].unsure) is not None:
        ANSWERED[name](session, Heard(counts_as), now)
    elif questions.is_explained:
        _leave_unanswered(session, name, now)
    else:
        session.speech.say(_HOW_TO[QUESTIONS[name].context], now)
        session.ask(name, now, questions.is_repeated)
        questions.is_explained = True
    return None


def _be_fine(session: Session, name: QuestionName, heard: Heard, now: float) -> Refusal:
    """Take it as the answer that it is to some questions."""
    if (counts_as := QUESTIONS[name].fine) is not None:
        ANSWERED[name](session, Heard(counts_as), now)
    else:
        session.ask_same(now)
    return None


def be_fine(session: Session, heard: Heard, now: float) -> Refusal:
    """After a stop, say what leads on; else it is said in place of an answer."""
    if session.questions.asked is not None or session.phases.phase != "stopped":
        return _in_place_of_an_answer(_be_fine)(session, heard, now)
    session.questions.deal_with(now)
    session.hush(now)
    session.speech.say(Line.WHEN_YOU_LIKE, now)
    return None


# -- no answer


def unanswered(session: Session, at: float) -> None:
    """Ask once more, or go on as silence means."""
    name = session.questions.asked
    assert name is not None
    question = QUESTIONS[name]
    if question.repeated and not session.questions.is_repeated:
        session.ask(name, at, repeated=True)
    else:
        _leave_unanswered(session, name, at)


def _leave_unanswered(session: Session, name: QuestionName, at: float) -> None:
    """Go on as silence means."""
    silence = QUESTIONS[name].silence
    if silence is not None:
        ANSWERED[name](session, Heard(silence), at)
    else:
        UNANSWERED[name](session, at)


HANDLERS: Mapping[Command, Handler] = {
    **dict.fromkeys(
        {Command.READY, *(command for question in QUESTIONS.values() for command in question.answers)}
        - {Command.PAIN},
        answer,
    ),
    Command.VAGUE: _in_place_of_an_answer(_be_vague),
    Command.UNSURE: _in_place_of_an_answer(_be_unsure),
    Command.FINE: be_fine,
}
"""All answers; "pain" answers where it hurts, and is a command of its own."""
