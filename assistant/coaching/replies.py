"""What the coach says to whoever wants to know something: short while they move, longer in the rest."""

from __future__ import annotations

import math
from collections.abc import Callable

from assistant.coaching.care import Refusal
from assistant.coaching.events import Heard
from assistant.coaching.navigation import Navigation
from assistant.coaching.plan import Cue, Plan
from assistant.coaching.reasons import REASON_OF_CHANGE, REASON_OF_COMMAND, REASON_OF_PHASE, Reason
from assistant.coaching.remaining import seconds_left
from assistant.coaching.script import Line, Script

JUST_NOW_SECONDS = 30.0
"""How long a change is what "why" is about."""


class Replies(Navigation):
    """Answers shortly while somebody moves and at length in the rest."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._topic: tuple[Reason, float] | None = None
        self._asked_why: tuple[Reason | None, int] = (None, 0)

    # -- about the session

    def _on_how_many_left(self, heard: Heard, now: float) -> Refusal:
        if self.moving:
            self._answers.append(self._repetitions_to_go)
        else:
            self.delivery.talk(self._sets_to_go(), now)
        return None

    def _repetitions_to_go(self) -> Cue:
        if self._set_over:
            # Asked in its last moment, and answered in the rest.
            return self._sets_to_go()
        turns = 2 if self.position.load.exercise.alternating else 1
        left = (self.position.repetitions - self.position.repetition) // turns + (not self._under_way)
        return self.script.cue(Line.TO_GO, n=left) if left else self.script.cue(Line.LAST_REPETITION)

    def _sets_to_go(self) -> Cue:
        following = self.plan.sets[self.position.set_index + 1 :]
        if left := sum(work.part == "work" for work in following):
            return self.script.cue(Line.SETS_TO_GO, n=left)
        work_is_over = self._set_over or self.position.part != "work"
        return self.script.cue(Line.ONLY_COOL_DOWN if following and work_is_over else Line.NOTHING_NEXT)

    def _on_how_long(self, heard: Heard, now: float) -> Refusal:
        resting = max(self._rest_until - now, 0.0) if self._set_over else None
        minutes = math.ceil(seconds_left(self.position, resting) / 60)
        if minutes > 1:
            self._reply(Line.MINUTES_TO_GO, now, n=minutes)
        else:
            self._reply(Line.MINUTE_TO_GO, now)
        return None

    def _on_what_is_next(self, heard: Heard, now: float) -> Refusal:
        following = self.position.load if self._nothing_begun else self._load_after()
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
            self._explain_in_rest([lambda: self.script.cue(Line.OPTIONS)])
        else:
            self._explain([self.script.cue(Line.OPTIONS)], now)
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

    def _on_reply(self, heard: Heard, now: float) -> Refusal:
        """Take an answer; where nothing was asked, say so."""
        react = self._on_ready if heard.command == "ready" else self._on_answer
        refusal = react(heard, now)
        if refusal is not None and self.question is None:
            waiting = {"paused": Line.STILL_PAUSED, "stopped": Line.STILL_STOPPED}
            self._reply(waiting.get(self.phases.phase, Line.NOT_ASKED), now)
        return refusal

    # -- why and how

    def _on_why(self, heard: Heard, now: float) -> Refusal:
        reason = REASON_OF_PHASE[self.phases.phase]
        if self._topic is not None and now - self._topic[1] <= JUST_NOW_SECONDS:
            reason = self._topic[0]
        before, times = self._asked_why
        times = times if reason is before else 0
        self._asked_why = (reason, times + 1)
        if self.moving and times == 0:
            self._reply(reason.short, now)
        elif self.moving:
            self._reply(Line.LATER, now)
            self._explain_in_rest([lambda: self.script.cue(reason.long[0])])
        else:
            self._explain([self.script.cue(reason.long[times % len(reason.long)])], now)
        return None

    def _note_topic(self, command: str, changed: bool, now: float) -> None:
        """Remember what "why" is about for a while: what was just changed, or answered."""
        if command in REASON_OF_COMMAND:
            self._topic = (REASON_OF_COMMAND[command], now)
        elif changed and self._last_change is not None:
            self._topic = (REASON_OF_CHANGE[self._last_change.what], now)

    def _on_how_do_i_do_this(self, heard: Heard, now: float) -> Refusal:
        phase = self.phases.phase
        if self._needs_ready or phase in ("greeting", "stopped", "asking"):
            return self._not_now(now)
        load = self._base()
        exercise = load.exercise
        way = exercise.range_cue(load.range_step)
        names = [exercise.cues["setup"], *([] if way is None else [way]), *exercise.checks]
        if self.moving:
            self._reply_with(lambda: self.script.cue(exercise.cues["reminder"]), now)
            self._explain_in_rest([lambda name=name: self.script.cue(name) for name in names])
            return None
        cues = [self.script.cue(name) for name in names]
        self._explain([*cues, self.script.cue(Line.SAY_READY)] if phase == "setup" else cues, now)
        return None

    def _explain(self, cues: list[Cue], now: float) -> None:
        """Say something long; a rest lasts until it is over."""
        for cue in cues:
            self.delivery.talk(cue, now)
        if self.phases.phase == "rest" and self.delivery.free_at > self._rest_until:
            self._rest_on(now)

    def _explain_in_rest(self, cues: list[Callable[[], Cue]]) -> None:
        self._long_answers += cues
