"""What the coach does about requests that change the work: how hard, how fast, where in the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from assistant.coaching.adaptation import Load, Step, easier, faster, harder, regress, slower
from assistant.coaching.care import Care, Refusal
from assistant.coaching.events import Heard
from assistant.coaching.plan import Cue, Exercise, Plan
from assistant.coaching.safety import RELEASE_DELAY_SECONDS
from assistant.coaching.script import Line, Script

MORE_REST_SECONDS = 30
"""What "more rest" adds."""

Adaptation: TypeAlias = Callable[[Load, Mapping[str, Exercise]], Step | None]


class Requests(Care):
    """Easier, harder, slower, faster, and the ways through the session."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._harder_in_set: int | None = None

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

    # -- how hard, how fast

    def _on_easier(self, heard: Heard, now: float) -> Refusal:
        return self._adapt(easier, Line.EASIEST, heard, now)

    def _on_slower(self, heard: Heard, now: float) -> Refusal:
        return self._adapt(lambda load, _: slower(load), Line.SLOWEST, heard, now)

    def _on_faster(self, heard: Heard, now: float) -> Refusal:
        return self._adapt(lambda load, _: faster(load), Line.FASTEST, heard, now)

    def _adapt(self, change: Adaptation, limit: Line, heard: Heard, now: float) -> Refusal:
        """Change the load from the next repetition on, or at rest from the next set on."""
        step = change(self._base(), self.plan.exercises)
        if step is None:
            self._reply(limit, now)
            return "at its limit"
        if change is easier:
            self._withdraw_harder(heard.command)
        self._record(step, heard.command)
        if self._set_over:
            self.position.adapt_next(step)
            if step.what == "exercise":
                self.position.cap(step.load.exercise.level)
            self._reply(step.line, now)
        elif self.phases.phase == "setup":
            self._hush(now)
            self._talk(step.line, now)
            self._next_step = step
            self._step_changes_exercise()
            self._set_up(now)
        else:
            self._next_step = step
            self._reply(step.line, now)
        return None

    def _on_harder(self, heard: Heard, now: float) -> Refusal:
        if self.sore:
            self._reply(Line.HARDER_REFUSED, now)
            return "not after pain"
        if self._harder_in_set == self.position.set:
            self._reply(Line.HARDER_WAIT, now)
            return "once a set"
        base = self.position.next_load
        step = None if base is None else harder(base, self.plan.exercises)
        if step is None:
            self._reply(Line.HARDEST, now)
            return "at its limit"
        self._harder_in_set = self.position.set
        self._harder_step = step
        self._record(step, heard.command)
        self._reply(step.line, now)
        return None

    def _on_trouble(self, heard: Heard, now: float) -> Refusal:
        """Put the legs down, and go on with less once the person says so."""
        if self.phases.phase in ("paused", "stopped", "asking"):
            return self._not_now(now)
        change = regress if heard.command == "pinch" else easier
        self._pause(Line.EASIER_FIRST, now)
        self._ease(change(self._base(), self.plan.exercises), heard.command)
        return None

    # -- through the session

    def _on_pause(self, heard: Heard, now: float) -> Refusal:
        if self.phases.phase in ("paused", "stopped"):
            return "nothing is going on"
        if self.phases.phase == "asking" and self.question != "ready":
            return "a question is open"
        self._pause(Line.PAUSED, now)
        return None

    def _leave(self, now: float) -> bool:
        """Break off what is going on, legs down; False where the person has to say ready first."""
        if self._needs_ready or self.phases.phase in ("greeting", "stopped", "asking"):
            return False
        was_moving = self.moving
        self._hush(now)
        if was_moving and now >= self._release_until:
            self._release(now + RELEASE_DELAY_SECONDS)
        return True

    def _on_next_set(self, heard: Heard, now: float) -> Refusal:
        if not self._leave(now):
            return self._not_now(now)
        if not self._set_over:
            if self.position.on_last_set:
                self._finish("completed", now)
                return None
            self._set_over = True
        self._go_on(now)
        return None

    def _on_next_exercise(self, heard: Heard, now: float) -> Refusal:
        if not self._leave(now):
            return self._not_now(now)
        self._keep_step()
        self._withdraw_harder(heard.command)
        self._set_over = False
        if self.position.next_exercise():
            self._go_on(now)
        else:
            self._finish("completed", now)
        return None

    def _on_repeat(self, heard: Heard, now: float) -> Refusal:
        if not self._leave(now):
            return self._not_now(now)
        if self.phases.phase == "setup":
            self._heard_setup.discard(self.position.load.exercise.name)
        self._keep_step()
        self._set_over = False
        self.position.restart_set()
        self._go_on(now)
        return None

    def _on_more_rest(self, heard: Heard, now: float) -> Refusal:
        if self.phases.phase != "rest":
            return self._not_now(now)
        self._hush(now)
        left = max(self._rest_until - now, 0.0)
        self._enter("rest", now)
        self._rest_for(round(left) + MORE_REST_SECONDS, now)
        return None

    def _on_finish(self, heard: Heard, now: float) -> Refusal:
        phase = self.phases.phase
        if phase == "asking" and self.question != "ready":
            return "a question is open"
        if phase == "stopped":
            self._hush(now)
            self._finish("asked", now)
            return None
        if phase != "paused":
            self._halt("pause", now)
        self._ask("finish", now)
        return None
