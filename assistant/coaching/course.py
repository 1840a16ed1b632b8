"""The course of a session: into position, imprint, repetitions, rest, and from one set to the next.

All of it is driven by time alone. A repetition is a list of phases from the exercise's cycle; each is
entered at the moment the one before was due to end. What is said in a phase is tried in a fixed order, and
each cue is said only if it still fits into the phase: a number or a "lift" that comes late would be another
beat.

`set_up`, `go_on`, `rest_for` and `ask_when_quiet` list what happens in them in order; nothing else adds to
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from assistant.coaching.actions import Note
from assistant.coaching.closing import close, finish
from assistant.coaching.history import is_practised
from assistant.coaching.plan import GET_READY_SECONDS, IMPRINT_SECONDS, Cue
from assistant.coaching.questions import QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import SETUP_ASKED_AT, Session, Then
from assistant.coaching.tempo import CYCLES, opening_seconds, phase_seconds

SHORT_REST_SECONDS = 15
"""In a rest that is shorter, what comes is not named: its set-up follows at once and names it. Chosen."""

REST_AFTER_SPEECH_SECONDS = 5.0
"""What is left of a rest, at least, after something was asked or explained in it. Chosen."""

MORE_REST_SECONDS = 30
"""What "more rest" adds. Chosen."""

BREATH_REPETITIONS = 2
"""Repetitions of a side with breath cues; then the person has the rhythm. Chosen."""

PRACTISED_BREATH_REPETITIONS = 1
"""The same for a person who has the rhythm from earlier sessions. Chosen."""

REMINDED_EVERY = 3
"""Repetitions between two reminders of the imprint; odd, so that sides that take turns share them."""

_COUNTED_DOWN = (3, 2, 1)
"""Seconds before the end of a rest."""

_COUNTED_IN = (2, 1)
"""Seconds before the first beat of a set."""

_ANNOUNCEMENTS = {"warm-up": Line.WARM_UP, "cool-down": Line.COOL_DOWN}
"""Part of the session to how an exercise of it is announced; work has its sets counted."""

_ON_THE_WAY = ("lift", "lower", "return")
"""Phases in which the legs are on their way."""

_WAY_UP = {"lift": (Line.LIFT_LONG, Line.LIFT), "return": (Line.RETURN_LONG, Line.RETURN_UP)}
"""Phase of the way up to its cue with breathing and its short one."""

_OPENING = (Line.CURL_UP_LONG, Line.CURL_UP)
"""The same of the way up that opens a set: straight legs are never lifted from the floor."""

_ROLES: Mapping[Line, str] = {
    Line.RETURN_UP: "return",
    Line.CURL_UP: "lift",
    Line.CURL_UP_LONG: "lift_long",
}
"""Line to the role in which an exercise may word it, where that has another name."""

_IN_TURN = {"left": Line.LEFT_NOW, "right": Line.RIGHT_NOW}
"""Side to the cue of its way up, where both take turns."""


def worded(session: Session, line: Line) -> Cue:
    """Return a line as the exercise words it, which may have a cue of that name for it."""
    role = _ROLES.get(line, line)
    return session.script.cue(session.position.load.exercise.cues.get(role, line))


def _role(session: Session, role: str) -> Cue:
    return session.script.cue(session.position.load.exercise.cues[role])


# -- into position


def set_up(session: Session, at: float) -> None:
    """Get the body into position for the exercise, and wait for "ready"."""
    course, speech, exercise = session.course, session.speech, session.position.load.exercise
    forget_switch(session)  # Another exercise may have other sides, or none.
    speech.say_replies(at)  # The legs are down: what is still to be answered comes first.
    if session.prescription.as_good == exercise.name and not course.told_as_good:
        course.told_as_good = True
        speech.say(Line.EQUALLY_GOOD, at)
    session.enter("set_up", at)
    course.in_position_for = None
    _announce(session, at)
    first = exercise.name not in course.heard_setup
    course.heard_setup.add(exercise.name)
    speech.talk(_role(session, "setup" if first else "reminder"), at)
    _tell_range(session, at)
    if exercise.branch == "ladder" and exercise.cycle != "hold":
        speech.say(Line.COME_UP_BEFORE, at)
    course.side_named = None
    if (side := session.position.side) and len(exercise.sides) > 1:
        _name_side(session, side, Line.THIS_SIDE, at)
        course.side_named = side
        speech.unless_heard(partial(setattr, course, "side_named", None))
    course.long_form_of = exercise.name if first else None
    for check in exercise.checks if first else ():
        speech.say(check, at)
    if first:
        speech.unless_heard(lambda: course.heard_setup.discard(exercise.name))
    _say_note(session, at)
    session.wait("ready", course.unready_line, SETUP_ASKED_AT, speech.say(Line.SAY_READY, at))


def forget_set_up(session: Session) -> None:
    """Let the next set-up of the exercise be explained at length again."""
    session.course.heard_setup.discard(session.position.load.exercise.name)


def change_exercise(session: Session, at: float) -> None:
    """Put the body down and set up the new exercise for what is left of the set."""
    session.speech.release(session.way_out, at)
    set_up(session, at)


def _announce(session: Session, at: float) -> None:
    title = session.position.load.exercise.title
    number, count = session.position.sets_of_exercise()
    if line := _ANNOUNCEMENTS.get(session.position.part):
        session.speech.say(line, at, title=title)
    elif count == 1:
        session.speech.say(Line.ANNOUNCE_ONE, at, title=title)
    else:
        session.speech.say(Line.ANNOUNCE, at, title=title, n=number, m=count)


def _tell_range(session: Session, at: float) -> None:
    load = session.position.load
    session.course.range_told = load.exercise.name, load.range_step
    if (cue := load.exercise.range_cue(load.range_step)) is not None:
        session.speech.say(cue, at)
        session.speech.unless_heard(partial(setattr, session.course, "range_told", None))


def _name_side(session: Session, side: str, second: Line, at: float) -> None:
    """Name the working side; `second` is how, once the other has done something."""
    line = Line.FIRST_SIDE if session.position.on_first_side else second
    session.speech.say(line, at, side=session.script.cue(f"side_{side}").text)


def _say_note(session: Session, at: float) -> None:
    """Say once what the routine notes at a set, where the exercise is the one that it was written for."""
    noted, index = session.course.noted, session.position.set_index
    work = session.position.plan.sets[index]
    as_written = session.position.load.exercise.name == work.exercise
    if work.note is not None and as_written and index not in noted:
        session.speech.talk(work.note, at)
        session.speech.unless_heard(lambda: noted.discard(index))
    noted.add(index)


def note_no_sound(session: Session, began: bool) -> None:
    """Remember whether no sound comes from the microphone; perhaps it is only silent between words."""
    session.course.unready_line = Line.NO_SOUND if began else Line.STILL_SETTING_UP


# -- imprint


def imprint(session: Session, at: float) -> None:
    """Press the lower back into the floor, which opens every side of every set."""
    course, speech, position = session.course, session.speech, session.position
    exercise = position.load.exercise
    if course.unready_line is Line.NO_SOUND and not course.told_no_sound:
        # Who leads on by keys hears once, before any movement, that no "stop" would be heard.
        course.told_no_sound = True
        speech.say(Line.NO_SOUND, at)
    session.enter("imprint", at)
    course.in_position_for = exercise.name
    position.take_up_set()
    if course.long_form_of is not None:
        speech.act(Note("explained", course.long_form_of))
        course.heard_setup.add(course.long_form_of)
        course.long_form_of = None
    _say_note(session, at)
    if (side := position.side) and len(exercise.sides) > 1:
        here = position.set_index, side
        if side != course.side_named:
            _name_side(session, side, Line.THIS_SIDE if here == course.side_worked else Line.OTHER_SIDE, at)
        course.side_named, course.side_worked = None, here
    number, _ = position.sets_of_exercise()
    if number % 2 == 0 and "variation" in exercise.cues:
        speech.talk(_role(session, "variation"), at)
    if course.range_told != (exercise.name, position.load.range_step):
        _tell_range(session, at)
    first = exercise.name not in course.heard_imprint
    course.heard_imprint.add(exercise.name)
    over = speech.talk(worded(session, Line.IMPRINT_LONG if first else Line.IMPRINT), at)
    if first:
        speech.unless_heard(lambda: course.heard_imprint.discard(exercise.name))
    session.timers.after(max(at + IMPRINT_SECONDS, over + 1.0), _get_ready)


def _get_ready(session: Session, at: float) -> None:
    session.enter("get_ready", at)
    begin = max(at + GET_READY_SECONDS, session.speech.say(Line.GET_READY, at) + _COUNTED_IN[0])
    # A hold begins with its number; others before it would begin it too soon.
    for seconds in _COUNTED_IN if session.position.load.exercise.cycle != "hold" else ():
        session.timers.after(begin - seconds, _count_second(seconds))
    session.timers.after(begin, _work)


def _count_second(seconds: int) -> Then:
    def count(session: Session, at: float) -> None:
        # Said late, it would be another second's number.
        if session.speech.free_at <= at:
            session.speech.fit(session.script.count(seconds), at, at + 1)

    return count


# -- repetitions


def _work(session: Session, at: float) -> None:
    course = session.course
    course.warned_last = course.under_way = False
    session.prescription.put_in_force()
    if needs_set_up(session):
        change_exercise(session, at)
        return
    cycle = CYCLES[session.position.load.exercise.cycle]
    course.steps = [*cycle.opening, *_phases(session)]
    _step(session, at)


def _phases(session: Session) -> list[str]:
    """Return the phases of one repetition that last any time at all."""
    load = session.position.load
    cycle = CYCLES[load.exercise.cycle].repetition
    return [phase for phase in cycle if phase_seconds(phase, load.tempo) > 0]


def _step(session: Session, at: float) -> None:
    course, position = session.course, session.position
    if not course.steps:
        _repetition_done(session, at)
        return
    phase = course.steps.pop(0)
    course.under_way = True
    session.enter(phase, at)
    load = position.load
    opens = phase in CYCLES[load.exercise.cycle].opening
    course.turns_at = end = at + (opening_seconds if opens else phase_seconds)(phase, load.tempo)
    session.timers.after(end, _step)
    if phase == "lower":
        last = position.on_last_repetition
        for i in range(position.load.tempo.lower):
            value = position.load.tempo.lower - i
            session.speech.count(value, at + i, last=last and value == 1)
    else:
        _fill(session, phase, at, end)


def _fill(session: Session, phase: str, at: float, end: float) -> None:
    """Say what belongs into a phase, as far as it fits, and behind it a reply that waits."""
    speech, exercise, repetition = session.speech, session.position.load.exercise, session.position.repetition
    cycle, in_turn = CYCLES[exercise.cycle], exercise.alternating
    if in_turn and phase in _WAY_UP and (side := session.position.side):
        _fit(session, _IN_TURN[side], at, end)
    if phase == cycle.counted_at and not (in_turn and repetition % 2):
        speech.fit(session.script.count(repetition // 2 if in_turn else repetition), at, end)
    match phase:
        case "lift" | "return":
            if not _call_way_up(session, phase, at, end):
                return
        case "top" | "bottom":
            # A hold is not counted aloud, so its end is always told, and on its beat.
            if exercise.cycle == "hold":
                _fit(session, Line.BREATHE_IN, at, end)
            if cycle.repetition[-1] == phase:
                _warn_last(session, repetition + 1, at, end)
            if exercise.cycle != "hold" and _is_breathing(session) and not speech.replies:
                _fit(session, Line.BREATHE_IN, at, end)
        case _:
            _fit(session, Line.HOLD, at, end)
    if phase != "bottom":
        speech.reply_in(at, end)


def _call_way_up(session: Session, phase: str, at: float, end: float) -> bool:
    """Call the way up, in few words where a reply waits; return whether it was called."""
    repetition, waits = session.position.repetition, bool(session.speech.replies)
    if session.position.load.exercise.alternating:
        called, warned = True, _warn_last(session, repetition, at, end)
    else:
        # Said late, "lift" would be a second beat: "last one" stands for it.
        if phase == "lift" and _warn_last(session, repetition, at, end):
            return True
        opens = phase in CYCLES[session.position.load.exercise.cycle].opening
        long, short = _OPENING if opens else _WAY_UP[phase]
        called = not waits and _is_breathing(session) and _fit(session, long, at, end)
        called = called or _fit(session, short, at, end)
        # Its own way up would be too late: the last lowering is over then.
        warned = phase == "return" and _warn_last(session, repetition + 1, at, end, Line.ONE_MORE)
    if not warned and not waits:
        _remind(session, repetition, at, end)
    return called


def _is_breathing(session: Session) -> bool:
    """Return whether this repetition has breath cues."""
    most = PRACTISED_BREATH_REPETITIONS if is_practised(session.history) else BREATH_REPETITIONS
    return session.manners.talkative and session.position.repetition <= most


def _fit(session: Session, line: Line, at: float, end: float) -> bool:
    return session.speech.fit(worded(session, line), at, end)


def _remind(session: Session, repetition: int, at: float, end: float) -> None:
    """Say again where the back belongs, in exercises that ask for it, once the rhythm is there."""
    again = session.position.load.exercise.cues.get("imprint_again")
    if again is not None and session.manners.talkative and repetition % REMINDED_EVERY == 0:
        session.speech.fit(session.script.cue(again), at, end)


def _warn_last(session: Session, repetition: int, at: float, end: float, line: Line = Line.LAST_ONE) -> bool:
    """Say "last one" before the last repetition of a side or with it, once; return whether it is said."""
    course = session.course
    if repetition != session.position.repetitions or repetition == 1 or course.warned_last:
        return False
    course.warned_last = _fit(session, line, at, end)
    return course.warned_last


def _repetition_done(session: Session, at: float) -> None:
    _count_repetition(session)(session, at)


def _count_repetition(session: Session) -> Then:
    """Go to what comes after a repetition that is over, and return what leads on from there."""
    course, position = session.course, session.position
    # Each side is taken up again where it stands.
    switches = course.switch_after == (position.set_index, position.side_index)
    course.switch_after = None
    switches = switches and not position.on_last_repetition
    if not switches:
        course.under_way = False
    position.repetition_over()
    if position.on_last_repetition:
        return _count_side(session)
    position.next_repetition()
    session.prescription.put_in_force()
    if switches:
        position.switch_sides()
    if needs_set_up(session):
        return change_exercise
    return go_on if switches else _repeat


def _repeat(session: Session, at: float) -> None:
    session.course.steps = _phases(session)
    _step(session, at)


# -- what may be a plea


def ask_about_plea_when_safe(session: Session, now: float) -> None:
    """Ask whether it was pain: where legs that are on their way come to the top or bottom, else at once."""
    if session.phases.phase in _ON_THE_WAY:
        # In place of the next phase; whatever ends the movement before forgets it.
        session.timers.clear()
        session.timers.after(session.course.turns_at, _ask_at_turn)
    else:
        ask_about_plea(session, now)


def _ask_at_turn(session: Session, at: float) -> None:
    if not session.course.steps:
        _count_repetition(session)
    ask_about_plea(session, at)


def ask_about_plea(session: Session, at: float) -> None:
    """Put the body down and ask whether it was pain: nobody waits for a question with the legs up."""
    session.body.needs_ready = True
    session.halt("stop", at)
    session.ask_body(QuestionName.WAS_THAT_PAIN, at)


def go_on_after_plea(session: Session, now: float) -> None:
    """Go on where it was no pain: with "ready", or to what follows a set that is over."""
    if not session.position.set_over:
        session.ask(QuestionName.READY, now)
        return
    session.body.needs_ready = False
    if session.position.on_last_set:
        go_on(session, now)
    else:
        session.enter("rest", now)
        _rest_for(session, _seconds_of_rest(session), now, Line.REST)


# -- from side to side


def needs_set_up(session: Session) -> bool:
    """Return whether the body is not in position for the exercise."""
    return session.position.load.exercise.name != session.course.in_position_for


def switch_after_repetition(session: Session) -> None:
    """Let the sides change at the end of this repetition."""
    session.course.switch_after = session.position.set_index, session.position.side_index


def switch_in_next_set(session: Session) -> None:
    """Let the next set begin with its other side."""
    session.course.other_side_first = True


def forget_switch(session: Session) -> None:
    """Let the sides no longer change at the end of this repetition."""
    session.course.switch_after = None


def keep_side(session: Session) -> bool:
    """Stay with this side; return whether anything else had been wished for that has not begun."""
    course = session.course
    wished = course.switch_after is not None or course.other_side_first
    course.switch_after, course.other_side_first = None, False
    return wished


def leave_place(session: Session) -> None:
    """Leave this place in the session with the changes that wait for its next repetition or set."""
    session.prescription.leave_step()
    session.position.take_up_set()
    session.course.other_side_first = False


def _count_side(session: Session) -> Then:
    """Go to what comes after a side that is over, and return what leads on from there."""
    position = session.position
    if not position.on_last_side:
        position.next_side()
        return go_on
    position.complete_set()
    session.prescription.leave_step()
    return _set_done


def _set_done(session: Session, at: float) -> None:
    position, speech = session.position, session.speech
    if position.on_last_set:
        # No rest follows for what was put off until one.
        speech.keep_promises()
        speech.say(Line.SET_DONE, at)
        speech.put_down(session.way_out, at)
        speech.say_replies(at)
        finish(session, "completed", at)
        return
    session.enter("rest", at)
    speech.say(Line.SET_DONE, at)
    speech.put_down(session.way_out, at)
    _rest_for(session, _seconds_of_rest(session), at, Line.REST)


def _seconds_of_rest(session: Session) -> int:
    return session.position.plan.sets[session.position.set_index].rest_seconds


# -- rest


def _rest_for(session: Session, seconds: int, at: float, line: Line) -> None:
    speech = session.speech
    promised = speech.keep_promises()
    if seconds >= 5:
        speech.say(line, at, n=seconds)
    _say_what_follows(session, seconds, at)
    speech.say_replies(at)
    _rest_until(session, max(at + seconds, speech.free_at + 0.5))
    if promised:
        speech.unless_heard(lambda: speech.promise(promised))
    ask_when_quiet(session)


def more_rest(session: Session, now: float) -> None:
    """Make a rest longer."""
    left = max(session.course.rest_until - now, 0.0)
    session.enter("rest", now)
    _rest_for(session, round(left) + MORE_REST_SECONDS, now, Line.MORE_REST)
    session.course.more_rest_after = session.position.set_index


def less_rest(session: Session, now: float) -> None:
    """Take back that a rest was made longer."""
    session.course.rest_until -= MORE_REST_SECONDS
    rest_on(session, now)


def rest_on(session: Session, now: float) -> None:
    """Rest for what is left, and for some seconds after what is being said."""
    session.enter("rest", now)
    quiet = session.speech.free_at + REST_AFTER_SPEECH_SECONDS
    _rest_until(session, max(session.course.rest_until, quiet, now))
    ask_when_quiet(session)


def ask_when_quiet(session: Session) -> None:
    """Ask what was left for a rest as soon as nothing is said, unless it has become pointless."""
    if session.prescription.wanted() is None:
        session.questions.drop(QuestionName.EQUIPMENT)
    if session.prescription.next_work is None:
        session.questions.drop(QuestionName.HALF)
    body = session.body
    is_due = body.watched is not None and body.asked_after != session.position.set_index
    session.timers.after(session.speech.free_at, _ask_how_now if is_due else Session.ask_next)


def _ask_how_now(session: Session, at: float) -> None:
    """Ask how it is by now where something was made easier for pain."""
    session.body.asked_after = session.position.set_index
    session.ask_body(QuestionName.HOW_NOW, at)


def leave_question(session: Session, now: float) -> None:
    """Take up what a question came into."""
    if session.closing.ended is not None:
        close(session, now)
    elif session.course.asked_from_pause:
        session.enter("pause", now)
        session.wait_paused(session.speech.say(Line.PAUSED, now))
    else:
        rest_on(session, now)


def _say_what_follows(session: Session, seconds: int, at: float) -> None:
    position, following = session.position, session.prescription.after
    if following is None:
        return
    number, count = position.sets_of_exercise()
    same = following.exercise is position.load.exercise and position.part == "work"
    if same and number < count:
        session.speech.say(Line.NEXT_UP, at, n=number + 1, m=count)
    elif seconds >= SHORT_REST_SECONDS:
        session.speech.say(Line.NEXT_EXERCISE_UP, at, title=following.exercise.title)


def _rest_until(session: Session, end: float) -> None:
    """Rest until a moment, and count the last seconds down where there is quiet for all of them."""
    session.course.rest_until = end
    if end - 10 > session.speech.free_at + 5:
        session.timers.after(end - 10, _ten_left)
    if end - _COUNTED_DOWN[0] >= session.speech.free_at:
        session.timers.after(end - _COUNTED_DOWN[0], _count_down)
    session.timers.after(end, go_on)


def _ten_left(session: Session, at: float) -> None:
    if session.speech.free_at <= at:
        session.speech.say(Line.REST_TEN, at)


def _count_down(session: Session, at: float) -> None:
    # All of it or nothing: a lone "one" would mean nothing.
    if session.speech.free_at <= at:
        for seconds in _COUNTED_DOWN:
            session.timers.after(at + _COUNTED_DOWN[0] - seconds, _count_second(seconds))


# -- on


def go_on(session: Session, at: float) -> None:
    """Go on to what comes next, wherever the session is."""
    session.later.go_on(session, at)


def go_on_with_sets(session: Session, at: float) -> None:
    """Go to the next set after one that is over, or else take this one up again."""
    if session.position.set_over:
        session.prescription.next_set()
        if session.course.other_side_first:
            session.course.other_side_first = False
            session.position.switch_sides()
    session.prescription.put_in_force()
    if needs_set_up(session):
        set_up(session, at)
    else:
        imprint(session, at)


def end_set(session: Session) -> None:
    """Leave the set; the other side still does as many repetitions as this one has done."""
    session.prescription.put_in_force()
    if not session.position.cut_short():
        session.position.leave_set()
