"""A session as people write it: scripts/*.yaml, checked and turned into a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import Field, field_validator, model_validator

from assistant.coaching.plan import Exercise, Part, Plan, WorkSet
from assistant.coaching.tempo import parse_tempo
from assistant.errors import InputError
from assistant.programme.reading import Document, FileModel

MOST_REPETITIONS = 25
"""Repetitions of a set; 1-3 sets of 10-25 repetitions is ACE's advice for the abdominal muscles."""

MOST_SETS = 3
"""Work sets of one exercise in a session, from the same advice."""

SIDE_REST_SECONDS = 30
"""Rest after a set of the side branch."""

_Section: TypeAlias = Literal["warm_up", "work", "cool_down"]

_PARTS: Mapping[_Section, Part] = {"warm_up": "warm-up", "work": "work", "cool_down": "cool-down"}
"""Field of a routine to the part of the session that it describes, in order."""


class _EntryModel(FileModel):
    exercise: str | None = None
    step: int | None = Field(default=None, ge=-10, le=10)
    sets: int = Field(default=1, ge=1, le=MOST_SETS)
    repetitions: int | Literal["fewest", "most"] = "fewest"
    tempo: str | None = None
    range: int | None = Field(default=None, ge=1, le=4)
    rest: int = Field(default=45, ge=0, le=300)

    @field_validator("repetitions", mode="before")
    @classmethod
    def _some_repetitions(cls, given: object) -> object:
        if given not in ("fewest", "most") and (
            not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= MOST_REPETITIONS
        ):
            raise ValueError(f"write a number from 1 to {MOST_REPETITIONS}, or fewest, or most")
        return given

    @field_validator("tempo")
    @classmethod
    def _readable_tempo(cls, text: str | None) -> str | None:
        if text is not None:
            parse_tempo(text)
        return text

    @model_validator(mode="after")
    def _one_of_two(self) -> _EntryModel:
        if (self.exercise is None) == (self.step is None):
            raise ValueError("name either an `exercise:` or a `step:` of the ladder")
        return self


class _RoutineModel(FileModel):
    name: str = Field(min_length=1, max_length=60)
    start_level: int = Field(default=1, ge=0, le=10)
    warm_up: list[_EntryModel] = Field(default_factory=list[_EntryModel], max_length=5)
    work: list[_EntryModel] = Field(min_length=1, max_length=20)
    cool_down: list[_EntryModel] = Field(default_factory=list[_EntryModel], max_length=5)


@dataclass(frozen=True, slots=True)
class Routine:
    """A routine file that has been read, not yet placed on the ladder."""

    document: Document
    model: _RoutineModel

    @property
    def name(self) -> str:
        """The routine's own name."""
        return self.model.name


def parse_routine(text: str, file: str) -> Routine:
    """Check the text of a routine file.

    Raises:
        InputError: naming the file, line and field, when something in it is wrong.
    """
    document = Document(text, file)
    routine = Routine(document, document.check(_RoutineModel))
    _check_volume(routine)
    return routine


def _check_volume(routine: Routine) -> None:
    """Hold the ceiling of work sets; what steps come to on the ladder is held when they are placed."""
    totals: Counter[str] = Counter()
    for i, entry in enumerate(routine.model.work):
        name = f"step {entry.step}" if entry.exercise is None else entry.exercise
        totals[name] += entry.sets
        if totals[name] > MOST_SETS:
            raise routine.document.error(
                ("work", i, "sets"),
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
        InputError: an exercise does not exist, a range or a level is not to be had.
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

    def sets_of(self, field: _Section) -> list[WorkSet]:
        entries: list[_EntryModel] = getattr(self.routine.model, field)
        # What the file names is as it says; steps that meet it, or each other, give way.
        taken: Counter[str] = Counter()
        for entry in entries:
            if entry.exercise is not None:
                taken[entry.exercise] += entry.sets
        sets: list[WorkSet] = []
        for i, entry in enumerate(entries):
            exercise = self._exercise((field, i), entry)
            count = entry.sets
            if entry.exercise is None and field == "work":
                count = min(count, MOST_SETS - taken[exercise.name])
                taken[exercise.name] += count
            sets += [self._set((field, i), entry, exercise, _PARTS[field]) for _ in range(count)]
        return sets

    def _exercise(self, at: tuple[str, int], entry: _EntryModel) -> Exercise:
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

    def _set(self, at: tuple[str, int], entry: _EntryModel, exercise: Exercise, part: Part) -> WorkSet:
        shallowest, deepest = exercise.range_steps
        step = entry.range or shallowest
        if entry.exercise is not None and not shallowest <= step <= deepest:
            raise self.routine.document.error(
                (*at, "range"),
                f"{exercise.name} goes from range {shallowest} to {deepest}, not to {step}",
                "Correct the range",
            )
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
