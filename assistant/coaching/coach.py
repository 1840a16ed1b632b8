"""The coach: `handle(event, now)` and `advance(now)` give actions; it reads nothing else."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from assistant.coaching.actions import Action, Answer, Chime, SetVolume
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
from assistant.coaching.interruptions import Interruptions
from assistant.coaching.plan import Plan
from assistant.coaching.safety import LOST_WITHIN_SECONDS
from assistant.coaching.script import Line, Script

VOLUME_STEP_DB = 3.0
"""Decibels by which "louder" and "quieter" change the voice."""

VOLUME_RANGE_DB = (-12.0, 6.0)
"""Decibels between which the voice stays."""

_NOT_YET = frozenset(
    {"burning", "how_do_i_do_this", "why", "switch_legs", "i_didnt_say_that", "left", "right"}
)
"""Commands that are heard and can't be acted on yet."""


class Coach(Interruptions):
    """Coaches one session.

    Args:
        plan: What to do.
        script: The voice's wording, with the time that each cue takes.
        lie_down_seconds: How long the person has after the greeting to get to the mat; they may say
            ready before.
    """

    def __init__(self, plan: Plan, script: Script, lie_down_seconds: float = 0.0) -> None:
        super().__init__(plan, script)
        self.lie_down_seconds = lie_down_seconds
        self._started = False
        self._volume = 0.0
        self._not_understood: list[float] = []
        self._sorry_in_set: int | None = None
        reactions: Mapping[str, Callable[[Heard, float], Refusal]] = {
            "stop": self._on_stop,
            "pain": self._on_pain,
            "red_flag": self._on_red_flag,
            "help": self._on_help,
            "pinch": self._on_trouble,
            "arching": self._on_trouble,
            "lost_it": self._on_trouble,
            "click": self._on_easier,
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
            "finish": self._on_finish,
            "how_many_left": self._on_how_many_left,
            "how_long": self._on_how_long,
            "what_is_next": self._on_what_is_next,
            "where_am_i": self._on_where_am_i,
            "what_can_i_say": self._on_what_can_i_say,
            "say_that_again": self._on_say_that_again,
            "louder": self._on_louder,
            "quieter": self._on_quieter,
            "less_talk": self._on_less_talk,
            "more_talk": self._on_more_talk,
            "ready": self._on_ready,
            "yes": self._on_answer,
            "no": self._on_answer,
            "number": self._on_answer,
            "back": self._on_answer,
            "hip": self._on_answer,
            "somewhere_else": self._on_answer,
            **dict.fromkeys(_NOT_YET, self._on_not_yet),
        }
        self._reactions = reactions

    def handle(self, event: Event, now: float) -> list[Action]:
        """Act on something that happened at `now`, in seconds on the sample clock."""
        self._advance(now)
        match event:
            case Started():
                if not self._started:
                    self._started = True
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
        return self.delivery.take()

    def advance(self, now: float) -> list[Action]:
        """Act on the passing of time up to `now`, in seconds on the sample clock."""
        self._advance(now)
        return self.delivery.take()

    def _hear(self, heard: Heard, now: float) -> None:
        if self.phases.phase == "finished":
            refusal: Refusal = self._after_the_end(heard, now)
        elif heard.command not in self._reactions:
            refusal = self._on_not_yet(heard, now)
        elif unable := self._unable(heard, now):
            refusal = unable
        else:
            was_moving = self.moving
            refusal = self._reactions[heard.command](heard, now)
            # Where the movement ends, the silence is the answer: nothing sounds into it.
            if refusal is None and was_moving and self.moving:
                self.delivery.act(Chime(now))
        self._somebody_spoke(now)
        self.delivery.act(Answer(heard.command, heard.slots, refusal is None, refusal or ""))

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
            and self._sorry_in_set != self.position.set
        ):
            self._sorry_in_set = self.position.set
            self._talk(Line.SORRY, now)

    def _on_not_yet(self, heard: Heard, now: float) -> Refusal:
        self._reply(Line.NOT_YET, now)
        return "not available yet"

    def _on_shaking(self, heard: Heard, now: float) -> Refusal:
        self._reply(Line.MUSCLE_WORKING, now)
        return None

    # -- questions about the session

    def _on_how_many_left(self, heard: Heard, now: float) -> Refusal:
        if self.moving:
            self._answers.append(
                lambda: self.script.cue(
                    Line.TO_GO, n=self.position.load.repetitions - self.position.repetition
                )
            )
        else:
            self._talk(Line.SETS_TO_GO, now, n=len(self.plan.sets) - self.position.set)
        return None

    def _on_how_long(self, heard: Heard, now: float) -> Refusal:
        minutes = math.ceil(self.position.seconds_left() / 60)
        self._reply(Line.MINUTES_TO_GO, now, n=minutes)
        return None

    def _on_what_is_next(self, heard: Heard, now: float) -> Refusal:
        following = self.position.next_load
        if following is None:
            self._reply(Line.NOTHING_NEXT, now)
        else:
            self._reply(Line.NEXT_IS, now, title=following.exercise.title)
        return None

    def _on_where_am_i(self, heard: Heard, now: float) -> Refusal:
        number, count = self.position.sets_of_exercise()
        title = self.position.load.exercise.title
        self._reply(Line.WHERE_YOU_ARE, now, title=title, n=number, m=count)
        return None

    def _on_what_can_i_say(self, heard: Heard, now: float) -> Refusal:
        if self.moving:
            self._reply(Line.LATER, now)
        self._reply(Line.OPTIONS, now)
        return None

    def _on_say_that_again(self, heard: Heard, now: float) -> Refusal:
        if self.question is not None:
            self._hush(now)
            self._ask(self.question, now, self._asked_before)
            return None
        last = self.delivery.last
        if last is None:
            return "nothing was said"
        self._reply_with(lambda: last, now)
        return None

    # -- the voice

    def _on_louder(self, heard: Heard, now: float) -> Refusal:
        return self._change_volume(VOLUME_STEP_DB, now)

    def _on_quieter(self, heard: Heard, now: float) -> Refusal:
        return self._change_volume(-VOLUME_STEP_DB, now)

    def _change_volume(self, decibels: float, now: float) -> Refusal:
        quietest, loudest = VOLUME_RANGE_DB
        volume = min(max(self._volume + decibels, quietest), loudest)
        if volume == self._volume:
            return "at its limit"
        self._volume = volume
        self.delivery.act(SetVolume(volume))
        if not self.moving:
            self._talk(Line.VOLUME, now)
        return None

    def _on_less_talk(self, heard: Heard, now: float) -> Refusal:
        self.talkative = False
        self._reply(Line.TALK_LESS, now)
        return None

    def _on_more_talk(self, heard: Heard, now: float) -> Refusal:
        self.talkative = True
        self._reply(Line.TALK_MORE, now)
        return None
