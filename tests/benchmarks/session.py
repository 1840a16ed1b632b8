"""How fast a whole session runs: the pure coach alone, and a rehearsal with all audio on.

Run by hand: `.venv/bin/python tests/benchmarks/session.py`; prints one JSON object.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from assistant.coaching.actions import Ask
from assistant.coaching.coach import Coach
from assistant.coaching.events import Heard, Started
from assistant.coaching.script import Script
from assistant.library.session import load_session
from assistant.rehearsal.rehearse import Conditions, rehearse
from assistant.rehearsal.script import default_athlete, load_athlete
from assistant.speaking.rendering import Pyttsx3Renderer


def coach_alone() -> tuple[float, float]:
    """Return the length of the default session and the time that the coach takes for it, in seconds."""
    session = load_session("leg-lifts")
    coach = Coach(session.plan, Script(session.voice.cues, session.voice.numbers, lambda cue: 2.0))
    begun, now = time.perf_counter(), 0.0
    actions = coach.handle(Started(), now)
    while coach.over_at is None:
        if any(isinstance(action, Ask) for action in actions):
            actions = coach.handle(Heard("ready", start=now + 20.0), now + 20.0)
            continue
        due = coach.next_deadline()
        assert due is not None
        now = due
        actions = coach.advance(now)
    return now, time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    coached, coach_seconds = coach_alone()
    session, athlete = load_session("leg-lifts"), load_athlete(default_athlete())
    with Pyttsx3Renderer() as renderer, tempfile.TemporaryDirectory() as folder:
        lengths: list[float] = []
        factors: list[float] = []
        for _ in range(3):
            begun = time.perf_counter()
            rehearsed = rehearse(session, athlete, Conditions(), renderer, Path(folder), lambda _: None)
            lengths.append(rehearsed.seconds)
            factors.append(rehearsed.seconds / (time.perf_counter() - begun))
    print(  # noqa: T201
        json.dumps(
            {
                "coach_session_seconds": round(coached, 1),
                "coach_alone_seconds": round(coach_seconds, 4),
                "rehearsal_session_seconds": [round(length, 1) for length in lengths],
                "rehearsal_times_real_time": [round(factor, 1) for factor in sorted(factors)],
            }
        )
    )


if __name__ == "__main__":
    main()
