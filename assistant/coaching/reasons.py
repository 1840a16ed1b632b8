"""Why: the reason for every phase, change and fault, short for between two beats and long for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.coaching.phases import Phase
from assistant.coaching.script import Line


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is."""

    short: Line
    """Fits between two beats."""
    long: tuple[Line, ...]
    """One or two sentences each; who asks again hears the next."""


_IMPRINT = Reason(Line.WHY_IMPRINT, (Line.WHY_IMPRINT_LONG,))
_LIFT = Reason(Line.WHY_LIFT, (Line.WHY_LIFT_LONG,))
_LOWER = Reason(Line.WHY_LOWER, (Line.WHY_LOWER_LONG,))
_RANGE = Reason(Line.WHY_RANGE, (Line.WHY_RANGE_LONG,))
_EXERCISE = Reason(Line.WHY_EXERCISE, (Line.WHY_EXERCISE_LONG,))
_WAITING = Reason(Line.WHY_WAITING, (Line.WHY_WAITING,))
_LEG_LIFTS = Reason(
    Line.WHY_LEG_LIFTS,
    (Line.WHY_LEG_LIFTS_LONG, Line.WHY_POSTURE_LONG, Line.WHY_NAMES_LONG, Line.WHY_FAT_LONG),
)

REASON_OF_PHASE: Mapping[Phase, Reason] = {
    "greeting": _LEG_LIFTS,
    "setup": _LEG_LIFTS,
    "imprint": _IMPRINT,
    "get_ready": _IMPRINT,
    "lift": _LIFT,
    "top": _LIFT,
    "lower": _LOWER,
    "bottom": _LOWER,
    "return": _LIFT,
    "hold": _IMPRINT,
    "rest": _LEG_LIFTS,
    "asking": _WAITING,
    "paused": _WAITING,
    "stopped": _WAITING,
    "finished": _LEG_LIFTS,
}
"""Why what goes on goes on."""

REASON_OF_COMMAND: Mapping[str, Reason] = {
    "pinch": Reason(Line.WHY_PINCH, (Line.WHY_PINCH_LONG,)),
    "click": Reason(Line.WHY_CLICK, (Line.WHY_CLICK_LONG,)),
    "arching": _RANGE,
    "lost_it": _IMPRINT,
    "shaking": Reason(Line.WHY_SHAKING, (Line.WHY_SHAKING_LONG,)),
    "burning": Reason(Line.WHY_BURNING, (Line.WHY_BURNING_LONG,)),
    "harder": Reason(Line.WHY_HARDER, (Line.WHY_HARDER_LONG,)),
    "slower": _LOWER,
    "faster": _LOWER,
}
"""Why the coach did what it did about a command."""

REASON_OF_CHANGE: Mapping[str, Reason] = {
    "range": _RANGE,
    "tempo": _LOWER,
    "exercise": _EXERCISE,
    "repetitions": _EXERCISE,
}
"""Why something was made easier; keyed by `Step.what`."""
