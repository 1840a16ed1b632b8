from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.hearing.recognition.fst import Fst, FstBuilder, decode_fst, encode_fst

ARCS = st.tuples(
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 9),
    st.integers(0, 9),
    st.floats(-9, 9, width=32),
)


def equal(one: Fst, other: Fst) -> bool:
    names = ("finals", "sources", "inputs", "outputs", "costs", "targets")
    return one.start == other.start and all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in names
    )


def built(arcs: list[tuple[int, int, int, int, float]]) -> Fst:
    builder = FstBuilder()
    for _ in range(6):
        builder.state()
    for source, target, label, output, cost in arcs:
        builder.arc(source, target, label, output, cost)
    builder.final(3, 1.5)
    return builder.build(2)


@given(st.lists(ARCS))
def test_a_written_transducer_reads_back_the_same(
    arcs: list[tuple[int, int, int, int, float]],
) -> None:
    fst = built(arcs)
    assert equal(decode_fst(encode_fst(fst)), fst)
    assert fst.sources.shape == (len(arcs),)
    assert np.all(np.diff(fst.sources) >= 0)


def test_the_bytes_are_those_of_openfst() -> None:
    """One state with a loop, as OpenFst writes it (numbers from its own file of that transducer)."""
    builder = FstBuilder()
    state = builder.state()
    builder.arc(state, state, 1, 1, 0.5)
    builder.final(state)
    data = encode_fst(builder.build(state))
    assert data[:25] == bytes.fromhex("d6fdb27e05000000636f6e7374080000007374616e64617264")
    assert data[25:33] == bytes.fromhex("0200000000000000")
    assert data[41:49] == bytes(8), "the start"
    assert data[49:57] == (1).to_bytes(8, "little"), "the number of states"
    assert data[57:65] == (1).to_bytes(8, "little"), "the number of arcs"
    assert data[65:85] == bytes(8) + (1).to_bytes(4, "little") + bytes(8), "one arc, which has labels"
    assert data[85:] == bytes.fromhex("01000000010000000000003f00000000")


def test_other_peoples_transducers_are_read_as_vectors_too() -> None:
    data = bytes.fromhex("d6fdb27e06000000766563746f72080000007374616e646172640200000000000000")
    counts = b"".join(number.to_bytes(8, "little") for number in (3, 0, 1, 1))
    arc = bytes.fromhex("01000000010000000000003f00000000")
    fst = decode_fst(data + counts + bytes(4) + (1).to_bytes(8, "little") + arc)
    builder = FstBuilder()
    state = builder.state()
    builder.arc(state, state, 1, 1, 0.5)
    builder.final(state)
    assert equal(fst, builder.build(state))


@pytest.mark.parametrize("length", [0, 3, 20, 60, 70, 80])
def test_a_file_cut_short_is_refused(length: int) -> None:
    data = encode_fst(built([(0, 1, 1, 1, 0.0)]))
    with pytest.raises(ValueError, match=r"cut short|no .*"):
        decode_fst(data[:length])
