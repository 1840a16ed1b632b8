"""`python -m training.imported MODEL CORPUS NETWORK...`: the networks of a model folder, to go on training.

A model holds its networks in 8 bits, normalisations folded in, and of their last biases the mean. Here the
normalisations are measured on a corpus and put back: at first they change nothing.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from training import corpus
from training.augment import make_bank
from training.kaldi import affine_layers
from training.network import Network
from training.texts import load_texts
from training.train import Batches, Spelling, normalize, usable

_SEED = 3
_MEASURED = 512
_NOISES, _TALKS = 60, 20

Affine = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


def networks_of(model: bytes, cepstra: Sequence[torch.Tensor]) -> list[Network]:
    """Return the networks that a `final.mdl` averages.

    Args:
        model: As `training.export` wrote it.
        cepstra: Batches as training has them: what the normalisations are measured on.
    """
    *hidden, (weights, bias) = affine_layers(model)
    depth = len(Network(1).layers)
    count = len(hidden) // depth
    width = weights.shape[1] // count
    found: list[Network] = []
    for number in range(count):
        network = Network(width)
        normalize(network, cepstra)
        last = weights[:, number * width : (number + 1) * width] * count
        network.output.weight.data = torch.from_numpy(last)[:, :, None].contiguous()
        network.output.bias.data = torch.from_numpy(bias)
        _unfold(network, hidden[number * depth : (number + 1) * depth], cepstra)
        found.append(network.eval())
    return found


@torch.no_grad()
def _unfold(network: Network, layers: Sequence[Affine], cepstra: Sequence[torch.Tensor]) -> None:
    """Give a network these layers, for inputs of its scale, and normalisations that change nothing."""
    through = [((batch - network.mean) / network.deviation).transpose(1, 2) for batch in cepstra]
    for i, (layer, norm, (weights, bias)) in enumerate(
        zip(network.layers, network.norms, layers, strict=True)
    ):
        wide = torch.from_numpy(weights).reshape(len(bias), -1, layer.in_channels).permute(0, 2, 1)
        offset = torch.from_numpy(bias)
        if i == 0:
            offset = offset + (wide * network.mean[None, :, None]).sum((1, 2))
            wide = wide * network.deviation[None, :, None]
        layer.weight.copy_(wide)
        through = [layer(batch) for batch in through]
        everything = torch.cat([batch.transpose(0, 1).reshape(len(bias), -1) for batch in through], 1)
        norm.running_mean.copy_(everything.mean(1))
        norm.running_var.copy_(everything.var(1))
        norm.weight.copy_(torch.sqrt(norm.running_var + norm.eps))
        norm.bias.copy_(norm.running_mean + offset)
        norm.eval()
        through = [torch.relu(norm(batch)) for batch in through]


def main(arguments: list[str]) -> None:
    """Read the command line, and write each network where `training.train --begin` takes it."""
    model, folder, *files = (Path(argument) for argument in arguments)
    spelling = Spelling(load_texts().lexicon, random.Random(_SEED))
    said = [one for one in corpus.load(folder.glob("train-*.npz")) if usable(one, spelling)]
    recorded = folder / "noises.npz"
    bank = make_bank([one.frames for one in said][::7], _NOISES, _TALKS, _SEED, recorded)
    some = random.Random(_SEED).sample(said, _MEASURED)
    cepstra = [batch[0] for batch in Batches(bank, spelling, np.random.default_rng(_SEED)).make(some, 32)]
    costs = np.load(model / "phone_bigram.npy")
    networks = networks_of((model / "am" / "final.mdl").read_bytes(), cepstra)
    for network, file in zip(networks, files, strict=True):
        torch.save({"width": network.output.in_channels, "weights": network.state_dict()}, file)
        np.save(file.with_suffix(".bigram.npy"), costs)


if __name__ == "__main__":
    main(sys.argv[1:])
