"""What can be measured: each set, and the recordings that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NOISE = ("noise",)
"""Corpora that are mixed under what is said."""


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """One set of trials."""

    corpora: tuple[str, ...] = ()
    """Recordings of which it is made; none where synthetic voices alone speak."""
    besides: tuple[str, ...] = ()
    """Recordings that add conditions to it."""


SETS: Mapping[str, MeasuredSet] = {
    "keywords": MeasuredSet(("keywords",), NOISE),
    "words": MeasuredSet(("words",)),
    "digits": MeasuredSet(("digits",)),
    "commands": MeasuredSet(),
    "safety": MeasuredSet((), NOISE),
    "orders": MeasuredSet(("orders",)),
    "noise": MeasuredSet(("noise",)),
    "coach": MeasuredSet(),
    "over_coach": MeasuredSet((), ("keywords",)),
}
"""Everything that can be measured, in the order in which it is shown."""

WITHOUT_RECORDINGS = tuple(name for name, one in SETS.items() if not one.corpora)
"""Sets of which there is something to measure in synthetic voices alone."""
