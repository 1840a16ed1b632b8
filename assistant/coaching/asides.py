"""What is said beside the course of a session: short answers between two beats, questions in the rest."""

from __future__ import annotations

from collections.abc import Callable

from assistant.coaching.adaptation import Step
from assistant.coaching.care import Care, Refusal
from assistant.coaching.phases import Phase
from assistant.coaching.plan import Cue, Plan
from assistant.coaching.safety import PAUSED_ASKED_AT
from assistant.coaching.script import Line, Script

REST_AFTER_SPEECH_SECONDS = 5.0
"""What is left of a rest, at least, after something was asked or explained in it."""


class Asides(Care):
    """Answers without losing the beat, and asks only while nothing moves."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._undo: Callable[[float], Refusal] | None = None
        """Takes the last command back, where that is possible."""
        self._last_change: Step | None = None
        self._to_ask: list[str] = []
        self._asked_from: Phase = "rest"
        self._long_answers: list[Callable[[], Cue]] = []
        self._as_good: str | None = None
        self._told_as_good = False

    # -- answers

    def _reply(self, line: Line, now: float, **filled: str | int) -> None:
        """Say something short: now, or while moving in the next slot that it fits into."""
        self._reply_with(lambda: self.script.cue(line, **filled), now)

    def _reply_with(self, cue: Callable[[], Cue], now: float) -> None:
        if self.moving:
            self._answers.append(cue)
        else:
            self.delivery.talk(cue(), now)

    def _not_now(self, now: float) -> Refusal:
        self._reply(Line.NOT_NOW, now)
        return f"not while {self.phases.phase}"

    def _set_up(self, at: float) -> None:
        """Set up the exercise; what is still to be answered comes first, since the legs are down."""
        self._say_answers(at)
        if self._as_good == self.position.load.exercise.name and not self._told_as_good:
            self._told_as_good = True
            self._talk(Line.EQUALLY_GOOD, at)
        super()._set_up(at)

    def _record(self, step: Step, why: str) -> None:
        super()._record(step, why)
        self._last_change = step
        if step.what == "exercise":
            before, after = self.plan.exercises[step.before], self.plan.exercises[step.after]
            # The imprint hold is no such version of a leg lift.
            if 0 < after.level < before.level:
                self._as_good = after.name

    # -- rest

    def _side_done(self, at: float) -> None:
        if self.position.on_last_side and self.position.on_last_set:
            # No rest follows for what was put off until one.
            self._answers += self._long_answers
            self._long_answers.clear()
        super()._side_done(at)

    def _rest_for(self, seconds: int, at: float, line: Line = Line.REST) -> None:
        promised = list(self._long_answers)
        self._answers += promised
        self._long_answers.clear()
        super()._rest_for(seconds, at, line)
        if promised:
            self._unless_heard(lambda: self._long_answers.extend(promised))
        self._ask_when_quiet()

    def _rest_on(self, now: float) -> None:
        """Rest for what is left, and for some seconds after what is being said."""
        self._enter("rest", now)
        self._rest_until = max(self._rest_until, self.delivery.free_at + REST_AFTER_SPEECH_SECONDS, now)
        self._count_down_to(self._rest_until)
        self._after(self._rest_until, self._go_on)
        self._ask_when_quiet()

    # -- questions

    def _ask_in_rest(self, name: str, now: float) -> None:
        """Ask something in the next rest, or now where nothing moves and nothing else is open."""
        if name not in self._to_ask:
            self._to_ask.append(name)
        if self.phases.phase in ("rest", "paused") and self._open_care is None:
            self._ask_next(now)
        else:
            self._reply(Line.ASK_LATER, now)

    def _ask_when_quiet(self) -> None:
        self._after(self.delivery.free_at, self._ask_next)

    def _ask_next(self, at: float) -> None:
        if not self._to_ask:
            return
        self._asked_from = self.phases.phase
        self._ask(self._to_ask[0], at)

    def _was_answered(self, name: str) -> None:
        """Forget a question; it is kept as long as something else came between."""
        if name in self._to_ask:
            self._to_ask.remove(name)

    def _back_from_question(self, now: float) -> None:
        """Take up what the question came into."""
        if self._closing is not None:
            self._close(now)
        elif self._asked_from == "paused":
            self._enter("pause", now)
            self._wait("carry_on", Line.STILL_PAUSED, PAUSED_ASKED_AT, self._talk(Line.PAUSED, now))
        else:
            self._rest_on(now)
