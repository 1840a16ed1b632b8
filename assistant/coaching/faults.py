"""What the coach does about how the movement feels: a pinch, a click, an arching back, burning, shaking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from assistant.coaching.adaptation import Load, Step, regress, shallower
from assistant.coaching.asides import Asides
from assistant.coaching.care import Refusal
from assistant.coaching.events import Heard
from assistant.coaching.plan import Consequence, Plan
from assistant.coaching.safety import PAUSED_ASKED_AT
from assistant.coaching.script import Line, Script
from assistant.coaching.timekeeper import IN_REPETITIONS

DRILL_HOLD_SECONDS = 5.0
"""How long the imprint is held in the drill."""

_REASONS: Mapping[str, Line] = {
    "pinch": Line.FAULT_PINCH,
    "click": Line.FAULT_CLICK,
    "arching": Line.FAULT_ARCHING,
    "lost_it": Line.FAULT_LOST_IT,
}
"""Fault to the one sentence that says why something changes."""

_FROM_HERE: Mapping[str, Line] = {"range": Line.FROM_HERE_HIGHER, "exercise": Line.FROM_HERE_EASIER}
"""What changed to what is said about it."""

_ENDS_THE_SET = "arching"


class Faults(Asides):
    """Takes something back as the exercise's file says; never makes anything deeper or harder."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._times_heard: Counter[str] = Counter()
        self._replies |= {"kind": self._told_kind, "half": self._told_half}
        self._no_replies |= {"kind": self._burns_in_the_joint, "half": self._as_planned}

    def _on_fault(self, heard: Heard, now: float) -> Refusal:
        if self.phases.phase in ("greeting", "stopped", "asking"):
            return self._not_now(now)
        fault = heard.command
        self._times_heard[fault] += 1
        # An exercise that says nothing about a fault is put down and made easier.
        consequence = self.position.load.exercise.faults.get(fault, "regress")
        if consequence == "reassure":
            self._reply(Line.FAULT_FINE, now)
            return None
        if self.moving and consequence != "shallower":
            self._put_legs_down(fault, consequence, now)
            return None
        return self._lighten(fault, consequence, now)

    def _lighten(self, fault: str, consequence: Consequence, now: float) -> Refusal:
        """Make it easier from the next repetition or set on, without putting anything down."""
        step = self._less(fault, consequence)
        self._withdraw_harder(fault)
        if step is None:
            lighter = self._base().exercise is not self.position.load.exercise
            self._reply(_REASONS[fault] if lighter else Line.EASIEST, now)
            return None if lighter else "at its limit"
        self._record(step, fault)
        if step.what == "exercise":
            self.position.cap(step.load.exercise.level)
        if consequence == "shallower" and step.what == "exercise":
            line = Line.CLICK_AGAIN if self._times_heard[fault] > 1 else step.line
        else:
            line = _REASONS[fault]
        self._put_in_force(step, line, now)
        if consequence == "drill" and self.phases.phase == "rest":
            self._drill(now)
            self._rest_on(now)
        return None

    def _put_legs_down(self, fault: str, consequence: Consequence, now: float) -> None:
        """Release, pause, say why, and go on with less once the person says so."""
        self._halt("pause", now)
        self._talk(_REASONS[fault], now)
        if consequence == "drill":
            self._drill(now)
        if fault == _ENDS_THE_SET:
            self._end_set()
        if self._set_over and self.position.on_last_set:
            self._after(self._talk(Line.SET_ENDS_HERE, now), self._go_on)
            return
        step = self._less(fault, consequence)
        self._ease(step, fault)
        if step is not None:
            self._talk(_FROM_HERE[step.what], now)
        if fault == "lost_it" and self._times_heard[fault] > 1:
            self._talk(Line.ADVISE_TRAINER, now)
        self._wait("carry_on", Line.STILL_PAUSED, PAUSED_ASKED_AT, self._talk(Line.SETTLE, now))

    def _less(self, fault: str, consequence: Consequence) -> Step | None:
        """Give the one thing that is taken back."""
        base, felt = self._base(), self.position.load.exercise
        if base.exercise is not felt and (
            base.exercise.branch != "ladder" or base.exercise.level < felt.level
        ):
            return None  # What follows is lighter anyway.
        again = consequence == "shallower" and self._times_heard[fault] > 1
        goes_on = consequence == "shallower"
        higher, easier = shallower(base), regress(base, self.plan.exercises, goes_on and self._uneven)
        return easier or higher if consequence == "regress" or again else higher or easier

    @property
    def _uneven(self) -> bool:
        """Whether one side has done more in this set than the other, or is just doing it."""
        if self._set_over or len(self.position.load.exercise.sides) == 1:
            return False
        return self.phases.phase in IN_REPETITIONS or not self.position.is_even

    def _put_in_force(self, step: Step, line: Line, now: float) -> None:
        """Let a step hold from the next repetition on, in the rest from the next set on; and say so."""
        if self._set_over and not self.position.on_last_set:
            self.position.adapt_next(step)
            self._reply(line, now)
        elif self._nothing_begun:
            # Nothing has begun: what is set up first is what comes, and what is asked yet builds on it.
            self.position.adapt(step)
            self._reply(line, now)
        elif self.phases.phase == "setup":
            self._hush(now)
            self._talk(line, now)
            self._next_step = step
            self._step_changes_exercise()
            self._set_up(now)
        else:
            self._next_step = step
            self.position.keep(step)
            self._reply(line, now)

    def _end_set(self) -> None:
        """Leave the set; the other side still does as many as this one has done."""
        self._step_changes_exercise()
        if not self.position.cut_short():
            self._set_over = True

    def _drill(self, now: float) -> None:
        """Guide one imprint by ear: say it, hold it, let go."""
        self._talk(Line.DRILL_START, now)
        self.delivery.talk(self._worded(Line.IMPRINT_LONG), now)
        over = self._talk(Line.DRILL_KEEP, now)
        self._talk(Line.DRILL_DONE, over + DRILL_HOLD_SECONDS)

    def _go_on(self, at: float) -> None:
        if self._set_over and self.position.on_last_set and self._closing is None:
            self._finish("completed", at)
        else:
            super()._go_on(at)

    # -- burning

    def _on_burning(self, heard: Heard, now: float) -> Refusal:
        if self.phases.phase in ("greeting", "stopped", "asking"):
            return self._not_now(now)
        self._ask_in_rest("kind", now)
        self._undo = lambda at: self._forget_to_ask("kind", at)
        return None

    def _told_kind(self, heard: Heard, now: float) -> None:
        if heard.command == "joint":
            self._burns_in_the_joint(now)
            return
        self._was_answered("kind")
        self._talk(Line.MUSCLE_TIRED, now)
        self._back_from_question(now)

    def _burns_in_the_joint(self, at: float) -> None:
        self._was_answered("kind")
        self._note_hurt(True)
        self._on_pain(Heard("pain", {"where": "hip"}), at)

    # -- shaking

    @property
    def _next_work(self) -> Load | None:
        """The load of the next set, where that is a work set."""
        following = self.plan.sets[self.position.set_index + 1 :][:1]
        return self.position.next_load if any(work.part == "work" for work in following) else None

    def _on_shaking(self, heard: Heard, now: float) -> Refusal:
        self._reply(Line.MUSCLE_WORKING, now)
        following = self._next_work
        if following is None or following.repetitions == 1 or self.position.is_next_halved:
            return None
        if self.phases.phase == "rest":
            self._ask_in_rest("half", now)
        elif self.moving and "half" not in self._to_ask:
            self._to_ask.append("half")
            self._undo = lambda at: self._forget_to_ask("half", at)
        return None

    def _ask_when_quiet(self) -> None:
        if self._next_work is None:
            self._was_answered("half")
        super()._ask_when_quiet()

    def _close(self, at: float) -> None:
        """After the last set there is no rest to ask in; where it burned is asked all the same."""
        if "kind" in self._to_ask:
            self._ask("kind", at)
        else:
            super()._close(at)

    def _told_half(self, heard: Heard, now: float) -> None:
        if heard.command == "no":
            self._as_planned(now)
            return
        self._was_answered("half")
        following = self._next_work
        halved = None if following is None else self.position.halve_next()
        if following is None or halved is None:
            self._talk(Line.AS_PLANNED, now)
        else:
            before, after = map(str, halved)
            self._record(Step(following, "repetitions", before, after, Line.HALF), "shaking")
            self._talk(Line.HALF, now)
        self._back_from_question(now)

    def _as_planned(self, at: float) -> None:
        self._was_answered("half")
        self._talk(Line.AS_PLANNED, at)
        self._back_from_question(at)

    def _forget_to_ask(self, name: str, now: float) -> Refusal:
        self._was_answered(name)
        self._reply(Line.AS_PLANNED, now)
        return None
