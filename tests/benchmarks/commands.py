"""`./run bench`: how well it hears, at what cost, how soon it stops and how exactly it counts."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from assistant import __version__
from assistant.cli.app import ERR, OUT
from assistant.errors import InputError

bench = App(
    name="./run bench",
    help="Measure hearing, and live sessions on virtual sound hardware (Linux, PulseAudio).",
    version=__version__,
    result_action="return_value",
)

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
    from tests.benchmarks.live.latency import latency_table, measure_latency

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
    from tests.benchmarks.live.timing import measure_timing, timing_table

    if not 0.1 <= minutes <= 120:
        raise InputError(f"{minutes:g} minutes are out of range", remedy="Give 0.1 to 120", field="--minutes")
    ERR.print(f"Counting for {minutes:g} minutes.")
    measured = measure_timing(minutes, busy)
    if as_json:
        OUT.file.write(json.dumps(dataclasses.asdict(measured)) + "\n")
    else:
        OUT.print(timing_table(measured))
    return 0


@bench.command
def hearing(
    *,
    data: Annotated[tuple[Path, ...], Parameter(consume_multiple=True, negative=())] = (),
    sets: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative=())] = (),
    limit: int | None = None,
    jobs: int | None = None,
    model: Path | None = None,
    errors: Path | None = None,
    skip_broken: Annotated[bool, Parameter(negative=())] = False,
    as_json: AsJson = False,
) -> int:
    """Measure how well commands are heard, beside PocketSphinx where that is installed.

    The first row of each condition, `imprint`, is what a session hears, block by block; `recording` is the
    same sound heard whole. What is said by nobody is counted with the interval of its mean in that time.

    Parameters
    ----------
    data
        Folders of recordings of people and noise, each with a manifest.jsonl; without one, only synthetic
        voices are heard.
    sets
        Only these: keywords, words, digits, never_learnt, commands, safety, safety_people, talk_around,
        talk_in_room, strained, sentences, near_words, orders, noise, coach, over_coach.
    limit
        Clips of a condition at most, for a quick look; by default all of them, which takes hours.
    jobs
        Processes that share the work; by default one for each core.
    model
        Folder of another Vosk model, or the name of a fetched one; by default the shipped one.
    errors
        A file to write: one JSON object a line for each clip that was heard wrong.
    skip_broken
        Leave out recordings that can't be heard, and name each, instead of measuring nothing.
    as_json
        Print a JSON list instead of tables.
    """
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from tests.benchmarks.hearing.figures import figure_fields, tally
    from tests.benchmarks.hearing.measure import Wishes, error_lines, measure_hearing
    from tests.benchmarks.report import hearing_tables

    if errors is not None:
        # A file that can't be written is an error before the long measurement, not after it.
        errors.write_text("", encoding="utf-8")
    wishes = Wishes(data, sets, limit, (os.cpu_count() or 1) if jobs is None else jobs, model, skip_broken)
    # Without a terminal, a plain line for each tenth stands for the bar.
    tenths = 0
    columns = (TextColumn("hearing"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=ERR, transient=True, disable=not ERR.is_terminal) as bar:
        task = bar.add_task("hearing")

        def watch(done: float, total: float) -> None:
            nonlocal tenths
            bar.update(task, completed=done, total=total)
            if not ERR.is_terminal and int(done * 10 / total) > tenths:
                tenths = int(done * 10 / total)
                ERR.print(f"{10 * tenths} % heard")

        outcomes = measure_hearing(wishes, ERR.print, watch)
    if errors is not None:
        errors.write_text("".join(f"{line}\n" for line in error_lines(outcomes)), encoding="utf-8")
    figures = tally(outcomes)
    if as_json:
        OUT.file.write(json.dumps([figure_fields(figure) for figure in figures]) + "\n")
    else:
        for table in hearing_tables(figures):
            OUT.print(table)
    return 0


@bench.command
def understood(
    *,
    parts: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative=())] = (),
    meanings: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative=())] = (),
    lists: Path | None = None,
    as_json: AsJson = False,
) -> int:
    """Count how many of the sentences that people say are understood where every word is heard; in seconds.

    It names each sentence that is not, with what was heard instead and what would be right.

    Parameters
    ----------
    parts
        Only these parts of the list: a context such as moving, or negations, look_alikes, regional.
    meanings
        Only these meanings, such as wait.
    lists
        Another folder of lists than tests/benchmarks/hearing/sentences.
    as_json
        Print a JSON list instead of sentences and a table.
    """
    from assistant.library.session import load_voice
    from assistant.places import shipped
    from tests.benchmarks.hearing.figures import figure_fields, tally
    from tests.benchmarks.hearing.sentence_list import LISTS, load_sentences
    from tests.benchmarks.hearing.understood import misunderstood_lines, outcomes, understand
    from tests.benchmarks.report import hearing_tables

    sentences = [
        said
        for said in load_sentences(lists or LISTS)
        if (not parts or said.part in parts) and (not meanings or said.meaning in meanings)
    ]
    if not sentences:
        raise InputError(
            "no sentence is of these parts and meanings", remedy="See the names in expected.yaml"
        )
    heard = understand(load_voice(str(shipped("voices") / "en")).commands, sentences)
    figures = tally(outcomes(heard))
    if as_json:
        OUT.file.write(json.dumps([figure_fields(figure) for figure in figures]) + "\n")
        return 0
    for line in misunderstood_lines(heard):
        OUT.print(line, markup=False, highlight=False, soft_wrap=True)
    for table in hearing_tables(figures):
        OUT.print(table)
    return 0


@bench.command
def cost(*, model: Path | None = None, as_json: AsJson = False) -> int:
    """Measure what hearing costs: processor time, the model's size, the time until it is ready.

    Parameters
    ----------
    model
        Folder of another Vosk model, or the name of a fetched one; by default the shipped one.
    as_json
        Print a JSON list instead of a table.
    """
    from tests.benchmarks.cost import cost_table, measure_cost

    measured = measure_cost(model)
    if as_json:
        OUT.file.write(json.dumps([dataclasses.asdict(figure) for figure in measured]) + "\n")
    else:
        OUT.print(cost_table(measured))
    return 0
