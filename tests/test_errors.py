"""What goes wrong, told."""

from __future__ import annotations

import pickle

from assistant.errors import InputError


def test_an_error_comes_whole_out_of_another_process() -> None:
    told = InputError(
        "3.5 is no count", remedy="Write 3", file="mine.yaml", line=4, column=9, field="work[0].sets"
    )
    heard = pickle.loads(pickle.dumps(told))
    assert str(heard) == "mine.yaml, line 4, field work[0].sets: 3.5 is no count. Write 3."
    assert vars(heard) == vars(told)
