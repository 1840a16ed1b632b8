"""What is prescribed from here on: changes that wait for their moment, and what has been changed so far.

A change holds from the next repetition on (`next_step`), or from the next set on where the set is over.
"Harder" is only promised for the next set (`harder_step`), and is withdrawn where anything speaks against it
before that set begins. Every change is recorded with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assistant.coaching.actions import Action, Change, Note
from assistant.coaching.checkpoint import Unfinished
from assistant.coaching.history import LEVELS_LOWER, Lowering
from assistant.coaching.load import Load, Step, capped, harder
from assistant.coaching.plan import WorkSet
from assistant.coaching.position import Position, load_of


@dataclass(eq=False)
class Prescription:
    """The loads to come, and the record of changes.

    Args:
        position: Where the session is; changes are put in force there.
        act: Takes the actions that record changes.
        equipment: What the person has said to have in earlier sessions.
    """

    position: Position = field(repr=False)
    act: Callable[[Action], None] = field(repr=False)
    equipment: frozenset[str]
    next_step: Step | None = None
    """The change that waits for the next repetition."""
    harder_step: Step | None = None
    """The step that was promised for the next set."""
    gentle: bool = False
    """Whether leg lifts were left out today, or ended."""
    sore: bool = False
    """Whether there was pain in this session: nothing gets harder after it."""
    changes: list[Change] = field(default_factory=list[Change])
    """Everything that was adapted, in order."""
    last_step: Step | None = None
    """The last change that was one step."""
    as_good: str | None = None
    """An easier exercise of the ladder that took the place of another."""
    at_hand: set[str] = field(default_factory=set[str])
    """Equipment that the person has said to have in this session."""
    missing: set[str] = field(default_factory=set[str])
    """Equipment that the person has said not to have."""

    # -- loads

    @property
    def ahead(self) -> Load:
        """The load from the next repetition on."""
        return self.position.load if self.next_step is None else self.next_step.load

    @property
    def after(self) -> Load | None:
        """The load of the next set as it stands now; None after the last."""
        following = self.position.next_load
        if following is None or self.harder_step is None:
            return following
        step = harder(following, self.position.plan.exercises)
        return following if step is None else step.load

    @property
    def base(self) -> Load:
        """The load that a change is made to: the next set's at rest, else the next repetition's."""
        following = self.position.next_load if self.position.set_over else None
        return self.ahead if following is None else following

    @property
    def next_work(self) -> Load | None:
        """The load of the next set, where that is a work set."""
        following = self.position.plan.sets[self.position.set_index + 1 :][:1]
        return self.position.next_load if any(work.part == "work" for work in following) else None

    # -- steps

    def record(self, step: Step, why: str) -> None:
        """Record a step."""
        self._record(Change(step.what, step.before, step.after, why))
        self.last_step = step
        exercises = self.position.plan.exercises
        if step.what == "range" and step.load.exercise.branch == "ladder":
            self.act(Note("range", f"{step.load.exercise.name} {step.after}"))
        if step.what == "exercise":
            is_easier = exercises[step.after].level < exercises[step.before].level
            # Made as hard as planned again, the exercise replaces no other.
            planned = step.before if is_easier else step.after
            self.act(Note("instead", f"{planned} {step.after}"))
            # The imprint hold (level 0) is not a version of a leg lift.
            if 0 < exercises[step.after].level < exercises[step.before].level:
                self.as_good = step.after

    def let_follow(self, step: Step) -> None:
        """Let a step hold from the next repetition on."""
        self.next_step = step

    def put_in_force(self) -> None:
        """Put the step in force that waits for the next repetition."""
        if self.next_step is not None:
            self.position.adapt(self.next_step)
            self.next_step = None

    def leave_step(self) -> None:
        """Leave a set with a step still waiting: the sets that follow have it already."""
        self.next_step = None

    def ease(self, step: Step, why: str) -> None:
        """Put an easier load in force at once; nothing above it comes later in the session."""
        if self.position.set_over and not self.position.on_last_set:
            self.position.adapt_next(step)
        else:
            self.next_step = None
            self.position.adapt(step)
        if step.what == "exercise":
            self.position.cap(step.load.exercise.level)
        self.record(step, why)

    def next_set(self) -> None:
        """Go to the next set, harder if that was promised and nothing spoke against it since."""
        self.next_step = None
        self.position.next_set()
        if self.harder_step is not None:
            self.harder_step = None
            if step := harder(self.position.load, self.position.plan.exercises):
                self.position.adapt(step)

    # -- harder

    def promise(self, step: Step) -> None:
        """Promise a harder step for the next set."""
        self.harder_step = step
        self.record(step, "harder")

    def withdraw(self, why: str) -> None:
        """Take back the harder step that was promised."""
        if (step := self.harder_step) is not None:
            self.harder_step = None
            self.record(replace(step, before=step.after, after=step.before), why)

    def harder_than(self, base: Load) -> Step | None:
        """Return the next step up; None at the top, or where nothing so hard may come any more today."""
        step, cap = harder(base, self.position.plan.exercises), self.position.level_cap
        if step is None or cap is None or step.load.exercise.branch != "ladder":
            return step
        return None if step.load.exercise.level > cap else step

    def note_sore(self) -> None:
        """Let nothing get harder any more: there was pain."""
        self.sore = True

    # -- equipment

    def needed_for(self, step: Step) -> set[str]:
        """Return what a step needs that the person has not said to have."""
        if step.what != "exercise":
            return set()
        return set(step.load.exercise.equipment) - self.equipment - self.at_hand

    def wanted(self) -> tuple[Step, str] | None:
        """Return the harder step that waits for equipment, with the first thing that has to be asked for."""
        base = self.next_work
        step = None if base is None or self.sore else self.harder_than(base)
        if step is None or not (needed := self.needed_for(step)):
            return None
        return step, sorted(needed)[0]

    def note_equipment(self, thing: str, is_there: bool) -> None:
        """Remember whether something is there."""
        if is_there:
            self.at_hand.add(thing)
            self.act(Note("equipment", thing))
        else:
            self.missing.add(thing)

    # -- the whole session

    def shift_work(self, levels: int, why: str) -> bool:
        """Move the work on the ladder up or down by some levels; return whether there was any way to go."""
        moved = self.position.shift_work(levels, self.equipment)
        if moved is None:
            return False
        self._record(Change("exercise", *moved, why))
        self.act(Note("level", max(self.position.plan.level + self.position.shift, 0)))
        return True

    def start_lower(self, lowering: Lowering) -> None:
        """Do less than in the last session, where the plan is the same; its level is not."""
        if (moved := self.position.shift_work(-LEVELS_LOWER[lowering], self.equipment)) is not None:
            self._record(Change("exercise", *moved, f"lower: {lowering.value}"))

    def resume(self, unfinished: Unfinished) -> None:
        """Go on with another session where it was left: no deeper, no harder than it stood."""
        self.gentle = unfinished.checkpoint.gentle
        self.position.resume(unfinished.plan, unfinished.checkpoint, self.equipment)

    def go_gently(self, why: str, opened: bool, sets: tuple[WorkSet, ...]) -> None:
        """Do gentle sets, or the lowest level where there are none, instead of what is left.

        Args:
            why: For the record.
            opened: Whether the first set has been set up: then what is past stays as it was.
            sets: The gentle ones.
        """
        self.gentle = True
        self.next_step = None
        plan, here = self.position.plan, self.position.set_index
        left = next((work for work in plan.sets[here:] if work.part == "work"), plan.sets[here])
        if not sets:
            self.position.cap(0)
            lowest = capped(load_of(left, plan.exercises), plan.exercises, 0)
            self.position.restart_set()
            self._record(Change("exercise", left.exercise, lowest.exercise.name, why))
            return
        past = plan.sets[: here + 1] if opened else ()
        gentle = replace(plan, sets=(*past, *sets))
        self._record(Change("exercise", left.exercise, sets[0].exercise, why))
        if opened:
            self.position.follow(gentle)
        else:
            self.position.begin(gentle)

    def _record(self, change: Change) -> None:
        self.changes.append(change)
        self.act(change)
