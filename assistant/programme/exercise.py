"""One movement: scripts/exercises/*.yaml, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, field_validator, model_validator

from assistant.coaching.complaint import Place
from assistant.coaching.plan import Branch, Consequence, Exercise
from assistant.coaching.tempo import CycleName, parse_tempo
from assistant.programme.reading import Document, FileModel, settle


class _RangeModel(FileModel):
    shallowest: int = Field(ge=1, le=4)
    usual: int | None = Field(
        default=None, ge=1, le=4, description="With which it is planned at least; by default the shallowest."
    )
    deepest: int = Field(ge=1, le=4)

    @model_validator(mode="after")
    def _in_order(self) -> _RangeModel:
        if self.deepest < self.shallowest:
            raise ValueError(f"deepest ({self.deepest}) is shallower than shallowest ({self.shallowest})")
        if self.usual is not None and not self.shallowest <= self.usual <= self.deepest:
            raise ValueError(f"usual ({self.usual}) is not between shallowest and deepest")
        return self


class _RepetitionsModel(FileModel):
    fewest: int = Field(ge=1, le=25)
    most: int = Field(ge=1, le=25)

    @model_validator(mode="after")
    def _in_order(self) -> _RepetitionsModel:
        if self.most < self.fewest:
            raise ValueError(f"most ({self.most}) is less than fewest ({self.fewest})")
        return self


class _CuesModel(FileModel):
    title: str
    setup: str
    reminder: str
    release: str
    imprint: str | None = None
    imprint_long: str | None = None
    imprint_again: str | None = None
    lift: str | None = None
    lift_long: str | None = None
    return_: str | None = Field(default=None, alias="return")
    return_long: str | None = None
    hold: str | None = None
    breathe_in: str | None = None
    range: str | None = None
    variation: str | None = None


class _FaultsModel(FileModel):
    pinch: Consequence = "regress"
    click: Consequence = "shallower"
    arching: Consequence = "drill"
    lost_it: Consequence = "drill"


class ExerciseModel(FileModel):
    """An exercise: one movement, and what leads down and up from it."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="The file's name, without .yaml.")
    level: int = Field(ge=0, le=10, description="How hard it is: its place on the ladder.")
    cycle: CycleName = Field(
        description="up-start: lift once a set, then lower and come back up; floor-start: every repetition "
        "begins on the floor; hold: nothing moves."
    )
    sides: Literal["both", "each", "alternating"] = Field(
        description="Both together, each side a set of its own, or in turn."
    )
    branch: Branch = Field(
        default="ladder",
        description="What it is for: a rung of the ladder, gentle work instead, or before and after.",
    )
    equipment: list[Literal["ball", "bench", "bar"]] = Field(
        default_factory=list, max_length=3, description="What has to be there; it is asked for."
    )
    not_for: list[Place] = Field(
        default_factory=list, description="Places of the body; where one of them hurts it is not offered."
    )
    source: str = Field(min_length=1, max_length=200, description="Where it is from.")
    tempo: str = Field(
        description="Seconds of lowering, pause, lift and pause, such as 3-0-2-1.",
        json_schema_extra={"examples": ["3-0-2-1"]},
    )
    range: _RangeModel = Field(description="How far it may go, 1 (a few inches) to 4 (just above the floor).")
    repetitions: _RepetitionsModel = Field(description="How many are usual, of each side.")
    regression: str | None = Field(default=None, description="The easier exercise, lower on the ladder.")
    progression: str | None = Field(default=None, description="The harder exercise, higher on the ladder.")
    faults: _FaultsModel = Field(default=_FaultsModel(), description="What a fault leads to.")
    checks: list[str] = Field(
        default_factory=list, max_length=6, description="Cues that check the position, in order."
    )
    cues: _CuesModel = Field(description="What is said: a role to the name of a cue of the voice.")

    @field_validator("tempo")
    @classmethod
    def _readable_tempo(cls, text: str) -> str:
        parse_tempo(text)
        return text


_AS_WRITTEN = {"name", "level", "cycle", "regression", "progression", "branch", "faults"}
"""Fields that an exercise has as its file says them."""


def as_exercise(document: Document, titles: Mapping[str, str] | None) -> Exercise:
    """Check an exercise file.

    Args:
        document: The file.
        titles: Cue name to spoken text, of the voice in use; where it is None, every cue counts as there.

    Raises:
        InputError: naming the file, line and field, when something in it is wrong; it tells of everything.
    """
    model = document.need(ExerciseModel)
    cues: dict[str, str] = model.cues.model_dump(by_alias=True, exclude_none=True)
    named = [(("cues", role), cue) for role, cue in cues.items()]
    named += [(("checks", i), cue) for i, cue in enumerate(model.checks)]
    for path, cue in named:
        if titles is not None and cue not in titles:
            remedy = (
                "Add it to the voice's movements.yaml, name one that is there, or give the voice that has it"
            )
            document.complain(path, f"the voice has no cue {cue!r}", remedy)
    if "range" in cues and model.range.shallowest != model.range.deepest:
        remedy = "Leave it out, or let shallowest and deepest be the same"
        document.complain(("cues", "range"), "one cue can't tell several ranges apart", remedy)
    settle(document)
    return Exercise(
        **model.model_dump(include=_AS_WRITTEN),
        title=model.cues.title if titles is None else titles[model.cues.title],
        sides=("left", "right") if model.sides == "each" else (None,),
        tempo=parse_tempo(model.tempo),
        range_steps=(model.range.shallowest, model.range.deepest),
        repetitions=(model.repetitions.fewest, model.repetitions.most),
        cues=cues,
        alternating=model.sides == "alternating",
        equipment=tuple(model.equipment),
        usual_range=model.range.usual or model.range.shallowest,
        not_for=frozenset(model.not_for),
        checks=tuple(model.checks),
    )
