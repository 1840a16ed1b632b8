"""`python -m training.train CORPUS FILE --width W --steps N --seed S`: train one network.

Reproducible: everything by chance comes from the seed, and the schedule counts steps, not time.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import torch

from assistant.hearing.recognition.lexicon import Lexicon
from training import corpus, mmi
from training.augment import NoiseBank, floored, make_bank, vary, vary_noise
from training.competition import Competition
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
_MOST_WAYS = 32
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

    def ways(self, text: str) -> list[list[int]]:
        """Return the phones of a text in each way to say it, without silences."""
        each = itertools.product(*(self._ways[word] for word in text.split()))
        return [[*itertools.chain.from_iterable(words)] for words in itertools.islice(each, _MOST_WAYS)]

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


class Losses(NamedTuple):
    """What a batch loses, a frame."""

    phones: torch.Tensor
    taken: torch.Tensor
    """By being taken for another phrase, for talk or for silence."""
    outputs: torch.Tensor
    """By outputs that are far from nothing."""


class Criterion:
    """Says what a network loses.

    Args:
        costs: See `mmi.phone_bigram`.
        competition: Holds phrases against each other; None is without.
    """

    def __init__(self, costs: torch.Tensor, competition: Competition | None) -> None:
        self._costs, self._competition = costs, competition

    def losses(self, network: Network, batch: Batch) -> Losses:
        """Return what a network loses on a batch."""
        cepstra, counts, phones = batch
        # Half as many bits cost nothing that can be measured, and take a third of the time.
        with torch.autocast("cpu", torch.bfloat16):
            outputs = network(cepstra)
        outputs = outputs.float()
        said = mmi.said(outputs, counts, phones)
        anything = mmi.anything(outputs, counts, self._costs)
        lost = torch.where(said < _HOPELESS, torch.zeros_like(said), anything - said)
        taken = (
            self._competition.lost(outputs, counts, phones, anything)
            if self._competition
            else outputs.new_zeros(())
        )
        frames = counts.sum()
        return Losses(lost.sum() / frames, taken / frames, _OUTPUT_PENALTY * outputs.square().mean())


@dataclass(frozen=True)
class Course:
    """How a network is trained."""

    width: int
    steps: int
    """Over which the rate falls to nothing."""
    seed: int
    """Of everything by chance."""
    peak_rate: float
    """The rate at the beginning."""
    noise_share: float = _NOISE_SHARE
    """Noises alone in an epoch, for each utterance."""
    begin: Path | None = None
    """A network of this width whose weights are the beginning; None begins from nothing."""
    competition: float = 0.0
    """How much heavier than a phone it weighs to be taken for another phrase."""


def train(folder: Path, file: Path, course: Course) -> None:
    """Train a network on a folder of corpus files.

    Args:
        folder: Holds `train-*.npz`, `held-*.npz` and, of recorded noises, `noises.npz`.
        file: Gets the weights.
        course: How.
    """
    torch.set_num_threads(1)
    torch.manual_seed(course.seed)
    dice, rng = random.Random(course.seed), np.random.default_rng(course.seed)
    texts = load_texts()
    spelling = Spelling(texts.lexicon, dice)
    learnt = as_often([said for said in corpus.load(folder.glob("train-*.npz")) if usable(said, spelling)])
    held = [said for said in corpus.load(folder.glob("held-*.npz")) if usable(said, spelling)][:_VALIDATED]
    recorded = folder / "noises.npz"
    bank = make_bank(
        [said.frames for said in learnt][::7],
        _NOISES,
        _TALKS,
        course.seed,
        recorded if recorded.exists() else None,
    )
    costs = mmi.phone_bigram([spelling.words(said.text) for said in learnt], 1 + len(PHONES))
    np.save(file.with_suffix(".bigram.npy"), costs)
    phrases = {phrase: spelling.ways(phrase) for phrase in texts.phrases}
    competition = Competition(phrases, dice) if course.competition else None
    criterion = Criterion(torch.from_numpy(costs), competition)
    batches = Batches(bank, spelling, rng)
    some = [batch[0] for batch in batches.make(dice.sample(learnt, 384), 32)]
    network = begun(course.width, course.begin, some)
    parameters = sum(weights.numel() for weights in network.parameters())
    print(f"{len(learnt)} utterances, {len(held)} held out, {parameters} parameters", flush=True)
    (watched,) = Batches(bank, spelling, np.random.default_rng(0)).make(held, len(held))

    def all_batches() -> Iterator[Batch]:
        while True:
            noises = [
                round(math.exp(dice.uniform(*map(math.log, _NOISE_FRAMES))))
                for _ in range(int(course.noise_share * len(learnt)))
            ]
            yield from epoch([*learnt, *noises], batches, dice)

    optimizer = torch.optim.AdamW(network.parameters(), course.peak_rate, weight_decay=1e-4)
    began, lately = time.monotonic(), [0.0, 0.0]
    for step, batch in enumerate(itertools.islice(all_batches(), course.steps), 1):
        cosine = 0.5 * (1 + math.cos(math.pi * (step - 1) / course.steps))
        for group in optimizer.param_groups:
            group["lr"] = course.peak_rate * min(1, step / _WARM_UP) * max(cosine, _LEAST_RATE)
        network.train()
        lost = criterion.losses(network, batch)
        optimizer.zero_grad()
        (lost.phones + course.competition * lost.taken + lost.outputs).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), _MOST_GRADIENT)
        optimizer.step()
        lately[0] += lost.phones.item()
        lately[1] += lost.taken.item()
        if step % _REPORTED_EVERY == 0:
            phones, taken = (total / _REPORTED_EVERY for total in lately)
            seconds = time.monotonic() - began
            print(f"step {step} loss {phones:.4f} taken {taken:.4f} {seconds:.0f} s", flush=True)
            lately = [0.0, 0.0]
        if step % _SAVED_EVERY == 0 or step == course.steps:
            network.eval()
            with torch.no_grad():
                lost = criterion.losses(network, watched)
            print(f"step {step} held out {lost.phones.item():.4f} {lost.taken.item():.4f}", flush=True)
            torch.save({"width": course.width, "weights": network.state_dict()}, file)


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
    parser.add_argument(
        "--competition", type=float, default=0.0, help="how heavy it is to be taken for another phrase"
    )
    given = parser.parse_args(arguments)
    train(
        given.corpus,
        given.file,
        Course(
            given.width,
            given.steps,
            given.seed,
            given.rate,
            given.noise_share,
            given.begin,
            given.competition,
        ),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
