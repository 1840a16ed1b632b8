"""What a coach decided, read out of a session on fake time or of some of its actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from assistant.coaching.actions import Action, Answer, Ask, Change, Count, Enter, Finish, Note, Release, Say
from tests.stand_ins import Stage

Told: TypeAlias = Stage | Iterable[Action]


def actions_in(told: Told) -> list[Action]:
    """Return everything that was decided."""
    return [action for _, action in told.actions] if isinstance(told, Stage) else list(told)


def finished(stage: Stage) -> list[Action]:
    """Return everything that is decided until the end of a session."""
    stage.reach("finished")
    return actions_in(stage)


def entered_in(told: Told) -> list[Enter]:
    """Return the phases with where they were."""
    return [action for action in actions_in(told) if isinstance(action, Enter)]


def phases_in(told: Told) -> list[str]:
    """Return the names of the phases."""
    return [action.phase for action in entered_in(told)]


def says_in(told: Told, name: str) -> list[Say]:
    """Return each time that a cue was said."""
    return [action for action in actions_in(told) if isinstance(action, Say) and action.cue.name == name]


def said_in(told: Told) -> list[str]:
    """Return the names of the cues."""
    return [action.cue.name for action in actions_in(told) if isinstance(action, Say)]


def texts_in(told: Told) -> list[str]:
    """Return the words of the cues."""
    return [action.cue.text for action in actions_in(told) if isinstance(action, Say)]


def spoken_until(stage: Stage) -> float:
    """Return the seconds at which the last cue will have been said."""
    spoken = (action for action in reversed(actions_in(stage)) if isinstance(action, Say | Count | Release))
    last = next(spoken)
    return last.due + 0.06 * len(last.cue.text)


def asked_in(told: Told) -> list[str]:
    """Return the questions."""
    return [action.question for action in actions_in(told) if isinstance(action, Ask)]


def notes_in(told: Told) -> list[Note]:
    """Return what is remembered."""
    return [action for action in actions_in(told) if isinstance(action, Note)]


def changes_in(told: Told) -> list[tuple[str, str, str]]:
    """Return what was changed, from what, and to what."""
    return [
        (change.what, change.before, change.after)
        for change in actions_in(told)
        if isinstance(change, Change)
    ]


def lowered_in(told: Told, number: int = 1) -> list[str | None]:
    """Return the side of every lowering that began in a work set."""
    return [action.side for action in entered_in(told) if action.phase == "lower" and action.set == number]


def accepted_in(told: Told) -> bool:
    """Whether the first command that was answered was accepted."""
    return next(action.accepted for action in actions_in(told) if isinstance(action, Answer))


def ended_in(told: Told) -> str | None:
    """Return how the session ended; None where it goes on."""
    return next((action.ended for action in actions_in(told) if isinstance(action, Finish)), None)
