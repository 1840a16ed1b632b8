"""What a coach decided, read out of a session on fake time or of some of its actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from assistant.coaching.actions import Action, Answer, Ask, Change, Enter, Finish, Note, Say
from assistant.testing import Stage

TWO_SETS = "exercise: double-leg, repetitions: 8, range: 2, sets: 2"
"""What a session is of, where it matters little."""

Told: TypeAlias = Stage | Iterable[Action]


def said_in(told: Told) -> list[str]:
    """Give the names of the cues."""
    return [action.cue.name for action in _actions(told) if isinstance(action, Say)]


def texts_in(told: Told) -> list[str]:
    """Give the words of the cues."""
    return [action.cue.text for action in _actions(told) if isinstance(action, Say)]


def asked_in(told: Told) -> list[str]:
    """Give the questions."""
    return [action.question for action in _actions(told) if isinstance(action, Ask)]


def notes_in(told: Told) -> list[Note]:
    """Give what is remembered."""
    return [action for action in _actions(told) if isinstance(action, Note)]


def changes_in(told: Told) -> list[tuple[str, str, str]]:
    """Give what was changed, from what, and to what."""
    return [
        (change.what, change.before, change.after) for change in _actions(told) if isinstance(change, Change)
    ]


def lowered_in(told: Told, number: int = 1) -> list[str | None]:
    """Give the side of every lowering that began in a work set."""
    entered = [action for action in _actions(told) if isinstance(action, Enter)]
    return [action.side for action in entered if action.phase == "lower" and action.set == number]


def accepted_in(told: Told) -> bool:
    """Tell whether the first command that was answered was accepted."""
    return next(action.accepted for action in _actions(told) if isinstance(action, Answer))


def ended_in(told: Told) -> str | None:
    """Give how the session ended; None where it goes on."""
    return next((action.ended for action in _actions(told) if isinstance(action, Finish)), None)


def _actions(told: Told) -> Iterable[Action]:
    return (action for _, action in told.actions) if isinstance(told, Stage) else told
