"""The end of a session: what is still asked, a summary of three sentences, and what is heard after it.

A session that came to its end, or that the person ended, closes with three questions and a summary; any other
ends at once. An open question about the body does not count as denied: it is noted beyond the session. Only
whether something was pain that was not understood is not: it may have been anybody.

A red flag that was confirmed, or to which no answer came, ends with emergency words. They are said again and
again until somebody answers or presses a key. A red flag that nobody confirmed does not lock training: the
next session asks about it first.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.coaching.actions import Ask, Change, Finish, Note
from assistant.coaching.complaint import Complaint
from assistant.coaching.events import SAFETY_COMMANDS, Command, Heard
from assistant.coaching.phases import Context
from assistant.coaching.questions import Occasion, QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import UNNAMED_FLAG, Refusal, Session

CALLED_AGAIN_SECONDS = 15.0
"""Quiet between one time that the emergency words are said and the next. Chosen."""

CALLS_FOR_SECONDS = 600.0
"""How long they are repeated where nobody answers: another person may come by and hear them. Chosen."""

MUCH_SORENESS = 5
"""Of ten; above it a professional should look at it if it stays. Chosen."""

_HARDER = frozenset({"harder", "progress"})
_PACE = frozenset({"slower", "faster"})


def lasting(changes: Sequence[Change]) -> list[Change]:
    """Leave out what was taken back later."""
    left: list[Change] = []
    for change in changes:
        back = [c for c in left if (c.what, c.before, c.after) == (change.what, change.after, change.before)]
        if back:
            left.remove(back[-1])
        else:
            left.append(change)
    return left


def remark(changes: Sequence[Change], sore: bool, gentle: bool, early: bool) -> Line:
    """Return the summary's second sentence: what changed and why, or praise.

    Args:
        changes: Everything that was adapted.
        sore: Whether there was pain.
        gentle: Whether leg lifts were left out, or ended.
        early: Whether the person ended before the plan did, or left sets out.
    """
    whys = {change.why for change in lasting(changes)}
    if sore:
        return Line.DONE_SORE
    if gentle:
        return Line.DONE_GENTLY
    if whys - _HARDER - _PACE:
        return Line.DONE_EASIER
    if whys & _HARDER:
        return Line.DONE_HARDER
    if whys:
        return Line.DONE_OTHERWISE
    return Line.DONE_EARLY if early else Line.DONE_AS_PLANNED


def finish(session: Session, ended: str, now: float) -> None:
    """End the session.

    Args:
        session: Any.
        ended: As in `Finish.ended`.
        now: Seconds.
    """
    _note_open(session, ended)
    closing, lifts_ended = session.closing.ended, session.body.ended_lifts
    if closing is not None:
        if ended in ("completed", "asked"):
            _sum_up(session, closing, now)
        else:
            _end(session, closing if ended in ("silence", "interrupted") else ended, now)
    elif ended in ("completed", "asked"):
        # Where leg lifts had to be ended, the next session starts lower, whatever came after them.
        session.closing.ended = "pain" if lifts_ended else ended
        if session.position.repetitions_done:
            asked = (QuestionName.EFFORT, QuestionName.RESERVE, QuestionName.SORENESS)
            session.questions.add(Occasion.CLOSING, *asked)
        close(session, now)
    else:
        _end(session, "pain" if lifts_ended and ended in ("silence", "interrupted") else ended, now)


def _note_open(session: Session, ended: str) -> None:
    body = session.body
    match session.questions.body:
        case QuestionName.UNWELL if ended != "red_flag":
            session.speech.act(Note("red_flag_heard", body.flag))
        case QuestionName.HURT | QuestionName.WHERE | QuestionName.HOW_SORE | QuestionName.ZERO:
            session.speech.act(Note("sore", body.complaint.rated(None)))
        case _:
            pass
    session.questions.keep(Occasion.BODY, lambda _: False)


def _end(session: Session, ended: str, now: float) -> None:
    session.enter("finish", now)
    session.over_at = session.speech.free_at + 0.5
    done, changes = session.position, session.prescription.changes
    words = tuple(f"{change.what}: {change.before} to {change.after} ({change.why})" for change in changes)
    session.speech.act(Finish(ended, done.sets_done, done.repetitions_done, words))


def emergency(session: Session, flag: str, at: float, confirmed: bool = True) -> None:
    """End with emergency words; what it was stays known beyond the session.

    Args:
        session: Any.
        flag: What was said.
        at: Seconds.
        confirmed: Whether the person has said that it is so.
    """
    session.speech.act(Note("red_flag" if confirmed else "red_flag_heard", flag))
    finish(session, "red_flag", at)
    _call(session, at)


def flag_unanswered(session: Session, at: float) -> None:
    """Take no chances with a person who says nothing: the same end, and the question is put next time."""
    emergency(session, session.body.flag, at, confirmed=False)


def _call(session: Session, at: float) -> None:
    closing = session.closing
    heard_at = session.speech.say(Line.EMERGENCY, at)
    if closing.calls_until is None:
        closing.calls_until, closing.call_heard_at = at + CALLS_FOR_SECONDS, heard_at
    session.timers.clear()
    if heard_at < closing.calls_until:
        session.over_at = None
        session.listen(Context.ASKED_YES_NO)
        session.speech.act(Ask("emergency", heard_at))
        session.timers.after(heard_at + CALLED_AGAIN_SECONDS, _call)
    else:
        session.over_at = heard_at + 0.5


def fell_silent(session: Session, at: float) -> None:
    """End after a long silence; an open red flag ends as one that was not answered."""
    if session.questions.body is QuestionName.UNWELL:
        flag_unanswered(session, at)
    else:
        session.speech.say(Line.END_SILENCE, at)
        finish(session, "silence", at)


# -- after the last set


def close(session: Session, at: float) -> None:
    """Ask what is left to ask, then sum up."""
    name = session.questions.first(Occasion.CLOSING)
    if session.questions.has(QuestionName.KIND):
        # No rest follows to ask it in.
        session.ask(QuestionName.KIND, at)
    elif isinstance(name, QuestionName):
        if name is QuestionName.EFFORT and not session.history.sessions:
            session.speech.say(Line.FEW_QUESTIONS, at)
        session.ask(name, at)
    else:
        assert session.closing.ended is not None
        _sum_up(session, session.closing.ended, at)


def told_effort(session: Session, heard: Heard, now: float) -> None:
    """Note how hard it was."""
    session.speech.act(Note("effort", int(heard.slots["number"])))
    leave_question(session, now)


def told_reserve(session: Session, heard: Heard, now: float) -> None:
    """Note how many more repetitions there would have been in it."""
    session.speech.act(Note("reserve", int(heard.slots["number"])))
    leave_question(session, now)


def told_soreness(session: Session, heard: Heard, now: float) -> None:
    """Note how sore the back is."""
    session.closing.soreness = int(heard.slots["number"])
    session.speech.act(Note("soreness", session.closing.soreness))
    leave_question(session, now)


def leave_question(session: Session, at: float) -> None:
    """Go on to what is asked next after the last set."""
    if (name := session.questions.first(Occasion.CLOSING)) is not None:
        session.questions.drop(name)
    close(session, at)


def _sum_up(session: Session, ended: str, at: float) -> None:
    speech, prescription = session.speech, session.prescription
    sets, repetitions = session.position.sets_done, session.position.repetitions_done
    if not repetitions:
        speech.say(Line.FAREWELL_EARLY, at)
    else:
        done = session.script.counted(repetitions, Line.ONE_REPETITION, Line.REPETITIONS)
        if sets:
            speech.say(Line.DONE_SETS, at, n=session.script.counted(sets, Line.ONE_SET, Line.SETS), m=done)
        else:
            speech.say(Line.DONE_REPETITIONS, at, m=done)
        early = ended == "asked" or sets < session.position.sets
        speech.say(remark(prescription.changes, prescription.sore, prescription.gentle, early), at)
        sore = session.closing.soreness is not None and session.closing.soreness > MUCH_SORENESS
        speech.say(Line.NEXT_TIME_SORE if sore else Line.NEXT_TIME, at)
    _end(session, ended, at)


# -- after the end


def hear_after(session: Session, heard: Heard, now: float) -> Refusal:
    """Answer what is said when the session is over: stop still silences, and pain is still answered.

    Emergency words end with any answer of a person who has heard them; who needs help hears them again.
    """
    calling = session.closing.calls_until is not None
    if heard.command not in SAFETY_COMMANDS:
        if not calling:
            return "the session is over"
        if heard.start < session.closing.call_heard_at:
            return "begun before the emergency words had been said"
    session.hush(now)
    if heard.command in (Command.RED_FLAG, Command.HELP):
        if heard.command == Command.RED_FLAG and not calling:
            session.speech.act(Note("red_flag_heard", str(heard.slots.get("flag", UNNAMED_FLAG))))
        _call(session, now)
        return None
    if heard.command == Command.PAIN:
        session.speech.act(Note("sore", Complaint.of(heard.slots).rated(None)))
        session.speech.say(Line.END_SESSION, now)
    session.timers.clear()
    session.closing.calls_until = None
    session.over_at = session.speech.free_at + 0.5
    return None


def break_off(session: Session, now: float) -> None:
    """End at once, without another word."""
    session.hush(now)
    if session.phases.phase != "finished":
        finish(session, "interrupted", now)
    session.speech.drop(now)
    session.over_at = now
