"""Outcomes as figures: how many were right, and between which rates the true one lies."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tests.benchmarks.hearing.trials import Judged, Outcome

_Z = 1.959964
"""Standard deviations on either side that hold 95 % of a normal distribution."""

ENDED = "the exercise ended"
"""The row of safety commands that were heard, if perhaps as another of them."""


@dataclass(frozen=True, slots=True)
class HeardRate:
    """How many of the clips of a condition were heard right."""

    set: str
    condition: str
    system: str
    correct: int
    total: int
    detail: str = ""
    """Which of what was said, such as one command; empty for all of it."""

    @property
    def rate(self) -> float:
        """Share that was right, 0 to 1."""
        return self.correct / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """The rates between which the true one lies with 95 % confidence."""
        return wilson_interval(self.correct, self.total)


@dataclass(frozen=True, slots=True)
class FalseActions:
    """False accepts: how often something was heard where no command was said."""

    set: str
    condition: str
    system: str
    false_actions: int
    seconds: float


Figure: TypeAlias = HeardRate | FalseActions


def wilson_interval(correct: int, total: int) -> tuple[float, float]:
    """Return Wilson's score interval of a share, for 95 % confidence.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
    """
    share = correct / total
    centre = share + _Z**2 / (2 * total)
    spread = _Z * math.sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    scale = 1 + _Z**2 / total
    # Rounding would leave a hair's breadth beyond 0 or 1.
    low = 0.0 if correct == 0 else (centre - spread) / scale
    high = 1.0 if correct == total else (centre + spread) / scale
    return low, high


def tally(outcomes: Iterable[Outcome]) -> list[Figure]:
    """Count outcomes, one figure for each set, condition and system, in the order in which they come first.

    Rows of details follow all the others.
    """
    rates: dict[tuple[str, str, str], list[bool]] = {}
    details: dict[tuple[str, str, str, str], list[bool]] = {}
    overheard: dict[tuple[str, str, str], tuple[int, float]] = {}
    for outcome in outcomes:
        place = outcome.place
        if isinstance(outcome, Judged):
            rates.setdefault((place.set, place.condition, outcome.system), []).append(outcome.right)
            of_details = {place.detail: outcome.right} if place.detail else {}
            if outcome.ended is not None:
                of_details[ENDED] = outcome.ended
            for detail, right in of_details.items():
                key = (place.set, place.condition, outcome.system, detail)
                details.setdefault(key, []).append(right)
            continue
        others = len(outcome.heard) - outcome.safety
        for what, count in (("stops", outcome.safety), ("anything else", others)):
            key = (place.set, f"{place.condition}: {what}", outcome.system)
            before, seconds = overheard.get(key, (0, 0.0))
            overheard[key] = before + count, seconds + outcome.seconds
    return [
        *(HeardRate(*key, sum(rights), len(rights)) for key, rights in rates.items()),
        *(FalseActions(*key, count, round(seconds, 1)) for key, (count, seconds) in overheard.items()),
        *(
            HeardRate(name, condition, system, sum(rights), len(rights), detail)
            for (name, condition, system, detail), rights in details.items()
        ),
    ]


def figure_fields(figure: Figure) -> dict[str, str | int | float]:
    """Return a figure as a JSON object's fields."""
    detail = figure.detail if isinstance(figure, HeardRate) else ""
    named: dict[str, str | int | float] = {
        "set": figure.set,
        "condition": f"{figure.condition}: {detail}" if detail else figure.condition,
        "system": figure.system,
    }
    if isinstance(figure, FalseActions):
        return {**named, "false_actions": figure.false_actions, "seconds": figure.seconds}
    low, high = figure.interval
    return {
        **named,
        "correct": figure.correct,
        "total": figure.total,
        "rate": round(figure.rate, 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }
