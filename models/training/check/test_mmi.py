"""The two sums over paths against every path written out."""

from __future__ import annotations

import itertools
import math
import unittest

import numpy as np
import torch

from training import mmi

PHONES = 4


def paths(count: int) -> list[list[tuple[int, bool]]]:
    """Return every sequence of phones over some frames: (phone, whether it is the phone's first frame)."""
    found: list[list[tuple[int, bool]]] = []
    for phones in itertools.product(range(PHONES), repeat=count):
        for begins in itertools.product([True, False], repeat=count - 1):
            path = list(zip(phones, (True, *begins), strict=True))
            if all(new or phone == path[t - 1][0] for t, (phone, new) in enumerate(path) if t):
                found.append(path)
    return found


def outputs_of(path: list[tuple[int, bool]], outputs: torch.Tensor) -> float:
    """Sum the outputs along a path."""
    return sum(float(outputs[t, 2 * phone + (not new)]) for t, (phone, new) in enumerate(path))


class MmiTest(unittest.TestCase):
    """Small enough to write out: four phones, four frames."""

    def setUp(self) -> None:
        """Make outputs and costs by chance."""
        dice = np.random.default_rng(5)
        self.outputs = torch.tensor(dice.normal(size=(1, 4, 2 * PHONES)), dtype=torch.float32)
        chances = dice.uniform(0.1, 1, (PHONES, PHONES))
        self.costs = torch.tensor(-np.log(chances / chances.sum(1, keepdims=True)), dtype=torch.float32)

    def assert_near(self, one: float, other: float, most: float) -> None:
        """Compare two sums."""
        assert abs(one - other) < most

    def test_anything_is_the_sum_over_all_paths(self) -> None:
        """Silence or a phone begins; phones follow by their costs; a phone ends as before silence."""
        total: list[float] = []
        for path in paths(4):
            phones = [phone for phone, new in path if new]
            score = outputs_of(path, self.outputs[0])
            score += math.log(0.8) if phones[0] == 0 else math.log(0.2) - float(self.costs[0, phones[0]])
            score -= sum(float(self.costs[a, b]) for a, b in itertools.pairwise(phones))
            score -= float(self.costs[phones[-1], 0]) if phones[-1] else 0.0
            total.append(score)
        found = mmi.anything(self.outputs, torch.tensor([4]), self.costs)
        self.assert_near(float(found[0]), float(np.logaddexp.reduce(total)), 1e-3)

    def test_said_is_the_sum_over_paths_of_its_phones(self) -> None:
        """Silences between words may be left out, for half the chance."""
        spelled = [0, 1, 2, 0, 3, 0]
        total: list[float] = []
        for path in paths(4):
            phones = [phone for phone, new in path if new]
            for kept in itertools.product([True, False], repeat=3):
                silences = iter(kept)
                left = [p for p in spelled if p or next(silences)]
                if phones != left:
                    continue
                score = outputs_of(path, self.outputs[0]) + (math.log(0.8) if kept[0] else math.log(0.2))
                score += math.log(0.5)
                score += math.log(0.5) if kept[2] else 0.0
                total.append(score)
        found = mmi.said(self.outputs, torch.tensor([4]), [spelled])
        self.assert_near(float(found[0]), float(np.logaddexp.reduce(total)), 1e-3)

    def test_noise_is_one_silence(self) -> None:
        """Nothing else explains it."""
        found = mmi.said(self.outputs, torch.tensor([4]), [[0]])
        path = [(0, True), (0, False), (0, False), (0, False)]
        self.assert_near(float(found[0]), outputs_of(path, self.outputs[0]) + math.log(0.8), 1e-3)

    def test_frames_beyond_the_end_count_for_nothing(self) -> None:
        """Padding changes no score."""
        padded = torch.cat([self.outputs, torch.full((1, 3, 2 * PHONES), 9.0)], 1)
        for score in (
            lambda outputs: mmi.anything(outputs, torch.tensor([4]), self.costs),
            lambda outputs: mmi.said(outputs, torch.tensor([4]), [[0, 1, 2, 0]]),
        ):
            self.assert_near(float(score(padded)[0]), float(score(self.outputs)[0]), 1e-4)


if __name__ == "__main__":
    unittest.main()
