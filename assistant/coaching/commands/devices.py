"""What the coach does when it can't hear or be heard: legs down and paused, and no movement unheard."""

from __future__ import annotations

from assistant.coaching.course import note_no_sound
from assistant.coaching.events import LOST, Command, Trouble
from assistant.coaching.questions import QuestionName
from assistant.coaching.script import Line
from assistant.coaching.session import Refusal, Session

_UNHEARD: frozenset[Trouble] = frozenset({"loudspeaker_lost", "loudspeaker_muted"})
"""The release was not heard, so it is said when they are over, and nothing moves before."""

LOSING: frozenset[Trouble] = LOST | _UNHEARD
"""While one of them lasts, nothing may move."""

PASSING: frozenset[Trouble] = frozenset({"device_changed", "asleep", "behind"})
"""Over as soon as they are noticed."""

LEADING_ON: frozenset[str] = frozenset(
    {
        Command.CARRY_ON,
        Command.READY,
        Command.NEXT_SET,
        Command.SKIP,
        Command.NEXT_EXERCISE,
        Command.REPEAT,
        Command.HOW_DO_I_DO_THIS,
    }
)
"""Commands after which the body may move."""


def trouble_began(session: Session, trouble: Trouble, now: float) -> None:
    """Pause, and say why; a red flag goes on to its end, with or without an answer."""
    if trouble == "lifeless":
        note_no_sound(session, began=True)
        return
    troubles = session.manners.troubles
    if trouble in troubles:
        return
    if trouble not in PASSING:
        troubles.add(trouble)
    phase = session.phases.phase
    if phase == "finished":
        return
    session.timers.begin_anew(now)
    # A trouble's line has its name; a loudspeaker is as good as lost when it is muted.
    line = "loudspeaker_lost" if trouble == "loudspeaker_muted" else trouble
    if phase in ("paused", "stopped") or session.questions.asked is QuestionName.UNWELL:
        session.speech.say(line, now)
    else:
        session.pause(line, now)


def trouble_ended(session: Session, trouble: Trouble, now: float) -> None:
    """Say that it is over; the release is said where it was not heard."""
    if trouble == "lifeless":
        note_no_sound(session, began=False)
    troubles = session.manners.troubles
    if trouble not in troubles:
        return
    troubles.discard(trouble)
    if session.phases.phase not in ("paused", "stopped"):
        return
    session.timers.begin_anew(now)
    if trouble in _UNHEARD:
        session.speech.hold_release()
        session.hush(now)
    if not troubles:
        session.speech.say(Line.TROUBLE_OVER, now)


def refuse_while_lost(session: Session, now: float) -> Refusal:
    """Refuse what leads on while a device is gone."""
    session.hush(now)
    session.speech.say(Line.STILL_LOST, now)
    return "a device is gone"
