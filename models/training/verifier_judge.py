"""`python -m training.verifier_judge CORPUS NETWORK FILE`: fit the end of the second opinion, write it all.

Positives are safety phrases in noise, also between other talk. Negatives are other words, pieces of talk and
noise alone, each held against the safety phrase that fits it best. NETWORK is what
`training.verifier_network` wrote, or a `verifier.npz` whose end is fitted anew.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import softplus

from assistant.hearing.verification import FEATURES, HIDDEN, Array, Frames, PhoneVerifier, VerifierModel
from training import corpus
from training.augment import NoiseBank, equalizer, floored, make_bank
from training.texts import Texts, load_texts
from training.topology import MELS, PHONES
from training.verifier_network import VerifierNetwork, folded

_SEED = 41
_NOISES, _TALKS = 100, 50
_MOST_FRAMES = 300
_MEASURED = 1500
_POSITIVES, _NEGATIVES = 6000, 5000
# Of real people, and of what kind the negatives are.
_PEOPLE_AMONG_POSITIVES, _PEOPLE_AMONG_NEGATIVES = 0.4, 0.6
_KINDS = {"noise": 0.3, "whole": 0.4, "piece": 0.3}
# Phrases that a negative is held against, those whose phones are in it and others: all would take too long.
_LIKELY, _BY_CHANCE = 14, 10
_SNR_DB = (-3.0, 30.0)
_EDGE_FRAMES, _PIECE_FRAMES = (4, 30), (40, 160)
_QUIET_EDGES = 0.6
_LEAST_LENGTHS, _LEAST_DEVIATION = 20, 0.3
_STEPS, _RATE, _DECAY = 600, 3e-3, 1e-4
_KEPT_SHARES = (0.9, 0.95, 0.98, 0.99)


@dataclass(frozen=True)
class Judged:
    """A sound, and how well some phrases fit it."""

    kind: str
    snr_db: float
    features: Array
    """Shape (phrases, FEATURES)."""


class Clips:
    """Makes sounds as the second opinion gets them, as log mels in noise."""

    def __init__(self, talk: Sequence[corpus.Utterance], bank: NoiseBank, dice: np.random.Generator) -> None:
        self._talk, self._bank, self._dice = talk, bank, dice

    def whole(self, utterance: corpus.Utterance, snr_db: float) -> Frames:
        """Return an utterance with silence or other talk before and after it."""
        power = np.exp(utterance.frames.astype(np.float32) + equalizer(self._dice))
        loud = np.sort(power.mean(1))[-max(1, len(power) // 3) :].mean()
        return self._noisy(np.concatenate([self._edge(-1), power / loud, self._edge(1)]), snr_db)

    def piece(self, utterance: corpus.Utterance, snr_db: float) -> Frames:
        """Return a piece out of an utterance."""
        count = min(int(self._dice.integers(*_PIECE_FRAMES)), len(utterance.frames))
        first = int(self._dice.integers(0, len(utterance.frames) - count + 1))
        power = np.exp(utterance.frames[first : first + count].astype(np.float32) + equalizer(self._dice))
        return self._noisy(power / (power.mean() + 1e-9), snr_db)

    def noise(self, snr_db: float) -> Frames:
        """Return noise over another that is weaker by so much."""
        count = int(self._dice.integers(*_PIECE_FRAMES))
        return self._noisy(self._bank.noise(count, self._dice, talk_share=0.0), snr_db)

    def _edge(self, side: int) -> Frames:
        """Return silence, or the end of other talk for what comes before (-1), its beginning for after."""
        count = int(self._dice.integers(*_EDGE_FRAMES))
        if self._dice.random() < _QUIET_EDGES:
            return np.zeros((count, MELS), np.float32)
        power = np.exp(self._talk[int(self._dice.integers(len(self._talk)))].frames.astype(np.float32))
        return (power[:count] if side > 0 else power[-count:]) / (2 * power.mean() + 1e-9)

    def _noisy(self, sound: Frames, snr_db: float) -> Frames:
        noise = self._bank.noise(len(sound), self._dice, talk_share=0.15) * np.exp(equalizer(self._dice))
        noise *= 10 ** (-snr_db / 10) / (noise.mean() + 1e-9)
        hiss = np.exp(self._dice.uniform(-15, -9)) * self._dice.uniform(0.4, 1.6, sound.shape)
        return floored(np.log((sound + noise + hiss) * np.exp(20.0)).astype(np.float32))


class Trial:
    """Makes positives and negatives of a corpus."""

    def __init__(
        self,
        verifier: PhoneVerifier,
        texts: Texts,
        said: Sequence[corpus.Utterance],
        bank: NoiseBank,
        dice: np.random.Generator,
    ) -> None:
        self._verifier, self._texts, self._dice = verifier, texts, dice
        self._clips = Clips(said, bank, dice)
        self._safety = set(texts.safety)
        self._counts = np.stack([self._phone_counts(phrase) for phrase in texts.safety])
        self._said = said

    def positives(self, count: int) -> Iterator[Judged]:
        """Yield safety phrases, each held against its sound."""
        for _ in range(count):
            one = self._one(_PEOPLE_AMONG_POSITIVES, safety=True)
            snr_db = float(self._dice.uniform(*_SNR_DB))
            yield from self._held(self._clips.whole(one, snr_db), [one.text], one.kind, snr_db)

    def negatives(self, count: int) -> Iterator[Judged]:
        """Yield other sounds, each held against safety phrases that are not in them."""
        for _ in range(count):
            one = self._one(_PEOPLE_AMONG_NEGATIVES, safety=False)
            snr_db = float(self._dice.uniform(*_SNR_DB))
            kind = str(self._dice.choice(list(_KINDS), p=list(_KINDS.values())))
            if kind == "noise":
                sound, text = self._clips.noise(snr_db), ""
            else:
                sound, text = getattr(self._clips, kind)(one, snr_db), one.text
            some = [phrase for phrase in self._candidates(text) if not self._sounds_in(phrase, text)]
            yield from self._held(sound, some, kind, snr_db)

    def _candidates(self, text: str) -> list[str]:
        """Return the safety phrases that a text has most phones of, and others by chance."""
        lacking = np.maximum(self._counts - self._phone_counts(text), 0).sum(1) / self._counts.sum(1)
        likely = (lacking + self._dice.uniform(0, 0.1, len(lacking))).argsort()[:_LIKELY]
        chosen = {*map(int, likely), *map(int, self._dice.permutation(len(lacking))[:_BY_CHANCE])}
        return [self._texts.safety[i] for i in sorted(chosen)]

    def _phone_counts(self, text: str) -> npt.NDArray[np.int64]:
        return np.bincount(
            [PHONES.index(phone) for phone in self._spelled(text).split()], minlength=len(PHONES)
        )

    def _one(self, people: float, safety: bool) -> corpus.Utterance:
        by_people = self._dice.random() < people
        while True:
            one = self._said[int(self._dice.integers(len(self._said)))]
            if (one.text in self._safety) == safety and (one.kind == "people") == by_people:
                return one

    def _held(self, sound: Frames, phrases: Sequence[str], kind: str, snr_db: float) -> Iterator[Judged]:
        outputs = self._verifier.outputs(sound)
        found = [self._verifier.features(sound, outputs, phrase.split()) for phrase in phrases]
        fitting = [features for features in found if features is not None]
        if fitting:
            yield Judged(kind, snr_db, np.stack(fitting))

    def _sounds_in(self, phrase: str, text: str) -> bool:
        return f" {self._spelled(phrase)} " in f" {self._spelled(text)} "

    def _spelled(self, text: str) -> str:
        return " ".join(phone for word in text.split() for phone in self._texts.lexicon[word][0])


def durations(verifier: PhoneVerifier, said: Sequence[corpus.Utterance]) -> Array:
    """Return mean and deviation of the logarithm of each phone's length in outputs, silence first."""
    lengths: list[list[float]] = [[] for _ in range(1 + len(PHONES))]
    for one in said:
        outputs = verifier.outputs(floored(one.frames.astype(np.float32)))
        for span in verifier.aligned(outputs, one.text.split()) or ():
            lengths[span.phone].append(float(np.log(span.end - span.start)))
    everything = np.concatenate(lengths)
    enough = [some if len(some) > _LEAST_LENGTHS else everything for some in lengths]
    return np.array([(np.mean(some), max(np.std(some), _LEAST_DEVIATION)) for some in enough], np.float32)


def learn(positives: Sequence[Judged], negatives: Sequence[Judged]) -> tuple[Array, Array]:
    """Fit the network that judges to positives and to whatever phrase fits each negative best.

    Returns:
        `inner` and `outer` of a VerifierModel.
    """
    torch.manual_seed(_SEED)
    positive, negative = (np.concatenate([one.features for one in some]) for some in (positives, negatives))
    centre, spread = positive.mean(0), positive.std(0) + 1e-6
    true, false = (torch.from_numpy((some - centre) / spread).float() for some in (positive, negative))
    sizes = torch.tensor([len(one.features) for one in negatives])
    numbers = torch.repeat_interleave(torch.arange(len(negatives)), sizes)
    network = torch.nn.Sequential(
        torch.nn.Linear(FEATURES, HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, 1)
    )
    optimizer = torch.optim.Adam(network.parameters(), _RATE, weight_decay=_DECAY)
    for _ in range(_STEPS):
        hardest = torch.zeros(len(negatives)).scatter_reduce(
            0, numbers, network(false)[:, 0], "amax", include_self=False
        )
        missed, believed = softplus(-network(true)[:, 0]), softplus(hardest)
        optimizer.zero_grad()
        (missed.mean() + believed.mean()).backward()
        optimizer.step()
    (inner, bias), (outer, last) = (
        (layer.weight.detach().numpy(), layer.bias.detach().numpy()) for layer in (network[0], network[2])
    )
    inner = inner / spread
    return (
        np.vstack([inner.T, bias - inner @ centre]).astype(np.float32),
        np.append(outer[0], last).astype(np.float32),
    )


def report(verifier: PhoneVerifier, positives: Sequence[Judged], negatives: Sequence[Judged]) -> None:
    """Print what share of negatives is refused where most positives are kept, by kind."""
    kept, hardest = (
        np.array([max(map(verifier.probability, one.features)) for one in some])
        for some in (positives, negatives)
    )
    for share in _KEPT_SHARES:
        least = np.quantile(kept, 1 - share)
        refused = {
            kind: float(np.mean(hardest[[one.kind == kind for one in negatives]] < least)) for kind in _KINDS
        }
        told = ", ".join(f"{kind} {part:.3f}" for kind, part in refused.items())
        print(f"{share} kept at {least:.3f}: refused {told}", flush=True)


def write(model: VerifierModel, file: Path) -> None:
    """Write what a verifier needs, the weights of the network in 16 bits."""
    arrays = {f"weights{i}": weights.astype(np.float16) for i, (weights, _) in enumerate(model.layers)}
    arrays |= {f"bias{i}": bias for i, (_, bias) in enumerate(model.layers)}
    arrays |= {"bigram": model.bigram, "durations": model.durations}
    np.savez(file, allow_pickle=False, inner=model.inner, outer=model.outer, **arrays)


def read_network(file: Path) -> tuple[tuple[tuple[Array, Array], ...], Array]:
    """Return the layers of a network as a verifier has them, and the costs of phone pairs."""
    if file.suffix == ".npz":
        with np.load(file) as held:
            count = sum(name.startswith("weights") for name in held.files)
            layers = [(held[f"weights{i}"].astype(np.float32), held[f"bias{i}"]) for i in range(count)]
            return tuple(layers), held["bigram"]
    held = torch.load(file, weights_only=True)
    network = VerifierNetwork()
    network.load_state_dict(held["weights"])
    layers = [(weights.astype(np.float16).astype(np.float32), bias) for weights, bias in folded(network)]
    return tuple(layers), held["costs"].numpy()


def main(arguments: list[str]) -> None:
    """Read the command line, and make `verifier.npz` of a corpus and a network."""
    folder, network_file, file = (Path(argument) for argument in arguments)
    torch.set_num_threads(1)
    dice, texts = np.random.default_rng(_SEED), load_texts()
    layers, costs = read_network(network_file)
    some = [one for one in corpus.load(folder.glob("train-*.npz")) if len(one.frames) < _MOST_FRAMES]
    said = [some[i] for i in dice.permutation(len(some))]
    recorded = folder / "noises.npz"
    talk = [one.frames for one in said[:2000]]
    bank = make_bank(talk, _NOISES, _TALKS, _SEED, recorded if recorded.exists() else None)
    model = VerifierModel(
        layers,
        costs,
        np.ones((1 + len(PHONES), 2), np.float32),
        np.zeros((FEATURES + 1, HIDDEN), np.float32),
        np.zeros(HIDDEN + 1, np.float32),
    )
    known = durations(PhoneVerifier(model, PHONES, texts.lexicon), said[:_MEASURED])
    model = replace(model, durations=known)
    trial = Trial(PhoneVerifier(model, PHONES, texts.lexicon), texts, said, bank, dice)
    positives, negatives = [*trial.positives(_POSITIVES)], [*trial.negatives(_NEGATIVES)]
    inner, outer = learn(positives, negatives)
    model = replace(model, inner=inner, outer=outer)
    report(PhoneVerifier(model, PHONES, {}), positives, negatives)
    write(model, file)


if __name__ == "__main__":
    main(sys.argv[1:])
