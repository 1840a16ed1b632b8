"""An athlete file: what a simulated person says, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from assistant.coaching.phases import Phase
from assistant.coaching.questions import QUESTIONS
from assistant.places import shipped
from assistant.programme.reading import Document, FileModel
from assistant.text_files import read_text


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in the session."""

    seconds: float
    """Seconds after the phase began, or into the session where there is no phase."""
    phase: str | None = None
    set: int | None = None
    repetition: int | None = None
    side: str | None = None

    def __str__(self) -> str:
        """Return where it is, in words."""
        if self.phase is None and self.set is None:
            return f"{self.seconds:g} s"
        parts = {
            "set": self.set,
            "repetition": self.repetition,
            "side": self.side,
            "phase": self.phase,
        }
        named = ", ".join(f"{name} {value}" for name, value in parts.items() if value is not None)
        return f"{named}, {self.seconds:g} s"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the athlete says."""

    at: Moment
    say: str | None
    play: Path | None
    gain_db: float
    line: int


@dataclass(frozen=True, slots=True)
class AthleteScript:
    """A whole athlete file."""

    file: str
    voice: str
    words_per_minute: int
    remarks: tuple[Remark, ...]
    answers: Mapping[str, str]


Seconds: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _AtModel(FileModel):
    set: int | None = Field(default=None, ge=1)
    repetition: int | None = Field(default=None, ge=1)
    phase: Phase | None = None
    side: Literal["left", "right"] | None = None
    seconds: Seconds = 0.0

    @model_validator(mode="after")
    def _names_a_place(self) -> _AtModel:
        if self.phase is None and self.set is None:
            raise ValueError("name at least a phase or a set, or give session seconds as a number")
        return self


class _RemarkModel(FileModel):
    at: Seconds | _AtModel
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


def default_athlete() -> Path:
    """Return the file of the athlete that ships with Imprint."""
    return shipped("scripts") / "athletes" / "default.yaml"


def load_athlete(path: Path) -> AthleteScript:
    """Read an athlete file; what it does not answer, the default athlete does, all but "carry on".

    Raises:
        InputError: naming the file, line and field, when something in it is wrong.
    """
    document = Document(read_text(path), str(path))
    model = document.check(AthleteModel)
    known = (*QUESTIONS, "carry_on")
    for name in model.answers:
        if name not in known:
            raise document.error(
                ("answers", name), f"nobody asks {name!r}", f"Use one of: {', '.join(known)}"
            )
    for i, remark in enumerate(model.says):
        if remark.play is not None and not (path.parent / remark.play).is_file():
            raise document.error(
                ("says", i, "play"),
                f"there is no file {remark.play!r} beside the athlete file",
                "Correct the name",
            )
    default = default_athlete()
    usual = Document(read_text(default), str(default)).check(AthleteModel).answers
    answers = {name: said for name, said in usual.items() if name != "carry_on"}
    remarks = tuple(
        Remark(
            at=_moment(remark.at),
            say=remark.say,
            play=None if remark.play is None else path.parent / remark.play,
            gain_db=remark.gain_db,
            line=document.line(("says", i)),
        )
        for i, remark in enumerate(model.says)
    )
    return AthleteScript(
        file=str(path),
        voice=model.voice,
        words_per_minute=model.words_per_minute,
        remarks=remarks,
        answers={**answers, **model.answers},
    )


def _moment(at: float | _AtModel) -> Moment:
    if isinstance(at, _AtModel):
        return Moment(at.seconds, at.phase, at.set, at.repetition, at.side)
    return Moment(at)
