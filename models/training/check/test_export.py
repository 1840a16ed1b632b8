"""What is done to a network when it is put into a model."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import torch

from training.export import load
from training.network import Network


class Exported(unittest.TestCase):
    """Loaded for a model folder."""

    def test_it_is_the_network_that_was_trained(self) -> None:
        """Ready to be used: nothing is taken off any output."""
        torch.manual_seed(1)
        network = Network(16).eval()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "network.pt"
            torch.save({"width": 16, "weights": network.state_dict()}, file)
            loaded = load(file)
        cepstra = torch.randn(2, 80, 40)
        assert not loaded.training
        torch.testing.assert_close(network(cepstra), loaded(cepstra))


if __name__ == "__main__":
    unittest.main()
