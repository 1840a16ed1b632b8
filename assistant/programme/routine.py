"""A session as people write it: scripts/*.yaml, checked and turned into a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.coaching.plan import Exercise, Part, Plan, WorkSet
from assistant.coaching.tempo import parse_tempo
from assistant.errors import InputError, combined
from assistant.programme.entry import EntryModel, Section
from assistant.programme.limits import MOST_SETS
from assistant.programme.reading import Document, settle
from assistant.programme.routine_model import RoutineModel, extends

SIDE_REST_SECONDS = 30
"""Rest after a set of the side branch."""

_PARTS: Mapping[Section, Part] = {"warm_up": "warm-up", "work": "work", "cool_down": "cool-down"}
"""Field of a routine to the part of the session that it describes, in order."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine file that has been read, not yet placed on the ladder."""

    document: Document
    model: RoutineModel

    @property
    def name(self) -> str:
        """The routine's own name."""
        return self.model.name


def as_routine(document: Document) -> Routine:
    """Take a checked document for a routine, with all that it extended put into it.

    Raises:
        InputError: something in it is wrong, it asks for more than there may be, or it still extends another.
    """
    routine = drafted(document)
    settle(document)
    return routine


def drafted(document: Document) -> Routine:
    """Take a checked document for a routine, as `as_routine` does, without its fields that are wrong.

    Raises:
        InputError: so much is wrong that no routine can be made of it.
    """
    model = document.need(RoutineModel)
    if extends(document) is not None:
        document.complain(("extends",), "another routine can't be read from here", "Write it out")
    else:
        _check_volume(document, model)
    return Routine(document, model)


def _check_volume(document: Document, model: RoutineModel) -> None:
    """Hold the ceiling of work sets; what steps come to on the ladder is held when they are placed."""
    totals: Counter[str] = Counter()
    places: dict[str, list[tuple[str | int, ...]]] = {}
    for i, entry in enumerate(model.work):
        name = f"step {entry.step}" if entry.exercise is None else entry.exercise
        totals[name] += entry.sets
        # The last one is too much, or else what was changed of a routine that was extended.
        places[name] = [("work", i, "sets"), *places.get(name, [])]
        if totals[name] > MOST_SETS:
            document.complain(
                document.nearest(*places[name]),
                f"{name} comes to {totals[name]} work sets in this session, and {MOST_SETS} are the most",
                "Leave some out, or take another exercise",
            )


def make_plan(
    routine: Routine,
    exercises: Mapping[str, Exercise],
    level: int | None = None,
    equipment: frozenset[str] = frozenset(),
) -> Plan:
    """Place a routine on the ladder.

    Args:
        routine: What was read.
        exercises: Every exercise there is, by name.
        level: Where to start on the ladder; by default the routine's own start.
        equipment: What there is of `ball`, `bench` and `bar`; a step passes over what needs more.

    Raises:
        InputError: exercises don't exist, ranges or the level are not to be had; it tells of each.
    """
    ladder = sorted(
        (exercise for exercise in exercises.values() if exercise.branch == "ladder"),
        key=lambda exercise: exercise.level,
    )
    start = routine.model.start_level if level is None else level
    levels = [exercise.level for exercise in ladder]
    if start not in levels:
        problem = f"the ladder has no level {start}"
        remedy = f"Choose one of {', '.join(map(str, levels))}"
        if level is not None:
            raise InputError(problem, remedy=remedy, field="--level")
        raise routine.document.error(("start_level",), problem, remedy)
    placing = _Placing(routine, exercises, ladder, levels.index(start), equipment)
    warm_up, work, cool_down = (placing.sets_of(field) for field in _PARTS)
    if placing.wrong:
        raise combined(placing.wrong)
    return Plan(
        name=routine.name,
        exercises=exercises,
        sets=(*warm_up, *work, *cool_down),
        level=start,
        side_branch=(
            *_side_branch(exercises, equipment),
            *(work for work in cool_down if not _is_leg_lift(exercises[work.exercise])),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Placing:
    """Turns the entries of a routine into sets."""

    routine: Routine
    exercises: Mapping[str, Exercise]
    ladder: list[Exercise]
    start: int
    equipment: frozenset[str]
    wrong: list[InputError] = field(default_factory=list[InputError])

    def sets_of(self, section: Section) -> list[WorkSet]:
        entries: list[EntryModel] = getattr(self.routine.model, section)
        # What the file names is as it says; steps that meet it, or each other, give way.
        taken: Counter[str] = Counter()
        for entry in entries:
            if entry.exercise is not None:
                taken[entry.exercise] += entry.sets
        sets: list[WorkSet] = []
        for i, entry in enumerate(entries):
            try:
                exercise = self._exercise((section, i), entry)
            except InputError as error:
                self.wrong.append(error)
                continue
            count = entry.sets
            if entry.exercise is None and section == "work":
                count = min(count, MOST_SETS - taken[exercise.name])
                taken[exercise.name] += count
            same = self._set((section, i), entry, exercise, _PARTS[section])
            # What is said to an entry is said once.
            sets += [replace(same, say=entry.say or "") if n == 0 else same for n in range(count)]
        return sets

    def _exercise(self, at: tuple[str, int], entry: EntryModel) -> Exercise:
        if entry.exercise is None:
            top = max(self.start + (entry.step or 0), 0)
            usable = [rung for rung in self.ladder[: top + 1] if self.equipment.issuperset(rung.equipment)]
            if not usable:
                raise self.routine.document.error(
                    (*at, "step"),
                    "everything on the ladder up to there needs equipment",
                    "Name an `exercise:` instead",
                )
            return usable[-1]
        if entry.exercise not in self.exercises:
            raise self.routine.document.error(
                (*at, "exercise"),
                f"there is no exercise {entry.exercise!r}",
                f"Choose one of {', '.join(self.exercises)}",
            )
        return self.exercises[entry.exercise]

    def _set(self, at: tuple[str, int], entry: EntryModel, exercise: Exercise, part: Part) -> WorkSet:
        shallowest, deepest = exercise.range_steps
        step = entry.range or shallowest
        if entry.exercise is not None and not shallowest <= step <= deepest:
            document = self.routine.document
            path = document.nearest((*at, "range"), (*at, "exercise"))
            problem = f"{exercise.name} goes from range {shallowest} to {deepest}, not to {step}"
            self.wrong.append(document.error(path, problem, "Correct the range"))
        fewest, most = exercise.repetitions
        match entry.repetitions:
            case "fewest":
                repetitions = fewest
            case "most":
                repetitions = most
            case int():
                repetitions = entry.repetitions
        return WorkSet(
            exercise=exercise.name,
            repetitions=repetitions,
            tempo=parse_tempo(entry.tempo) if entry.tempo else exercise.tempo,
            range_step=min(max(step, shallowest), deepest),
            rest_seconds=entry.rest,
            part=part,
        )


def _is_leg_lift(exercise: Exercise) -> bool:
    return exercise.branch == "ladder" and exercise.level > 0


def _side_branch(exercises: Mapping[str, Exercise], equipment: frozenset[str]) -> list[WorkSet]:
    """Plan one gentle set of each exercise of the side branch, the gentlest first."""
    gentle = [
        exercise
        for exercise in exercises.values()
        if exercise.branch == "side" and equipment.issuperset(exercise.equipment)
    ]
    return [
        WorkSet(
            exercise=exercise.name,
            repetitions=exercise.repetitions[0],
            tempo=exercise.tempo,
            range_step=exercise.range_steps[0],
            rest_seconds=SIDE_REST_SECONDS,
        )
        for exercise in sorted(gentle, key=lambda exercise: (exercise.level, exercise.name))
    ]
