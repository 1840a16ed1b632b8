"""Where counts are in a recording of the loudspeaker, against where they belong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.errors import AssistantError
from assistant.sound import SAMPLE_RATE, Samples, resample
from tests.benchmarks.live.recording import RATE
from tests.benchmarks.live.signals import Match, find
from tests.benchmarks.report import percentile

PIECE_SECONDS = 0.25
"""How much of a count is looked for."""

ALIKE = 0.95
"""A piece less like the recording than this was not played as it was meant."""

JUMP_MS = 2.0
"""From one count to the next; more is something lost or repeated."""

_SEARCH_SECONDS = 0.4
"""On either side of where a count is expected: less than a beat, so that no other is taken for it."""

_ANCHOR_SECONDS = 2.0
"""From the first count; with all that was said before it, that is there only once, as a count is not."""

_COARSE_RATE = 4_000
_MARGIN = SAMPLE_RATE // 50


@dataclass(frozen=True, slots=True)
class Timing:
    """How far counts were from where they belong, relative to the first."""

    counts: int
    minutes: float
    """From the first count to the last."""
    p50_ms: float
    p99_ms: float
    max_ms: float
    drift_ms: float
    """How much later the counts became over that time."""
    stutters: int
    """Counts that were not played as they were meant, or that jumped against the one before."""


def compare(left: Samples, starts: Sequence[float], recording: Samples) -> Timing:
    """Compare a session's counts with a recording of its loudspeaker.

    Args:
        left: What the session's record says was played, at SAMPLE_RATE.
        starts: Where counts begin in it, in seconds.
        recording: What the loudspeaker was given, at RATE.

    Raises:
        AssistantError: fewer than two counts are in the recording.
    """
    offset = _offset(left, starts[0], recording) if starts else 0.0
    found: list[tuple[float, float]] = []
    stutters, later = 0, 0.0
    for start in starts:
        match = _place(left, start, recording, offset + later)
        if match is None:
            break
        if match.correlation < ALIKE:
            stutters += 1
            continue
        deviation = match.sample / RATE - start - offset
        if found and abs(deviation - found[-1][1]) * 1000 > JUMP_MS:
            stutters += 1
        later = deviation
        found.append((start, deviation))
    if len(found) < 2:
        raise AssistantError(
            f"Only {len(found)} of {len(starts)} counts were found in what was played. Measure for longer."
        )
    times = np.array([start for start, _ in found])
    deviations = np.array([deviation for _, deviation in found])
    off = np.abs(deviations - deviations[0]) * 1000
    seconds = float(times[-1] - times[0])
    centred = times - times.mean()
    slope = float(np.sum(centred * deviations) / np.sum(np.square(centred)))
    return Timing(
        counts=len(found),
        minutes=round(seconds / 60, 2),
        p50_ms=percentile(off.tolist(), 50),
        p99_ms=percentile(off.tolist(), 99),
        max_ms=percentile(off.tolist(), 100),
        drift_ms=round(slope * seconds * 1000, 3),
        stutters=stutters,
    )


def _offset(left: Samples, start: float, recording: Samples) -> float:
    """Return the second of the recording at which the record begins, to a millisecond or so."""
    anchor = resample(left[: round((start + _ANCHOR_SECONDS) * SAMPLE_RATE)], SAMPLE_RATE, _COARSE_RATE)
    coarse = resample(recording, RATE, _COARSE_RATE)
    if coarse.size < anchor.size:
        raise AssistantError("The recording of the loudspeaker is too short. Measure for longer.")
    return find(anchor, coarse).sample / _COARSE_RATE


def _place(left: Samples, start: float, recording: Samples, offset: float) -> Match | None:
    """Find a count near where it is expected; None where the recording or the record ends before."""
    first = round(start * SAMPLE_RATE)
    last = first + round(PIECE_SECONDS * SAMPLE_RATE)
    # Resampled with what is around it, which then goes: its edges would ring.
    wide = resample(left[first - _MARGIN : last + _MARGIN], SAMPLE_RATE, RATE)
    margin = _MARGIN * RATE // SAMPLE_RATE
    piece = wide[margin : wide.size - margin]
    expected = round((start + offset) * RATE)
    if expected + piece.size > recording.size or last + _MARGIN > left.size:
        return None
    around = round(_SEARCH_SECONDS * RATE)
    near = max(expected - around, 0)
    match = find(piece, recording[near : expected + piece.size + around])
    # The piece begins at a whole sample of the record, the count perhaps between two.
    return Match(match.sample + near + (start * SAMPLE_RATE - first) * RATE / SAMPLE_RATE, match.correlation)
