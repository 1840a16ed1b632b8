"""Weighted finite-state transducers in OpenFst's binary file format.

Vosk reads its graphs in this format; writing it takes a few lines of NumPy and no OpenFst.
Format: https://www.openfst.org (fst.cc `FstHeader::Write`, vector-fst.h `WriteFst`), version 2 of
`vector` with `standard` arcs: everything little-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

MAGIC = struct.pack("<i", 2125659606)
"""The first bytes of every OpenFst file."""

_EXPANDED_AND_MUTABLE = 3
_STATE_WORDS = 3
"""A state is its final cost (float32) and its number of arcs (int64): three 4-byte words."""
_ARC_WORDS = 4
"""An arc is input, output (int32), cost (float32) and target (int32)."""

Integers = npt.NDArray[np.int32]
Costs = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fst:
    """A transducer; arcs are parallel arrays in order of their source.

    Label 0 is no label. Costs are negative natural logarithms of weights; `finals` has one cost
    per state, infinite where the state is not final.
    """

    start: int
    finals: Costs
    sources: Integers
    inputs: Integers
    outputs: Integers
    costs: Costs
    targets: Integers


class FstBuilder:
    """Collects states and arcs, singly or as arrays."""

    def __init__(self) -> None:
        self.states = 0
        self._single: list[tuple[int, int, int, float, int]] = []
        self._many: list[tuple[Integers, Integers, Integers, Costs, Integers]] = []
        self._finals: dict[int, float] = {}

    def state(self) -> int:
        """Add a state."""
        self.states += 1
        return self.states - 1

    def arc(self, source: int, target: int, label: int = 0, output: int = 0, cost: float = 0.0) -> None:
        """Add an arc that reads `label` and writes `output`."""
        self._single.append((source, label, output, cost, target))

    def arcs(self, sources: Integers, targets: Integers, labels: Integers, costs: Costs) -> None:
        """Add arcs that write nothing, all arrays of shape (n,)."""
        self._many.append((sources, labels, np.zeros_like(sources), costs, targets))

    def final(self, state: int, cost: float = 0.0) -> None:
        """Let paths end at a state."""
        self._finals[state] = cost

    def build(self, start: int, sort_by_output: bool = False) -> Fst:
        """Return the transducer; arcs of a state are sorted by their input, or their output."""
        columns = list(zip(*self._single, strict=True)) or [()] * 5
        kinds = (np.int32, np.int32, np.int32, np.float32, np.int32)
        sources, inputs, outputs, costs, targets = (
            np.concatenate([np.asarray(column, kind), *(many[i] for many in self._many)])
            for i, (column, kind) in enumerate(zip(columns, kinds, strict=True))
        )
        order = np.lexsort((outputs if sort_by_output else inputs, sources))
        finals = np.full(self.states, np.inf, np.float32)
        for state, cost in self._finals.items():
            finals[state] = cost
        return Fst(
            start,
            finals,
            sources[order].astype(np.int32),
            inputs[order].astype(np.int32),
            outputs[order].astype(np.int32),
            costs[order].astype(np.float32),
            targets[order].astype(np.int32),
        )


def encode_fst(fst: Fst) -> bytes:
    """Return the bytes of the transducer's file."""
    states = fst.finals.shape[0]
    counts = np.bincount(fst.sources, minlength=states)
    before = np.concatenate([[0], np.cumsum(counts)])
    words = np.zeros(_STATE_WORDS * states + _ARC_WORDS * fst.sources.shape[0], np.uint32)
    numbers: npt.NDArray[np.int64] = np.arange(states, dtype=np.int64)
    state_at = _STATE_WORDS * numbers + _ARC_WORDS * before[:-1]
    words[state_at] = fst.finals.view(np.uint32)
    words[state_at + 1] = counts
    order: npt.NDArray[np.int64] = np.arange(fst.sources.shape[0], dtype=np.int64)
    arc_at = _STATE_WORDS * (fst.sources.astype(np.int64) + 1) + _ARC_WORDS * order
    for i, column in enumerate((fst.inputs, fst.outputs, fst.costs, fst.targets)):
        words[arc_at + i] = column.view(np.uint32)
    header = (
        MAGIC
        + _text("vector")
        + _text("standard")
        + struct.pack("<iiQqqq", 2, 0, _EXPANDED_AND_MUTABLE, fst.start, states, counts.sum())
    )
    return header + words.astype("<u4").tobytes()


def decode_fst(data: bytes) -> Fst:
    """Read the bytes of a transducer's file.

    Raises:
        ValueError: the bytes are no complete vector transducer with standard arcs.
    """
    at = 4
    if not data.startswith(MAGIC):
        raise ValueError("no OpenFst file")
    for name in ("vector", "standard"):
        if not data.startswith(_text(name), at):
            raise ValueError(f"no {name} transducer")
        at += len(_text(name))
    try:
        start, states = struct.unpack_from("<qq", data, at + 16)
        at += struct.calcsize("<iiQqqq")
        finals = np.empty(states, np.float32)
        rows: list[npt.NDArray[np.uint32]] = []
        sources: list[npt.NDArray[np.int64]] = []
        for state in range(states):
            finals[state], count = struct.unpack_from("<fq", data, at)
            at += 4 * _STATE_WORDS
            row = np.frombuffer(data, "<u4", count * _ARC_WORDS, at).reshape(count, _ARC_WORDS)
            rows.append(row)
            sources.append(np.full(count, state))
            at += row.nbytes
    except (struct.error, ValueError) as error:
        raise ValueError("the OpenFst file is cut short") from error
    table = np.concatenate([np.zeros((0, _ARC_WORDS), np.uint32), *rows])
    columns = [np.ascontiguousarray(table[:, i]) for i in range(_ARC_WORDS)]
    return Fst(
        start,
        finals,
        np.concatenate([np.zeros(0, np.int64), *sources]).astype(np.int32),
        columns[0].view(np.int32),
        columns[1].view(np.int32),
        columns[2].view(np.float32),
        columns[3].view(np.int32),
    )


def _text(text: str) -> bytes:
    return struct.pack("<i", len(text)) + text.encode()
