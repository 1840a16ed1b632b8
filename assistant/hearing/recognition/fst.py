"""Weighted finite-state transducers in OpenFst's binary file format.

Vosk reads its graphs in this format; writing it takes a few lines of NumPy and no OpenFst.
Format: https://www.openfst.org (fst.cc `FstHeader::Write`, const-fst.h and vector-fst.h `WriteFst`), version
2 with `standard` arcs: everything little-endian. Ours are written as `const`, two arrays that take half of
the memory of `vector`; other people's models come as either.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

MAGIC = struct.pack("<i", 2125659606)
"""The first bytes of every OpenFst file."""

_EXPANDED = 1
_HEADER = struct.Struct("<iiQqqq")
"""Version, flags, properties, and the numbers of the start, of the states and of the arcs."""
_STATE = struct.Struct("<fq")
"""A state of `vector` is its final cost and its number of arcs; these follow it."""
_CONST_STATE = np.dtype(
    [("finals", "<f4"), ("firsts", "<u4"), ("counts", "<u4"), ("silent", "<u4"), ("unwritten", "<u4")]
)
"""A state of `const`: its final cost, where its arcs begin, how many, how many lack input or output."""
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
    states = np.zeros(fst.finals.size, _CONST_STATE)
    arcs = np.zeros(fst.sources.size, _ARC)
    for name in _ARC.names or ():
        arcs[name] = getattr(fst, name)
    states["finals"] = fst.finals
    for name, sources in (
        ("counts", fst.sources),
        ("silent", fst.sources[fst.inputs == 0]),
        ("unwritten", fst.sources[fst.outputs == 0]),
    ):
        states[name] = np.bincount(sources, minlength=states.size)
    states["firsts"] = np.cumsum(states["counts"]) - states["counts"]
    header = _HEADER.pack(2, 0, _EXPANDED, fst.start, states.size, arcs.size)
    return b"".join([MAGIC, _text("const"), _text("standard"), header, states.tobytes(), arcs.tobytes()])


def decode_fst(data: bytes) -> Fst:
    """Read the bytes of a transducer's file.

    Raises:
        ValueError: the bytes are no complete vector or const transducer with standard arcs.
    """
    at = 4
    if not data.startswith(MAGIC):
        raise ValueError("no OpenFst file")
    kind = next((kind for kind in ("const", "vector") if data.startswith(_text(kind), at)), None)
    if kind is None:
        raise ValueError("no const or vector transducer")
    at += len(_text(kind))
    if not data.startswith(_text("standard"), at):
        raise ValueError("no standard transducer")
    at += len(_text("standard"))
    try:
        *_, start, states, arcs = _HEADER.unpack_from(data, at)
        read = _read_const if kind == "const" else _read_vector
        finals, counts, rows = read(data, at + _HEADER.size, states, arcs)
    except (struct.error, ValueError) as error:
        raise ValueError("the OpenFst file is cut short") from error
    sources = np.repeat(np.arange(states, dtype=np.int32), counts)
    return Fst(start, finals, sources, *(np.ascontiguousarray(rows[name]) for name in _ARC.names or ()))


_Read: TypeAlias = tuple[Costs, npt.NDArray[np.int64], npt.NDArray[np.void]]
"""The final costs and the numbers of arcs, state by state, and all arcs."""


def _read_const(data: bytes, at: int, states: int, arcs: int) -> _Read:
    read = np.frombuffer(data, _CONST_STATE, states, at)
    rows = np.frombuffer(data, _ARC, arcs, at + read.nbytes)
    return np.array(read["finals"], np.float32), read["counts"].astype(np.int64), rows


def _read_vector(data: bytes, at: int, states: int, _: int) -> _Read:
    finals = np.empty(states, np.float32)
    counts = np.empty(states, np.int64)
    rows = [np.zeros(0, _ARC)]
    for state in range(states):
        finals[state], counts[state] = _STATE.unpack_from(data, at)
        rows.append(np.frombuffer(data, _ARC, counts[state], at + _STATE.size))
        at += _STATE.size + rows[-1].nbytes
    return finals, counts, np.concatenate(rows)


def _text(text: str) -> bytes:
    return struct.pack("<i", len(text)) + text.encode()
