"""What the coach does about how the movement feels: a pinch, a click, an arching back, burning, shaking.

An exercise's file says what each fault leads to. Something is taken back; nothing ever gets deeper or harder.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.coaching import course
from assistant.coaching.commands.safety import burns_in_the_joint, burns_no_more
from assistant.coaching.events import Command, Heard
from assistant.coaching.load import Step, regress, shallower
from assistant.coaching.opening import has_begun
from assistant.coaching.phases import IN_REPETITIONS
from assistant.coaching.plan import Consequence
from assistant.coaching.questions import Occasion, QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import Handler, Refusal, Session, Undo

DRILL_HOLD_SECONDS = 5.0
"""How long the imprint is held in the drill. Chosen."""

_FROM_HERE: Mapping[str, Line] = {"range": Line.FROM_HERE_HIGHER, "exercise": Line.FROM_HERE_EASIER}
"""What changed to what is said about it."""


def fault(session: Session, heard: Heard, now: float) -> Refusal:
    """Do what the exercise says about a fault; an exercise that says nothing is put down and made easier."""
    if session.phases.phase in ("greeting", "stopped", "asking"):
        return session.not_now(now)
    name = heard.command
    session.manners.faults[name] += 1
    consequence = session.position.load.exercise.faults.get(name, "regress")
    if consequence == "reassure":
        session.reply(Line.FAULT_FINE, now)
        return None
    if session.moving and consequence != "shallower":
        _put_legs_down(session, name, consequence, now)
        return None
    return _lighten(session, name, consequence, now)


def _lighten(session: Session, name: str, consequence: Consequence, now: float) -> Refusal:
    """Make it easier from the next repetition or set on, without putting anything down."""
    step = _less(session, name, consequence)
    session.withdraw_harder(name)
    if step is None:
        lighter = session.prescription.base.exercise is not session.position.load.exercise
        session.reply(Line(f"fault_{name}") if lighter else Line.EASIEST, now)
        return None if lighter else "at its limit"
    session.prescription.record(step, name)
    if step.what == "exercise":
        session.position.cap(step.load.exercise.level)
    if consequence == "shallower" and step.what == "exercise":
        line = Line.CLICK_AGAIN if session.manners.faults[name] > 1 else step.line
    else:
        line = Line(f"fault_{name}")
    put_in_force(session, step, line, now)
    if consequence == "drill" and session.phases.phase == "rest":
        _drill(session, now)
        course.rest_on(session, now)
    return None


def _put_legs_down(session: Session, name: str, consequence: Consequence, now: float) -> None:
    """Release, pause, say why, and go on with less once the person says so."""
    session.halt("pause", now)
    session.speech.say(Line(f"fault_{name}"), now)
    if consequence == "drill":
        _drill(session, now)
    if name == Command.ARCHING:
        course.end_set(session)
    if session.position.set_over and session.position.on_last_set:
        session.timers.after(session.speech.say(Line.SET_ENDS_HERE, now), course.go_on)
        return
    step = _less(session, name, consequence)
    session.ease(step, name)
    if step is not None:
        session.speech.say(_FROM_HERE[step.what], now)
    if name == Command.LOST_IT and session.manners.faults[name] > 1:
        session.speech.say(Line.ADVISE_TRAINER, now)
    session.wait_paused(session.speech.say(Line.SETTLE, now))


def _less(session: Session, name: str, consequence: Consequence) -> Step | None:
    """Return the one thing that is taken back."""
    base, felt = session.prescription.base, session.position.load.exercise
    if base.exercise is not felt and (base.exercise.branch != "ladder" or base.exercise.level < felt.level):
        return None  # What follows is lighter anyway.
    goes_on = consequence == "shallower"
    again = goes_on and session.manners.faults[name] > 1
    higher = shallower(base)
    easier = regress(base, session.position.plan.exercises, goes_on and is_uneven(session))
    return easier or higher if consequence == "regress" or again else higher or easier


def is_uneven(session: Session) -> bool:
    """Return whether one side has done more in this set than the other, or is just doing it."""
    position = session.position
    if position.set_over or len(position.load.exercise.sides) == 1:
        return False
    left, right = position.done
    return session.phases.phase in IN_REPETITIONS or left != right


def put_in_force(session: Session, step: Step, line: Line, now: float) -> None:
    """Let a step hold from the next repetition on, in the rest from the next set on; and say so."""
    position, prescription = session.position, session.prescription
    if position.set_over and not position.on_last_set:
        position.adapt_next(step)
        session.reply(line, now)
    elif not has_begun(session):
        # What is set up first is what comes, and what is asked yet builds on it.
        position.adapt(step)
        session.reply(line, now)
    elif session.phases.phase == "setup":
        session.hush(now)
        session.speech.say(line, now)
        prescription.let_follow(step)
        prescription.put_in_force()
        course.set_up(session, now)
    else:
        prescription.let_follow(step)
        position.keep(step)
        session.reply(line, now)


def _drill(session: Session, now: float) -> None:
    """Guide one imprint by ear: say it, hold it, let go."""
    session.speech.say(Line.DRILL_START, now)
    session.speech.talk(course.worded(session, Line.IMPRINT_LONG), now)
    over = session.speech.say(Line.DRILL_KEEP, now)
    session.speech.say(Line.DRILL_DONE, over + DRILL_HOLD_SECONDS)


# -- burning


def burning(session: Session, heard: Heard, now: float) -> Refusal:
    """Ask in the rest whether it is the muscle or the joint."""
    if session.phases.phase in ("greeting", "stopped", "asking"):
        return session.not_now(now)
    session.ask_in_rest(QuestionName.KIND, now)
    session.can_undo(_ask_no_more(QuestionName.KIND))
    return None


def told_kind(session: Session, heard: Heard, now: float) -> None:
    """Treat burning in the joint as pain; a tired muscle is fine, and what has gone is asked about once."""
    session.questions.drop(QuestionName.KIND)
    if heard.command == Command.FINE:
        burns_no_more(session, now)
        return
    if heard.command == Command.JOINT:
        burns_in_the_joint(session, now)
        return
    session.speech.say(Line.MUSCLE_TIRED, now)
    course.leave_question(session, now)


# -- shaking


def shaking(session: Session, heard: Heard, now: float) -> Refusal:
    """Say that it is the muscle working, and offer to halve the next set."""
    session.reply(Line.MUSCLE_WORKING, now)
    following = session.prescription.next_work
    if following is None or following.repetitions == 1 or session.position.is_next_halved:
        return None
    if session.phases.phase == "rest":
        session.ask_in_rest(QuestionName.HALF, now)
    elif session.moving and not session.questions.has(QuestionName.HALF):
        session.questions.add(Occasion.REST, QuestionName.HALF)
        session.can_undo(_ask_no_more(QuestionName.HALF))
    return None


def told_half(session: Session, heard: Heard, now: float) -> None:
    """Halve the next set, or leave it as planned."""
    session.questions.drop(QuestionName.HALF)
    following = session.prescription.next_work
    halved = None
    if heard.command != Command.NO and following is not None:
        halved = session.position.halve_next()
    if following is None or halved is None:
        session.speech.say(Line.AS_PLANNED, now)
    else:
        before, after = map(str, halved)
        session.prescription.record(Step(following, "repetitions", before, after, Line.HALF), Command.SHAKING)
        session.speech.say(Line.HALF, now)
    course.leave_question(session, now)


def _ask_no_more(name: QuestionName) -> Undo:
    def undo(session: Session, now: float) -> Refusal:
        session.questions.drop(name)
        session.reply(Line.AS_PLANNED, now)
        return None

    return undo


HANDLERS: Mapping[Command, Handler] = {
    **dict.fromkeys((Command.PINCH, Command.CLICK, Command.ARCHING, Command.LOST_IT), fault),
    Command.BURNING: burning,
    Command.SHAKING: shaking,
}
