"""Where in the plan the session is: set, side, repetition, and the load in force."""

from __future__ import annotations

from dataclasses import replace

from assistant.coaching.adaptation import Load, Step, capped, load_of
from assistant.coaching.loads import as_adapted, shifted, sides_of, turns_of
from assistant.coaching.plan import Part, Plan, WorkSet
from assistant.coaching.sides import begin_at, done_by, following, taken_over
from assistant.coaching.tempo import CYCLES, phase_seconds


class Position:
    """The cursor over a plan; adaptations last for the sets of the same planned exercise."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.set_index = 0
        self.side_index = 0
        self.repetition = 1
        """The repetition in progress, counted from 1."""
        self.level_cap: int | None = None
        """Nothing above this level for the rest of the session."""
        self.shift = 0
        """Levels by which the work on the ladder differs from the plan."""
        self.sets_done = 0
        """Work sets; a warm-up or a cool-down is none."""
        self.repetitions_done = 0
        """Those of work sets."""
        self._equipment: frozenset[str] = frozenset()
        self._adapted: dict[str, tuple[WorkSet, Load]] = {}
        self._halved: set[str] = set()
        self._other_at = 1
        self._ahead = 0
        self.load = self.planned(0)

    @property
    def set(self) -> int:
        """Work set, counted from 1; 0 in warm-up and cool-down."""
        before = sum(work.part == "work" for work in self.plan.sets[: self.set_index])
        return before + 1 if self.part == "work" else 0

    @property
    def sets(self) -> int:
        """Work sets of the session."""
        return sum(work.part == "work" for work in self.plan.sets)

    @property
    def part(self) -> Part:
        """Where in the session this set belongs."""
        return self.plan.sets[self.set_index].part

    @property
    def side(self) -> str | None:
        """The working side, where there is one."""
        if self.load.exercise.alternating:
            return ("left", "right")[(self.repetition - 1) % 2]
        return self.load.exercise.sides[self.side_index]

    @property
    def repetitions(self) -> int:
        """Repetitions until the side changes for good: those of both sides where they take turns."""
        return self.load.repetitions * turns_of(self.load)

    @property
    def on_last_set(self) -> bool:
        """Whether no set follows."""
        return self.set_index == len(self.plan.sets) - 1

    @property
    def on_last_side(self) -> bool:
        """Whether the set ends with this side."""
        return len(self.load.exercise.sides) == 1 or self._other_at > self.repetitions

    @property
    def on_first_side(self) -> bool:
        """Whether the other side, with which nothing has been done, comes second."""
        return self._other_at == 1 and (self.side_index == 0 or self.repetition == 1)

    @property
    def is_even(self) -> bool:
        """Whether both sides have done as many repetitions of this set."""
        left, right = self.done
        return left == right

    @property
    def on_last_repetition(self) -> bool:
        """Whether the side ends with this repetition."""
        return following(self.load, self.repetition, self._ahead) > self.repetitions

    @property
    def done(self) -> tuple[int, int]:
        """What left and right have done of this set."""
        return done_by(self.load, self.side_index, self.repetition, self._other_at, self._ahead)

    @property
    def next_load(self) -> Load | None:
        """The load of the set that follows, or None after the last."""
        return None if self.on_last_set else self.planned(self.set_index + 1)

    def sets_of_exercise(self) -> tuple[int, int]:
        """Give the number of this set among those of its exercise and part, and how many there are."""
        this = self.plan.sets[self.set_index]
        same = [(work.exercise, work.part) == (this.exercise, this.part) for work in self.plan.sets]
        indexes = [i for i, is_same in enumerate(same) if is_same]
        return indexes.index(self.set_index) + 1, len(indexes)

    def steps(self) -> tuple[str, ...]:
        """Give the phases of one repetition that last any time at all."""
        cycle = CYCLES[self.load.exercise.cycle].repetition
        return tuple(phase for phase in cycle if phase_seconds(phase, self.load.tempo) > 0)

    def opening(self) -> tuple[str, ...]:
        """Give the phases that come once, before the first repetition."""
        return CYCLES[self.load.exercise.cycle].opening

    def set_over(self) -> None:
        """Count this set as done, if it is a work set."""
        self.sets_done += self.part == "work"

    def repetition_over(self) -> None:
        """Count this repetition as done, if it is part of a work set."""
        self.repetitions_done += self.part == "work"

    def next_repetition(self) -> None:
        """Go to the next repetition of this side, or of the side whose turn it is."""
        self.repetition = following(self.load, self.repetition, self._ahead)

    def follow(self, plan: Plan) -> None:
        """Take another plan from the next set on; up to this one it is the same."""
        self.plan = plan

    def shift_work(self, levels: int, equipment: frozenset[str]) -> tuple[str, str] | None:
        """Do the work on the ladder some levels higher or lower than planned.

        Args:
            levels: Up, or down where it is negative; as far as the ladder goes.
            equipment: What is there.

        Returns:
            The exercise of the first work set that differs, before and after; None where none does.
        """
        before = self._exercises()
        adapted = dict(self._adapted)
        self.shift += levels
        self._equipment = equipment
        for name, (work, load) in adapted.items() if levels < 0 else ():
            if load.exercise.branch == "ladder":
                self._adapted[name] = work, shifted(load, self.plan.exercises, levels, equipment)
        after = self._exercises()
        if self.part == "work":
            self._go_to(self.set_index)
        moved = next((pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]), None)
        if moved is None:
            self.shift, self._adapted = self.shift - levels, adapted
        return moved

    def next_set(self) -> None:
        """Go to the first side and repetition of the next set."""
        self._go_to(self.set_index + 1)

    def next_exercise(self) -> bool:
        """Go to the next set with another planned exercise; tells whether there was one."""
        name = self.plan.sets[self.set_index].exercise
        for index in range(self.set_index + 1, len(self.plan.sets)):
            if self.plan.sets[index].exercise != name:
                self._go_to(index)
                return True
        return False

    def restart_set(self) -> None:
        """Go back to the beginning of this set."""
        self._go_to(self.set_index)

    def next_side(self) -> None:
        """Go to the other side of this set, where it stands; this one is done."""
        self.repetition = self.repetitions + 1
        self.switch_sides()

    def switch_sides(self) -> bool:
        """Go to the other side, where it stands; False where there is none with anything left to do."""
        if self.on_last_side:
            return False
        self.side_index = 1 - self.side_index
        self.repetition, self._other_at = self._other_at, self.repetition
        return True

    def cut_short(self) -> bool:
        """End this side with what it has done; False where the other has done as much: the set is over."""
        done = self.repetition - 1
        if len(self.load.exercise.sides) == 1 or self._other_at > done:
            return False
        self.load = replace(self.load, repetitions=done)
        self.next_side()
        return True

    def halve_next(self) -> tuple[int, int] | None:
        """Plan half the repetitions from the next set on; give them before and after, if that is fewer."""
        if (before := self.next_load) is None:
            return None
        self._halved.add(self.plan.sets[self.set_index + 1].exercise)
        after = self.planned(self.set_index + 1)
        return None if after.repetitions == before.repetitions else (before.repetitions, after.repetitions)

    @property
    def is_next_halved(self) -> bool:
        """Whether the next set has half its repetitions already."""
        return not self.on_last_set and self.plan.sets[self.set_index + 1].exercise in self._halved

    def adapt(self, step: Step) -> None:
        """Put a step in force for this set and the following ones of the same kind.

        Where it takes another number of sides, what is left of the set is done anew, so that they get even.
        """
        before, done = self.load, self.done
        self.keep(step)
        self.load = replace(step.load, repetitions=before.repetitions)
        if sides_of(self.load) == sides_of(before):
            return
        self.load = taken_over(before, self.load, self.repetition, done)
        self._ahead = done[0] - done[1]
        self.side_index, self.repetition, self._other_at = begin_at(self.load, self._ahead)

    def keep(self, step: Step) -> None:
        """Remember a step for the following sets of the same kind."""
        work = self.plan.sets[self.set_index]
        self._adapted[work.exercise] = (work, step.load)

    def adapt_next(self, step: Step) -> None:
        """Put a step in force from the next set on."""
        work = self.plan.sets[self.set_index + 1]
        self._adapted[work.exercise] = (work, step.load)

    def cap(self, level: int) -> None:
        """Allow no exercise above a level for the rest of the session."""
        self.level_cap = level if self.level_cap is None else min(self.level_cap, level)

    def _exercises(self) -> list[str]:
        return [self.planned(i).exercise.name for i in range(len(self.plan.sets))]

    def _go_to(self, index: int) -> None:
        self.set_index, self.side_index, self.repetition, self._other_at = index, 0, 1, 1
        self._ahead = 0
        self.load = self.planned(index)

    def planned(self, index: int) -> Load:
        """Give the load of a set as it stands now."""
        work = self.plan.sets[index]
        load = load_of(work, self.plan.exercises)
        if work.part == "work" and load.exercise.branch == "ladder":
            load = shifted(load, self.plan.exercises, self.shift, self._equipment)
        if work.exercise in self._adapted:
            load = as_adapted(work, load, *self._adapted[work.exercise])
        if work.exercise in self._halved:
            load = replace(load, repetitions=(load.repetitions + 1) // 2)
        if self.level_cap is None or load.exercise.branch != "ladder":
            return load
        return capped(load, self.plan.exercises, self.level_cap)
