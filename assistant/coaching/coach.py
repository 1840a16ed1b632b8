"""The coach: `handle(event, now)` and `advance(now)` return actions, and one table says what a command does.

The coach is a pure state machine. It reads no clock, file, device or thread, and renders nothing: time is an
argument, and the length of every cue stands in the script.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.coaching import events
from assistant.coaching.actions import Action, Answer, Chime
from assistant.coaching.closing import break_off, close, fell_silent, finish, hear_after
from assistant.coaching.commands import answers, devices, faults, navigation, replies, requests, safety, voice
from assistant.coaching.course import go_on_with_sets
from assistant.coaching.events import Event, Heard
from assistant.coaching.history import EXPERIENCED, History
from assistant.coaching.opening import is_opening, open_, start
from assistant.coaching.phases import MOVING, Phase
from assistant.coaching.plan import Plan
from assistant.coaching.questions import QuestionName
from assistant.coaching.reasons import REASON_OF_COMMAND
from assistant.coaching.script import Line, Script
from assistant.coaching.session import Handler, Later, Session

HANDLERS: Mapping[str, Handler] = {
    **safety.HANDLERS,
    **faults.HANDLERS,
    **requests.HANDLERS,
    **navigation.HANDLERS,
    **replies.HANDLERS,
    **voice.HANDLERS,
    **answers.HANDLERS,
}
"""Command to what is done about it, from the families of commands."""

_LEADS_ON: Mapping[str, Line] = {
    "setup": Line.STILL_SETTING_UP,
    "paused": Line.STILL_PAUSED,
    "stopped": Line.STILL_STOPPED,
}
"""Phase that waits for a word to what says which."""


def _go_on(session: Session, at: float) -> None:
    """Go on to what comes next: the closing, the opening, the end, the next set or this one."""
    if session.closing.ended is not None:
        close(session, at)
    elif is_opening(session):
        open_(session, at)
    elif session.position.set_over and session.position.on_last_set:
        finish(session, "completed", at)
    else:
        go_on_with_sets(session, at)


_LATER = Later(go_on=_go_on, unanswered=answers.unanswered, fell_silent=fell_silent)


class Coach:
    """Coaches one session.

    Args:
        plan: What to do.
        script: The voice's wording, with the time that each cue takes.
        lie_down_seconds: How long the person has after the greeting to get to the mat; they may say
            ready before.
        history: What is remembered of earlier sessions.
        breath_seconds: Length of the breath that is played before the greeting; 0 plays none.
    """

    def __init__(
        self,
        plan: Plan,
        script: Script,
        lie_down_seconds: float = 0.0,
        history: History = EXPERIENCED,
        breath_seconds: float = 0.0,
    ) -> None:
        self.session = Session(plan, script, history, lie_down_seconds, _LATER, breath_seconds)
        self._started = False

    @property
    def phase(self) -> Phase:
        """Where the session is."""
        return self.session.phases.phase

    @property
    def question(self) -> QuestionName | None:
        """The question that an answer would answer now."""
        return self.session.questions.asked

    @property
    def over_at(self) -> float | None:
        """Seconds at which the last word of the session will have been said; None while it goes on."""
        return self.session.over_at

    def next_deadline(self) -> float | None:
        """Return the seconds at which something is due of itself, or None."""
        return self.session.timers.next_deadline()

    def advance(self, now: float) -> list[Action]:
        """Act on the passing of time up to `now`, in seconds on the sample clock."""
        self.session.advance(now)
        return self.session.speech.take()

    def handle(self, event: Event, now: float) -> list[Action]:
        """Act on something that happened at `now`, in seconds on the sample clock."""
        if isinstance(event, Heard):
            self._hear(event, now)
        else:
            self._happen(event, now)
        # What the event made due at once comes before whatever is heard next.
        self.session.advance(now)
        self.session.mark(now)
        return self.session.speech.take()

    def _happen(self, event: events.Happening, now: float) -> None:
        session = self.session
        session.advance(now)
        match event:
            case events.Started():
                if not self._started:
                    self._started = True
                    voice.talk_as_remembered(session)
                    start(session, now)
            case events.NotUnderstood():
                replies.not_understood(session, event.plea, now)
            case events.Interrupted():
                break_off(session, now)
            case events.TroubleBegan():
                devices.trouble_began(session, event.trouble, now)
            case events.TroubleEnded():
                devices.trouble_ended(session, event.trouble, now)

    def _hear(self, heard: Heard, now: float) -> None:
        session = self.session
        session.advance(now)
        handler = HANDLERS.get(heard.command)
        was_moving, undo, said = session.phases.phase in MOVING, session.undo, session.speech.lined_up
        changes = len(session.prescription.changes)
        if session.phases.phase == "finished":
            refusal = hear_after(session, heard, now)
        elif (refusal := answers.too_early(session, heard, now)) is not None:
            pass  # What is asked goes on being asked: nothing is said about it.
        elif handler is None:
            session.reply(Line.NOT_YET, now)
            refusal = "unknown command"
        elif session.manners.troubles & devices.LOSING and heard.command in devices.LEADING_ON:
            refusal = devices.refuse_while_lost(session, now)
        elif (refusal := handler(session, heard, now)) is not None:
            if session.speech.lined_up == said:
                self._refuse(now)
        else:
            if len(session.prescription.changes) > changes or heard.command in REASON_OF_COMMAND:
                replies.note_topic(session, heard.command, now)
            if undo is not None and session.undo is undo:
                session.can_undo(None)  # Only the last command can be taken back.
            if was_moving and session.phases.phase in MOVING:
                # Where the movement ends, the silence is the answer: nothing sounds into it.
                session.speech.act(Chime(now))
        session.speech.act(Answer(heard.command, heard.slots, refusal is None, refusal or ""))
        session.timers.begin_anew(now)

    def _refuse(self, now: float) -> None:
        """Answer what can't be done now: with the open question, with the word that leads on, or kindly."""
        session = self.session
        if session.questions.asked is not None:
            session.hush(now)
            session.ask_same(now)
        else:
            session.reply(_LEADS_ON.get(session.phases.phase, Line.NOT_NOW), now)
