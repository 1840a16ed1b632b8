"""What the coach says to a person who wants to know something: short while they move, longer in the rest."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

from assistant.coaching import course
from assistant.coaching.events import Command, Heard
from assistant.coaching.opening import has_begun
from assistant.coaching.plan import Cue
from assistant.coaching.position import seconds_left
from assistant.coaching.reasons import REASON_OF_CHANGE, REASON_OF_COMMAND, REASON_OF_PHASE
from assistant.coaching.script import Line
from assistant.coaching.session import Handler, Refusal, Session

_AT_REST = ("setup", "rest", "paused", "stopped", "asking")

JUST_NOW_SECONDS = 30.0
"""How long a change is what "why" is about. Chosen."""

PLEADED_AGAIN_SECONDS = 20.0
"""A second plea within this time is asked about at once, whatever was asked in the set before.

Chosen: two or three repetitions, since who pleads often does so once in each.
"""

# -- about the session


def how_many_left(session: Session, heard: Heard, now: float) -> Refusal:
    """Say how many repetitions are left, or sets where nothing moves."""
    to_go = _repetitions_to_go if session.moving else _sets_to_go
    session.reply_with(lambda: to_go(session), now)
    return None


def _repetitions_to_go(session: Session) -> Cue:
    position, script = session.position, session.script
    if position.set_over:
        # Asked in its last moment, and answered in the rest.
        return _sets_to_go(session)
    turns = 2 if position.load.exercise.alternating else 1
    left = (position.repetitions - position.repetition) // turns + (not session.course.under_way)
    return script.cue(Line.TO_GO, n=left) if left else script.cue(Line.LAST_REPETITION)


def _sets_to_go(session: Session) -> Cue:
    position, script = session.position, session.script
    following = position.plan.sets[position.set_index + 1 :]
    if left := sum(work.part == "work" for work in following):
        return script.cue(Line.SETS_TO_GO, n=left)
    work_is_over = position.set_over or position.part != "work"
    return script.cue(Line.ONLY_COOL_DOWN if following and work_is_over else Line.NOTHING_NEXT)


def how_long(session: Session, heard: Heard, now: float) -> Refusal:
    """Say how many minutes are left, as far as can be told."""
    resting = max(session.course.rest_until - now, 0.0) if session.position.set_over else None
    minutes = math.ceil(seconds_left(session.position, resting) / 60)
    if minutes > 1:
        session.reply(Line.MINUTES_TO_GO, now, n=minutes)
    else:
        session.reply(Line.MINUTE_TO_GO, now)
    return None


def what_is_next(session: Session, heard: Heard, now: float) -> Refusal:
    """Name the exercise of the next set."""
    following = session.prescription.after if has_begun(session) else session.position.load
    if following is None:
        session.reply(Line.NOTHING_NEXT, now)
    else:
        session.reply(Line.NEXT_IS, now, title=following.exercise.title)
    return None


def where_am_i(session: Session, heard: Heard, now: float) -> Refusal:
    """Name the exercise and the set."""
    number, count = session.position.sets_of_exercise()
    title = session.position.load.exercise.title
    session.reply(Line.WHERE_YOU_ARE, now, title=title, n=number, m=count)
    return None


def what_can_i_say(session: Session, heard: Heard, now: float) -> Refusal:
    """Name the commands that matter most."""
    if session.moving:
        session.reply(Line.LATER, now)
    _explain(session, [Line.OPTIONS], now)
    return None


def say_that_again(session: Session, heard: Heard, now: float) -> Refusal:
    """Say the last thing again that was no movement cue."""
    if session.questions.asked is not None:
        session.hush(now)
        session.ask_same(now)
        return None
    last = session.speech.last
    if last is None:
        return "nothing was said"
    session.reply_with(lambda: last, now)
    return None


# -- why and how


def why(session: Session, heard: Heard, now: float) -> Refusal:
    """Say the reason for what was just changed, or for what is going on; at length where asked again."""
    manners = session.manners
    reason = REASON_OF_PHASE[session.phases.phase]
    if manners.topic is not None and now - manners.topic[1] <= JUST_NOW_SECONDS:
        reason = manners.topic[0]
    before, times = manners.asked_why
    times = times if reason is before else 0
    manners.asked_why = (reason, times + 1)
    if not session.moving:
        _explain(session, [reason.long[times % len(reason.long)]], now)
    elif times == 0:
        session.reply(reason.short, now)
    else:
        session.reply(Line.LATER, now)
        _explain(session, [reason.long[0]], now)
    return None


def note_topic(session: Session, command: str, now: float) -> None:
    """Remember what "why" is about for a while: what was just answered, or changed."""
    last = session.prescription.last_step
    if command in REASON_OF_COMMAND:
        session.manners.topic = (REASON_OF_COMMAND[command], now)
    elif last is not None:
        session.manners.topic = (REASON_OF_CHANGE[last.what], now)


def how_do_i_do_this(session: Session, heard: Heard, now: float) -> Refusal:
    """Explain the exercise at length, or remind of it while moving and explain it in the rest."""
    phase = session.phases.phase
    if session.body.needs_ready or phase in ("greeting", "stopped", "asking"):
        return session.not_now(now)
    load = session.prescription.base
    exercise = load.exercise
    way = exercise.range_cue(load.range_step)
    names = [exercise.cues["setup"], *([] if way is None else [way]), *exercise.checks]
    if session.moving:
        session.reply_with(lambda: session.script.cue(exercise.cues["reminder"]), now)
    elif phase == "setup":
        names.append(Line.SAY_READY)
    _explain(session, names, now)
    return None


def _explain(session: Session, lines: list[str], now: float) -> None:
    """Say something long: in the next rest where the person moves; a rest lasts until it is over."""
    if session.moving:
        session.speech.promise(partial(session.script.cue, line) for line in lines)
        return
    for line in lines:
        session.speech.say(line, now)
    if session.phases.phase == "rest" and session.speech.free_at > session.course.rest_until:
        course.rest_on(session, now)


# -- not understood


def not_understood(session: Session, plea: bool, now: float) -> None:
    """Ask about what may be a plea in mid-movement; where nothing moves, ask for other words once a set."""
    manners, phase = session.manners, session.phases.phase
    session.timers.begin_anew(now)
    if session.moving:
        if plea:
            _heed(session, now)
    elif phase in _AT_REST and manners.sorry_in_set != session.position.set_index:
        manners.sorry_in_set = session.position.set_index
        # A question that waits for its answer has said what can be said.
        session.speech.say(Line.SORRY if phase == "asking" else Line.OTHER_WORDS, now)


def _heed(session: Session, now: float) -> None:
    """Ask whether it was pain: once a set, where the legs turn next, and at once where it is said again."""
    manners, here = session.manners, session.position.set_index
    before, manners.pleaded_at = manners.pleaded_at, now
    if before is not None and now - before <= PLEADED_AGAIN_SECONDS:
        manners.plea_in_set = here
        course.ask_about_plea(session, now)
    elif manners.plea_in_set != here:
        manners.plea_in_set = here
        course.ask_about_plea_when_safe(session, now)


HANDLERS: Mapping[Command, Handler] = {
    Command.HOW_MANY_LEFT: how_many_left,
    Command.HOW_LONG: how_long,
    Command.WHAT_IS_NEXT: what_is_next,
    Command.WHERE_AM_I: where_am_i,
    Command.WHAT_CAN_I_SAY: what_can_i_say,
    Command.HOW_DO_I_DO_THIS: how_do_i_do_this,
    Command.WHY: why,
    Command.SAY_THAT_AGAIN: say_that_again,
}
