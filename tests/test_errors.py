"""What goes wrong, told."""

from __future__ import annotations

import pickle

from assistant.errors import InputError, combined


def test_an_error_comes_whole_out_of_another_process() -> None:
    told = InputError(
        "3.5 is no count", remedy="Write 3", file="mine.yaml", line=4, column=9, field="work[0].sets"
    )
    heard = pickle.loads(pickle.dumps(told))
    assert str(heard) == "mine.yaml, line 4, field work[0].sets: 3.5 is no count. Write 3."
    assert vars(heard) == vars(told)


def test_several_errors_are_one_that_tells_each_once() -> None:
    one, other = (InputError(f"{word} is wrong", remedy="Correct it", file="a.yaml") for word in ("x", "y"))
    assert combined([one, one]) is one
    both = combined([one, combined([other, one])])
    assert str(both) == "a.yaml: x is wrong. Correct it.\na.yaml: y is wrong. Correct it."
    assert (both.problem, both.each) == ("x is wrong", (one, other))
    assert str(pickle.loads(pickle.dumps(both))) == str(both)


def test_of_very_many_errors_the_message_tells_the_first() -> None:
    many = [InputError(f"{'x' * 200}{i} is wrong", remedy="Correct it", file="a.yaml") for i in range(20)]
    told = str(combined(many)).splitlines()
    assert told[0] == str(many[0])
    assert told[-1] == f"And {20 - len(told) + 1} more: `imprint check` tells all."
    assert 5 < len(told) < 10
