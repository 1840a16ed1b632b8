"""A session as people write it: scripts/*.yaml, checked and turned into a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import ConfigDict, Field

from assistant.coaching.plan import Exercise, Part, Plan, WorkSet
from assistant.coaching.tempo import parse_tempo
from assistant.errors import InputError, combined
from assistant.programme.entry import EntryModel, Section, unfolded
from assistant.programme.extension import ChangeModel
from assistant.programme.limits import MOST_SETS
from assistant.programme.reading import Document, FileModel, settle

SIDE_REST_SECONDS = 30
"""Rest after a set of the side branch."""

_PARTS: Mapping[Section, Part] = {"warm_up": "warm-up", "work": "work", "cool_down": "cool-down"}
"""Field of a routine to the part of the session that it describes, in order."""


class RoutineModel(FileModel):
    """A routine: what is done in a session, in order."""

    # Editors are told what `checked` holds, too.
    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["work"]}, {"required": ["extends"]}]}
    )

    name: str = Field(min_length=1, max_length=60, description="What the routine is called.")
    extends: str | None = Field(
        default=None,
        min_length=1,
        description="Another routine to start from, by its name or file; what is written here wins.",
    )
    start_level: int = Field(
        default=1, ge=0, le=10, description="Level of the ladder at which `step: 0` is, in a first session."
    )
    warm_up: list[EntryModel] = Field(
        default_factory=list[EntryModel], max_length=5, description="What comes before the work."
    )
    work: list[EntryModel] = Field(
        default_factory=list[EntryModel],
        max_length=20,
        description=f"The work: at most {MOST_SETS} sets of one exercise. Needed unless `extends:` is there.",
    )
    cool_down: list[EntryModel] = Field(
        default_factory=list[EntryModel], max_length=5, description="What comes after the work."
    )
    change: ChangeModel | None = Field(
        default=None, description="What is different in single entries of the routine that is extended."
    )


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine file that has been read, not yet placed on the ladder."""

    document: Document
    model: RoutineModel


def checked(document: Document) -> Document:
    """Look at what a routine file says, whether it stands alone or extends another; take its sets apart.

    What is wrong is complained about; `as_routine` tells of it.

    Raises:
        InputError: so much is wrong that no more can be said.
    """
    document = unfolded(document)
    says_work = document.says("work")
    no_work = says_work and document.value["work"] == []
    model = document.need(RoutineModel)
    if model.extends is None and model.change is not None:
        document.complain(("change",), "there is nothing to change", "Add `extends:` with a routine")
    if model.extends is None and not says_work:
        document.complain(("work",), "the field is missing", "Add it")
    elif no_work:
        document.complain(("work",), "there is no work", "Add an entry")
    return document


def extends(document: Document) -> str | None:
    """Return the name or file of the routine that a checked one extends."""
    return document.value.get("extends")


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
            path, total = document.nearest(*places[name]), totals[name]
            problem = f"{name} comes to {total} work sets in this session, and {MOST_SETS} are the most"
            document.complain(path, problem, "Leave some out, or take another exercise")


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
    ladder = sorted((one for one in exercises.values() if one.branch == "ladder"), key=lambda one: one.level)
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
    lifts = {exercise.name for exercise in ladder if exercise.level > 0}
    return Plan(
        name=routine.model.name,
        exercises=exercises,
        sets=(*warm_up, *work, *cool_down),
        level=start,
        side_branch=(
            *_side_branch(exercises, equipment),
            *(work for work in cool_down if work.exercise not in lifts),
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
                problem = "everything on the ladder up to there needs equipment"
                raise self.routine.document.error((*at, "step"), problem, "Name an `exercise:` instead")
            return usable[-1]
        if entry.exercise not in self.exercises:
            problem = f"there is no exercise {entry.exercise!r}"
            remedy = f"Choose one of {', '.join(self.exercises)}"
            raise self.routine.document.error((*at, "exercise"), problem, remedy)
        return self.exercises[entry.exercise]

    def _set(self, at: tuple[str, int], entry: EntryModel, exercise: Exercise, part: Part) -> WorkSet:
        shallowest, deepest = exercise.range_steps
        step = entry.range or exercise.first_range
        if entry.exercise is not None and not shallowest <= step <= deepest:
            document = self.routine.document
            path = document.nearest((*at, "range"), (*at, "exercise"))
            problem = f"{exercise.name} goes from range {shallowest} to {deepest}, not to {step}"
            self.wrong.append(document.error(path, problem, "Correct the range"))
        fewest, most = exercise.repetitions
        asked = entry.repetitions
        repetitions = asked if isinstance(asked, int) else {"fewest": fewest, "most": most}[asked]
        return WorkSet(
            exercise=exercise.name,
            repetitions=repetitions,
            tempo=parse_tempo(entry.tempo) if entry.tempo else exercise.tempo,
            range_step=min(max(step, shallowest if entry.exercise else exercise.first_range), deepest),
            rest_seconds=entry.rest,
            part=part,
        )


def _side_branch(exercises: Mapping[str, Exercise], equipment: frozenset[str]) -> list[WorkSet]:
    """Plan one gentle set of each exercise of the side branch, the gentlest first."""
    usable = (one for one in exercises.values() if equipment.issuperset(one.equipment))
    gentle = sorted((one for one in usable if one.branch == "side"), key=lambda one: (one.level, one.name))
    return [
        WorkSet(one.name, one.repetitions[0], one.tempo, one.range_steps[0], SIDE_REST_SECONDS)
        for one in gentle
    ]
