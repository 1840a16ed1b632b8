"""Hours of rehearsed sessions in one process: whether memory, open files and threads stay where they are.

Each session is loaded, heard, spoken, recorded and remembered anew, as by `imprint rehearse --data`; the
pictures alone are left out.

Run by hand: `.venv/bin/python tests/benchmarks/endurance.py 8 [routine]`, with the hours that are rehearsed;
prints one JSON object for each session, and one at the end.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import re
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.cli.memory import begin, load_remembered, now_here, remembering, with_last_session
from assistant.rehearsal.rehearse import Conditions, rehearse
from assistant.rehearsal.script import default_athlete, load_athlete
from assistant.session.records import Entry
from assistant.speaking.rendering import Pyttsx3Renderer, Renderer
from tests.journal.experienced import write_experienced

WARMED_UP_AFTER_HOURS = 1.0
"""What is loaded and cached once is loaded by then; from here on memory is compared."""

MOST_GROWTH_MB = 5.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the process holds after a session."""

    hours: float
    """Rehearsed by then."""
    minutes: float
    """Of the clock on the wall."""
    memory_mb: float
    """Of its own (anonymous), resident, after a garbage collection, without what the C library keeps free."""
    resident_mb: float
    """With the pages of files, which the system takes back and gives as it likes."""
    handles: int
    threads: int


def read(hours: float, begun: float) -> Reading:
    """Look at this process; begun is a `time.monotonic()`."""
    gc.collect()
    _give_back()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = {name: int(value) for name, value in re.findall(r"(\w+):\s+(\d+) kB", status)}
    return Reading(
        round(hours, 2),
        round((time.monotonic() - begun) / 60, 1),
        round(kilobytes["RssAnon"] / 1024, 1),
        round(kilobytes["VmRSS"] / 1024, 1),
        len(os.listdir("/proc/self/fd")),
        threading.active_count(),
    )


def _give_back() -> None:
    """Let the C library give free memory back: a moment of its own choice would look like shrinking."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def rehearse_once(routine: str, folder: Path, seed: int, renderer: Renderer) -> float:
    """Rehearse one session with the journal in a folder, and return its seconds."""
    with remembering(folder / "data") as memory:
        planned = load_remembered(routine, "en", None, memory.history)
        history = with_last_session(planned, None, memory)
        begin(memory, planned, history)

        def watch(entry: Entry) -> None:
            memory.keep(entry)

        script, conditions = load_athlete(default_athlete()), Conditions(seed=seed)
        with tempfile.TemporaryDirectory(dir=folder) as out:
            done = rehearse(
                planned, script, conditions, renderer, Path(out), watch, draw=False, history=history
            )
    return done.seconds


def endure(hours: float, routine: str, folder: Path) -> list[Reading]:
    """Rehearse for so many hours of sessions; prints and returns a reading after each."""
    write_experienced(folder / "data", now_here())
    begun, rehearsed, readings = time.monotonic(), 0.0, list[Reading]()
    with Pyttsx3Renderer() as renderer:
        while rehearsed < hours * 3600:
            rehearsed += rehearse_once(routine, folder, len(readings) + 1, renderer)
            readings.append(read(rehearsed / 3600, begun))
            print(json.dumps(asdict(readings[-1])), flush=True)  # noqa: T201
    return readings


def summary(readings: list[Reading]) -> dict[str, float | int | bool]:
    """Compare what came after the warm-up with its first reading."""
    warm = [reading for reading in readings if reading.hours >= WARMED_UP_AFTER_HOURS] or readings[-1:]
    growth = [reading.memory_mb - warm[0].memory_mb for reading in warm]
    handles, threads = {r.handles for r in warm}, {r.threads for r in warm}
    return {
        "hours": readings[-1].hours,
        "sessions": len(readings),
        "warm_sessions": len(warm),
        "memory_mb": warm[0].memory_mb,
        "least_growth_mb": round(min(growth), 1),
        "most_growth_mb": round(max(growth), 1),
        "handles": max(handles),
        "threads": max(threads),
        "flat": max(map(abs, growth)) <= MOST_GROWTH_MB and len(handles) == len(threads) == 1,
    }


def main() -> None:
    """Rehearse, measure and print."""
    hours, routine = float(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "leg-lifts"
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(summary(endure(hours, routine, Path(folder)))))  # noqa: T201


if __name__ == "__main__":
    main()
