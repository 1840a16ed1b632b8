"""Everything has its words."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.coaching.events import Trouble
from assistant.coaching.phases import PHASES
from assistant.console import words
from assistant.console.picture import large
from assistant.hearing.rejection import Reason
from assistant.programme.commands import CONTEXTS


def test_every_phase_has_words_that_fit_in_large_letters() -> None:
    """In 80 columns; that of the lowering beside a count of two digits."""
    assert set(words.PHASES) == set(PHASES)
    assert len(large(words.PHASES["lower"].word)[0]) + 2 + len(large("10")[0]) <= 80
    for phase in words.PHASES.values():
        assert len(large(phase.word)[0]) <= 80
        assert 0 < len(phase.hint) <= 60


def test_every_trouble_has_words_of_its_own() -> None:
    """Which fit on one row, with their marks."""
    assert set(words.TROUBLES) == set(get_args(Trouble))
    assert all(len(text) <= 72 for text in words.TROUBLES.values())


def test_every_reason_and_every_context_has_words() -> None:
    """That `imprint why` can say."""
    assert set(words.REFUSALS) == set(Reason)
    assert set(words.CONTEXTS) == set(CONTEXTS)


def test_a_trouble_without_words_gives_its_name() -> None:
    """Rather than nothing."""
    assert words.trouble_words("cable_bitten") == "cable bitten"


@pytest.mark.parametrize("text", ["lower", "0123456789", "left 3/10", "ready?"])
def test_large_letters_are_five_rows_high_and_even(text: str) -> None:
    """So that something can stand beside them."""
    rows = large(text)
    assert len(rows) == 5
    assert len({len(row) for row in rows}) == 1
    assert all(row.strip() for row in rows)


def test_no_text_has_no_width() -> None:
    """And the same height."""
    assert large("") == [""] * 5
