"""Figures of trials."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from tests.benchmarks.hearing.figures import FalseActions, HeardRate
from tests.benchmarks.hearing.trials import ANYTHING, PLEA, RED_FLAG, SAFETY
from tests.benchmarks.live.beats import Timing
from tests.benchmarks.live.latency import latency_table
from tests.benchmarks.live.timing import timing_table
from tests.benchmarks.report import hearing_tables, percentile, summarize


def test_a_missed_trial_is_counted_and_no_figure() -> None:
    """Neither zero nor endless: it has no time."""
    measured = summarize("stop", [30.0, None, 10.0, 20.0], "ms")
    assert (measured.trials, measured.missed) == (4, 1)
    assert (measured.median, measured.max) == (20.0, 30.0)
    assert measured.p95 == pytest.approx(29.0)


def test_where_all_were_missed_there_are_no_figures() -> None:
    """They are shown as a dash."""
    measured = summarize("stop", [None], "ms")
    assert (measured.median, measured.p95, measured.max) == (None, None, None)


def test_a_percentile_lies_between_two_values() -> None:
    """And has three decimals."""
    assert percentile([0.0, 10.0], 95) == 9.5
    assert percentile([1 / 3], 50) == 0.333


def test_the_tables_show_every_figure_within_80_columns() -> None:
    """As a person sees them."""
    out = StringIO()
    console = Console(file=out, width=80)
    console.print(latency_table([summarize("end of “stop” to silence", [123.4, None], "ms")]))
    console.print(timing_table(Timing(280, 4.9, 0.021, 0.084, 0.132, -0.007, 3)))
    shown = out.getvalue()
    for figure in (
        "2",
        "1",
        "123.4",
        "280",
        "4.9",
        "0.021",
        "0.084",
        "0.132",
        "-0.007",
        "3",
        "ms",
        "unit",
        "stutters",
    ):
        assert figure in shown.split()


def test_the_tables_of_hearing_fit_into_80_columns() -> None:
    """One for each set, with what the model had learnt of it; long conditions go on in the next line."""
    rate = HeardRate("over_coach", "keywords: echo +12 dB", "imprint", 319, 320, "", 942.0)
    other = HeardRate("commands", "clean", "pocketsphinx", 50, 50, "how_do_i_do_this", 61.2)
    false = [
        *(
            FalseActions("orders", "moving", "imprint", what, count, 880.1)
            for what, count in ((ANYTHING, 9), (SAFETY, 5), (RED_FLAG, 0), (PLEA, 2))
        ),
        *(
            FalseActions("noise", "asked_yes_no: kitchen J2 -11 dB", "recording", what, count, 1823.4)
            for what, count in ((ANYTHING, 112), (SAFETY, 49), (RED_FLAG, 0))
        ),
    ]
    out = StringIO()
    console = Console(file=out, width=80)
    tables = hearing_tables([rate, *false, other])
    for table in tables:
        console.print(table)
    shown = " ".join(out.getvalue().split())
    titles = [str(table.title).partition(":")[0] for table in tables]
    assert titles == ["commands", "orders", "noise", "over_coach"]
    assert "over_coach: heard right (words as above, people and voices new, rooms made up)" in shown
    assert "keywords: echo +12 dB imprint 319/320 99.7 98.3-99.9 942.0" in shown
    assert "clean: how_do_i_do_this pocketsphinx 50/50 100.0 92.9-100.0 61.2" in shown
    assert "noise: false actions (recorders and people new)" in shown
    assert "112 [92-135] 49 [36-65] 0 [0-4] - 1823.4" in shown
    assert "0 [0-4] 2 [0-7] 880.1" in shown
    assert "…" not in out.getvalue()
    assert hearing_tables([]) == []
