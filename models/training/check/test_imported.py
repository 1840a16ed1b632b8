"""Networks that come back out of a model."""

from __future__ import annotations

import unittest

import torch

from training.check.test_network import worn_network
from training.imported import networks_of
from training.kaldi import acoustic_model
from training.topology import MELS


class Imported(unittest.TestCase):
    """Two networks with statistics of their own, written down and read back."""

    def test_they_give_what_they_gave(self) -> None:
        """Together, up to what 8 bits lose; each alone up to its last bias, of which the mean is kept."""
        torch.manual_seed(3)
        networks = [worn_network() for _ in range(2)]
        model = acoustic_model([network.folded() for network in networks])
        again = networks_of(model, [torch.randn(4, 90, MELS) * 3 + 1 for _ in range(3)])
        frames = torch.randn(2, 120, MELS) * 3 + 1
        with torch.no_grad():
            for before, after in zip(networks, again, strict=True):
                difference = after(frames) - before(frames)
                spread = before(frames).std().item()
                assert (difference - difference.mean((0, 1))).std().item() < 0.05 * spread
            together = [sum(network(frames) for network in some) / 2 for some in (networks, again)]
        assert (together[1] - together[0]).abs().mean().item() < 0.05 * together[0].std().item()


if __name__ == "__main__":
    unittest.main()
