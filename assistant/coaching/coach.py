"""The coach: `handle(event, now)` and `advance(now)` give actions; it reads nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.coaching.actions import Action, Answer, Chime
from assistant.coaching.care import Refusal
from assistant.coaching.events import (
    Event,
    Heard,
    Interrupted,
    NotUnderstood,
    Started,
    TroubleBegan,
    TroubleEnded,
)
from assistant.coaching.history import EXPERIENCED, History
from assistant.coaching.interruptions import Interruptions
from assistant.coaching.phases import Phase
from assistant.coaching.plan import Plan
from assistant.coaching.safety import LOST_WITHIN_SECONDS
from assistant.coaching.script import Line, Script

_ANSWERS = (
    *("ready", "yes", "no", "number", "back", "hip", "somewhere_else"),
    *("left", "right", "muscle", "joint"),
)
"""Commands that mean something only where they were asked for."""

_LEADS_ON: Mapping[Phase, Line] = {
    "setup": Line.STILL_SETTING_UP,
    "paused": Line.STILL_PAUSED,
    "stopped": Line.STILL_STOPPED,
}
"""Phase that waits for a word to what tells it."""


class Coach(Interruptions):
    """Coaches one session.

    Args:
        plan: What to do.
        script: The voice's wording, with the time that each cue takes.
        lie_down_seconds: How long the person has after the greeting to get to the mat; they may say
            ready before.
        history: What is remembered of earlier sessions.
    """

    def __init__(
        self, plan: Plan, script: Script, lie_down_seconds: float = 0.0, history: History = EXPERIENCED
    ) -> None:
        super().__init__(plan, script)
        self.history = history
        self.lie_down_seconds = lie_down_seconds
        self._started = False
        self._not_understood: list[float] = []
        self._sorry_in_set: int | None = None
        reactions: Mapping[str, Callable[[Heard, float], Refusal]] = {
            "stop": self._on_stop,
            "pain": self._on_pain,
            "red_flag": self._on_red_flag,
            "help": self._on_help,
            **dict.fromkeys(("pinch", "click", "arching", "lost_it"), self._on_fault),
            "burning": self._on_burning,
            "shaking": self._on_shaking,
            "easier": self._on_easier,
            "harder": self._on_harder,
            "slower": self._on_slower,
            "faster": self._on_faster,
            "pause": self._on_pause,
            "carry_on": self._on_carry_on,
            "next_set": self._on_next_set,
            "skip": self._on_next_set,
            "next_exercise": self._on_next_exercise,
            "repeat": self._on_repeat,
            "more_rest": self._on_more_rest,
            "switch_legs": self._on_switch_legs,
            "finish": self._on_finish,
            "how_many_left": self._on_how_many_left,
            "how_long": self._on_how_long,
            "what_is_next": self._on_what_is_next,
            "where_am_i": self._on_where_am_i,
            "what_can_i_say": self._on_what_can_i_say,
            "how_do_i_do_this": self._on_how_do_i_do_this,
            "why": self._on_why,
            "say_that_again": self._on_say_that_again,
            "louder": self._on_louder,
            "quieter": self._on_quieter,
            "less_talk": self._on_less_talk,
            "more_talk": self._on_more_talk,
            "i_didnt_say_that": self._on_i_didnt_say_that,
            **dict.fromkeys(_ANSWERS, self._on_reply),
        }
        self._reactions = reactions

    def handle(self, event: Event, now: float) -> list[Action]:
        """Act on something that happened at `now`, in seconds on the sample clock."""
        self._advance(now)
        match event:
            case Started():
                if not self._started:
                    self._started = True
                    self._talk_as_remembered(self.history)
                    self._start(now)
            case Heard():
                self._hear(event, now)
            case NotUnderstood():
                self._wonder(event, now)
            case Interrupted():
                self._break_off(now)
            case TroubleBegan():
                self._trouble_began(event.trouble, now)
            case TroubleEnded():
                self._trouble_ended(event.trouble, now)
        self._advance(now)  # What the event made due at once comes before whatever is heard next.
        self._mark(now)
        return self.delivery.take()

    def advance(self, now: float) -> list[Action]:
        """Act on the passing of time up to `now`, in seconds on the sample clock."""
        self._advance(now)
        return self.delivery.take()

    def _hear(self, heard: Heard, now: float) -> None:
        if self.phases.phase == "finished":
            refusal: Refusal = self._after_the_end(heard, now)
        elif heard.command not in self._reactions:
            self._reply(Line.NOT_YET, now)
            refusal = "unknown command"
        elif unable := self._unable(heard, now):
            refusal = unable
        else:
            was_moving, undo, changes = self.moving, self._undo, len(self.changes)
            said = self._said
            refusal = self._reactions[heard.command](heard, now)
            if refusal is not None and self._said == said:
                self._refuse(now)
            if refusal is None:
                self._note_topic(heard.command, len(self.changes) > changes, now)
                if self._undo is undo:
                    self._undo = None  # Only the last command can be taken back.
            # Where the movement ends, the silence is the answer: nothing sounds into it.
            if refusal is None and was_moving and self.moving:
                self.delivery.act(Chime(now))
        self._somebody_spoke(now)
        self.delivery.act(Answer(heard.command, heard.slots, refusal is None, refusal or ""))

    @property
    def _said(self) -> int:
        """Count what has been said, or waits for a slot."""
        return self.delivery.cues + len(self._answers)

    def _refuse(self, now: float) -> None:
        """Answer what can't be done now: with the open question, with the word that leads on, or kindly."""
        if self.question is not None:
            self._hush(now)
            self._ask(self.question, now, self._asked_before)
        else:
            self._reply(_LEADS_ON.get(self.phases.phase, Line.NOT_NOW), now)

    def _wonder(self, event: NotUnderstood, now: float) -> None:
        self._somebody_spoke(now)
        if self.moving:
            recent = [at for at in self._not_understood if now - at <= LOST_WITHIN_SECONDS]
            self._not_understood = [*recent, now]
            if len(self._not_understood) >= 2:
                self._not_understood = []
                self._pause(Line.LOST_YOU, now)
        elif (
            self.phases.phase in ("setup", "rest", "paused", "stopped", "asking")
            and self._sorry_in_set != self.position.set_index
        ):
            self._sorry_in_set = self.position.set_index
            self._talk(Line.SORRY, now)
