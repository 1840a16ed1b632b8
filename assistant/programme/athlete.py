"""A simulated person as people write it: scripts/athletes/*.yaml, checked."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from assistant.coaching.phases import Phase
from assistant.programme.reading import FileModel

Seconds: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class AtModel(FileModel):
    """A moment of a session: so many seconds after a phase, a repetition or a set begins."""

    set: int | None = Field(default=None, ge=1)
    repetition: int | None = Field(default=None, ge=1)
    phase: Phase | None = None
    side: Literal["left", "right"] | None = None
    seconds: Seconds = 0.0

    @model_validator(mode="after")
    def _names_a_place(self) -> AtModel:
        if self.phase is None and self.set is None:
            raise ValueError("name at least a phase or a set, or give session seconds as a number")
        return self


class _RemarkModel(FileModel):
    at: Seconds | AtModel
    say: str | None = Field(default=None, min_length=1)
    play: str | None = Field(default=None, min_length=1)
    gain_db: float = Field(default=0.0, ge=-60, le=40)

    @model_validator(mode="after")
    def _one_of_two(self) -> _RemarkModel:
        if (self.say is None) == (self.play is None):
            raise ValueError("give either `say:` or `play:`")
        return self


class AthleteModel(FileModel):
    """A simulated person: what they say, and when."""

    voice: str = Field(default="en-us+f3", description="An espeak-ng voice.")
    words_per_minute: int = Field(default=150, ge=80, le=300, description="How fast they talk.")
    says: list[_RemarkModel] = Field(
        default_factory=list, description="Remarks: `at:` a moment, and what is said or played then."
    )
    answers: dict[str, Annotated[str, Field(min_length=1)]] = Field(
        default_factory=dict, description="Question to the answer, each time it is asked."
    )
