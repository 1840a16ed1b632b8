"""How soon an echo that jumps is taken out again, and how long it is taken for a person who talks.

Run by hand: `.venv/bin/python tests/benchmarks/jumps.py [ROOMS]`; the coach talks for 90 s in each simulated
room, and every 9 to 16 s the device loses sound or puts some in: the echo comes 12 to 250 ms sooner or later,
often after a gap.
"""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.library.session import load_voice
from assistant.places import shipped
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from assistant.speaking.rendering import Pyttsx3Renderer
from tests.benchmarks.hearing.chance import chance_of
from tests.benchmarks.hearing.talk import make_talk

SECONDS = 90.0
ECHO_DB = 6.0
EARLIEST_SECONDS, LATEST_SECONDS = 0.0, 0.45
SHORTEST_SECONDS, LONGEST_SECONDS = 0.012, 0.25
"""By how much the echo jumps."""

RECOVERED_DB = 10.0
"""The echo is taken out again when so much of it was over RECOVERED_BLOCKS in which it sounded."""

RECOVERED_BLOCKS = 12

_ACTIVE_POWER = 1e-5


@dataclass(frozen=True, slots=True)
class Jump:
    """What came of one jump."""

    recovered_seconds: float
    """Until the echo was taken out again, the coach's pauses included; infinite if it never was."""
    mistaken_seconds: float
    """In which it was taken for a person, until the next jump."""


def main() -> None:
    """Measure and print."""
    rooms = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    pack = load_voice(str(shipped("voices") / "en"))
    jumps: list[Jump] = []
    with Pyttsx3Renderer() as renderer:
        for room in range(rooms):
            dice = chance_of("jumps", room)
            talk = make_talk(pack, renderer.render, [], SECONDS, ECHO_DB, dice)
            mic, places = _jumping(talk.mic, dice)
            jumps += _measure(mic, talk.far, places)
    recovered = np.asarray([jump.recovered_seconds for jump in jumps])
    mistaken = float(np.mean([jump.mistaken_seconds for jump in jumps]))
    sys.stdout.write(
        f"{len(jumps)} jumps in {rooms} rooms: taken out again after {np.median(recovered):.1f} s (median), "
        f"{np.quantile(recovered, 0.9):.1f} s (9 of 10); taken for talk for {mistaken:.2f} s (mean)\n"
    )


def _jumping(mic: Samples, dice: np.random.Generator) -> tuple[Samples, list[int]]:
    """Return a microphone whose sound jumps now and then, and the samples at which it does."""
    moved = np.zeros_like(mic)
    places: list[int] = []
    start, later = 0, dice.uniform(EARLIEST_SECONDS, LONGEST_SECONDS)
    while start < mic.size:
        end = min(start + round(dice.uniform(9, 16) * SAMPLE_RATE), mic.size)
        from_where = np.arange(start, end) - round(later * SAMPLE_RATE)
        moved[start:end] = np.where(from_where >= 0, mic[np.maximum(from_where, 0)], 0)
        if start and dice.random() < 0.6:
            moved[start : start + round(dice.uniform(0.05, 0.4) * SAMPLE_RATE)] = 0
        if start:
            places.append(start)
        before, start = later, end
        while abs(later - before) < SHORTEST_SECONDS or not EARLIEST_SECONDS <= later <= LATEST_SECONDS:
            later = before + float(dice.choice([-1, 1])) * math.exp(
                dice.uniform(math.log(0.012), math.log(0.25))
            )
    return moved, places


def _measure(mic: Samples, far: Samples, places: list[int]) -> list[Jump]:
    canceller = DelayTrackingCanceller()
    heard: list[float] = []
    left: list[float] = []
    near: list[bool] = []
    for at in range(0, far.size // BLOCK * BLOCK, BLOCK):
        block = mic[at : at + BLOCK]
        heard.append(float(np.mean(np.square(block))))
        cancelled = canceller.process(block, far[at : at + BLOCK])
        left.append(float(np.mean(np.square(cancelled.clean))))
        near.append(cancelled.near_end)
    ends = [*(place // BLOCK for place in places[1:]), len(heard)]
    return [
        Jump(
            _recovered(np.asarray(heard[place // BLOCK : end]), np.asarray(left[place // BLOCK : end])),
            sum(near[place // BLOCK : end]) * BLOCK / SAMPLE_RATE,
        )
        for place, end in zip(places, ends, strict=True)
    ]


def _recovered(heard: npt.NDArray[np.float64], left: npt.NDArray[np.float64]) -> float:
    active = np.flatnonzero(heard > _ACTIVE_POWER)
    for i in range(RECOVERED_BLOCKS, active.size + 1):
        last = active[i - RECOVERED_BLOCKS : i]
        if heard[last].sum() > 10 ** (RECOVERED_DB / 10) * left[last].sum():
            return float((last[-1] + 1) * BLOCK / SAMPLE_RATE)
    return float("inf")


if __name__ == "__main__":
    main()
