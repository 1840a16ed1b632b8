"""`python -m training.train CORPUS FILE --width W --steps N --seed S`: train one network.

Reproducible: everything by chance comes from the seed, and the schedule counts steps, not time.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch

from assistant.hearing.recognition.lexicon import Lexicon
from training import corpus, mmi
from training.augment import NoiseBank, floored, make_bank, vary, vary_noise
from training.features import Frames, to_cepstra
from training.network import FRAMES_AFTER, FRAMES_BEFORE, Network
from training.texts import load_texts
from training.topology import PHONES, SUBSAMPLING

BATCH = 64
POOL = 16
"""Batches that are varied together, so that each can be of utterances of about the same length."""

_NOISE_SHARE = 0.25
_NOISES, _TALKS = 1500, 400
_NOISE_FRAMES = (60, 250)
# What is learnt from more often in an epoch, each time varied otherwise: the voices most like people's, and
# what people say that few of them say. Otherwise a third of it is seventeen words, which are then heard in
# others that sound alike.
_COPIES = {"kokoro": 4}
_RARE, _RARE_COPIES = 30, 4
_LEAST_FRAMES, _MOST_FRAMES = 15, 420
# Room for each phone's one output frame.
_LEAST_FRAMES_PER_PHONE = 1.05 * SUBSAMPLING
_OUTPUT_PENALTY = 5e-4
_MOST_GRADIENT = 2.0
_WARM_UP = 60
_LEAST_RATE = 0.01
_HOPELESS = -4000
_VALIDATED = 192
_REPORTED_EVERY = 100
_SAVED_EVERY = 500
_CEPSTRA = to_cepstra()

Item: TypeAlias = corpus.Utterance | int
"""An utterance, or a number of frames of noise alone."""

Batch: TypeAlias = tuple[torch.Tensor, torch.Tensor, list[list[int]]]
"""Cepstra (batch, frames, MELS), the output frames of each, and the phones of what is said."""


class Spelling:
    """Turns texts into phone numbers.

    Args:
        lexicon: The ways of saying each word.
        dice: Chooses between them.
    """

    def __init__(self, lexicon: Lexicon, dice: random.Random) -> None:
        numbers = {phone: i for i, phone in enumerate(PHONES, 1)}
        self._ways = {
            word: [[numbers[phone] for phone in way] for way in ways] for word, ways in lexicon.items()
        }
        self._dice = dice

    def words(self, text: str) -> list[list[int]]:
        """Return the phones of each word, said in the first way."""
        return [self._ways[word][0] for word in text.split()]

    def phones(self, text: str) -> list[int]:
        """Return the phones of a text with silences that may be left out, words said in any of their ways."""
        spelled = [mmi.SILENCE]
        for word in text.split():
            spelled += [*self._dice.choice(self._ways[word]), mmi.SILENCE]
        return spelled


def usable(said: corpus.Utterance, spelling: Spelling) -> bool:
    """Return whether an utterance is neither far too short nor too long for its phones."""
    phones = sum(len(word) for word in spelling.words(said.text))
    return (
        _LEAST_FRAMES < len(said.frames) < _MOST_FRAMES
        and len(said.frames) > _LEAST_FRAMES_PER_PHONE * phones + 3
    )


def as_often(said: Sequence[corpus.Utterance]) -> list[corpus.Utterance]:
    """Return utterances as often as an epoch has them."""
    people = Counter(one.text for one in said if one.kind == "people")

    def copies(one: corpus.Utterance) -> int:
        rare = one.kind == "people" and people[one.text] < _RARE
        return _RARE_COPIES if rare else _COPIES.get(one.kind, 1)

    return [one for one in said for _ in range(copies(one))]


class Batches:
    """Makes batches of varied utterances."""

    def __init__(self, bank: NoiseBank, spelling: Spelling, dice: np.random.Generator) -> None:
        self._bank, self._spelling, self._dice = bank, spelling, dice

    def make(self, items: Sequence[Item], size: int = BATCH) -> list[Batch]:
        """Return varied items in batches, the shortest first: padding costs as much as speech."""
        varied = sorted(((self._vary(item), item) for item in items), key=lambda pair: len(pair[0]))
        return [self._batch(varied[at : at + size]) for at in range(0, len(varied), size)]

    def _vary(self, item: Item) -> Frames:
        if isinstance(item, int):
            return vary_noise(item, self._bank, self._dice)
        return vary(item.frames, self._bank, self._dice, made_up=item.kind != "people")

    def _batch(self, varied: Sequence[tuple[Frames, Item]]) -> Batch:
        counts = [-(-len(frames) // SUBSAMPLING) for frames, _ in varied]
        size = max(counts) * SUBSAMPLING + FRAMES_BEFORE + FRAMES_AFTER
        padded = [
            np.pad(
                floored(frames) @ _CEPSTRA,
                ((FRAMES_BEFORE, size - FRAMES_BEFORE - len(frames)), (0, 0)),
                "edge",
            )
            for frames, _ in varied
        ]
        phones = [
            [mmi.SILENCE] if isinstance(item, int) else self._spelling.phones(item.text) for _, item in varied
        ]
        return torch.from_numpy(np.stack(padded)), torch.tensor(counts), phones


def epoch(items: Sequence[Item], batches: Batches, dice: random.Random) -> Iterator[Batch]:
    """Return all items once, varied, in batches in any order."""
    order = dice.sample(range(len(items)), len(items))
    for at in range(0, len(order), POOL * BATCH):
        pool = batches.make([items[i] for i in order[at : at + POOL * BATCH]])
        dice.shuffle(pool)
        yield from pool


def normalize(network: Network, cepstra: Sequence[torch.Tensor]) -> None:
    """Let a network expect the mean and the spread of some batches of cepstra."""
    frames = torch.cat([batch.reshape(-1, len(_CEPSTRA)) for batch in cepstra])
    network.mean.copy_(frames.mean(0))
    network.deviation.copy_(frames.std(0))


def begun(width: int, begin: Path | None, cepstra: Sequence[torch.Tensor]) -> Network:
    """Return a network to train: with the weights in a file, or new and expecting cepstra like these."""
    network = Network(width)
    if begin:
        network.load_state_dict(torch.load(begin, weights_only=True)["weights"])
    else:
        normalize(network, cepstra)
    return network


def train(
    folder: Path,
    file: Path,
    width: int,
    steps: int,
    seed: int,
    peak_rate: float,
    noise_share: float = _NOISE_SHARE,
    begin: Path | None = None,
) -> None:
    """Train a network on a folder of corpus files.

    Args:
        folder: Holds `train-*.npz`, `held-*.npz` and, of recorded noises, `noises.npz`.
        file: Gets the weights.
        width: Of the network.
        steps: Over which the rate falls to nothing.
        seed: Of everything by chance.
        peak_rate: The rate at the beginning.
        noise_share: Noises alone in an epoch, for each utterance.
        begin: A network of this width whose weights are the beginning; None begins from nothing.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    dice, rng = random.Random(seed), np.random.default_rng(seed)
    spelling = Spelling(load_texts().lexicon, dice)
    learnt = as_often([said for said in corpus.load(folder.glob("train-*.npz")) if usable(said, spelling)])
    held = [said for said in corpus.load(folder.glob("held-*.npz")) if usable(said, spelling)][:_VALIDATED]
    recorded = folder / "noises.npz"
    bank = make_bank(
        [said.frames for said in learnt][::7], _NOISES, _TALKS, seed, recorded if recorded.exists() else None
    )
    costs = mmi.phone_bigram([spelling.words(said.text) for said in learnt], 1 + len(PHONES))
    np.save(file.with_suffix(".bigram.npy"), costs)
    priors = torch.from_numpy(costs)
    batches = Batches(bank, spelling, rng)
    network = begun(width, begin, [batch[0] for batch in batches.make(dice.sample(learnt, 384), 32)])
    parameters = sum(weights.numel() for weights in network.parameters())
    print(f"{len(learnt)} utterances, {len(held)} held out, {parameters} parameters", flush=True)
    (watched,) = Batches(bank, spelling, np.random.default_rng(0)).make(held, len(held))

    def loss(batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        cepstra, counts, phones = batch
        # Half as many bits cost nothing that can be measured, and take a third of the time.
        with torch.autocast("cpu", torch.bfloat16):
            outputs = network(cepstra)
        outputs = outputs.float()
        wanted = mmi.said(outputs, counts, phones)
        lost = mmi.anything(outputs, counts, priors) - wanted
        lost = torch.where(wanted < _HOPELESS, torch.zeros_like(lost), lost)
        return lost.sum() / counts.sum(), _OUTPUT_PENALTY * outputs.square().mean()

    optimizer = torch.optim.AdamW(network.parameters(), peak_rate, weight_decay=1e-4)
    began, total, step = time.monotonic(), 0.0, 0
    while step < steps:
        noises = [
            round(math.exp(dice.uniform(*map(math.log, _NOISE_FRAMES))))
            for _ in range(int(noise_share * len(learnt)))
        ]
        for batch in epoch([*learnt, *noises], batches, dice):
            if step >= steps:
                break
            cosine = 0.5 * (1 + math.cos(math.pi * step / steps))
            for group in optimizer.param_groups:
                group["lr"] = peak_rate * min(1, (step + 1) / _WARM_UP) * max(cosine, _LEAST_RATE)
            network.train()
            lost, penalty = loss(batch)
            optimizer.zero_grad()
            (lost + penalty).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _MOST_GRADIENT)
            optimizer.step()
            step += 1
            total += lost.item()
            if step % _REPORTED_EVERY == 0:
                print(
                    f"step {step} loss {total / _REPORTED_EVERY:.4f} {time.monotonic() - began:.0f} s",
                    flush=True,
                )
                total = 0.0
            if step % _SAVED_EVERY == 0 or step == steps:
                network.eval()
                with torch.no_grad():
                    print(f"step {step} held out {loss(watched)[0].item():.4f}", flush=True)
                torch.save({"width": width, "weights": network.state_dict()}, file)


def main(arguments: list[str]) -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--width", type=int, default=192)
    parser.add_argument("--steps", type=int, default=17000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--noise-share", type=float, default=_NOISE_SHARE)
    parser.add_argument("--begin", type=Path, help="a network to go on from")
    given = parser.parse_args(arguments)
    train(
        given.corpus,
        given.file,
        given.width,
        given.steps,
        given.seed,
        given.rate,
        given.noise_share,
        given.begin,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
