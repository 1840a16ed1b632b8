"""Where in the plan the session is: set, side, repetition, and the load in force."""

from __future__ import annotations

from dataclasses import replace

from assistant.coaching.adaptation import Load, Step, capped, load_of
from assistant.coaching.plan import Plan, WorkSet
from assistant.coaching.tempo import CYCLES, phase_seconds, repetition_seconds


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
        self.sets_done = 0
        self.repetitions_done = 0
        self._adapted: dict[str, tuple[WorkSet, Load]] = {}
        self.load = self._planned(0)

    @property
    def set(self) -> int:
        """Work set, counted from 1."""
        return self.set_index + 1

    @property
    def side(self) -> str | None:
        """The working side, where there is one."""
        return self.load.exercise.sides[self.side_index]

    @property
    def on_last_set(self) -> bool:
        """Whether no set follows."""
        return self.set_index == len(self.plan.sets) - 1

    @property
    def on_last_side(self) -> bool:
        """Whether the set ends with this side."""
        return self.side_index == len(self.load.exercise.sides) - 1

    @property
    def on_last_repetition(self) -> bool:
        """Whether the side ends with this repetition."""
        return self.repetition >= self.load.repetitions

    @property
    def next_load(self) -> Load | None:
        """The load of the set that follows, or None after the last."""
        return None if self.on_last_set else self._planned(self.set_index + 1)

    def sets_of_exercise(self) -> tuple[int, int]:
        """Give the number of this set among those of its exercise, and how many there are."""
        name = self.plan.sets[self.set_index].exercise
        indexes = [i for i, work in enumerate(self.plan.sets) if work.exercise == name]
        return indexes.index(self.set_index) + 1, len(indexes)

    def steps(self) -> tuple[str, ...]:
        """Give the phases of one repetition that last any time at all."""
        cycle = CYCLES[self.load.exercise.cycle].repetition
        return tuple(phase for phase in cycle if phase_seconds(phase, self.load.tempo) > 0)

    def opening(self) -> tuple[str, ...]:
        """Give the phases that come once, before the first repetition."""
        return CYCLES[self.load.exercise.cycle].opening

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
        """Go to the other side of this set."""
        self.side_index += 1
        self.repetition = 1

    def adapt(self, step: Step) -> None:
        """Put a step in force for this set and the following ones of the same kind.

        Where it takes another number of sides, what is left of the set is done anew on each of them.
        """
        sides = len(self.load.exercise.sides)
        left = max(self.load.repetitions - self.repetition + 1, 1)
        self.keep(step)
        self.load = step.load
        if len(self.load.exercise.sides) != sides:
            self.load = replace(self.load, repetitions=left)
            self.repetition, self.side_index = 1, 0

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

    def seconds_left(self) -> float:
        """Estimate the rest of the session in seconds, from the loads in force."""
        total = 0.0
        for index in range(self.set_index, len(self.plan.sets)):
            work = self.plan.sets[index]
            load = self.load if index == self.set_index else self._planned(index)
            side = load.repetitions * repetition_seconds(load.exercise.cycle, load.tempo) + 9
            sides = len(load.exercise.sides)
            total += side * sides + (work.rest_seconds if index < len(self.plan.sets) - 1 else 0)
            if index == self.set_index:
                done = self.side_index + (self.repetition - 1) / max(load.repetitions, 1)
                total -= side * min(done, sides)
        return total

    def _go_to(self, index: int) -> None:
        self.set_index, self.side_index, self.repetition = index, 0, 1
        self.load = self._planned(index)

    def _planned(self, index: int) -> Load:
        work = self.plan.sets[index]
        load = load_of(work, self.plan.exercises)
        if work.exercise in self._adapted:
            load = _as_adapted(work, load, *self._adapted[work.exercise])
        return load if self.level_cap is None else capped(load, self.plan.exercises, self.level_cap)


def _as_adapted(work: WorkSet, planned: Load, line: WorkSet, adapted: Load) -> Load:
    """Give what an adaptation that was made in one line of the plan means for a set."""
    if adapted.exercise is not planned.exercise:
        return replace(adapted, repetitions=min(work.repetitions, adapted.exercise.repetitions[1]))
    if (work.tempo, work.range_step) == (line.tempo, line.range_step):
        return replace(adapted, repetitions=work.repetitions)
    # Another line has its own range and tempo; what was too deep before is no deeper here.
    return replace(planned, range_step=min(planned.range_step, adapted.range_step))
