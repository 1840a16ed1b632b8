"""The bound on how near sentences are."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.checking.nearness import Rows, columns
from assistant.hearing.recognition.phones import phone_distance

PHONES = ["AA", "AE", "IY", "UW", "ER", "OW", "T", "D", "S", "Z", "K", "R", "L", "M", "N", "CH", "HH", "W"]
WAY = st.lists(st.sampled_from(PHONES), min_size=1, max_size=6).map(tuple)
WORD = st.lists(WAY, min_size=1, max_size=3, unique=True).map(tuple)
SENTENCES = st.lists(st.lists(WORD, min_size=1, max_size=3), min_size=2, max_size=8)


@settings(deadline=None)
@given(sentences=SENTENCES, limit=st.floats(0.1, 1.5))
def test_what_is_near_is_never_passed_over(
    sentences: list[list[tuple[tuple[str, ...], ...]]], limit: float
) -> None:
    rows = Rows([[column for word in words for column in columns(word)] for words in sentences])
    spelled = [[tuple(itertools.chain(*ways)) for ways in itertools.product(*words)] for words in sentences]
    for i in range(len(sentences)):
        others = np.arange(i + 1, len(sentences))
        found = set(rows.near(i, others, np.full(len(others), limit, np.float32)))
        near = {
            j
            for j in others.tolist()
            if min(phone_distance(*pair) for pair in itertools.product(spelled[i], spelled[j])) <= limit
        }
        assert near <= found


def test_what_is_far_is_left_out() -> None:
    said = [(("S", "T", "AA", "P"),), (("S", "T", "AA", "R", "T"),), (("IY", "Z", "IY", "ER"),)]
    rows = Rows([columns(word) for word in said])
    assert list(rows.near(0, np.array([1, 2]), np.full(2, 0.65, np.float32))) == [1]


def test_every_way_leads_through_a_words_columns() -> None:
    ways = (("N", "EH", "K", "S", "T"), ("N", "EH", "K", "S"))
    row = columns(ways)
    assert [sorted(column.phones) for column in row] == [["N"], ["EH"], ["K"], ["S"], ["T"]]
    assert [column.optional for column in row] == [False, False, False, False, True]
