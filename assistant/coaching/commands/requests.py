"""What the coach does about wishes for more or less: easier, harder, slower, faster.

One thing changes at a time, within the limits of the exercise and of the day.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.coaching.commands.faults import is_uneven, put_in_force
from assistant.coaching.course import leave_question
from assistant.coaching.events import Command, Heard
from assistant.coaching.load import Load, Step, easier, faster, slower
from assistant.coaching.questions import QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import Handler, Refusal, Session, Undo

_LINES: Mapping[str, tuple[Line, Line]] = {
    Command.EASIER: (Line.EASIEST, Line.UNDONE_EASIER),
    Command.SLOWER: (Line.SLOWEST, Line.UNDONE_SLOWER),
    Command.FASTER: (Line.FASTEST, Line.UNDONE_FASTER),
}
"""Command to what is said where it goes no further, and when it is taken back."""


def _step_for(session: Session, command: str, base: Load) -> Step | None:
    if command == Command.EASIER:
        return easier(base, session.position.plan.exercises, is_uneven(session))
    return slower(base) if command == Command.SLOWER else faster(base)


def adapt(session: Session, heard: Heard, now: float) -> Refusal:
    """Make it easier, slower or faster from the next repetition on, or at rest from the next set on."""
    prescription, position = session.prescription, session.position
    before, is_easier = prescription.base, heard.command == Command.EASIER
    step, (limit, undone) = _step_for(session, heard.command, before), _LINES[heard.command]
    if step is None and is_easier and prescription.harder_step is not None:
        session.withdraw_harder(heard.command)
        session.reply(Line.UNDONE_HARDER, now)
        return None
    if step is None:
        session.reply(limit, now)
        return "at its limit"
    promised, cap = prescription.harder_step, position.level_cap
    if is_easier:
        session.withdraw_harder(heard.command)
    prescription.record(step, heard.command)
    if position.set_over and step.what == "exercise":
        position.cap(step.load.exercise.level)
    put_in_force(session, step, step.line, now)
    back = Step(before, step.what, step.after, step.before, undone)
    session.can_undo(_put_back(session, back, promised, cap))
    return None


def _put_back(session: Session, back: Step, promised: Step | None, cap: int | None) -> Undo:
    """Return what takes a change back, as long as the set or rest lasts in which it was made."""
    place = session.position.set_index, session.position.set_over

    def undo(session: Session, now: float) -> Refusal:
        position, prescription = session.position, session.prescription
        if place != (position.set_index, position.set_over):
            session.reply(Line.NOTHING_UNDONE, now)
            return "too late"
        position.restore_cap(cap)
        prescription.record(back, Command.I_DIDNT_SAY_THAT)
        if promised is not None and prescription.harder_step is None:
            prescription.promise(promised)
        put_in_force(session, back, back.line, now)
        return None

    return undo


# -- harder


def ask_harder(session: Session, heard: Heard, now: float) -> Refusal:
    """Promise one step more for the next set: never after pain, and once a set."""
    prescription = session.prescription
    if prescription.sore:
        session.reply(Line.HARDER_REFUSED, now)
        return "not after pain"
    if session.manners.harder_in_set == session.position.set_index:
        session.reply(Line.HARDER_WAIT, now)
        return "once a set"
    base = prescription.next_work
    if base is None:
        return _no_work_next(session, now)
    step = prescription.harder_than(base)
    if step is None or prescription.needed_for(step) & prescription.missing:
        session.reply(Line.HARDEST, now)
        return "at its limit"
    session.manners.harder_in_set = session.position.set_index
    session.can_undo(_take_harder_back)
    if prescription.needed_for(step):
        session.ask_in_rest(QuestionName.EQUIPMENT, now)
    else:
        _promise(session, step, now)
    return None


def _no_work_next(session: Session, now: float) -> Refusal:
    """Say why nothing gets harder here: the work is over, or has not begun."""
    following = session.position.plan.sets[session.position.set_index + 1 :]
    if any(work.part == "work" for work in following):
        return session.not_now(now)
    session.reply(Line.ONLY_COOL_DOWN if following else Line.NOTHING_NEXT, now)
    return "no set of work follows"


def _promise(session: Session, step: Step, now: float) -> None:
    session.prescription.promise(step)
    session.reply(step.line, now)


def _take_harder_back(session: Session, now: float) -> Refusal:
    if session.prescription.harder_step is None and not session.questions.has(QuestionName.EQUIPMENT):
        session.reply(Line.NOTHING_UNDONE, now)
        return "too late"
    session.withdraw_harder(Command.I_DIDNT_SAY_THAT)
    allow_harder(session)
    session.reply(Line.UNDONE_HARDER, now)
    return None


def allow_harder(session: Session) -> None:
    """Let "harder" be asked for once more in this set."""
    session.manners.harder_in_set = None


# -- equipment


def told_equipment(session: Session, heard: Heard, now: float) -> None:
    """Promise the harder step where everything that it needs is there."""
    prescription, wanted = session.prescription, session.prescription.wanted()
    if heard.command == Command.NO or wanted is None:
        if wanted is not None:
            prescription.note_equipment(wanted[1], is_there=False)
        allow_harder(session)
        without_equipment(session, now)
        return
    step, thing = wanted
    prescription.note_equipment(thing, is_there=True)
    if prescription.needed_for(step):
        session.ask(QuestionName.EQUIPMENT, now)
        return
    session.questions.drop(QuestionName.EQUIPMENT)
    _promise(session, step, now)
    leave_question(session, now)


def without_equipment(session: Session, at: float) -> None:
    """Go on as planned without what is missing."""
    session.questions.drop(QuestionName.EQUIPMENT)
    session.speech.say(Line.WITHOUT_IT, at)
    leave_question(session, at)


HANDLERS: Mapping[Command, Handler] = {
    **dict.fromkeys((Command.EASIER, Command.SLOWER, Command.FASTER), adapt),
    Command.HARDER: ask_harder,
}
