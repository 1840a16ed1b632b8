"""Where in the plan the session is: set, side, repetition, and the load in force.

A position is a cursor over the sets of a plan. A set is done side by side, or with both sides together or in
turn; `side_index` and `repetition` say what is being done, `other_at` where the other side will go on, and
`ahead` what one side has done more when an adaptation changed how the sides work. An adaptation is made in
one set and holds for all later sets of the same planned exercise: `adapted` keeps the set in which it was
made with the load that it led to, and `planned` works out what that means for any other set.

A session that is cut off is resumed from a checkpoint: plain values that say which set, side and repetition
come next and which load is in force. Checkpoints count sets from the end of the plan, so that one made
after gentle sets have replaced leg lifts still fits.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.coaching.checkpoint import Checkpoint, Kept
from assistant.coaching.load import Load, Step, as_adapted, capped, shifted, sides_of, turns_of
from assistant.coaching.plan import SETUP_SECONDS, Exercise, Part, Plan, WorkSet
from assistant.coaching.sides import begin_at, done_by, following, taken_over
from assistant.coaching.tempo import parse_tempo, repetition_seconds

AROUND_A_SIDE_SECONDS = 9
"""What the imprint, the countdown and the first lift of a side take, to estimate what is left."""


@dataclass(eq=False)
class Position:
    """The cursor over a plan; adaptations last for the sets of the same planned exercise."""

    plan: Plan = field(repr=False)
    set_index: int = 0
    set_over: bool = False
    """Whether this set is done, though the next has not begun."""
    side_index: int = 0
    repetition: int = 1
    """The repetition in progress, counted from 1."""
    level_cap: int | None = None
    """Nothing above this level for the rest of the session."""
    shift: int = 0
    """Levels by which the work on the ladder differs from the plan."""
    sets_done: int = 0
    """Work sets; those of the warm-up and cool-down do not count."""
    repetitions_done: int = 0
    """Those of work sets."""
    equipment: frozenset[str] = frozenset()
    """What is there, for levels that were shifted upwards."""
    adapted: dict[str, tuple[WorkSet, Load]] = field(default_factory=dict[str, tuple[WorkSet, Load]])
    """Planned exercise to the set in which it was adapted, with the load then."""
    halved: set[str] = field(default_factory=set[str])
    """Planned exercises that have half their repetitions."""
    other_at: int = 1
    """The next repetition of the other side."""
    ahead: int = 0
    """Repetitions that the left has done more than the right with an earlier load."""
    load: Load = field(init=False)
    """What is asked of the body now."""

    def __post_init__(self) -> None:
        self.load = self.planned(0)

    def begin(self, plan: Plan) -> None:
        """Go to the beginning of a plan, with nothing adapted."""
        vars(self).update(vars(Position(plan)))

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
        return self.load.repetitions * (2 if self.load.exercise.alternating else 1)

    @property
    def on_last_set(self) -> bool:
        """Whether no set follows."""
        return self.set_index == len(self.plan.sets) - 1

    @property
    def on_last_side(self) -> bool:
        """Whether the set ends with this side."""
        return len(self.load.exercise.sides) == 1 or self.other_at > self.repetitions

    @property
    def on_first_side(self) -> bool:
        """Whether this side comes first: nothing has been done with the other one."""
        return self.other_at == 1 and (self.side_index == 0 or self.repetition == 1)

    @property
    def on_last_repetition(self) -> bool:
        """Whether the side ends with this repetition."""
        return following(self.load, self.repetition, self.ahead) > self.repetitions

    @property
    def done(self) -> tuple[int, int]:
        """What left and right have done of this set."""
        return done_by(self.load, self.side_index, self.repetition, self.other_at, self.ahead)

    @property
    def next_load(self) -> Load | None:
        """The load of the set that follows, or None after the last."""
        return None if self.on_last_set else self.planned(self.set_index + 1)

    def sets_of_exercise(self) -> tuple[int, int]:
        """Return the number of this set among those of its exercise and part, and how many there are."""
        this = self.plan.sets[self.set_index]
        same = [(work.exercise, work.part) == (this.exercise, this.part) for work in self.plan.sets]
        indexes = [i for i, is_same in enumerate(same) if is_same]
        return indexes.index(self.set_index) + 1, len(indexes)

    def complete_set(self) -> None:
        """End this set and count it, if it is a work set."""
        self.set_over = True
        self.sets_done += self.part == "work"

    def leave_set(self) -> None:
        """End this set without counting it."""
        self.set_over = True

    def take_up_set(self) -> None:
        """Go on with this set, though it may have been over."""
        self.set_over = False

    def repetition_over(self) -> None:
        """Count this repetition as done, if it is part of a work set."""
        self.repetitions_done += self.part == "work"

    def next_repetition(self) -> None:
        """Go to the next repetition of this side, or of the side whose turn it is."""
        self.repetition = following(self.load, self.repetition, self.ahead)

    def follow(self, plan: Plan) -> None:
        """Take another plan from the next set on; up to this one, which is left, it is the same."""
        self.plan = plan
        self.set_over = True

    def shift_work(self, levels: int, equipment: frozenset[str]) -> tuple[str, str] | None:
        """Do the work on the ladder some levels higher or lower than planned.

        Args:
            levels: Up, or down where it is negative; as far as the ladder goes.
            equipment: What is there.

        Returns:
            The exercise of the first work set that differs, before and after; None where none does.
        """
        before = [self.planned(i).exercise.name for i in range(len(self.plan.sets))]
        adapted = dict(self.adapted)
        self.shift += levels
        self.equipment = equipment
        for name, (work, load) in adapted.items() if levels < 0 else ():
            if load.exercise.branch == "ladder":
                self.adapted[name] = work, shifted(load, self.plan.exercises, levels, equipment)
        after = [self.planned(i).exercise.name for i in range(len(self.plan.sets))]
        if self.part == "work":
            self._go_to(self.set_index)
        moved = next((pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]), None)
        if moved is None:
            self.shift, self.adapted = self.shift - levels, adapted
        return moved

    def next_set(self) -> None:
        """Go to the first side and repetition of the next set."""
        self.set_over = False
        self._go_to(self.set_index + 1)

    def next_exercise(self) -> bool:
        """Go to the next set with another planned exercise; False where none follows."""
        self.set_over = False
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
        """Go to the other side, where it stands; False where it has nothing left to do."""
        if self.on_last_side:
            return False
        self.side_index = 1 - self.side_index
        self.repetition, self.other_at = self.other_at, self.repetition
        return True

    def cut_short(self) -> bool:
        """End this side with what it has done; False where the other has done as much: the set is over."""
        done = self.repetition - 1
        if len(self.load.exercise.sides) == 1 or self.other_at > done:
            return False
        self.load = replace(self.load, repetitions=done)
        self.next_side()
        return True

    def halve_next(self) -> tuple[int, int] | None:
        """Plan half the repetitions from the next set on; return them before and after, if that is fewer."""
        if (before := self.next_load) is None:
            return None
        self.halved.add(self.plan.sets[self.set_index + 1].exercise)
        after = self.planned(self.set_index + 1)
        return None if after.repetitions == before.repetitions else (before.repetitions, after.repetitions)

    @property
    def is_next_halved(self) -> bool:
        """Whether the next set has half its repetitions already."""
        return not self.on_last_set and self.plan.sets[self.set_index + 1].exercise in self.halved

    def adapt(self, step: Step) -> None:
        """Put a step in force for this set and the following ones of the same kind.

        Where it takes another number of sides, what is left of the set is done anew, so that they get even.
        """
        before, done = self.load, self.done
        self.keep(step)
        self.load = replace(step.load, repetitions=before.repetitions)
        if sides_of(self.load.exercise) == sides_of(before.exercise):
            return
        self.load = taken_over(before, self.load, self.repetition, done)
        self.ahead = done[0] - done[1]
        self.side_index, self.repetition, self.other_at = begin_at(self.load, self.ahead)

    def keep(self, step: Step) -> None:
        """Remember a step for the following sets of the same kind."""
        work = self.plan.sets[self.set_index]
        self.adapted[work.exercise] = (work, step.load)

    def adapt_next(self, step: Step) -> None:
        """Put a step in force from the next set on."""
        work = self.plan.sets[self.set_index + 1]
        self.adapted[work.exercise] = (work, step.load)

    def cap(self, level: int) -> None:
        """Allow no exercise above a level for the rest of the session."""
        self.level_cap = level if self.level_cap is None else min(self.level_cap, level)

    def restore_cap(self, level: int | None) -> None:
        """Allow again what was allowed before a change that is taken back."""
        self.level_cap = level

    def _go_to(self, index: int) -> None:
        self.set_index, self.side_index, self.repetition, self.other_at = index, 0, 1, 1
        self.ahead = 0
        self.load = self.planned(index)

    def planned(self, index: int) -> Load:
        """Return the load of a set as it stands now."""
        work = self.plan.sets[index]
        load = load_of(work, self.plan.exercises)
        if self.shift and work.part == "work" and load.exercise.branch == "ladder":
            load = shifted(load, self.plan.exercises, self.shift, self.equipment)
        if work.exercise in self.adapted:
            load = as_adapted(work, load, *self.adapted[work.exercise])
        if work.exercise in self.halved:
            load = replace(load, repetitions=(load.repetitions + 1) // 2)
        if self.level_cap is None or load.exercise.branch != "ladder":
            return load
        return capped(load, self.plan.exercises, self.level_cap)

    # -- checkpoints

    def snapshot(self) -> tuple[object, ...]:
        """Return everything that a checkpoint depends on, to compare without making one."""
        return (
            *(self.plan, self.set_index, self.set_over, self.side_index, self.repetition, self.load),
            *(self.other_at, self.ahead, self.shift, self.level_cap, self.sets_done, self.repetitions_done),
            *(tuple(self.adapted.items()), frozenset(self.halved)),
        )

    def checkpoint(self, step: Step | None, gentle: bool) -> Checkpoint | None:
        """Return where a session would have to go on that is cut off now.

        Args:
            step: A change of the load that waits for the next repetition.
            gentle: Whether leg lifts were left out.

        Returns:
            None where no set follows.
        """
        here = _copy_of(self)
        if step is not None:
            (here.keep if here.set_over else here.adapt)(step)
        if here.set_over:
            if here.on_last_set:
                return None
            here.next_set()
        return _checkpoint_of(here, gentle)

    def resume(self, plan: Plan, checkpoint: Checkpoint, equipment: frozenset[str]) -> None:
        """Go to where a session was left, with the load that was in force there.

        Args:
            plan: What the session was of; `fitted` tells whether the checkpoint is in it.
            checkpoint: Where the session was left.
            equipment: What is there.
        """
        self.begin(plan)
        self.shift, self.level_cap, self.equipment = checkpoint.shift, checkpoint.cap, equipment
        self.sets_done, self.repetitions_done = checkpoint.sets_done, checkpoint.repetitions_done
        self._go_to(len(plan.sets) - checkpoint.sets_left)
        work = plan.sets[self.set_index]
        if checkpoint.halved:
            self.halved.add(work.exercise)
        load = Load(
            plan.exercises[checkpoint.exercise],
            parse_tempo(checkpoint.tempo),
            checkpoint.range_step,
            checkpoint.repetitions,
        )
        self.halved |= set(checkpoint.halved_later)
        for kept in checkpoint.kept:
            self.adapted[kept.planned] = _adapted_of(plan, kept)
        if load != self.load:
            self.adapted[work.exercise] = (work, load)
        self.load = load
        self.side_index, self.repetition = checkpoint.side, checkpoint.repetition
        self.other_at, self.ahead = checkpoint.other_at, checkpoint.ahead

    def can_shift(self, levels: int, equipment: frozenset[str]) -> bool:
        """Return whether `shift_work` would change anything."""
        return _copy_of(self).shift_work(levels, equipment) is not None


def _copy_of(position: Position) -> Position:
    copied = copy.copy(position)
    copied.adapted, copied.halved = dict(position.adapted), set(position.halved)
    return copied


def load_of(work: WorkSet, exercises: Mapping[str, Exercise]) -> Load:
    """Return the load that was planned for a set."""
    return Load(exercises[work.exercise], work.tempo, work.range_step, work.repetitions)


def _adapted_of(plan: Plan, kept: Kept) -> tuple[WorkSet, Load]:
    """Return a set in which an exercise could have been adapted like that, and its load then."""
    exercise = plan.exercises[kept.exercise]
    most = exercise.repetitions[1]
    line = WorkSet(kept.planned, most, parse_tempo(kept.planned_tempo), kept.planned_range, 0)
    return line, Load(exercise, parse_tempo(kept.tempo), kept.range_step, most)


def _checkpoint_of(here: Position, gentle: bool) -> Checkpoint:
    work = here.plan.sets[here.set_index]
    later = {other.exercise for other in here.plan.sets[here.set_index :]} - {work.exercise}
    return Checkpoint(
        level=here.plan.level,
        sets_left=len(here.plan.sets) - here.set_index,
        planned=work.exercise,
        exercise=here.load.exercise.name,
        side=here.side_index,
        repetition=here.repetition,
        other_at=here.other_at,
        ahead=here.ahead,
        repetitions=here.load.repetitions,
        range_step=here.load.range_step,
        tempo=str(here.load.tempo),
        halved=work.exercise in here.halved,
        shift=here.shift,
        cap=here.level_cap,
        gentle=gentle,
        sets_done=here.sets_done,
        repetitions_done=here.repetitions_done,
        kept=tuple(
            Kept(
                planned=name,
                planned_range=line.range_step,
                planned_tempo=str(line.tempo),
                exercise=load.exercise.name,
                range_step=load.range_step,
                tempo=str(load.tempo),
            )
            for name, (line, load) in sorted(here.adapted.items())
            if name in later
        ),
        halved_later=tuple(sorted(here.halved & later)),
    )


def seconds_left(position: Position, resting: float | None = None) -> float:
    """Estimate the rest of the session in seconds.

    Args:
        position: Where it is.
        resting: Seconds of rest that are left where this set is over; None where it is not.
    """
    sets = position.plan.sets
    before, total = position.load.exercise, resting or 0.0
    for index in range(position.set_index + (resting is not None), len(sets)):
        load = position.load if index == position.set_index else position.planned(index)
        repetitions = load.repetitions * turns_of(load)
        if load.exercise is not before:
            total += SETUP_SECONDS
        before = load.exercise
        side = repetitions * repetition_seconds(load.exercise.cycle, load.tempo) + AROUND_A_SIDE_SECONDS
        sides = len(load.exercise.sides)
        total += side * sides + (sets[index].rest_seconds if index < len(sets) - 1 else 0)
        if index == position.set_index:
            together = 2 if sides_of(load.exercise) == (1, False) else 1
            total -= side * min(sum(position.done) / together / repetitions, sides)
    return total
