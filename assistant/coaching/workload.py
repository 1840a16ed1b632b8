"""Which load is in force, and what becomes of changes that wait for the next repetition or set."""

from __future__ import annotations

from dataclasses import replace

from assistant.coaching.actions import Change, Note
from assistant.coaching.adaptation import Load, Step, capped, harder, load_of
from assistant.coaching.place import Place, Unfinished
from assistant.coaching.plan import Plan
from assistant.coaching.script import Script
from assistant.coaching.taking_up import ResumablePosition
from assistant.coaching.waiting import Waiting


class Workload(Waiting):
    """Puts changes of the load in force when their moment has come."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._set_over = False
        self._in_position_for: str | None = None
        self._next_step: Step | None = None
        self._harder_step: Step | None = None
        self.gentle = False
        """Whether leg lifts were left out today, or ended."""
        self._opened = False

    @property
    def load_ahead(self) -> Load:
        """The load from the next repetition on."""
        return self._next_step.load if self._next_step is not None else self.position.load

    def _load_after(self) -> Load | None:
        following = self.position.next_load
        if following is None or self._harder_step is None:
            return following
        step = harder(following, self.plan.exercises)
        return following if step is None else step.load

    def _place(self) -> Place | None:
        return self.position.place(self._next_step, self._set_over, self.gentle)

    def _base(self) -> Load:
        """The load that a change is made to: the next set's at rest, else the next repetition's."""
        following = self.position.next_load if self._set_over else None
        return self.load_ahead if following is None else following

    def _step_changes_exercise(self) -> bool:
        """Put a pending step in force; tells whether the body has to be set up anew for it."""
        if self._next_step is not None:
            self.position.adapt(self._next_step)
            self._next_step = None
        return self.position.load.exercise.name != self._in_position_for

    def _leave_step(self) -> None:
        """Leave a set with a step still pending: the sets that follow have it already."""
        self._next_step = None

    def _start_next_set(self) -> None:
        """Go to the next set, harder if that was wished for and nothing spoke against it since."""
        self._leave_step()
        self._set_over = False
        self.position.next_set()
        if self._harder_step is not None:
            self._harder_step = None
            if step := harder(self.position.load, self.plan.exercises):
                self.position.adapt(step)

    def _ease(self, step: Step | None, why: str) -> None:
        """Put an easier load in force at once; nothing above it comes later in the session."""
        self._withdraw_harder(why)
        if step is None:
            return
        if self._set_over and not self.position.on_last_set:
            self.position.adapt_next(step)
        else:
            self._next_step = None
            self.position.adapt(step)
        if step.what == "exercise":
            self.position.cap(step.load.exercise.level)
        self._record(step, why)

    def _withdraw_harder(self, why: str) -> None:
        """Take back a harder step that was promised for the next set."""
        if (step := self._harder_step) is not None:
            self._harder_step = None
            self._record(replace(step, before=step.after, after=step.before), why)

    # -- the whole session

    def _shift_work(self, levels: int, why: str) -> bool:
        """Move the work on the ladder up or down by some levels; tells whether there was any way to go."""
        moved = self.position.shift_work(levels, self.history.equipment)
        if moved is None:
            return False
        self._record_change(Change("exercise", *moved, why))
        self.delivery.act(Note("level", max(self.plan.level + self.position.shift, 0)))
        return True

    def _start_lower(self) -> None:
        """Do less than in the session that pain ended, where the plan is the same; its level is not."""
        if (moved := self.position.shift_work(-1, self.history.equipment)) is not None:
            self._record_change(Change("exercise", *moved, "pain last time"))

    def _take_up(self, unfinished: Unfinished) -> None:
        """Go on with another session where it was left: no deeper, no harder than it stood."""
        self.plan, self.gentle = unfinished.plan, unfinished.place.gentle
        self.position = ResumablePosition(self.plan)
        self.position.take_up(unfinished.place, self.history.equipment)

    def _go_gently(self, why: str) -> None:
        """Do the side branch, or the lowest level where there is none, instead of what is left."""
        self.gentle = True
        self._withdraw_harder(why)
        self._next_step = None
        here = self.position.set_index
        left = next((work for work in self.plan.sets[here:] if work.part == "work"), self.plan.sets[here])
        if not self.plan.side_branch:
            self.position.cap(0)
            lowest = capped(load_of(left, self.plan.exercises), self.plan.exercises, 0)
            self.position.restart_set()
            self._record_change(Change("exercise", left.exercise, lowest.exercise.name, why))
            return
        gentle = self.plan.side_branch
        past = self.plan.sets[: here + 1] if self._opened else ()
        self.plan = replace(self.plan, sets=(*past, *gentle))
        self._record_change(Change("exercise", left.exercise, gentle[0].exercise, why))
        if self._opened:
            self.position.follow(self.plan)
            self._set_over = True
        else:
            self.position = ResumablePosition(self.plan)
