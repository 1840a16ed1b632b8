"""What is drawn to be said."""

from __future__ import annotations

import random
import unittest
from collections import Counter

from training.texts import Texts

TEXTS = Texts(
    phrases=("stop", "my back hurts", "next set"),
    weights=(2.0, 1.0, 1.0),
    safety=("my back hurts", "stop"),
    common=("table",),
    alike=("stock",),
    sentences=(("two", "coffees", "please"),),
    lexicon={},
)


class DrawTest(unittest.TestCase):
    """All of it, or what is said briefly."""

    def drawn(self, *, short: bool) -> Counter[str]:
        """Draw many times."""
        dice = random.Random(3)
        return Counter(TEXTS.draw(dice, short) for _ in range(2000))

    def test_everything_is_said(self) -> None:
        """Commands of all kinds, numbers, words and sentences."""
        drawn = self.drawn(short=False)
        for text in ("stop", "next set", "seven", "table", "stock", "two coffees please", "table table"):
            assert drawn[text], text

    def test_what_is_short_is_safety_words_beside_words_that_are_none(self) -> None:
        """And words alone come more often than phrases."""
        drawn = self.drawn(short=True)
        assert set(drawn) == {"stop", "my back hurts", "table", "stock"}
        assert 900 < drawn["stop"] + drawn["my back hurts"] < 1100
        assert drawn["stop"] > 3 * drawn["my back hurts"]
