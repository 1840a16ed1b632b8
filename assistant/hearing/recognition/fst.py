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
_HEADER = struct.Struct("<iiQqqq")
"""Version, flags, properties, and the numbers of the start, of the states and of the arcs."""
_STATE = struct.Struct("<fq")
"""A state is its final cost and its number of arcs; these follow it."""
_ARC = np.dtype([("inputs", "<i4"), ("outputs", "<i4"), ("costs", "<f4"), ("targets", "<i4")])

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
    """Collects states and arcs."""

    def __init__(self) -> None:
        self._arcs: list[tuple[int, int, int, float, int]] = []
        self._finals: list[float] = []

    def state(self) -> int:
        """Add a state."""
        self._finals.append(np.inf)
        return len(self._finals) - 1

    def arc(self, source: int, target: int, label: int = 0, output: int = 0, cost: float = 0.0) -> None:
        """Add an arc that reads `label` and writes `output`."""
        self._arcs.append((source, label, output, cost, target))

    def final(self, state: int, cost: float = 0.0) -> None:
        """Let paths end at a state."""
        self._finals[state] = cost

    def build(self, start: int, sort_by_output: bool = False) -> Fst:
        """Return the transducer; arcs of a state are sorted by their input, or their output."""
        arcs = np.array(self._arcs, [("sources", "<i4"), *_ARC.descr])
        order = np.lexsort((arcs["outputs" if sort_by_output else "inputs"], arcs["sources"]))
        return Fst(
            start, np.array(self._finals, np.float32), *(arcs[name][order] for name in arcs.dtype.names or ())
        )


def encode_fst(fst: Fst) -> bytes:
    """Return the bytes of the transducer's file."""
    states = fst.finals.size
    arcs = np.zeros(fst.sources.size, _ARC)
    for name in _ARC.names or ():
        arcs[name] = getattr(fst, name)
    rows = np.split(arcs, np.searchsorted(fst.sources, np.arange(1, states)))
    header = _HEADER.pack(2, 0, _EXPANDED_AND_MUTABLE, fst.start, states, arcs.size)
    body = (_STATE.pack(cost, row.size) + row.tobytes() for cost, row in zip(fst.finals, rows, strict=True))
    return b"".join([MAGIC, _text("vector"), _text("standard"), header, *body])


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
        *_, start, states, _ = _HEADER.unpack_from(data, at)
        at += _HEADER.size
        finals = np.empty(states, np.float32)
        counts = np.empty(states, np.int64)
        rows = [np.zeros(0, _ARC)]
        for state in range(states):
            finals[state], counts[state] = _STATE.unpack_from(data, at)
            rows.append(np.frombuffer(data, _ARC, counts[state], at + _STATE.size))
            at += _STATE.size + rows[-1].nbytes
    except (struct.error, ValueError) as error:
        raise ValueError("the OpenFst file is cut short") from error
    arcs = np.concatenate(rows)
    sources = np.repeat(np.arange(states, dtype=np.int32), counts)
    return Fst(start, finals, sources, *(np.ascontiguousarray(arcs[name]) for name in _ARC.names or ()))


def _text(text: str) -> bytes:
    return struct.pack("<i", len(text)) + text.encode()
