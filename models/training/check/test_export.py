"""What is done to a network when it is put into a model."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import torch

from training.export import SILENCE_COST, load
from training.network import Network


class Exported(unittest.TestCase):
    """Loaded for a model folder."""

    def test_silence_and_nothing_else_costs_something(self) -> None:
        """In both its outputs, in every frame."""
        torch.manual_seed(1)
        network = Network(16).eval()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "network.pt"
            torch.save({"width": 16, "weights": network.state_dict()}, file)
            loaded = load(file)
        cepstra = torch.randn(2, 80, 40)
        lowered = network(cepstra) - loaded(cepstra)
        torch.testing.assert_close(lowered[..., :2], torch.full_like(lowered[..., :2], SILENCE_COST))
        torch.testing.assert_close(lowered[..., 2:], torch.zeros_like(lowered[..., 2:]))


if __name__ == "__main__":
    unittest.main()
