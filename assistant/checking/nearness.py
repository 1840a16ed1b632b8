"""Which of many rows of phones may be near each other: a bound for all pairs at once.

A word that is said in several ways becomes one row of columns, each with the phones that may stand there;
some may be left out. The weighted edit distance between two such rows is never more than that between any
of their ways, and is worked out for one row against all others at a time. Most are out of the question by a
cheaper bound, in which each column is exchanged for whatever is nearest in the other row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.hearing.recognition.lexicon import Pronunciation
from assistant.hearing.recognition.phones import exchange_cost, least_left_out_cost

Array: TypeAlias = npt.NDArray[np.float32]
Integers: TypeAlias = npt.NDArray[np.int64]

_SLACK = 0.002
"""How much below a limit a bound may lie for want of digits; distances are rounded to three."""


@dataclass(frozen=True, slots=True)
class Column:
    """What may stand in one place of a word."""

    phones: frozenset[str]
    optional: bool = False

    def cost(self, other: Column) -> float:
        """Return what the nearest of their phones differ by."""
        return min(exchange_cost(a, b) for a in self.phones for b in other.phones)

    @property
    def left_out(self) -> float:
        """What it costs at least to leave it out."""
        return 0.0 if self.optional else min(map(least_left_out_cost, self.phones))


@cache
def columns(ways: tuple[Pronunciation, ...]) -> tuple[Column, ...]:
    """Return a row of columns through which each way leads."""
    row = [Column(frozenset({phone})) for phone in ways[0]]
    for way in ways[1:]:
        row = _merged(row, [Column(frozenset({phone})) for phone in way])
    return tuple(row)


def _merged(row: Sequence[Column], way: Sequence[Column]) -> list[Column]:
    """Lay a way over a row where they fit best; what only one of them has may be left out."""
    best: dict[tuple[int, int], tuple[float, list[Column]]] = {(0, 0): (0.0, [])}
    for i in range(len(row) + 1):
        for j in range(len(way) + 1):
            found: list[tuple[float, list[Column]]] = []
            if i and j:
                cost, so_far = best[i - 1, j - 1]
                both = Column(row[i - 1].phones | way[j - 1].phones, row[i - 1].optional)
                found.append((cost + row[i - 1].cost(way[j - 1]), [*so_far, both]))
            if i:
                cost, so_far = best[i - 1, j]
                left_out = Column(row[i - 1].phones, optional=True)
                found.append((cost + row[i - 1].left_out, [*so_far, left_out]))
            if j:
                cost, so_far = best[i, j - 1]
                left_out = Column(way[j - 1].phones, optional=True)
                found.append((cost + way[j - 1].left_out, [*so_far, left_out]))
            if found:
                best[i, j] = min(found, key=lambda one: one[0])
    return best[len(row), len(way)][1]


class Rows:
    """Rows of columns that are compared with each other.

    Args:
        rows: At least one.
    """

    def __init__(self, rows: Sequence[Sequence[Column]]) -> None:
        kinds = list(dict.fromkeys(column for row in rows for column in row))
        numbers = {column: number for number, column in enumerate(kinds)}
        self._lengths = np.array([len(row) for row in rows])
        self._columns = np.zeros((int(self._lengths.max()), len(rows)), np.int64)
        for i, row in enumerate(rows):
            self._columns[: len(row), i] = [numbers[column] for column in row]
        self._left_out = np.array([column.left_out for column in kinds], np.float32)
        self._exchanged = np.array([[one.cost(other) for other in kinds] for one in kinds], np.float32)
        self._least = self._least_costs(len(kinds))

    def _least_costs(self, kinds: int) -> Array:
        """Return what each row costs at least against each other, whatever the order of its columns."""
        count = len(self._lengths)
        how_many = np.zeros((count, kinds), np.float32)
        nearest = np.empty((kinds, count), np.float32)
        for i, length in enumerate(self._lengths):
            columns = self._columns[:length, i]
            np.add.at(how_many[i], columns, 1)
            nearest[:, i] = np.minimum(self._exchanged[:, columns].min(axis=1), self._left_out)
        costs = how_many @ nearest
        return np.maximum(costs, costs.T)

    def near(self, one: int, others: Integers, limits: Array) -> Iterator[int]:
        """Yield those of the others that may be nearer to a row than their limits."""
        length = int(self._lengths[one])
        most = (limits + _SLACK) * np.sqrt(np.maximum(self._lengths[others], length))
        possible = self._least[one, others] <= most
        others, most = others[possible], most[possible]
        lengths = self._lengths[others]
        # One row of numbers for each column, so that all the others are worked out side by side.
        columns = self._columns[: int(lengths.max(initial=0)), others]
        # What it costs to put in the first of each of the others' columns, and the next, and so on.
        put_in = np.zeros((len(columns) + 1, len(others)), np.float32)
        np.cumsum(self._left_out[columns], axis=0, out=put_in[1:])
        costs = put_in.copy()
        for column in self._columns[:length, one]:
            left_out = costs + self._left_out[column]
            exchanged = self._exchanged[column][columns]
            exchanged += costs[:-1]
            np.minimum(left_out[1:], exchanged, out=left_out[1:])
            left_out -= put_in
            costs = np.minimum.accumulate(left_out, axis=0, out=left_out)
            costs += put_in
        yield from others[costs[lengths, np.arange(len(others))] <= most].tolist()
