"""An athlete file: what a simulated person says, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.coaching.questions import QUESTIONS
from assistant.library.text_files import read_text
from assistant.places import shipped
from assistant.programme.athlete import AthleteModel, AtModel
from assistant.programme.reading import Document, settle


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
        told = {name: getattr(self, name) for name in ("set", "repetition", "side", "phase")}
        named = [f"{name} {value}" for name, value in told.items() if value is not None]
        return ", ".join([*named, f"{self.seconds:g} s"])


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


def default_athlete() -> Path:
    """Return the file of the athlete that ships with Imprint."""
    return shipped("scripts") / "athletes" / "default.yaml"


def load_athlete(path: Path) -> AthleteScript:
    """Read an athlete file; what it does not answer, the default athlete does, all but "carry on".

    Raises:
        InputError: naming the file, line and field, when something in it is wrong; it tells of everything.
    """
    document = Document(read_text(path), str(path))
    model = document.need(AthleteModel)
    known = (*QUESTIONS, "carry_on", "emergency")
    for name in model.answers:
        if name not in known:
            document.complain(("answers", name), f"{name!r} is not asked", f"Use one of: {', '.join(known)}")
    for i, remark in enumerate(model.says):
        if remark.play is not None and not (path.parent / remark.play).is_file():
            problem = f"there is no file {remark.play!r} beside the athlete file"
            document.complain(("says", i, "play"), problem, "Correct the name")
    settle(document)
    default = default_athlete()
    usual = Document(read_text(default), str(default)).check(AthleteModel).answers
    answers = {name: said for name, said in usual.items() if name != "carry_on"}
    remarks = tuple(
        Remark(
            at=Moment(**dict(remark.at)) if isinstance(remark.at, AtModel) else Moment(remark.at),
            say=remark.say,
            play=None if remark.play is None else path.parent / remark.play,
            gain_db=remark.gain_db,
            line=document.line(("says", i)),
        )
        for i, remark in enumerate(model.says)
    )
    answers |= model.answers
    return AthleteScript(str(path), model.voice, model.words_per_minute, remarks, answers)
