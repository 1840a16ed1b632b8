"""What was measured, as figures and as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich import box
from rich.table import Table

from tests.benchmarks.hearing.figures import FalseActions, Figure, HeardRate
from tests.benchmarks.hearing.sets import SETS
from tests.benchmarks.hearing.trials import FALSE_ACTIONS, PLEA


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
        named = i < names
        table.add_column(heading, justify="left" if named else "right", no_wrap=not named)
    for row in rows:
        table.add_row(*(_shown(value) for value in row))
    return table


def hearing_tables(figures: Sequence[Figure]) -> list[Table]:
    """Make tables of how well commands were heard, for people; each set has its own, in the order of SETS."""
    tables: list[Table] = []
    for name, about in SETS.items():
        of_set = [figure for figure in figures if figure.set == name]
        title = f"{name}: {about.counted} ({about.learnt})"
        rates = [figure for figure in of_set if isinstance(figure, HeardRate)]
        if rates:
            headings = ("condition", "heard as", "clips", "%", "95 % range", "seconds")
            tables.append(figures_table(title, headings, list(map(_rate, rates)), names=2))
        false = [figure for figure in of_set if isinstance(figure, FalseActions)]
        if false:
            counted = (*FALSE_ACTIONS, PLEA)
            rows: dict[tuple[str, str, float], dict[str, str]] = {}
            for figure in false:
                of = (figure.condition, figure.system, figure.seconds)
                rows.setdefault(of, {})[figure.what] = _count(figure)
            headings = ("condition", "heard as", *counted, "seconds")
            cells = [(*of[:2], *(row.get(what) for what in counted), of[2]) for of, row in rows.items()]
            tables.append(figures_table(title, headings, cells, names=2))
    return tables


def _rate(figure: HeardRate) -> tuple[str, str, str, float, str, float]:
    between = "-".join(f"{100 * part:.1f}" for part in figure.interval)
    condition = f"{figure.condition}: {figure.detail}" if figure.detail else figure.condition
    counted = f"{figure.correct}/{figure.total}"
    return condition, figure.system, counted, 100 * figure.rate, between, figure.seconds


def _count(figure: FalseActions) -> str:
    low, high = figure.interval
    return f"{figure.false_actions} [{low:.0f}-{high:.0f}]"


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
