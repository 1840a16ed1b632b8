"""What was measured, as figures and as a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich import box
from rich.table import Table


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
    return Measured(
        measure,
        len(values),
        len(values) - len(found),
        *((percentile(found, part) for part in (50, 95, 100)) if found else (None, None, None)),
        unit=unit,
    )


def percentile(values: Sequence[float], part: float) -> float:
    """Give the value below which `part` percent of the values lie, to three decimals."""
    return round(float(np.percentile(values, part)), 3)


def figures_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """Make a plain table: the first column names, the others hold figures."""
    table = Table(
        title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False
    )
    for heading in headings:
        table.add_column(heading, justify="left" if heading == headings[0] else "right", no_wrap=True)
    for row in rows:
        table.add_row(*(_shown(value) for value in row))
    return table


def _shown(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
