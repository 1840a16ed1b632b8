from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.hearing.echo.convolution import PartitionedFilter


@given(st.integers(1, 200), st.integers(0, 2**16))
def test_blocks_come_out_as_one_convolution(length: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    response = random.normal(size=length).astype(np.float32)
    sound = random.normal(size=32 * 10).astype(np.float32)
    filter_ = PartitionedFilter(response, block=32)
    heard = np.concatenate([filter_.process(block) for block in sound.reshape(10, 32)])
    np.testing.assert_allclose(heard, np.convolve(sound, response)[: sound.size], atol=1e-3)


def test_no_response_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one sample"):
        PartitionedFilter(np.zeros(0, np.float32))
