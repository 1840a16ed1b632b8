"""Tempo and cycles: which phases a repetition has, in which order, and how long each lasts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

CycleName: TypeAlias = Literal["up-start", "floor-start", "hold"]

SLOWEST_LOWERING = 5
"""Seconds; the slowest lowering that "slower" leads to."""

FASTEST_LOWERING = 3
"""Seconds; lowering is never faster: it is the real work of a leg lift."""

OPENING_SECONDS = 3
"""The way up that opens a set: bend, curl and stretch, without hurry. Chosen."""

LONGEST_PHASE = 10
"""Seconds; no phase of a repetition is longer."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds of a repetition in the usual four digits: eccentric-pause-concentric-pause."""

    lower: int
    """Eccentric: the legs go down, counted aloud; for a hold, its length."""
    bottom: int
    """Pause at the bottom, without resting on the floor."""
    lift: int
    """Concentric: the way up."""
    top: int
    """Pause at the top."""

    def __str__(self) -> str:
        """Write the four digits: `3-0-2-1`."""
        return f"{self.lower}-{self.bottom}-{self.lift}-{self.top}"


def parse_tempo(text: str) -> Tempo:
    """Read `3-0-2-1`.

    Raises:
        ValueError: no four digits, a lowering under 3 s, or a lift that is slower than the lowering.
    """
    if not re.fullmatch(r"\d+-\d+-\d+-\d+", text):
        raise ValueError(f"{text!r} is no tempo; write lowering-pause-lift-pause in seconds, such as 3-0-2-1")
    digits = [int(digit) for digit in text.split("-")]
    if max(digits) > LONGEST_PHASE:
        raise ValueError(f"a phase of {max(digits)} s is too long; {LONGEST_PHASE} s is the limit")
    tempo = Tempo(*digits)
    if tempo.lower < FASTEST_LOWERING:
        raise ValueError(f"lowering takes at least {FASTEST_LOWERING} s, here it is {tempo.lower} s")
    if not 1 <= tempo.lift <= tempo.lower:
        raise ValueError(
            f"the lift takes from 1 s up to as long as the lowering ({tempo.lower} s), here {tempo.lift} s"
        )
    return tempo


@dataclass(frozen=True, slots=True)
class Cycle:
    """Order of the phases of an exercise."""

    opening: tuple[str, ...]
    """Phases that come once, at the start of a set."""
    repetition: tuple[str, ...]
    """Phases of each repetition."""
    counted_at: str
    """Phase at whose start the repetition's number is spoken."""


CYCLES: Mapping[CycleName, Cycle] = {
    "up-start": Cycle(("lift",), ("lower", "bottom", "return", "top"), "top"),
    "floor-start": Cycle((), ("lift", "top", "lower", "bottom"), "top"),
    "hold": Cycle((), ("hold", "bottom"), "hold"),
}
"""Up-start: lift once a set, then lower and return; floor-start: every repetition begins on the floor."""


def phase_seconds(phase: str, tempo: Tempo) -> int:
    """Return how long a phase of a repetition lasts, in seconds."""
    match phase:
        case "lower" | "hold":
            return tempo.lower
        case "bottom":
            return tempo.bottom
        case "lift" | "return":
            return tempo.lift
        case "top":
            return tempo.top
        case _:
            raise ValueError(f"{phase!r} is no phase of a repetition")


def opening_seconds(phase: str, tempo: Tempo) -> int:
    """Return how long a phase lasts that comes once, at the start of a set, in seconds."""
    return max(phase_seconds(phase, tempo), OPENING_SECONDS)


def repetition_seconds(cycle: CycleName, tempo: Tempo) -> int:
    """Return how long one repetition lasts, in seconds."""
    return sum(phase_seconds(phase, tempo) for phase in CYCLES[cycle].repetition)
