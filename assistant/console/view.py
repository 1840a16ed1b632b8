"""What there is to see of a session, folded from its record line by line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.coaching.actions import Answer, Enter, Finish
from assistant.coaching.commands.devices import PASSING
from assistant.coaching.events import Heard, NotUnderstood, TroubleBegan, TroubleEnded
from assistant.coaching.questions import QUESTIONS
from assistant.session.records import Counted, CueSpoken, Dropout, Entry, Silenced

_WAITING = frozenset({"asking", "paused", "stopped"})

_PLACE = ("phase", "title", "set", "sets", "side", "repetition", "repetitions", "following")
"""What a view has of the phase that was entered, by the same names."""

_QUESTION_OF_CUE = {str(question.line): name for name, question in QUESTIONS.items()}


@dataclass(frozen=True, slots=True)
class Dropouts:
    """Gaps in the sound so far."""

    count: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a face shows; empty strings and None where there is nothing."""

    seconds: float = 0.0
    """Time of the last entry, on the sample clock."""
    phase: str = "greeting"
    title: str = ""
    """The exercise in the voice's words."""
    set: int = 0
    """Work set, counted from 1; 0 before the first."""
    sets: int = 0
    side: str | None = None
    repetition: int = 0
    """In progress, counted from 1; 0 outside of repetitions."""
    repetitions: int = 0
    following: str = ""
    """The title of the next set's exercise."""
    count: int | None = None
    """The number of the lowering that was counted last; None outside of it."""
    said: str = ""
    """What the coach said last."""
    question: str | None = None
    """The question that is open, once it has been asked to its end."""
    heard: str = ""
    """What was heard last, or the command that was pressed."""
    key: str = ""
    """The key that was pressed for it; empty where it was said."""
    answered: bool | None = None
    """Whether it was accepted; None where that is not known (yet)."""
    reason: str = ""
    """Why it was not."""
    troubles: tuple[str, ...] = ()
    """What is wrong now, in the order in which it began."""
    dropouts: Dropouts = Dropouts()
    ending: Finish | None = None
    """How the session ended and what was done."""


def seen(view: View, entry: Entry) -> View:
    """Return what there is to see after one more entry of the record."""
    view = replace(view, seconds=max(view.seconds, entry.at))
    match entry.record:
        case Enter() as entered:
            lasting = tuple(what for what in view.troubles if what not in PASSING)
            place = {name: getattr(entered, name) for name in _PLACE}
            troubles = view.troubles if entered.phase in _WAITING else lasting
            return replace(view, **place, troubles=troubles, count=None, question=None)
        case Counted(value):
            return replace(view, count=value)
        case Silenced():
            return replace(view, count=None)
        case CueSpoken(name, text):
            asked = _QUESTION_OF_CUE.get(name) if view.phase == "asking" else None
            return replace(view, said=text, question=asked or view.question)
        case NotUnderstood():
            return replace(view, heard="", key="", answered=None, reason="not understood")
        case Heard(key=key) as heard:
            words = heard.command.replace("_", " ") if key else heard.text
            return replace(view, heard=words, key=key, answered=None, reason="")
        case Answer(accepted=accepted, reason=reason):
            return replace(view, answered=accepted, reason=reason)
        case TroubleBegan(trouble) | TroubleEnded(trouble):
            others = tuple(what for what in view.troubles if what != trouble)
            over = isinstance(entry.record, TroubleEnded)
            return replace(view, troubles=others if over else (*others, trouble))
        case Dropout(seconds=seconds):
            gaps = view.dropouts
            return replace(view, dropouts=Dropouts(gaps.count + 1, gaps.seconds + seconds))
        case Finish() as finish:
            return replace(view, ending=finish)
        case _:
            return view
