"""How exactly a live session counts, in a recording of its virtual loudspeaker.

Both sides count samples, so that what is left is what the way to the loudspeaker lost, repeated or shifted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from rich.table import Table

from assistant.coaching.actions import Enter
from assistant.errors import AssistantError
from assistant.session.records import Counted, Entry
from assistant.sound import read_sound
from tests.benchmarks.live.beats import Timing, compare
from tests.benchmarks.live.live_session import LiveSession
from tests.benchmarks.live.pulse import ANSWER_SECONDS, tied
from tests.benchmarks.live.virtual_sound import LOUDSPEAKER, VirtualSound
from tests.benchmarks.report import figures_table

_FIRST_COUNT_SECONDS = 180.0
_ANSWER_SECONDS = 5.0


def measure_timing(minutes: float = 5.0, busy: bool = False) -> Timing:
    """Measure a session's counts on virtual hardware.

    Args:
        minutes: How long the session counts.
        busy: Whether a program on every core wants all of its time, too.

    Raises:
        AssistantError: there is no virtual hardware, or the session failed.
    """
    with (
        tempfile.TemporaryDirectory() as name,
        VirtualSound() as sound,
        sound.record(f"{LOUDSPEAKER}.monitor") as speaker,
    ):
        folder = Path(name)
        routine = folder / "counting.yaml"
        routine.write_text(counting_routine(), encoding="utf-8")
        with (
            busy_cores() if busy else nullcontext(),
            LiveSession(folder, sound.environment, (str(routine), "--lie-down", "0")) as session,
        ):
            _count(session, minutes * 60)
        starts = [entry.record.start for entry in session.entries if isinstance(entry.record, Counted)]
        return compare(read_sound(session.record / "session.wav"), starts, speaker.samples)


def timing_table(timing: Timing) -> Table:
    """Make a table of what was measured, for people."""
    headings = ("counts", "minutes", "p50 ms", "p99 ms", "max ms", "drift ms", "stutters")
    milliseconds = (timing.p50_ms, timing.p99_ms, timing.max_ms, timing.drift_ms)
    row = [str(timing.counts), f"{timing.minutes:.1f}"]
    row += [f"{value:.3f}" for value in milliseconds]
    row += [str(timing.stutters)]
    return figures_table("Counts at the loudspeaker, against their beat", headings, [row])


def counting_routine() -> str:
    """Return the text of a routine that counts for more than an hour."""
    # The ceiling of volume leaves only the slowest tempo to fill the time with.
    line = "  - {exercise: single-leg, sets: 3, repetitions: 25, tempo: 10-0-10-5, range: 1, rest: 0}\n"
    return f"name: counting\nstart_level: 3\nwork:\n{line}"


@contextmanager
def busy_cores() -> Generator[None]:
    """Keep every core busy with a program that does nothing else."""
    loops = [
        subprocess.Popen(tied(sys.executable, "-c", "while True: pass")) for _ in range(os.cpu_count() or 1)
    ]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait(ANSWER_SECONDS)


def _count(session: LiveSession, seconds: float) -> None:
    """Say ready by key whenever the coach waits for it, until it has counted for so long."""
    until = time.monotonic() + _FIRST_COUNT_SECONDS
    counting = False
    while time.monotonic() < until:
        entry = session.wait_for(_matters, _ANSWER_SECONDS)
        if entry is None:
            continue
        if isinstance(entry.record, Counted):
            if not counting:
                counting, until = True, time.monotonic() + seconds
        else:
            session.press("r")
    if not counting:
        raise AssistantError("The session that was measured did not begin to count.")


def _matters(entry: Entry) -> bool:
    match entry.record:
        case Counted() | Enter(phase="greeting" | "setup" | "rest"):
            return True
        case _:
            return False
