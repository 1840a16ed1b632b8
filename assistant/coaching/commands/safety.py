"""What the coach does about stop, pain, red flags and help, and the questions that follow.

All of them are acted on first: silence, then the phase, then the release, and after that only questions until
the person has said "carry on" and then "ready". What is open about the body stays open until it is answered.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.coaching.actions import Note
from assistant.coaching.closing import emergency, finish, flag_unanswered
from assistant.coaching.complaint import NOTHING_SAID, Complaint, RatedPain
from assistant.coaching.course import go_on, go_on_after_plea, imprint, leave_place, leave_question
from assistant.coaching.events import Command, Heard
from assistant.coaching.history import SLIGHT_SORENESS
from assistant.coaching.load import regress, shallower
from assistant.coaching.opening import has_begun, hear_ready
from assistant.coaching.questions import Occasion, QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import Handler, Refusal, Session
from assistant.coaching.triage import Outcome, triage

CRAMP = "cramp"
"""The kind of pain that is loosened before it is rated."""

CRAMP_SECONDS = 20.0
"""How long a cramp is stretched before it is asked about. Chosen."""

MOST_CRAMPS = 2
"""So often it is waited for; then it is pain. Chosen."""

_CRAMPING = (None, "calf", "foot", "thigh", "elsewhere")
"""Where a cramp is one of a leg, which stretching loosens."""

_ABOUT_PAIN = (QuestionName.WHERE, QuestionName.HOW_SORE, QuestionName.SURE, QuestionName.ZERO)
"""Questions during which "pain" tells more about what was said before."""

_GOING_ON: Mapping[str, Line] = {
    "neck": Line.GO_ON_NECK,
    "shoulder": Line.GO_ON_SHOULDER,
    "knee": Line.GO_ON_KNEE,
    "stomach": Line.GO_ON_STOMACH,
}
"""Place that hurts a little to what is said about it; any other is thanked for."""

_AFTERWARDS = {"range": Line.SHALLOWER_FROM_HERE, "exercise": Line.REGRESS_FROM_HERE}
"""What changed after pain to what the coach says about it."""


def stop(session: Session, heard: Heard, now: float) -> Refusal:
    """Stop at once, and wait for "carry on"."""
    session.body.needs_ready = True
    session.manners.pleaded_at = None
    session.halt("stop", now)
    if (Occasion.BODY, QuestionName.UNWELL) in session.questions.queue:
        # A person who has just named a red flag is asked until there is an answer.
        session.ask(QuestionName.UNWELL, now)
    else:
        session.wait_stopped(session.speech.say(Line.STOPPED, now))
    return None


def pain(session: Session, heard: Heard, now: float) -> Refusal:
    """Stop at once, and ask where it hurts and how much; what is known already is not asked again."""
    body, said = session.body, Complaint.of(heard.slots)
    asked = session.questions.asked
    body.complaint = body.complaint.with_more(said) if asked in _ABOUT_PAIN else said
    question = QuestionName.WHERE if body.complaint.where is None else QuestionName.HOW_SORE
    if asked is QuestionName.WHERE and question is QuestionName.WHERE:
        session.hush(now)
        session.ask_body(QuestionName.WHERE, now)
        return None
    if session.questions.body is QuestionName.UNWELL:
        session.questions.replace_aside(question)
        return red_flag(session, heard, now)
    session.body.needs_ready = True
    session.halt("stop", now)
    be_sore(session)
    if body.complaint.kind == CRAMP and body.complaint.where in _CRAMPING and asked is None:
        _wait_for_cramp(session, now)
    else:
        session.ask_body(question, now)
    return None


def _wait_for_cramp(session: Session, now: float) -> None:
    """Say what loosens a cramp, and ask after a while whether it has gone."""
    session.body.cramps += 1
    session.questions.open_body(QuestionName.CRAMP)
    over = session.speech.say(Line.CRAMP, now)
    session.timers.after(over + CRAMP_SECONDS, lambda session, at: session.ask_body(QuestionName.CRAMP, at))


def red_flag(session: Session, heard: Heard, now: float) -> Refusal:
    """Stop at once, and say back what was heard, to be confirmed."""
    session.body.needs_ready = True
    session.manners.pleaded_at = None
    session.body.flag = str(heard.slots.get("flag", session.body.flag))
    if session.questions.body is not QuestionName.UNWELL:
        session.questions.set_aside(QuestionName.UNWELL)
    session.halt("stop", now)
    be_sore(session)
    session.ask_body(QuestionName.UNWELL, now)
    return None


def call_for_help(session: Session, heard: Heard, now: float) -> Refusal:
    """Stop and ask whether it hurts; before the first set, say what can be said."""
    if session.moving or (has_begun(session) and session.questions.asked is None):
        session.body.needs_ready = True
        session.body.complaint = NOTHING_SAID
        session.halt("stop", now)
        _note_hurt(session, True)
        session.ask_body(QuestionName.HURT, now)
    elif session.questions.asked is not None:
        session.hush(now)
        session.ask_same(now)
    else:
        session.speech.say(Line.OPTIONS, now)
    return None


def carry_on(session: Session, heard: Heard, now: float) -> Refusal:
    """Go on after a stop or a pause: first with what is open about the body, then with "ready"."""
    if session.phases.phase not in ("stopped", "paused"):
        return "the session is going on"
    session.hush(now)
    if isinstance(name := session.questions.body, QuestionName):
        session.ask_body(name, now)
    elif session.body.needs_ready:
        session.ask(QuestionName.READY, now)
    else:
        go_on(session, now)
    return None


def ready(session: Session, now: float) -> Refusal:
    """Go on where the person is waited for."""
    phase = session.phases.phase
    if phase not in ("greeting", "setup", "rest") and session.questions.asked is not QuestionName.READY:
        return "nothing waits for it"
    session.body.needs_ready = False
    session.hush(now)
    if phase == "greeting":
        hear_ready(session, now)
    elif phase == "setup":
        imprint(session, now)
    elif phase == "rest":
        go_on(session, now)
    else:
        in_position = session.course.in_position_for is not None and not session.position.set_over
        if in_position and session.closing.ended is None:
            session.speech.say(Line.RESUME, now)
        go_on(session, now)
    return None


# -- answers


def told_where(session: Session, heard: Heard, now: float) -> None:
    """Remember where it hurts, and ask how much; where it hurts no more, see that it is so."""
    if heard.command == Command.FINE:
        _decide(session, 0, now)
        return
    body, said = session.body, Complaint.of({"where": "elsewhere", **heard.slots})
    body.complaint = body.complaint.with_more(said)
    session.ask_body(QuestionName.HOW_SORE, now)


def told_how_sore(session: Session, heard: Heard, now: float) -> None:
    """Do what the triage table says."""
    _decide(session, int(heard.slots["number"]), now)


def told_zero(session: Session, heard: Heard, now: float) -> None:
    """Go on where it does not hurt at all, or ask again how much."""
    body = session.body
    if heard.command == Command.YES and body.needs_ready:
        _back_to_stopped(session, Line.ZERO_FINE, now)
    elif heard.command == Command.YES:
        session.questions.close_body()
        leave_question(session, now)
    elif not body.needs_ready:
        burns_in_the_joint(session, now)
    elif body.complaint.where is None:
        session.ask_body(QuestionName.WHERE, now)
    else:
        session.ask_body(QuestionName.HOW_SORE, now)


def told_how_now(session: Session, heard: Heard, now: float) -> None:
    """Go on resting where the pain is slight and no worse; otherwise treat it as new pain."""
    body, score = session.body, int(heard.slots["number"])
    assert body.watched is not None
    session.questions.close_body()
    session.speech.act(Note("how_now", score))
    if score <= min(body.watched.counted, SLIGHT_SORENESS):
        body.watched = RatedPain(body.watched.complaint, score) if score else None
        leave_question(session, now)
        return
    body.complaint = body.watched.complaint
    body.needs_ready = True
    session.halt("stop", now)
    be_sore(session)
    _decide(session, score, now)


def told_cramp(session: Session, heard: Heard, now: float) -> None:
    """Go on where it has gone; wait once more, and then treat it as pain."""
    body = session.body
    if heard.command == Command.YES:
        session.speech.act(Note("sore", body.complaint.rated(0)))
        _back_to_stopped(session, Line.GO_ON_GENTLY, now)
    elif body.cramps < MOST_CRAMPS:
        session.enter("stop", now)
        _wait_for_cramp(session, now)
    else:
        session.ask_body(QuestionName.WHERE if body.complaint.where is None else QuestionName.HOW_SORE, now)


def told_hurt(session: Session, heard: Heard, now: float) -> None:
    """Treat a call for help as pain, or as a stop."""
    if heard.command == Command.YES:
        be_sore(session)
        session.ask_body(QuestionName.WHERE, now)
    else:
        _note_hurt(session, False)
        _back_to_stopped(session, Line.STOPPED, now)


def told_was_that_pain(session: Session, heard: Heard, now: float) -> None:
    """Ask where it hurts, or go on as planned."""
    if heard.command == Command.YES:
        session.body.complaint = NOTHING_SAID
        be_sore(session)
        session.ask_body(QuestionName.WHERE, now)
        return
    stopped_since = session.manners.pleaded_at is None
    session.manners.pleaded_at = None
    session.questions.close_body()
    if stopped_since:
        session.enter("stop", now)
        session.wait_stopped(session.speech.say(Line.GO_ON_GENTLY, now))
    else:
        go_on_after_plea(session, now)


def stay_stopped(session: Session, at: float) -> None:
    """Wait as after a stop: who says nothing has not said that all is well."""
    _back_to_stopped(session, Line.STOPPED, at)


def told_unwell(session: Session, heard: Heard, now: float) -> None:
    """End with emergency words, or ask what it was, unless more about the body is open."""
    if heard.command == Command.YES:
        emergency(session, session.body.flag, now)
        return
    if heard.command == Command.UNSURE:
        flag_unanswered(session, now)
        return
    session.questions.close_body()
    if heard.command != Command.FINE and session.questions.body is None and not _lifts_are_over(session):
        session.ask_body(QuestionName.WHAT, now)
    else:
        _ask_what_is_open(session, Line.GO_ON_GENTLY, now)


def told_what(session: Session, heard: Heard, now: float) -> None:
    """Treat what was taken for a red flag as the pain that it was, or as a stop."""
    if heard.command == Command.FINE:
        _back_to_stopped(session, Line.GO_ON_GENTLY, now)
    else:
        session.body.complaint = Complaint.of({"where": "elsewhere", **heard.slots})
        session.ask_body(QuestionName.HOW_SORE, now)


def told_side_branch(session: Session, heard: Heard, now: float) -> None:
    """Do gentle work instead of leg lifts, or end."""
    if heard.command == Command.YES:
        session.go_gently(session.body.why)
        _back_to_stopped(session, Line.SIDE_BRANCH, now)
    else:
        _end_by_pain(session, now)


def pain_not_rated(session: Session, at: float) -> None:
    """Take the worst for granted where it is not answered how much it hurts, or where."""
    session.body.needs_ready = True
    be_sore(session)
    _decide(session, None, at)


# -- what follows


def be_sore(session: Session) -> None:
    """Let nothing get harder in this session any more."""
    session.prescription.note_sore()
    session.withdraw_harder("pain")


def burns_in_the_joint(session: Session, at: float) -> None:
    """Treat burning in the joint as pain in the hip; it is known beyond the session at once."""
    _note_hurt(session, True)
    pain(session, Heard(Command.PAIN, {"where": "hip"}), at)


def burns_no_more(session: Session, at: float) -> None:
    """See that what burned does not hurt any more; nothing was stopped for it, so the rest goes on then."""
    session.body.complaint = Complaint("hip")
    session.ask_body(QuestionName.ZERO, at)


def _note_hurt(session: Session, hurt: bool) -> None:
    """Let what may be pain be known beyond the session at once, before it has been called so."""
    session.speech.act(Note("hurt", hurt))


def _decide(session: Session, score: int | None, now: float) -> None:
    body = session.body
    complaint = body.complaint
    outcome = triage(complaint.where, score, body.back_before, complaint.kind)
    if outcome is Outcome.CONFIRM_ZERO:
        session.ask_body(QuestionName.ZERO, now)
        return
    body.back_before = body.back_before or complaint.where == "back"
    if complaint.where is not None:
        body.painful.add(complaint.where)
    body.why = complaint.rated(score)
    session.speech.act(Note("sore", body.why))
    session.questions.close_body()
    if outcome is Outcome.END_SESSION:
        session.speech.say(Line.END_SESSION, now)
        finish(session, "pain", now)
    elif outcome is Outcome.END_LIFTS or _lifts_are_over(session):
        _end_lifts(session, now)
    elif session.position.part == "warm-up" and session.closing.ended is None:
        _back_to_stopped(session, _leave_warm_up(session, outcome), now)
    elif outcome is Outcome.GO_ON:
        _back_to_stopped(session, _GOING_ON.get(complaint.where or "", Line.GO_ON_GENTLY), now)
    else:
        body.watched = RatedPain(complaint, score)
        body.asked_after = session.position.set_index if session.position.set_over else None
        _back_to_stopped(session, _take_back(session, outcome is Outcome.SHALLOWER), now)


def _lifts_are_over(session: Session) -> bool:
    """Return whether leg lifts have ended and nothing gentle has taken their place."""
    return session.body.ended_lifts and not session.prescription.gentle


def _end_lifts(session: Session, now: float) -> None:
    """Offer gentle work instead, where there is any and leg lifts are still to come."""
    session.body.ended_lifts = True
    position = session.position
    over = session.closing.ended is not None or position.part == "cool-down"
    # Pain in the gentle work itself: offering it again would not help.
    over |= position.load.exercise.branch == "side"
    if session.gentle_sets and not session.prescription.gentle and not over:
        session.ask_body(QuestionName.SIDE_BRANCH, now)
    else:
        _end_by_pain(session, now)


def _end_by_pain(session: Session, at: float) -> None:
    session.speech.say(Line.END_LIFTS, at)
    finish(session, "pain", at)


def _leave_warm_up(session: Session, outcome: Outcome) -> Line:
    """Go on with the next exercise; the leg lifts to come are less where they load what hurts."""
    lower = outcome is not Outcome.GO_ON and session.prescription.shift_work(-1, session.body.why)
    leave_place(session)
    session.position.next_exercise()
    return Line.WARM_UP_LEFT_EASIER if lower else Line.WARM_UP_LEFT


def _take_back(session: Session, shallower_first: bool) -> Line:
    """Make it one thing easier after pain, and return what is said about it."""
    prescription, why = session.prescription, session.body.why
    if session.closing.ended is not None:
        return Line.GO_ON_GENTLY
    step = shallower(prescription.base) if shallower_first else None
    step = step or regress(prescription.base, session.position.plan.exercises)
    session.ease(step, why)
    return _AFTERWARDS[step.what] if step else Line.GO_ON_GENTLY


def _back_to_stopped(session: Session, line: Line, now: float) -> None:
    """Wait for "carry on", unless something else about the body is still open."""
    session.questions.close_body()
    _ask_what_is_open(session, line, now)


def _ask_what_is_open(session: Session, line: Line, now: float) -> None:
    if isinstance(name := session.questions.body, QuestionName):
        session.ask_body(name, now)
    elif _lifts_are_over(session):
        _end_lifts(session, now)
    else:
        session.enter("stop", now)
        session.wait_stopped(session.speech.say(line, now))


HANDLERS: Mapping[Command, Handler] = {
    Command.STOP: stop,
    Command.PAIN: pain,
    Command.RED_FLAG: red_flag,
    Command.HELP: call_for_help,
    Command.CARRY_ON: carry_on,
}
