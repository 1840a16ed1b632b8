"""A session as people write it: scripts/*.yaml, checked and turned into a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field, field_validator, model_validator

from assistant.coaching.plan import Exercise, Plan, WorkSet
from assistant.coaching.tempo import parse_tempo
from assistant.errors import InputError
from assistant.programme.reading import Document, FileModel

MOST_REPETITIONS = 25
"""Repetitions of a set; 1-3 sets of 10-25 repetitions is ACE's advice for the abdominal muscles."""

MOST_SETS = 3
"""Sets of one exercise, from the same advice."""


class _WorkModel(FileModel):
    exercise: str | None = None
    step: int | None = Field(default=None, ge=-10, le=10)
    sets: int = Field(default=1, ge=1, le=MOST_SETS)
    repetitions: int | None = Field(default=None, ge=1, le=MOST_REPETITIONS)
    tempo: str | None = None
    range: int | None = Field(default=None, ge=1, le=4)
    rest: int = Field(default=45, ge=0, le=300)

    @field_validator("tempo")
    @classmethod
    def _readable_tempo(cls, text: str | None) -> str | None:
        if text is not None:
            parse_tempo(text)
        return text

    @model_validator(mode="after")
    def _one_of_two(self) -> _WorkModel:
        if (self.exercise is None) == (self.step is None):
            raise ValueError("name either an `exercise:` or a `step:` of the ladder")
        return self


class _RoutineModel(FileModel):
    name: str = Field(min_length=1, max_length=60)
    start_level: int = Field(default=1, ge=0, le=10)
    work: list[_WorkModel] = Field(min_length=1, max_length=20)


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
    return Routine(document, document.check(_RoutineModel))


def make_plan(routine: Routine, exercises: Mapping[str, Exercise], level: int | None = None) -> Plan:
    """Place a routine on the ladder.

    Args:
        routine: What was read.
        exercises: Every exercise there is, by name.
        level: Where to start on the ladder; by default the routine's own start.

    Raises:
        InputError: an exercise does not exist, a range or a level is not to be had.
    """
    ladder = sorted(exercises.values(), key=lambda exercise: exercise.level)
    start = routine.model.start_level if level is None else level
    levels = [exercise.level for exercise in ladder]
    if start not in levels:
        problem = f"the ladder has no level {start}"
        remedy = f"Choose one of {', '.join(map(str, levels))}"
        if level is not None:
            raise InputError(problem, remedy=remedy, field="--level")
        raise routine.document.error(("start_level",), problem, remedy)
    sets: list[WorkSet] = []
    for i, work in enumerate(routine.model.work):
        exercise = _exercise(routine, i, work, exercises, ladder, levels.index(start))
        sets.extend(_sets(routine, i, work, exercise))
    return Plan(routine.name, exercises, tuple(sets))


def _exercise(
    routine: Routine,
    i: int,
    work: _WorkModel,
    exercises: Mapping[str, Exercise],
    ladder: list[Exercise],
    start: int,
) -> Exercise:
    if work.exercise is None:
        rung = start + (work.step or 0)
        return ladder[min(max(rung, 0), len(ladder) - 1)]
    if work.exercise not in exercises:
        raise routine.document.error(
            ("work", i, "exercise"),
            f"there is no exercise {work.exercise!r}",
            f"Choose one of {', '.join(exercises)}",
        )
    return exercises[work.exercise]


def _sets(routine: Routine, i: int, work: _WorkModel, exercise: Exercise) -> list[WorkSet]:
    shallowest, deepest = exercise.range_steps
    step = work.range or shallowest
    if work.exercise is not None and not shallowest <= step <= deepest:
        raise routine.document.error(
            ("work", i, "range"),
            f"{exercise.name} goes from range {shallowest} to {deepest}, not to {step}",
            "Correct the range",
        )
    return [
        WorkSet(
            exercise=exercise.name,
            repetitions=work.repetitions or exercise.repetitions[0],
            tempo=parse_tempo(work.tempo) if work.tempo else exercise.tempo,
            range_step=min(max(step, shallowest), deepest),
            rest_seconds=work.rest,
        )
        for _ in range(work.sets)
    ]
