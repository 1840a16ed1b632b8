"""The second opinion as it is trained, and as it is used."""

from __future__ import annotations

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from assistant.hearing.recognition.model import find_model
from assistant.hearing.verification import (
    CONTEXT,
    FEATURES,
    HIDDEN,
    MELS,
    SUBSAMPLING,
    PhoneVerifier,
    VerifierModel,
    levelled,
    log_mels,
    read_verifier,
)
from training import features
from training.topology import OUTPUTS, PHONES
from training.verifier_judge import Judged, learn, write
from training.verifier_network import VerifierNetwork, folded

SOUND = np.random.default_rng(0).normal(0, 0.1, 8000).astype(np.float32)


def model_of(network: VerifierNetwork) -> VerifierModel:
    """Return a model with this network, which knows nothing else."""
    phones = 1 + len(PHONES)
    return VerifierModel(
        tuple(folded(network)),
        np.full((phones, phones), 3.0, np.float32),
        np.ones((phones, 2), np.float32),
        np.ones((FEATURES + 1, HIDDEN), np.float32),
        np.ones(HIDDEN + 1, np.float32),
    )


def network() -> VerifierNetwork:
    """Return a network of chance, with normalisations that do something."""
    torch.manual_seed(1)
    made = VerifierNetwork()
    made.train()
    made(3 * torch.randn(8, 200, MELS) + 1)
    return made.eval()


class Verifier(unittest.TestCase):
    """Trained with torch, used without."""

    def test_its_mels_are_those_of_the_corpora(self) -> None:
        """So that what was learnt from them holds."""
        np.testing.assert_allclose(log_mels(SOUND), features.log_mels(SOUND * 32768), atol=1e-3)

    def test_the_outputs_are_those_of_training(self) -> None:
        """With the normalisations folded in."""
        made = network()
        frames = log_mels(SOUND)
        count = -(-len(frames) // SUBSAMPLING)
        after = count * SUBSAMPLING + CONTEXT - len(frames)
        padded = np.pad(levelled(frames), ((CONTEXT, after), (0, 0)), "edge")
        with torch.no_grad():
            wanted = made(torch.from_numpy(padded)[None])[0].numpy()
        found = PhoneVerifier(model_of(made), PHONES, {}).outputs(frames)
        assert found.shape == (count, OUTPUTS)
        np.testing.assert_allclose(found, wanted[:count], atol=1e-4)

    def test_what_is_written_is_read(self) -> None:
        """The network in 16 bits."""
        made = model_of(network())
        with tempfile.TemporaryDirectory() as folder:
            shipped = find_model()
            for name in ("am", "conf", "imprint.json", "phone_bigram.npy"):
                (Path(folder) / name).symlink_to(shipped.path / name)
            write(made, Path(folder) / "verifier.npz")
            read = read_verifier(find_model(Path(folder)))
        assert read is not None
        np.testing.assert_array_equal(read.durations, made.durations)
        for (weights, bias), (wanted, wanted_bias) in zip(read.layers, made.layers, strict=True):
            np.testing.assert_allclose(weights, wanted, atol=1e-3)
            np.testing.assert_array_equal(bias, wanted_bias)

    def test_the_hardest_of_each_negative_is_learnt(self) -> None:
        """Though easy ones are in the majority."""
        dice = np.random.default_rng(0)
        true = [Judged("people", 0.0, dice.normal(1, 0.1, (1, FEATURES)).astype("f4")) for _ in range(50)]
        easy = dice.normal(-5, 0.1, (20, FEATURES))
        false = [
            Judged("word", 0.0, np.concatenate([easy, dice.normal(0, 0.1, (1, FEATURES))]).astype("f4"))
            for _ in range(50)
        ]
        inner, outer = learn(true, false)
        verifier = PhoneVerifier(replace(model_of(network()), inner=inner, outer=outer), PHONES, {})
        assert verifier.probability(true[0].features[-1]) > 0.8
        assert verifier.probability(false[0].features[-1]) < 0.2


if __name__ == "__main__":
    unittest.main()
