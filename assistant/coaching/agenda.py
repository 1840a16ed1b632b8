"""What a session begins with, as the history asks for it: a pure function, and what is said in each step."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.coaching.history import (
    WEEK_DAYS,
    History,
    locked_today,
    needs_clearing,
    needs_screening,
    progress_offered,
    rest_advice,
)
from assistant.coaching.script import Line

SCREENS = ("screen_heart", "screen_body", "screen_nerves", "screen_back")
"""Questions about health, in order."""

SPOKEN: Mapping[str, tuple[Line, ...]] = {
    "educational": (Line.EDUCATIONAL,),
    "tutorial": (
        Line.TEACH_TALK,
        Line.TEACH_HEARD,
        Line.TEACH_STOP,
        Line.TEACH_TRY,
        Line.TEACH_READY,
        Line.TEACH_SORE,
        Line.TEACH_CHANGE,
        Line.TEACH_IMPRINT,
        Line.TEACH_LOWER,
        Line.TEACH_REST,
        Line.TEACH_END,
    ),
    "screening": (Line.SCREENING,),
}
"""Steps that ask nothing, with what is said in them."""


def steps(history: History) -> tuple[str, ...]:
    """Give what a session begins with, in order: questions by name, `locked`, and the keys of `SPOKEN`."""
    if locked_today(history):
        return ("locked",)
    found: list[str] = []
    if needs_clearing(history):
        found.append("well_again")
    if not history.tutorial_done:
        found += ["educational", "tutorial"]
    if needs_screening(history):
        found += ["screening", *SCREENS]
    if history.unfinished is not None:
        found.append("resume")
    if history.sessions and history.sessions[-1].days_ago <= WEEK_DAYS:
        found.append("yesterday")
    if rest_advice(history) is not None:
        found.append("rest_day")
    elif progress_offered(history):
        found.append("progress")
    return tuple(found)
