"""Outcomes as figures: how many were right, and between which rates the true one lies."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from tests.benchmarks.hearing.expectations import EXACTLY, OPPOSITE, SOMETHING_ELSE
from tests.benchmarks.hearing.sets import SETS
from tests.benchmarks.hearing.trials import ENDED, FALSE_ACTIONS, PLEA, Judged, Outcome, Overheard

_OF_ALL = frozenset({ENDED, *FALSE_ACTIONS, EXACTLY, SOMETHING_ELSE, OPPOSITE})
"""Rows that count something else than what is right."""

_Z = 1.959964
"""Standard deviations on either side that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class HeardRate:
    """Of how many clips of a condition what is counted was so."""

    set: str
    condition: str
    system: str
    correct: int
    total: int
    detail: str = ""
    """Which of what was said, such as one command, or what else was counted; empty for all of it."""
    seconds: float = 0.0
    """Of all the clips."""

    @property
    def rate(self) -> float:
        """Share of the clips, 0 to 1."""
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
    what: str
    """SAFETY, RED_FLAG, ANYTHING or PLEA."""
    false_actions: int
    seconds: float

    @property
    def interval(self) -> tuple[float, float]:
        """How many there would be on average in such a time, with 95 % confidence."""
        return poisson_interval(self.false_actions)


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


def poisson_interval(count: int) -> tuple[float, float]:
    """Return the exact interval of a Poisson distribution's mean, for 95 % confidence.

    Source: F. Garwood, "Fiducial limits for the Poisson distribution" (1936).
    """
    low = 0.0 if count == 0 else _mean_at(count - 1, 0.975)
    return low, _mean_at(count, 0.025)


def _mean_at(count: int, probability: float) -> float:
    """Return the mean with which so many or fewer come with a probability."""
    low, high = 0.0, 3.0 * count + 20.0
    for _ in range(60):
        mean = (low + high) / 2
        logarithms = (i * math.log(mean) - mean - math.lgamma(i + 1) for i in range(count + 1))
        low, high = (mean, high) if math.fsum(map(math.exp, logarithms)) > probability else (low, mean)
    return low


def tally(outcomes: Iterable[Outcome]) -> list[Figure]:
    """Count outcomes, one figure for each set, condition, system and row, in the order in which they come.

    Rows that count something else of all clips follow those of the conditions, rows of some clips come last.
    """
    clips: dict[tuple[str, str, str, str], list[Judged]] = {}
    overheard: dict[tuple[str, str, str, str], list[Overheard]] = {}
    for outcome in outcomes:
        place, system = outcome.place, outcome.system
        if isinstance(outcome, Judged):
            for row in outcome.counted:
                clips.setdefault((place.set, place.condition, system, row), []).append(outcome)
            continue
        one_of = f"{place.condition}: {place.detail}" if place.detail else place.condition
        for condition in dict.fromkeys((place.condition, one_of)):
            for what in FALSE_ACTIONS if outcome.pleas is None else (*FALSE_ACTIONS, PLEA):
                overheard.setdefault((place.set, condition, system, what), []).append(outcome)
    rates = [
        HeardRate(*of[:3], sum(one.counted[of[3]] for one in those), len(those), of[3], _seconds(those))
        for of, those in clips.items()
    ]
    false = [
        FalseActions(*of, sum(_count_of(of[3], one) for one in those), _seconds(those))
        for of, those in overheard.items()
    ]
    return [
        *(rate for rate in rates if not rate.detail),
        *false,
        *(rate for rate in rates if rate.detail in _OF_ALL),
        *(rate for rate in rates if rate.detail and rate.detail not in _OF_ALL),
    ]


def _count_of(what: str, overheard: Overheard) -> int:
    if what == PLEA:
        return overheard.pleas or 0
    return sum(map(FALSE_ACTIONS[what], overheard.heard))


def _seconds(outcomes: Iterable[Outcome]) -> float:
    return round(math.fsum(outcome.seconds for outcome in outcomes), 1)


def figure_fields(figure: Figure) -> dict[str, str | int | float]:
    """Return a figure as a JSON object's fields."""
    detail = figure.detail if isinstance(figure, HeardRate) else figure.what
    low, high = figure.interval
    counts: dict[str, str | int | float] = (
        {"false_actions": figure.false_actions}
        if isinstance(figure, FalseActions)
        else {"correct": figure.correct, "total": figure.total, "rate": round(figure.rate, 4)}
    )
    return {
        "set": figure.set,
        "condition": f"{figure.condition}: {detail}" if detail else figure.condition,
        "system": figure.system,
        **counts,
        "low": round(low, 4),
        "high": round(high, 4),
        "seconds": figure.seconds,
        "counted": SETS[figure.set].counted,
        "learnt": SETS[figure.set].learnt,
    }
