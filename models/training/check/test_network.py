"""The layers as they are written down against the network as it was trained."""

from __future__ import annotations

import unittest

import numpy as np
import torch

from training.network import FRAMES_AFTER, FRAMES_BEFORE, Network
from training.topology import MELS, SUBSAMPLING


def worn_network() -> Network:
    """Return a small network whose normalisations have seen something, ready to be used."""
    network = Network(24)
    network.mean.copy_(torch.randn(MELS))
    network.deviation.copy_(torch.rand(MELS) + 0.5)
    network.train()
    for _ in range(3):
        network(torch.randn(4, 90, MELS) * 3 + 1)
    return network.eval()


class NetworkTest(unittest.TestCase):
    """A small network with statistics of its own."""

    def test_folded_layers_give_the_same_outputs(self) -> None:
        """Each layer appends its inputs at its offsets, as Kaldi does."""
        torch.manual_seed(3)
        network = worn_network()
        frames = torch.randn(1, FRAMES_BEFORE + 5 * SUBSAMPLING + FRAMES_AFTER, MELS)
        with torch.no_grad():
            expected = network(frames)[0].numpy()
        hidden = dict(enumerate(frames[0].numpy(), -FRAMES_BEFORE))
        for layer in network.folded():
            hidden = {
                t: layer.weights @ np.concatenate([hidden[t + offset] for offset in layer.offsets])
                + layer.bias
                for t in hidden
                if all(t + offset in hidden for offset in layer.offsets)
            }
            if layer.rectified:
                hidden = {t: np.maximum(row, 0) for t, row in hidden.items()}
        for number, row in enumerate(expected):
            np.testing.assert_allclose(hidden[number * SUBSAMPLING], row, atol=1e-3)


if __name__ == "__main__":
    unittest.main()
