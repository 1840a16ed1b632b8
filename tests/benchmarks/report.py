"""What was measured, as figures and as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich import box
from rich.table import Table

from tests.benchmarks.hearing.figures import FalseActions, Figure, HeardRate


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing measured several times; what was missed is in no figure but `missed`."""

    measure: str
    trials: int
    missed: int
    median: float | None = None
    p95: float | None = None
    max: float | None = None
    unit: str = ""


def summarize(measure: str, values: Sequence[float | None], unit: str) -> Measured:
    """Sum trials up, None standing for one that was missed."""
    found = [value for value in values if value is not None]
    missed = len(values) - len(found)
    if not found:
        return Measured(measure, len(values), missed, unit=unit)
    return Measured(
        measure,
        len(values),
        missed,
        median=percentile(found, 50),
        p95=percentile(found, 95),
        max=percentile(found, 100),
        unit=unit,
    )


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which `part` percent of the values lie, to three decimals."""
    return round(float(np.percentile(values, part)), 3)


def figures_table(
    title: str, headings: Sequence[str], rows: Sequence[Sequence[object]], names: int = 1
) -> Table:
    """Make a plain table: the first column, or the first `names`, name, the others hold figures."""
    table = Table(
        title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False
    )
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="left" if i < names else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(_shown(value) for value in row))
    return table


def hearing_tables(figures: Sequence[Figure]) -> list[Table]:
    """Make tables of how well commands were heard, for people; a table without rows is left out."""
    rates = [figure for figure in figures if isinstance(figure, HeardRate)]
    false = [
        (f.set, f.condition, f.system, f.false_actions, f.seconds / 60, f.false_actions * 3600 / f.seconds)
        for f in figures
        if isinstance(f, FalseActions)
    ]
    figures_of_rates = ("right", "%", "95 % range")
    tables = (
        (
            ("Heard right", ("set", "condition", "system", *figures_of_rates)),
            [(f.set, f.condition, f.system, *_rate(f)) for f in rates if not f.detail],
        ),
        (
            ("Heard though nobody said it", ("set", "condition", "system", "times", "minutes", "an hour")),
            false,
        ),
        (
            ("Heard right, one by one", ("set", "condition", "what", *figures_of_rates)),
            [(f.set, f.condition, f.detail, *_rate(f)) for f in rates if f.detail],
        ),
    )
    return [figures_table(*headings, rows, names=3) for headings, rows in tables if rows]


def _rate(figure: HeardRate) -> tuple[str, float, str]:
    between = "-".join(f"{100 * part:.1f}" for part in figure.interval)
    return f"{figure.correct}/{figure.total}", 100 * figure.rate, between


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
