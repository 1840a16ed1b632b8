"""`imprint bench`: how soon it stops, and how exactly it counts, measured on virtual sound hardware."""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated

from cyclopts import App, Parameter

from assistant.cli.app import ERR, OUT, app
from assistant.errors import InputError

bench = App(name="bench", help="Measure a live session on virtual sound hardware (Linux, PulseAudio).")
app.command(bench)

AsJson = Annotated[bool, Parameter(name="--json", negative=())]


@bench.command
def latency(*, trials: int = 50, busy: bool = False, as_json: AsJson = False) -> int:
    """Measure the time from "stop", said and typed, to silence; and a start's time and memory.

    Parameters
    ----------
    trials
        How often "stop" is said; about 5 seconds each.
    busy
        Run a busy loop on every core beside it.
    as_json
        Print a JSON list instead of a table.
    """
    from assistant.bench.latency import latency_table, measure_latency

    if not 1 <= trials <= 1000:
        raise InputError(f"{trials} trials are out of range", remedy="Give 1 to 1000", field="--trials")
    ERR.print(f"Saying stop {trials} times over the coach; this takes about {trials * 5 // 60 + 2} minutes.")
    measured = measure_latency(trials, busy=busy)
    if as_json:
        OUT.file.write(json.dumps([dataclasses.asdict(figures) for figures in measured]) + "\n")
    else:
        OUT.print(latency_table(measured))
    return 0


@bench.command
def timing(*, minutes: float = 5.0, busy: bool = False, as_json: AsJson = False) -> int:
    """Compare the counts in a recording of the loudspeaker with the plan.

    Parameters
    ----------
    minutes
        How long the session counts.
    busy
        Run a busy loop on every core beside it.
    as_json
        Print a JSON object instead of a table.
    """
    from assistant.bench.timing import measure_timing, timing_table

    if not 0.1 <= minutes <= 120:
        raise InputError(f"{minutes:g} minutes are out of range", remedy="Give 0.1 to 120", field="--minutes")
    ERR.print(f"Counting for {minutes:g} minutes.")
    measured = measure_timing(minutes, busy)
    if as_json:
        OUT.file.write(json.dumps(dataclasses.asdict(measured)) + "\n")
    else:
        OUT.print(timing_table(measured))
    return 0
