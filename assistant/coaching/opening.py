"""What comes before the first set: the tutorial, the health questions, and how the last session was.

`steps` says what a history asks for; the steps wait in the queue of questions, and `open_` takes one after
the other. Stop, pause and pain lead back to where it was, since a step leaves the queue only when it is over.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.coaching import history as past
from assistant.coaching.actions import Breathe, Note
from assistant.coaching.checkpoint import Unfinished
from assistant.coaching.closing import emergency, finish
from assistant.coaching.complaint import COUNTS_AS
from assistant.coaching.course import set_up
from assistant.coaching.events import Command, Heard
from assistant.coaching.history import History, RestAdvice
from assistant.coaching.phases import Context
from assistant.coaching.position import Position
from assistant.coaching.questions import Item, Occasion, QuestionName, Told
from assistant.coaching.script import Line, Script
from assistant.coaching.session import ANSWER_SECONDS, UNNAMED_FLAG, Session

LESSON_PAUSE_SECONDS = 1.0
"""Quiet between two parts of the tutorial. Chosen."""

SCREENS = tuple(name for name in QuestionName if name.startswith("screen_"))
"""Questions about health, in order."""

SPOKEN: Mapping[str, tuple[Line, ...]] = {
    Told.EDUCATIONAL: (Line.EDUCATIONAL,),
    Told.TUTORIAL: (
        Line.TEACH_TALK,
        Line.TEACH_HEARD,
        Line.TEACH_STOP,
        Line.TEACH_TRY,
        Line.TEACH_READY,
        Line.TEACH_SORE,
        Line.TEACH_CHANGE,
        Line.TEACH_IMPRINT,
        Line.TEACH_LOWER,
        Line.TEACH_REST,
        Line.TEACH_END,
    ),
    Told.SCREENING: (Line.SCREENING,),
}
"""Steps that ask nothing, with what is said in them."""

_OF_A_NEW_SESSION = (
    *(QuestionName.PAIN_NOW, QuestionName.YESTERDAY, QuestionName.SORE_WHERE),
    *(Told.LOWERED, QuestionName.REST_DAY, QuestionName.PROGRESS),
)
"""Steps that are left out where a session is resumed."""

_OF_LEG_LIFTS = (QuestionName.RESUME, *_OF_A_NEW_SESSION)
"""Steps that are pointless once leg lifts are left out."""

_NOT_AFTER_PAIN = (QuestionName.RESUME, QuestionName.SORE_WHERE, QuestionName.PROGRESS)

_ADVICE = {RestAdvice.RECENT: Line.REST_DAY_RECENT, RestAdvice.WEEK: Line.REST_DAY_WEEK}


def steps(history: History) -> tuple[Item, ...]:
    """Return what a session begins with, in order."""
    if past.locked_today(history):
        return (Told.LOCKED,)
    found: list[Item] = []
    if history.unanswered_flag is not None:
        found.append(QuestionName.WAS_IT_SO)
    if past.needs_clearing(history):
        found.append(QuestionName.WELL_AGAIN)
    if not history.tutorial_done:
        found += [Told.EDUCATIONAL, Told.TUTORIAL]
    if past.needs_screening(history):
        found += [Told.SCREENING, *SCREENS]
    if history.unfinished is not None and not past.lifts_are_out(history):
        found.append(QuestionName.RESUME)
    if past.pain_to_name(history) is not None:
        found.append(QuestionName.PAIN_NOW)
    elif history.sessions and history.sessions[-1].days_ago <= past.WEEK_DAYS:
        found.append(QuestionName.YESTERDAY)
    if history.lowering is not None:
        found.append(Told.LOWERED)
    if past.rest_advice(history) is not None:
        found.append(QuestionName.REST_DAY)
    elif past.progress_offered(history):
        found.append(QuestionName.PROGRESS)
    return tuple(found)


# -- one step after the other


def start(session: Session, now: float) -> None:
    """Greet, and begin with what the history asks for."""
    history = session.history
    session.course.heard_setup |= history.explained
    session.course.heard_imprint |= history.explained
    session.body.flag = history.unanswered_flag or session.body.flag
    if history.still_as_hard and history.lowering is not None:
        session.prescription.start_lower(history.lowering)
    session.show(now, 0, Context.SETUP)
    if session.breath_seconds > 0:
        session.speech.act(Breathe(now))
    greeting = Line.GREETING_AGAIN if history.sessions else Line.GREETING
    over = session.speech.say(greeting, now + session.breath_seconds)
    session.questions.add(Occasion.OPENING, *steps(history))
    if is_opening(session):
        session.timers.after(over, open_)
    else:
        open_(session, now)


def is_opening(session: Session) -> bool:
    """Return whether anything is left to do before the first set."""
    return session.questions.first(Occasion.OPENING) is not None


def has_begun(session: Session) -> bool:
    """Return whether an exercise has been set up."""
    return session.phases.phase != "greeting" and not is_opening(session)


def open_(session: Session, at: float) -> None:
    """Go on with the first step that is left; after the last, let the person get to the mat."""
    questions = session.questions
    if session.prescription.gentle:
        questions.drop(*_OF_LEG_LIFTS)
    if session.prescription.sore:
        questions.drop(*_NOT_AFTER_PAIN)
    if not session.position.can_shift(1, session.history.equipment):
        questions.drop(QuestionName.PROGRESS)
    step = questions.first(Occasion.OPENING)
    if step is None:
        _get_to_the_mat(session, at)
    elif step is Told.LOCKED:
        session.speech.say(Line.LOCKED_TODAY, at)
        finish(session, "not_today", at)
    elif step is Told.LOWERED:
        if session.history.lowering is not None and _is_lowered(session):
            session.speech.say(f"lowered_{session.history.lowering.value}", at)
        leave_step(session, at)
    elif isinstance(step, Told):
        session.opening.lessons = session.opening.lessons or list(SPOKEN[step])
        _greet(session, at)
        _teach(session, at)
    else:
        advice = past.rest_advice(session.history)
        if step is QuestionName.REST_DAY and advice is not None:
            session.speech.say(_ADVICE[advice], at)
        elif step is QuestionName.RESUME and session.history.unfinished is not None:
            line, filled = where_left(session.history.unfinished, session.script, session.history)
            session.speech.say(line, at, **filled)
        session.ask(step, at)


def leave_step(session: Session, at: float) -> None:
    """Leave the first step behind."""
    if (step := session.questions.first(Occasion.OPENING)) is not None:
        session.questions.drop(step)
    open_(session, at)


def _greet(session: Session, at: float) -> None:
    if session.phases.phase != "greeting":
        session.enter("greet", at)


def _get_to_the_mat(session: Session, at: float) -> None:
    _greet(session, at)
    session.course.opened = True
    session.position.take_up_set()
    over = max(at, session.speech.free_at)
    if session.lie_down_seconds > 0:
        over = session.speech.say(Line.LIE_DOWN, at) + session.lie_down_seconds
    if over > at:
        session.timers.after(over, set_up)
    else:
        set_up(session, at)


# -- the tutorial


def _teach(session: Session, at: float) -> None:
    opening = session.opening
    opening.lesson = line = opening.lessons[0]
    over = session.speech.say(line, at)
    if line is Line.TEACH_TRY:
        # A person who tries it comes back to what follows.
        del opening.lessons[0]
        session.timers.after(over + ANSWER_SECONDS, _teach)
    else:
        session.timers.after(over + LESSON_PAUSE_SECONDS, _taught)


def _taught(session: Session, at: float) -> None:
    opening = session.opening
    if opening.lessons[:1] == [opening.lesson]:
        del opening.lessons[0]
    if opening.lessons:
        _teach(session, at)
        return
    if session.questions.first(Occasion.OPENING) is Told.TUTORIAL:
        session.speech.act(Note("tutorial", "done"))
    leave_step(session, at)


def _is_taught(session: Session) -> bool:
    is_tutorial = session.questions.first(Occasion.OPENING) is Told.TUTORIAL
    return is_tutorial and bool(session.opening.lessons)


def skip_lessons(session: Session, now: float) -> bool:
    """Leave the tutorial; False where none is going on."""
    if session.phases.phase != "greeting" or not _is_taught(session):
        return False
    session.hush(now)
    session.timers.clear()
    session.opening.lessons.clear()
    session.speech.act(Note("tutorial", "skipped"))
    leave_step(session, now)
    return True


def hear_ready(session: Session, now: float) -> None:
    """Answer "ready" before the first set: it leads to the next lesson, step, or to the first set."""
    session.timers.clear()
    session.speech.say(Line.HEARD_YOU, now)
    if not is_opening(session):
        session.course.opened = True
        set_up(session, now)
    elif _is_taught(session):
        _taught(session, now)
    else:
        open_(session, now)


# -- what is asked


def told_was_it_so(session: Session, heard: Heard, now: float) -> None:
    """Forget a red flag to which no answer came, or treat it as one that was confirmed when it was heard."""
    history, flag = session.history, session.body.flag
    session.body.flag = UNNAMED_FLAG
    if heard.command != Command.YES:
        session.speech.act(Note("red_flag_heard", "cleared"))
        leave_step(session, now)
        return
    session.speech.act(Note("red_flag", flag))
    if history.unanswered_days_ago == 0:
        session.speech.say(Line.LOCKED_TODAY, now)
        finish(session, "not_today", now)
    else:
        session.questions.replace_first(Occasion.OPENING, QuestionName.WELL_AGAIN)
        open_(session, now)


def told_well_again(session: Session, heard: Heard, now: float) -> None:
    """Clear an earlier red flag, or end for today."""
    if heard.command == Command.YES:
        session.speech.act(Note("red_flag", "cleared"))
        leave_step(session, now)
    else:
        session.speech.say(Line.NOT_WELL_YET, now)
        finish(session, "not_today", now)


def told_screen(session: Session, heard: Heard, now: float) -> None:
    """Go on after a "no" to a question about health; a "yes" leads to a doctor, or to gentle work."""
    name = session.questions.first(Occasion.OPENING)
    if heard.command != Command.YES:
        if name is SCREENS[-1]:
            session.speech.act(Note("screening", False))
            session.speech.say(Line.SCREENED, now)
        leave_step(session, now)
        return
    session.speech.act(Note("screening", True))
    if name is QuestionName.SCREEN_NERVES:
        emergency(session, "saddle", now)
    elif name is QuestionName.SCREEN_BACK and session.position.plan.side_branch:
        session.body.painful.add("back")
        session.speech.say(Line.GENTLE_BACK, now)
        session.go_gently("screening")
        leave_step(session, now)
    else:
        session.speech.say(Line.DOCTOR_FIRST, now)
        finish(session, "not_today", now)


def need_answer(session: Session, at: float) -> None:
    """Wait for a person who says nothing about their health; then it is asked again."""
    session.enter("pause", at)
    session.wait_paused(session.speech.say(Line.NEED_ANSWER, at))


def where_left(unfinished: Unfinished, script: Script, history: History) -> tuple[Line, dict[str, str | int]]:
    """Return the line that tells where a session was left, with what it has filled in."""
    there = Position(unfinished.plan)
    there.resume(unfinished.plan, unfinished.checkpoint, history.equipment)
    turns = 2 if there.load.exercise.alternating else 1
    sided = len(there.load.exercise.sides) > 1
    done = (there.repetition - 1) // turns
    if there.part != "work":
        line = Line.LEFT_OFF_COOL_DOWN
    elif done:
        line = Line.LEFT_OFF_SIDE if sided else Line.LEFT_OFF
    else:
        line = Line.LEFT_OFF_BEFORE if there.on_first_side or not sided else Line.LEFT_OFF_OTHER
    return line, {
        "title": there.load.exercise.title,
        "n": done,
        "m": there.load.repetitions,
        "set": there.sets_of_exercise()[0],
        "side": script.cue(f"side_{there.side}").text if there.side else "",
    }


def told_resume(session: Session, heard: Heard, at: float) -> None:
    """Go on with the session that was cut off, or begin anew."""
    go_on = heard.command == Command.YES
    session.speech.act(Note("resume", go_on))
    if go_on and (unfinished := session.history.unfinished) is not None:
        session.questions.drop(*_OF_A_NEW_SESSION)
        session.prescription.resume(unfinished)
        session.speech.say(Line.RESUME, at)
    leave_step(session, at)


def told_yesterday(session: Session, heard: Heard, at: float) -> None:
    """Ask where it is sore, where that may matter."""
    last = session.history.sessions[-1]
    session.opening.soreness = score = _rated(session, heard)
    if past.is_worse(score, last):
        session.questions.replace_first(Occasion.OPENING, QuestionName.SORE_WHERE)
        open_(session, at)
    else:
        _begin_lower_if_sore(session, score, at)


def told_sore_where(session: Session, heard: Heard, at: float) -> None:
    """Leave leg lifts out where back or hip are sorer than they were left; else begin lower."""
    where = str(heard.slots.get("where", "back"))
    if heard.command != Command.FINE and where in COUNTS_AS:
        session.body.painful.add(where)
        _leave_lifts_out(session, Line.NO_LIFTS_TODAY, at)
    else:
        _begin_lower_if_sore(session, session.opening.soreness, at)


def told_pain_now(session: Session, heard: Heard, at: float) -> None:
    """Leave leg lifts out after much pain, or where it has got no better; begin lower where some is left."""
    last, score = past.pain_to_name(session.history), _rated(session, heard)
    assert last is not None
    assert last.pain is not None
    session.body.painful.add(last.pain.complaint.where or "back")
    if past.is_worse(score, last):
        _leave_lifts_out(session, Line.NO_LIFTS_TODAY, at)
    elif past.lifts_are_out(session.history):
        _leave_lifts_out(session, Line.NO_LIFTS_YET, at)
    else:
        _begin_lower_if_sore(session, score, at)


def told_gentle_today(session: Session, heard: Heard, at: float) -> None:
    """Do gentle work in place of leg lifts, or rest."""
    if heard.command == Command.YES:
        session.go_gently("pain last time")
        leave_step(session, at)
    else:
        session.speech.say(Line.REST_TODAY, at)
        finish(session, "not_today", at)


def _rated(session: Session, heard: Heard) -> int | None:
    """Return the number of an answer, remembered beyond the session; None where none is given."""
    score = int(heard.slots["number"]) if heard.slots else None
    if score is not None:
        session.speech.act(Note("yesterday", score))
    return score


def _leave_lifts_out(session: Session, line: Line, at: float) -> None:
    """Offer gentle work that suits what hurts, or end for today."""
    session.speech.say(line, at)
    if session.gentle_sets:
        session.questions.replace_first(Occasion.OPENING, QuestionName.GENTLE_TODAY)
        open_(session, at)
    else:
        session.speech.say(Line.REST_TODAY, at)
        finish(session, "not_today", at)


def _begin_lower_if_sore(session: Session, score: int | None, at: float) -> None:
    if past.is_sore_after(score):
        session.questions.drop(QuestionName.PROGRESS)
        why = f"yesterday {'not rated' if score is None else score}"
        lower = _is_lowered(session) or session.prescription.shift_work(-1, why)
        session.speech.say(Line.START_EASIER if lower else Line.START_GENTLY, at)
    leave_step(session, at)


def _is_lowered(session: Session) -> bool:
    """Return whether this session is lower already than the last."""
    history = session.history
    if history.still_as_hard:
        return session.position.shift < 0
    return history.lowering is not None and session.position.plan.level < history.sessions[-1].level


def told_rest_day(session: Session, heard: Heard, at: float) -> None:
    """Train all the same, or do gentle work."""
    if heard.command != Command.YES:
        session.speech.say(Line.GENTLE_DAY, at)
        session.go_gently("rest_day")
    leave_step(session, at)


def told_progress(session: Session, heard: Heard, at: float) -> None:
    """Begin one level higher, or not."""
    raised = heard.command == Command.YES and session.prescription.shift_work(1, "progress")
    session.speech.say(Line.STEP_UP if raised else Line.NO_STEP_UP, at)
    leave_step(session, at)
