"""`python -m training.verifier_network CORPUS FILE`: train the network of the second opinion.

It hears what the recognizer's network hears, and learns by the same loss, but sees both sides of each phone.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from assistant.hearing.verification import CONTEXT, MELS, OFFSETS, SUBSAMPLING, Array, Frames, levelled
from training import corpus, mmi
from training.augment import NoiseBank, floored, make_bank, vary, vary_noise
from training.texts import load_texts
from training.topology import OUTPUTS, PHONES
from training.train import Batch, Item, Spelling, as_often, usable

WIDTHS = (112, 176, 176, 176, 176, 176)
"""Outputs of each layer."""

_BATCH, _POOL = 64, 12
_NOISES, _TALKS = 1200, 400
_NOISE_SHARE = 0.2
_NOISE_FRAMES = (40, 200)
_MOST_FRAMES = 250
_PEAK_RATE, _LEAST_RATE = 3e-3, 0.01
_WARM_UP = 60
_MOST_GRADIENT = 2.0
_OUTPUT_PENALTY = 5e-4
_HOPELESS = -4000
_REPORTED_EVERY = 100


class VerifierNetwork(nn.Module):
    """Levelled log mels (batch, frames, MELS) to outputs (batch, frames // 3, OUTPUTS), less the context."""

    def __init__(self) -> None:
        super().__init__()
        sizes = [MELS, *WIDTHS]
        self.layers = nn.ModuleList(
            nn.Conv1d(
                sizes[i],
                sizes[i + 1],
                len(offsets),
                stride=SUBSAMPLING if i == 1 else 1,
                dilation=(offsets[1] - offsets[0]) // (SUBSAMPLING if i > 1 else 1),
                bias=False,
            )
            for i, offsets in enumerate(OFFSETS)
        )
        self.norms = nn.ModuleList(nn.BatchNorm1d(size) for size in WIDTHS)
        self.output = nn.Conv1d(WIDTHS[-1], OUTPUTS, 1)

    def forward(self, frames: torch.Tensor) -> torch.Tensor:
        """Return the outputs before any softmax."""
        hidden = frames.transpose(1, 2)
        for layer, norm in zip(self.layers, self.norms, strict=True):
            hidden = torch.relu(norm(layer(hidden)))
        return self.output(hidden).transpose(1, 2)


def folded(network: VerifierNetwork) -> list[tuple[Array, Array]]:
    """Return weights (offsets x inputs, outputs) and biases of each layer, normalisations folded in."""
    found: list[tuple[Array, Array]] = []
    for layer, norm in zip(network.layers, network.norms, strict=True):
        scale = norm.weight.double() / torch.sqrt(norm.running_var.double() + norm.eps)
        weights = layer.weight.double() * scale[:, None, None]
        bias = norm.bias.double() - norm.running_mean.double() * scale
        found.append((_array(weights.permute(2, 1, 0).reshape(-1, weights.shape[0])), _array(bias)))
    output = network.output
    return [*found, (_array(output.weight[:, :, 0].T), _array(output.bias))]


def _array(values: torch.Tensor) -> Array:
    return values.detach().numpy().astype(np.float32)


class Batches:
    """Makes batches of varied utterances and noises, without end."""

    def __init__(
        self, learnt: Sequence[corpus.Utterance], bank: NoiseBank, spelling: Spelling, seed: int
    ) -> None:
        self._learnt, self._bank, self._spelling = learnt, bank, spelling
        self._dice, self._chance = random.Random(seed), np.random.default_rng(seed)

    def __iter__(self) -> Iterator[Batch]:
        """Yield everything once, then again, varied otherwise."""
        while True:
            noises = [
                round(math.exp(self._dice.uniform(*map(math.log, _NOISE_FRAMES))))
                for _ in range(int(_NOISE_SHARE * len(self._learnt)))
            ]
            items: list[Item] = [*self._learnt, *noises]
            self._dice.shuffle(items)
            for at in range(0, len(items), _POOL * _BATCH):
                pool = self._batches(items[at : at + _POOL * _BATCH])
                self._dice.shuffle(pool)
                yield from pool

    def _batches(self, items: Sequence[Item]) -> list[Batch]:
        varied = sorted(((self._varied(item), item) for item in items), key=lambda pair: len(pair[0]))
        return [self._batch(varied[at : at + _BATCH]) for at in range(0, len(varied), _BATCH)]

    def _varied(self, item: Item) -> Frames:
        if isinstance(item, int):
            return vary_noise(item, self._bank, self._chance)
        return vary(item.frames, self._bank, self._chance, made_up=item.kind != "people")

    def _batch(self, varied: Sequence[tuple[Frames, Item]]) -> Batch:
        counts = [-(-len(frames) // SUBSAMPLING) for frames, _ in varied]
        size = max(counts) * SUBSAMPLING + 2 * CONTEXT
        padded = [
            np.pad(levelled(floored(frames)), ((CONTEXT, size - CONTEXT - len(frames)), (0, 0)), "edge")
            for frames, _ in varied
        ]
        phones = [
            [mmi.SILENCE] if isinstance(item, int) else self._spelling.phones(item.text) for _, item in varied
        ]
        return torch.from_numpy(np.stack(padded)), torch.tensor(counts), phones


def train(folder: Path, file: Path, steps: int, seed: int) -> None:
    """Train the network on a folder of corpus files, and write its weights and the costs of phone pairs."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    spelling = Spelling(load_texts().lexicon, random.Random(seed))
    said = corpus.load(folder.glob("train-*.npz"))
    learnt = as_often([one for one in said if usable(one, spelling) and len(one.frames) < _MOST_FRAMES])
    recorded = folder / "noises.npz"
    talk = [said.frames for said in learnt][::7]
    bank = make_bank(talk, _NOISES, _TALKS, seed, recorded if recorded.exists() else None)
    costs = mmi.phone_bigram([spelling.words(said.text) for said in learnt], 1 + len(PHONES))
    priors = torch.from_numpy(costs)
    network = VerifierNetwork()
    print(f"{len(learnt)} utterances, {sum(one.numel() for one in network.parameters())} parameters")
    optimizer = torch.optim.AdamW(network.parameters(), _PEAK_RATE, weight_decay=1e-4)
    began, total = time.monotonic(), 0.0
    batches = Batches(learnt, bank, spelling, seed)
    for step, (frames, counts, phones) in zip(range(1, steps + 1), batches, strict=False):
        cosine = 0.5 * (1 + math.cos(math.pi * (step - 1) / steps))
        for group in optimizer.param_groups:
            group["lr"] = _PEAK_RATE * min(1, step / _WARM_UP) * max(cosine, _LEAST_RATE)
        with torch.autocast("cpu", torch.bfloat16):
            outputs = network(frames)
        outputs = outputs.float()
        wanted = mmi.said(outputs, counts, phones)
        each = mmi.anything(outputs, counts, priors) - wanted
        lost = torch.where(wanted < _HOPELESS, torch.zeros_like(each), each).sum() / counts.sum()
        optimizer.zero_grad()
        (lost + _OUTPUT_PENALTY * outputs.square().mean()).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), _MOST_GRADIENT)
        optimizer.step()
        total += lost.item()
        if step % _REPORTED_EVERY == 0:
            seconds = time.monotonic() - began
            print(f"step {step} loss {total / _REPORTED_EVERY:.4f} {seconds:.0f} s", flush=True)
            total = 0.0
            torch.save({"weights": network.state_dict(), "costs": priors}, file)


def main(arguments: list[str]) -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--steps", type=int, default=7000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    train(given.corpus, given.file, given.steps, given.seed)


if __name__ == "__main__":
    main(sys.argv[1:])
