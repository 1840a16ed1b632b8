"""The cursor over a plan, as it can be left and taken up again."""

from __future__ import annotations

import copy
from typing import Self

from assistant.coaching.adaptation import Load, Step
from assistant.coaching.place import Kept, Place
from assistant.coaching.plan import WorkSet
from assistant.coaching.position import Position
from assistant.coaching.tempo import parse_tempo


class ResumablePosition(Position):
    """A position that tells where it is, and goes to where another session was left."""

    def place(self, step: Step | None, set_over: bool, gentle: bool) -> Place | None:
        """Tell where a session would have to go on that is cut off now.

        Args:
            step: A change of the load that waits for the next repetition.
            set_over: Whether this set is done.
            gentle: Whether leg lifts were left out.

        Returns:
            None where no set follows.
        """
        here = self._copied()
        if step is not None:
            (here.keep if set_over else here.adapt)(step)
        if set_over:
            if here.on_last_set:
                return None
            here.next_set()
        return here._told(gentle)

    def can_shift(self, levels: int, equipment: frozenset[str]) -> bool:
        """Tell whether `shift_work` would change anything."""
        return self._copied().shift_work(levels, equipment) is not None

    def take_up(self, place: Place, equipment: frozenset[str]) -> None:
        """Go to where a session was left, with the load that was in force there.

        Args:
            place: In this plan; `fitted` tells whether it is.
            equipment: What is there.
        """
        self.shift, self.level_cap, self._equipment = place.shift, place.cap, equipment
        self.sets_done, self.repetitions_done = place.sets_done, place.repetitions_done
        self._go_to(len(self.plan.sets) - place.sets_left)
        work = self.plan.sets[self.set_index]
        if place.halved:
            self._halved.add(work.exercise)
        load = Load(
            self.plan.exercises[place.exercise],
            parse_tempo(place.tempo),
            place.range_step,
            place.repetitions,
        )
        self._halved |= set(place.halved_later)
        for kept in place.kept:
            self._adapted[kept.planned] = self._kept(kept)
        if load != self.load:
            self._adapted[work.exercise] = (work, load)
        self.load = load
        self.side_index, self.repetition = place.side, place.repetition
        self._other_at, self._ahead = place.other_at, place.ahead

    def _copied(self) -> Self:
        copied = copy.copy(self)
        copied._adapted, copied._halved = dict(self._adapted), set(self._halved)
        return copied

    def _kept(self, kept: Kept) -> tuple[WorkSet, Load]:
        """Make up the line of the plan that was adapted, and its load then."""
        exercise = self.plan.exercises[kept.exercise]
        most = exercise.repetitions[1]
        line = WorkSet(kept.planned, most, parse_tempo(kept.planned_tempo), kept.planned_range, 0)
        return line, Load(exercise, parse_tempo(kept.tempo), kept.range_step, most)

    def _told(self, gentle: bool) -> Place:
        work = self.plan.sets[self.set_index]
        later = {other.exercise for other in self.plan.sets[self.set_index :]} - {work.exercise}
        return Place(
            level=self.plan.level,
            sets_left=len(self.plan.sets) - self.set_index,
            planned=work.exercise,
            exercise=self.load.exercise.name,
            side=self.side_index,
            repetition=self.repetition,
            other_at=self._other_at,
            ahead=self._ahead,
            repetitions=self.load.repetitions,
            range_step=self.load.range_step,
            tempo=str(self.load.tempo),
            halved=work.exercise in self._halved,
            shift=self.shift,
            cap=self.level_cap,
            gentle=gentle,
            sets_done=self.sets_done,
            repetitions_done=self.repetitions_done,
            kept=tuple(
                Kept(
                    *(name, line.range_step, str(line.tempo)),
                    *(load.exercise.name, load.range_step, str(load.tempo)),
                )
                for name, (line, load) in sorted(self._adapted.items())
                if name in later
            ),
            halved_later=tuple(sorted(self._halved & later)),
        )
