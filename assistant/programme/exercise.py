"""One movement: scripts/exercises/*.yaml, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, field_validator, model_validator

from assistant.coaching.plan import Exercise
from assistant.coaching.tempo import CycleName, parse_tempo
from assistant.programme.reading import Document, FileModel


class _RangeModel(FileModel):
    shallowest: int = Field(ge=1, le=4)
    deepest: int = Field(ge=1, le=4)

    @model_validator(mode="after")
    def _in_order(self) -> _RangeModel:
        if self.deepest < self.shallowest:
            raise ValueError(f"deepest ({self.deepest}) is shallower than shallowest ({self.shallowest})")
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


class _ExerciseModel(FileModel):
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    level: int = Field(ge=0, le=10)
    cycle: CycleName
    legs: Literal["one", "both"]
    tempo: str
    range: _RangeModel
    repetitions: _RepetitionsModel
    regression: str | None = None
    progression: str | None = None
    cues: _CuesModel

    @field_validator("tempo")
    @classmethod
    def _readable_tempo(cls, text: str) -> str:
        parse_tempo(text)
        return text


def parse_exercise(text: str, file: str, titles: Mapping[str, str]) -> Exercise:
    """Check the text of an exercise file.

    Args:
        text: The file's text.
        file: Its name, for complaints.
        titles: Cue name to spoken text, of the voice in use.

    Raises:
        InputError: naming the file, line and field, when something in it is wrong.
    """
    document = Document(text, file)
    model = document.check(_ExerciseModel)
    cues = model.cues.model_dump()
    for role, cue in cues.items():
        if cue not in titles:
            raise document.error(
                ("cues", role),
                f"the voice has no cue {cue!r}",
                "Add it to the voice's cues.yaml or name one that is there",
            )
    return Exercise(
        name=model.name,
        title=titles[model.cues.title],
        level=model.level,
        cycle=model.cycle,
        sides=("left", "right") if model.legs == "one" else (None,),
        tempo=parse_tempo(model.tempo),
        range_steps=(model.range.shallowest, model.range.deepest),
        repetitions=(model.repetitions.fewest, model.repetitions.most),
        regression=model.regression,
        progression=model.progression,
        cues=cues,
    )
