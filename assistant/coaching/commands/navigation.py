"""What the coach does about wishes for another place in the session: pause, next set, the other side.

Out of a movement all ways lead over the release.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.coaching import course
from assistant.coaching.closing import finish
from assistant.coaching.course import go_on
from assistant.coaching.events import Command, Heard
from assistant.coaching.opening import is_opening, skip_lessons
from assistant.coaching.phases import IN_REPETITIONS
from assistant.coaching.questions import QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import Handler, Refusal, Session
from assistant.coaching.speech import RELEASE_DELAY_SECONDS


def pause(session: Session, heard: Heard, now: float) -> Refusal:
    """Put the body down until "carry on"."""
    if session.phases.phase in ("paused", "stopped"):
        return "nothing is going on"
    if session.phases.phase == "asking" and session.questions.asked is not QuestionName.READY:
        return "a question is open"
    session.pause(Line.PAUSED, now)
    session.can_undo(_take_pause_back)
    return None


def _take_pause_back(session: Session, now: float) -> Refusal:
    session.hush(now)
    session.speech.say(Line.UNDONE_PAUSE, now)
    session.ask(QuestionName.READY, now)
    return None


def _leave(session: Session, now: float) -> bool:
    """Break off what is going on, legs down; False before and after all sets, and until ready is said."""
    if session.body.needs_ready or session.phases.phase in ("greeting", "stopped", "asking"):
        return False
    if is_opening(session) or session.closing.ended is not None:
        return False
    course.forget_switch(session)
    was_moving = session.moving
    was_released = session.speech.is_releasing(now)
    session.hush(now)
    if was_moving and not was_released:
        session.speech.release(session.way_out, now + RELEASE_DELAY_SECONDS)
    return True


def next_set(session: Session, heard: Heard, now: float) -> Refusal:
    """Go to the next set, or leave the tutorial."""
    if skip_lessons(session, now):
        return None
    if not _leave(session, now):
        return session.not_now(now)
    if not session.position.set_over:
        if session.position.on_last_set:
            finish(session, "completed", now)
            return None
        session.position.leave_set()
    go_on(session, now)
    return None


def next_exercise(session: Session, heard: Heard, now: float) -> Refusal:
    """Go to the next exercise of the plan, or leave the tutorial."""
    if skip_lessons(session, now):
        return None
    if not _leave(session, now):
        return session.not_now(now)
    course.leave_place(session)
    session.withdraw_harder(heard.command)
    if session.position.next_exercise():
        go_on(session, now)
    else:
        finish(session, "completed", now)
    return None


def repeat(session: Session, heard: Heard, now: float) -> Refusal:
    """Do the set again; in the set-up, explain it again."""
    if not _leave(session, now):
        return session.not_now(now)
    if session.phases.phase == "setup":
        course.forget_set_up(session)
    course.leave_place(session)
    session.position.restart_set()
    go_on(session, now)
    return None


def more_rest(session: Session, heard: Heard, now: float) -> Refusal:
    """Make the rest longer."""
    if session.phases.phase != "rest":
        return session.not_now(now)
    session.hush(now)
    course.more_rest(session, now)
    session.can_undo(_take_more_rest_back)
    return None


def not_ready(session: Session, heard: Heard, now: float) -> Refusal:
    """Give the person time: a longer rest, or the same wait once more."""
    phase = session.phases.phase
    if phase == "rest":
        return more_rest(session, heard, now)
    if phase not in ("greeting", "setup") and session.questions.asked is not QuestionName.READY:
        return "nothing waits for it"
    session.reply(Line.TAKE_YOUR_TIME, now)
    return None


def _take_more_rest_back(session: Session, now: float) -> Refusal:
    is_same = session.course.more_rest_after == session.position.set_index
    if session.phases.phase != "rest" or not is_same:
        session.reply(Line.NOTHING_UNDONE, now)
        return "too late"
    session.hush(now)
    session.speech.say(Line.UNDONE_REST, now)
    course.less_rest(session, now)
    return None


def ask_finish(session: Session, heard: Heard, now: float) -> Refusal:
    """End the session: at once after a stop, else after asking."""
    phase = session.phases.phase
    if phase == "asking" and session.questions.asked is not QuestionName.READY:
        return "a question is open"
    if phase == "stopped":
        session.hush(now)
        finish(session, "asked", now)
        return None
    if phase != "paused":
        session.halt("pause", now)
    session.ask(QuestionName.FINISH, now)
    return None


def told_finish(session: Session, heard: Heard, now: float) -> None:
    """End the session, or pause."""
    if heard.command == "yes":
        finish(session, "asked", now)
    else:
        session.pause(Line.PAUSED, now)


# -- the other side


def switch_legs(session: Session, heard: Heard, now: float) -> Refusal:
    """Change sides now, at the end of the repetition, or in the rest for the next set."""
    phase, position = session.phases.phase, session.position
    if phase in ("greeting", "stopped", "asking"):
        return session.not_now(now)
    exercise = (session.prescription.base if position.set_over else position.load).exercise
    if len(exercise.sides) == 1:
        session.reply(Line.LEGS_IN_TURN if exercise.alternating else Line.BOTH_TOGETHER, now)
        return "no side works alone"
    if position.set_over:
        course.switch_in_next_set(session)
        session.can_undo(_take_switch_back)
        session.speech.say(Line.SWITCHING, now)
    elif position.on_last_side:
        session.reply(Line.OTHER_SIDE_DONE, now)
        return "the other side is done"
    elif phase in IN_REPETITIONS:
        # What is said there, at the end of the repetition, is the answer.
        course.switch_after_repetition(session)
        session.can_undo(_take_switch_back)
    else:
        position.switch_sides()
        if session.moving:
            session.hush(now)
            go_on(session, now)
        else:
            session.speech.say(Line.SWITCHING, now)
    return None


def _take_switch_back(session: Session, now: float) -> Refusal:
    """Stay with this side, as long as the other has not begun."""
    if not course.keep_side(session):
        session.reply(Line.NOTHING_UNDONE, now)
        return "too late"
    session.reply(Line.AS_PLANNED, now)
    return None


HANDLERS: Mapping[Command, Handler] = {
    Command.PAUSE: pause,
    **dict.fromkeys((Command.NEXT_SET, Command.SKIP), next_set),
    Command.NEXT_EXERCISE: next_exercise,
    Command.REPEAT: repeat,
    Command.MORE_REST: more_rest,
    Command.NOT_READY: not_ready,
    Command.SWITCH_LEGS: switch_legs,
    Command.FINISH: ask_finish,
}
