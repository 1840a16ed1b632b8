"""How utterances are dealt into batches."""

from __future__ import annotations

import random
import unittest
from collections import Counter

import numpy as np
import torch

from training import corpus, mmi
from training.augment import make_bank
from training.competition import Competition
from training.network import Network
from training.topology import MELS, PHONES
from training.train import BATCH, Batches, Criterion, Item, Spelling, as_often, epoch

LEXICON = {"stop": (("S", "T", "AA", "P"),), "pain": (("P", "EY", "N"),)}


class BatchesTest(unittest.TestCase):
    """Utterances of all lengths, and noise alone."""

    def setUp(self) -> None:
        """Make utterances of noise."""
        rng, self.dice = np.random.default_rng(4), random.Random(4)
        self.items: list[Item] = [
            corpus.Utterance(rng.normal(size=(20 + 3 * (i % 70), MELS)).astype(np.float16), text, "espeak")
            for i, text in enumerate(["stop", "pain"] * (BATCH + 6))
        ]
        self.items += [60] * 20
        bank = make_bank([rng.normal(size=(50, MELS)).astype(np.float32)], 2, 2, 4)
        self.batches = Batches(bank, Spelling(LEXICON, self.dice), rng)

    def test_every_utterance_comes_once_with_its_phones(self) -> None:
        """And noise as a silence."""
        said = [tuple(phones) for _, _, all_phones in self.dealt() for phones in all_phones]
        assert len(said) == len(self.items)
        assert len(set(said)) == 3
        assert said.count((mmi.SILENCE,)) == 20

    def test_batches_are_of_about_the_same_length(self) -> None:
        """So that little of them is padding."""
        counts = [counts for _, counts, _ in self.dealt()]
        padded = sum(int(count.max()) * len(count) for count in counts)
        apart = max(int(count.max()) for count in counts) * len(self.items)
        assert padded < 0.75 * apart

    def test_competition_counts_where_it_is_asked_for(self) -> None:
        """The phones lose the same with it and without."""
        network, (batch,) = Network(16), self.batches.make(self.items[:8], 8)
        phrases = {f"{one} {other}": [(one, other)] for one in range(1, 6) for other in range(1, 6)}
        costs = torch.full((1 + len(PHONES), 1 + len(PHONES)), 3.0)
        without = Criterion(costs, None).losses(network.eval(), batch)
        beside = Criterion(costs, Competition(phrases, self.dice)).losses(network, batch)
        assert without.taken.item() == 0.0 < beside.taken.item()
        assert torch.equal(without.phones, beside.phones)

    def dealt(self) -> list[tuple[object, object, list[list[int]]]]:
        """Return all batches."""
        return list(epoch(self.items, self.batches, self.dice))


class OftenTest(unittest.TestCase):
    """How often an epoch has each utterance."""

    def test_what_few_people_say_comes_more_often(self) -> None:
        """A word that everybody says is heard in others otherwise."""
        frames = np.zeros((20, MELS), np.float16)
        said = [corpus.Utterance(frames, "stop", "people")] * 40
        said += [corpus.Utterance(frames, "pain", kind) for kind in ("people", "espeak", "kokoro")]
        often = Counter((one.text, one.kind) for one in as_often(said))
        assert often["stop", "people"] == 40
        assert often["pain", "people"] == often["pain", "kokoro"] == 4
        assert often["pain", "espeak"] == 1


if __name__ == "__main__":
    unittest.main()
