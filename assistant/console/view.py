"""What there is to see of a session, folded from its record line by line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.coaching.commands.devices import PASSING
from assistant.coaching.questions import QUESTIONS
from assistant.record import Entry

_WAITING = frozenset({"asking", "paused", "stopped"})

_QUESTION_OF_CUE = {question.line.value: name for name, question in QUESTIONS.items()}


@dataclass(frozen=True, slots=True)
class Dropouts:
    """Gaps in the sound so far."""

    count: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Ending:
    """How the session ended and what was done."""

    ended: str
    sets: int
    repetitions: int
    changes: tuple[str, ...]


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
    ending: Ending | None = None


def seen(view: View, entry: Entry) -> View:
    """Give what there is to see after one more entry of the record."""
    view = replace(view, seconds=max(view.seconds, entry["t"]))
    match entry["kind"]:
        case "phase":
            # What nothing ends is shown until the session goes on.
            lasting = tuple(what for what in view.troubles if what not in PASSING)
            return replace(
                view,
                troubles=view.troubles if entry["phase"] in _WAITING else lasting,
                phase=entry["phase"],
                title=entry["title"],
                set=entry["set"],
                sets=entry["sets"],
                side=entry["side"],
                repetition=entry["repetition"],
                repetitions=entry["repetitions"],
                following=entry["following"],
                count=None,
                question=None,
            )
        case "count":
            return replace(view, count=entry["value"])
        case "silence":
            return replace(view, count=None)
        case "cue":
            asked = _QUESTION_OF_CUE.get(entry["id"]) if view.phase == "asking" else None
            return replace(view, said=entry["text"], question=asked or view.question)
        case "heard":
            unclear = "not understood" if entry["command"] is None else ""
            return replace(view, heard=entry["text"], key="", answered=None, reason=unclear)
        case "key":
            words = entry["command"].replace("_", " ")
            return replace(view, heard=words, key=entry["key"], answered=None, reason="")
        case "command":
            return replace(view, answered=entry["accepted"], reason=entry["reason"])
        case "trouble":
            others = tuple(what for what in view.troubles if what != entry["what"])
            return replace(view, troubles=others if entry["over"] else (*others, entry["what"]))
        case "dropout":
            gaps = view.dropouts
            return replace(view, dropouts=Dropouts(gaps.count + 1, gaps.seconds + entry["seconds"]))
        case "summary":
            done = Ending(entry["ended"], entry["sets"], entry["repetitions"], tuple(entry["changes"]))
            return replace(view, ending=done)
        case _:
            return view
