"""What the coach does about wishes for more or less: easier, harder, slower, faster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from assistant.coaching.actions import Note
from assistant.coaching.adaptation import Load, Step, easier, faster, harder, slower
from assistant.coaching.care import Refusal
from assistant.coaching.events import Heard
from assistant.coaching.faults import Faults
from assistant.coaching.plan import Exercise, Plan
from assistant.coaching.script import Line, Script

Adaptation: TypeAlias = Callable[[Load, Mapping[str, Exercise]], Step | None]

_TAKEN_BACK: Mapping[str, Line] = {
    "easier": Line.UNDONE_EASIER,
    "slower": Line.UNDONE_SLOWER,
    "faster": Line.UNDONE_FASTER,
}
"""Command to what is said when it is taken back."""

_NEEDED: Mapping[str, Line] = {
    "ball": Line.NEEDS_BALL,
    "bench": Line.NEEDS_BENCH,
    "bar": Line.NEEDS_BAR,
}
"""Equipment to what is said before it is asked for."""


class Requests(Faults):
    """One thing easier or harder at a time, within the limits of the exercise and of the day."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._harder_in_set: int | None = None
        self._at_hand: set[str] = set()
        self._missing: set[str] = set()
        self._replies["equipment"] = self._told_equipment
        self._no_replies["equipment"] = self._without_it

    def _on_easier(self, heard: Heard, now: float) -> Refusal:
        uneven = self._uneven
        return self._adapt(lambda load, exercises: easier(load, exercises, uneven), Line.EASIEST, heard, now)

    def _on_slower(self, heard: Heard, now: float) -> Refusal:
        return self._adapt(lambda load, _: slower(load), Line.SLOWEST, heard, now)

    def _on_faster(self, heard: Heard, now: float) -> Refusal:
        return self._adapt(lambda load, _: faster(load), Line.FASTEST, heard, now)

    def _adapt(self, change: Adaptation, limit: Line, heard: Heard, now: float) -> Refusal:
        """Change the load from the next repetition on, or at rest from the next set on."""
        before = self._base()
        step = change(before, self.plan.exercises)
        if step is None and heard.command == "easier" and self._harder_step is not None:
            self._withdraw_harder(heard.command)
            self._reply(Line.UNDONE_HARDER, now)
            return None
        if step is None:
            self._reply(limit, now)
            return "at its limit"
        promised, cap = self._harder_step, self.position.level_cap
        if heard.command == "easier":
            self._withdraw_harder(heard.command)
        self._record(step, heard.command)
        if self._set_over and step.what == "exercise":
            self.position.cap(step.load.exercise.level)
        self._put_in_force(step, step.line, now)
        back = Step(before, step.what, step.after, step.before, _TAKEN_BACK[heard.command])
        self._undo = self._put_back(back, promised, cap)
        return None

    def _put_back(self, back: Step, promised: Step | None, cap: int | None) -> Callable[[float], Refusal]:
        """Give what takes a change back, as long as the set or rest lasts in which it was made."""
        place = self.position.set_index, self._set_over

        def undo(now: float) -> Refusal:
            if place != (self.position.set_index, self._set_over):
                self._reply(Line.NOTHING_UNDONE, now)
                return "too late"
            self.position.level_cap = cap
            self._record(back, "i_didnt_say_that")
            if promised is not None and self._harder_step is None:
                self._harder_step = promised
                self._record(promised, "harder")
            self._put_in_force(back, back.line, now)
            return None

        return undo

    # -- harder

    def _on_harder(self, heard: Heard, now: float) -> Refusal:
        if self.sore:
            self._reply(Line.HARDER_REFUSED, now)
            return "not after pain"
        if self._harder_in_set == self.position.set_index:
            self._reply(Line.HARDER_WAIT, now)
            return "once a set"
        base = self._next_work
        if base is None:
            return self._no_work_next(now)
        step = self._harder_than(base)
        if step is None or self._needed_for(step) & self._missing:
            self._reply(Line.HARDEST, now)
            return "at its limit"
        self._harder_in_set = self.position.set_index
        self._undo = self._take_harder_back
        if self._needed_for(step):
            self._ask_in_rest("equipment", now)
        else:
            self._promise(step, now)
        return None

    def _no_work_next(self, now: float) -> Refusal:
        """Say why nothing gets harder here: the work is over, or has not begun."""
        following = self.plan.sets[self.position.set_index + 1 :]
        if any(work.part == "work" for work in following):
            return self._not_now(now)
        self._reply(Line.ONLY_COOL_DOWN if following else Line.NOTHING_NEXT, now)
        return "no set of work follows"

    def _harder_than(self, base: Load) -> Step | None:
        """Give the next step up; None where there is none, or nothing so hard may come any more today."""
        step, cap = harder(base, self.plan.exercises), self.position.level_cap
        if step is None or cap is None or step.load.exercise.branch != "ladder":
            return step
        return None if step.load.exercise.level > cap else step

    def _withdraw_harder(self, why: str) -> None:
        super()._withdraw_harder(why)
        self._was_answered("equipment")

    def _promise(self, step: Step, now: float) -> None:
        self._harder_step = step
        self._record(step, "harder")
        self._reply(step.line, now)

    def _take_harder_back(self, now: float) -> Refusal:
        if self._harder_step is None and "equipment" not in self._to_ask:
            self._reply(Line.NOTHING_UNDONE, now)
            return "too late"
        self._withdraw_harder("i_didnt_say_that")
        self._harder_in_set = None
        self._reply(Line.UNDONE_HARDER, now)
        return None

    # -- equipment

    def _needed_for(self, step: Step) -> set[str]:
        """Give what a step needs and nobody has said to have."""
        if step.what != "exercise":
            return set()
        return set(step.load.exercise.equipment) - self._at_hand - self.history.equipment

    def _next_wanted(self) -> tuple[Step, str] | None:
        """Give the harder step that waits for equipment, with the first that has to be asked for."""
        base = self._next_work
        step = None if base is None or self.sore else self._harder_than(base)
        if step is None or not (needed := self._needed_for(step)):
            return None
        return step, sorted(needed)[0]

    def _ask_when_quiet(self) -> None:
        if self._next_wanted() is None:
            self._was_answered("equipment")
        super()._ask_when_quiet()

    def _ask(self, name: str, now: float, again: bool = False) -> None:
        if name == "equipment" and (wanted := self._next_wanted()):
            self._talk(_NEEDED[wanted[1]], now)
        super()._ask(name, now, again)

    def _told_equipment(self, heard: Heard, now: float) -> None:
        wanted = self._next_wanted()
        if heard.command == "no" or wanted is None:
            if wanted is not None:
                self._missing.add(wanted[1])
            self._harder_in_set = None
            self._without_it(now)
            return
        step, thing = wanted
        self._at_hand.add(thing)
        self.delivery.act(Note("equipment", thing))
        if self._needed_for(step):
            self._ask("equipment", now)
            return
        self._was_answered("equipment")
        self._promise(step, now)
        self._back_from_question(now)

    def _without_it(self, at: float) -> None:
        self._was_answered("equipment")
        self._talk(Line.WITHOUT_IT, at)
        self._back_from_question(at)
