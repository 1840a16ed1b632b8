"""A second opinion: how likely it is that these words, and no others, were said in a piece of sound.

Theory of operation. The recognizer may not look ahead, and it must make something of every sound. So its
words are held against the sound once more, by a network of its own that sees 0.4 s to both sides of each
phone. The phones of the words are laid along the sound, in the best way that there is (`_Chain`); what is
before and after them may be anything. Then a few figures tell how well each phone fits its place: by how much
another one would have fitted better, how long it is, how much of it is silence. A very small network, trained
on words that sound alike, on other talk and on clatter, makes one probability of them.

It knows phones and no phrases, so it goes with any wording.

Limits. It judges the words that it is given: it does not say what was said instead. Words that differ in one
weak consonant are told apart poorly in noise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache, partial
from io import BytesIO
from typing import Protocol, TypeAlias
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from assistant.errors import InputError
from assistant.hearing.recognition.grammar import Grammar
from assistant.hearing.recognition.lexicon import Lexicon, look_up_words
from assistant.hearing.recognition.model import ModelFolder
from assistant.programme.commands import CommandSet
from assistant.sound import SAMPLE_RATE, Samples

Array: TypeAlias = npt.NDArray[np.float32]

Frames: TypeAlias = npt.NDArray[np.float32]
"""Log mel energies, shape (frames, MELS)."""

VERIFIER = "verifier.npz"
"""The file in a model folder; a model without it has no second opinion."""

MELS = 40
"""Mel bands of each frame of 10 ms."""

OFFSETS = ((-2, -1, 0, 1, 2), (-2, -1, 0, 1, 2), (-3, 0, 3), (-6, 0, 6), (-9, 0, 9), (-12, 0, 12))
"""Which frames each layer of the network sees; from the second on there is one output in SUBSAMPLING."""

SUBSAMPLING = 3
"""Frames for each output of the network."""

CONTEXT = sum(max(offsets) for offsets in OFFSETS)
"""Frames that the network sees to either side."""

FEATURES = 18
"""Figures about how well words fit a sound."""

HIDDEN = 16
"""Units of the small network that makes one probability of them."""

# As in conf/mfcc.conf of the shipped model and in Kaldi, so that training can use Kaldi's features.
_WINDOW, _SHIFT, _FFT = 400, 160, 512
_LOWEST_HERTZ, _HIGHEST_HERTZ = 20.0, 7600.0
_PREEMPHASIS = 0.97
_LEAST_ENERGY = float(np.finfo(np.float32).eps)

# The loudest tenth of the frames is at nought; what is 43 dB below it is as good as silence. Chosen.
_LOUD_SHARE = 0.9
_RANGE = 10.0
_SPREAD = 4.0

# Output frames of sound that is not of the words cost so much, or they would be preferred. Chosen.
_OTHER_COST = 1.0
_NEVER = -1e9
_SILENCE = 0
_OTHER = -1


class Verifier(Protocol):
    """Looks once more at the sound of words; a port, so that a model may come without one."""

    def verify(self, samples: Samples, words: Sequence[str]) -> float:
        """Return how likely it is, 0 to 1, that the words were said.

        Args:
            samples: The sound of the words and about 0.2 s on either side, shape (n,).
            words: Words that are listened for.
        """
        ...


@dataclass(frozen=True)
class VerifierModel:
    """What `verifier.npz` holds."""

    layers: tuple[tuple[Array, Array], ...]
    """Of each layer and of the output: weights (offsets x inputs, outputs), and biases."""
    bigram: Array
    """-log p(column | row) of phones, silence first, shape (phones + 1, phones + 1)."""
    durations: Array
    """Of each phone, silence first: mean and deviation of the logarithm of its output frames."""
    inner: Array
    """Of the network that judges: weights of the FEATURES, then biases, shape (FEATURES + 1, HIDDEN)."""
    outer: Array
    """Weights of its hidden units, then the bias, shape (HIDDEN + 1,)."""


def open_verifier(model: ModelFolder, commands: CommandSet) -> PhoneVerifier | None:
    """Return the verifier of a model for what can be said; None where the model came without one.

    Raises:
        InputError: `verifier.npz` is damaged, or a word has no pronunciation.
    """
    held = read_verifier(model)
    if held is None or model.settings is None:
        return None
    return PhoneVerifier(held, model.settings.phones, look_up_words(Grammar(commands), commands))


def read_verifier(model: ModelFolder) -> VerifierModel | None:
    """Read `verifier.npz` of a model; None if the folder has no such file, or the model is not one of ours.

    Raises:
        InputError: the file can't be read, or does not hold what it should.
    """
    file = model.path / VERIFIER
    if model.settings is None or not file.exists():
        return None
    wrong = partial(InputError, remedy="Unpack or install the model again", file=str(file))
    try:
        with np.load(BytesIO(file.read_bytes()), allow_pickle=False) as held:
            arrays = {name: np.asarray(held[name], np.float32) for name in held.files}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise wrong("the second opinion's numbers can't be read") from error
    for name, shape in _shapes(arrays, 1 + len(model.settings.phones)).items():
        values = arrays.get(name)
        if values is None or values.shape != shape or not np.all(np.isfinite(values)):
            raise wrong(f"this should be {' by '.join(map(str, shape))} numbers", field=name)
    layers = tuple((arrays[f"weights{i}"], arrays[f"bias{i}"]) for i in range(len(OFFSETS) + 1))
    return VerifierModel(layers, arrays["bigram"], arrays["durations"], arrays["inner"], arrays["outer"])


def _shapes(arrays: Mapping[str, Array], phones: int) -> dict[str, tuple[int, ...]]:
    """Return the shape of each array by name; how wide the layers are, the biases tell."""
    shapes: dict[str, tuple[int, ...]] = {
        "bigram": (phones, phones),
        "durations": (phones, 2),
        "inner": (FEATURES + 1, HIDDEN),
        "outer": (HIDDEN + 1,),
    }
    inputs = MELS
    for number, offsets in enumerate((*OFFSETS, (0,))):
        last = number == len(OFFSETS)
        outputs = 2 * phones if last else arrays.get(f"bias{number}", np.zeros(1)).size
        shapes |= {f"weights{number}": (len(offsets) * inputs, outputs), f"bias{number}": (outputs,)}
        inputs = outputs
    return shapes


@dataclass(frozen=True, slots=True)
class Span:
    """A phone, and the outputs that it covers."""

    phone: int
    """Silence is 0."""
    start: int
    end: int


class PhoneVerifier:
    """Judges by phones.

    Args:
        model: The trained numbers.
        phones: Names of the phones, in the order of the outputs, without silence.
        lexicon: How the words are said.
    """

    def __init__(self, model: VerifierModel, phones: Sequence[str], lexicon: Lexicon) -> None:
        self._model = model
        self._numbers = {phone: number for number, phone in enumerate(phones, 1)}
        self._lexicon = lexicon
        self._vowels = [number for phone, number in self._numbers.items() if phone[0] in "AEIOU"]
        self._chances = np.exp(-model.bigram)

    def verify(self, samples: Samples, words: Sequence[str]) -> float:
        """Return how likely it is, 0 to 1, that the words were said; 0 where the sound is too short."""
        if samples.size < _WINDOW:
            return 0.0
        frames = log_mels(samples)
        found = self.features(frames, self.outputs(frames), words)
        return 0.0 if found is None else self.probability(found)

    def probability(self, features: Array) -> float:
        """Return how likely words are whose figures these are, shape (FEATURES,)."""
        inner, outer = self._model.inner, self._model.outer
        score = float(np.maximum(features @ inner[:-1] + inner[-1], 0) @ outer[:-1] + outer[-1])
        return 1 / (1 + math.exp(-max(min(score, 30.0), -30.0)))

    def outputs(self, frames: Frames) -> Array:
        """Return the network's outputs, shape (⌈frames / SUBSAMPLING⌉, 2 x phones): two of each phone."""
        count = -(-len(frames) // SUBSAMPLING)
        after = count * SUBSAMPLING + CONTEXT - len(frames)
        hidden = np.pad(levelled(frames), ((CONTEXT, after), (0, 0)), "edge")
        for number, (offsets, (weights, bias)) in enumerate(zip(OFFSETS, self._model.layers, strict=False)):
            step = 1 if number < 2 else SUBSAMPLING
            places = [(offset - offsets[0]) // step for offset in offsets]
            stride = SUBSAMPLING if number == 1 else 1
            length = len(hidden) - places[-1]
            pieces = [hidden[place : place + length : stride] for place in places]
            hidden = np.maximum(np.concatenate(pieces, axis=1) @ weights + bias, 0)
        weights, bias = self._model.layers[-1]
        return (hidden @ weights + bias)[:count]

    def features(self, frames: Frames, outputs: Array, words: Sequence[str]) -> Array | None:
        """Return the figures about how well words fit a sound, shape (FEATURES,); None if it is too short."""
        spans = self.aligned(outputs, words)
        return None if spans is None else self._measured(frames, outputs, spans)

    def aligned(self, outputs: Array, words: Sequence[str]) -> list[Span] | None:
        """Return the place of each phone of the words; None if the sound is too short for them."""
        chain = _chain([[self._spelled(way) for way in self._lexicon[word]] for word in words])
        return _aligned(chain, outputs[:, 0::2], outputs[:, 1::2])

    def _spelled(self, way: Sequence[str]) -> list[int]:
        return [self._numbers[phone] for phone in way]

    def _measured(self, frames: Frames, outputs: Array, spans: Sequence[Span]) -> Array:
        first, further = outputs[:, 0::2], outputs[:, 1::2]
        begin, end = spans[0].start, spans[-1].end
        either = np.maximum(first, further)
        phones, starts, ends = (np.array(one) for one in zip(*map(astuple, spans), strict=True))
        lengths = ends - starts
        spoken = phones != _SILENCE
        count = int(spoken.sum())
        # By how much each phone fits its place better than any other phone would.
        sums = np.concatenate([np.zeros((1, further.shape[1])), np.cumsum(further, axis=0)])
        fits = first[starts] + sums[ends] - sums[starts + 1]
        rows = np.arange(len(spans))
        own = fits[rows, phones]
        fits[rows, phones] = _NEVER
        margins = np.clip((own - fits.max(1))[spoken], -20, 20)
        per_output = np.clip(margins / lengths[spoken], -4, 4)
        vowels = np.isin(phones[spoken], self._vowels)
        # By how much each output of the words falls short of the best.
        likeliest = either[begin:end].max(1)
        short = either[np.arange(begin, end), np.repeat(phones, lengths)] - likeliest
        short = np.maximum(short[np.repeat(spoken, lengths)], -8)
        mean, deviation = self._model.durations[phones[spoken]].T
        strange = np.abs(np.log(lengths[spoken]) - mean) / deviation
        posterior = self._posterior(first[begin:end], further[begin:end], spans)
        quiet = np.clip(either[:, _SILENCE] - either[:, 1:].max(1), -4, 4)
        level = frames.mean(axis=1)
        inside = level[begin * SUBSAMPLING : end * SUBSAMPLING]
        before, after = level[: begin * SUBSAMPLING], level[end * SUBSAMPLING :]
        outside = np.median(np.concatenate([before, after, inside.min()[None]]))
        return np.array(
            [
                per_output.mean(),
                per_output.min(),
                per_output[vowels].min(initial=4.0),
                margins.mean(),
                margins.min(),
                np.sort(margins)[: max(2, count // 3)].mean(),
                short.mean(),
                np.sort(short)[: -(-len(short) // 3)].mean(),
                np.mean(short == 0),
                max(posterior / count, -8.0),
                max(posterior, -40.0),
                strange.mean(),
                strange.max(),
                np.mean(quiet[begin:end] >= 0),
                quiet[max(begin - 2, 0) : begin].mean() if begin else 0.0,
                quiet[end : end + 2].mean() if end < len(quiet) else 0.0,
                min(float(np.quantile(inside, 0.8) - outside), 8.0),
                math.log(count),
            ],
            np.float32,
        )

    def _posterior(self, first: Array, further: Array, spans: Sequence[Span]) -> float:
        """Return the log likelihood of the phones along their best way, less that of any phones at all."""
        begin = spans[0].start
        own = 0.0
        for before, span in zip((None, *spans), spans, strict=False):
            own += float(first[span.start - begin, span.phone])
            own += float(further[span.start - begin + 1 : span.end - begin, span.phone].sum())
            own -= float(self._model.bigram[before.phone, span.phone]) if before else 0.0
        total = first[0].astype(np.float64)
        for entering, staying in zip(first[1:], further[1:], strict=True):
            highest = total.max()
            entered = np.log(np.exp(total - highest) @ self._chances + 1e-30) + highest
            total = np.logaddexp(entered + entering, total + staying)
        highest = total.max()
        return own - float(highest + np.log(np.exp(total - highest).sum()))


@dataclass(frozen=True)
class _Chain:
    """States in a row that may be left out or chosen between: other sound, phones of words, other sound."""

    phones: npt.NDArray[np.int64]
    """Of each state; _OTHER is any sound."""
    before: npt.NDArray[np.int64]
    """The states that may come before each one, shape (states, most); filled up with one that is never."""
    begins: npt.NDArray[np.bool_]
    ends: npt.NDArray[np.bool_]


def _chain(words: Sequence[Sequence[Sequence[int]]]) -> _Chain:
    """Return the states of words, each of which may be said in some ways."""
    phones = [_OTHER]
    before: list[list[int]] = [[]]
    begins = {0}
    last: list[int] = [0]
    for number, ways in enumerate(words):
        if number:
            phones.append(_SILENCE)
            before.append(last)
            last = [*last, len(phones) - 1]
        ended: list[int] = []
        for way in dict.fromkeys(tuple(way) for way in ways):
            for place, phone in enumerate(way):
                phones.append(phone)
                before.append([len(phones) - 2] if place else last)
                if not number and not place:
                    begins.add(len(phones) - 1)
            ended.append(len(phones) - 1)
        last = ended
    phones.append(_OTHER)
    before.append(last)
    ends = {*last, len(phones) - 1}
    most = max(map(len, before))
    states = range(len(phones))
    return _Chain(
        np.array(phones),
        np.array([[*some, *[len(phones)] * (most - len(some))] for some in before]),
        np.array([state in begins for state in states]),
        np.array([state in ends for state in states]),
    )


def _aligned(chain: _Chain, first: Array, further: Array) -> list[Span] | None:
    """Return the place of each phone along the likeliest way; None if the sound is too short for them."""
    count, states = len(first), len(chain.phones)
    silence = np.maximum(first[:, _SILENCE], further[:, _SILENCE])
    any_sound = np.maximum(silence, np.maximum(first, further).max(1) - _OTHER_COST)
    other = chain.phones == _OTHER
    entering = np.where(other, any_sound[:, None], first[:, chain.phones])
    staying = np.where(other, any_sound[:, None], further[:, chain.phones])
    scores = np.full(states + 1, _NEVER)
    scores[:-1] = np.where(chain.begins, entering[0], _NEVER)
    came = np.zeros((count, states), np.int64)
    rows = np.arange(states)
    for at in range(1, count):
        best = scores[chain.before].argmax(1)
        origins = chain.before[rows, best]
        entered, stayed = scores[origins] + entering[at], scores[:-1] + staying[at]
        stays = stayed >= entered
        came[at] = np.where(stays, rows, origins)
        scores[:-1] = np.where(stays, stayed, entered)
    ended = np.where(chain.ends, scores[:-1], _NEVER)
    state = int(ended.argmax())
    if ended[state] < _NEVER / 2:
        return None
    spans: list[Span] = []
    end = count
    for at in range(count - 1, -1, -1):
        origin = int(came[at, state]) if at else -1
        if origin != state:
            if chain.phones[state] != _OTHER:
                spans.append(Span(int(chain.phones[state]), at, end))
            end, state = at, origin
    return spans[::-1]


def log_mels(samples: Samples) -> Frames:
    """Return log mel energies as Kaldi computes them of 16-bit samples, one frame every 10 ms.

    Args:
        samples: At least 25 ms, shape (n,).
    """
    pieces = np.lib.stride_tricks.sliding_window_view(samples * np.float32(32768), _WINDOW)[::_SHIFT]
    pieces = pieces - pieces.mean(axis=1, keepdims=True)
    pieces = pieces - _PREEMPHASIS * np.concatenate([pieces[:, :1], pieces[:, :-1]], axis=1)
    window, bank = _window_and_bank()
    power = np.square(np.abs(np.fft.rfft(pieces * window, _FFT)))
    return np.log(np.maximum(power @ bank, _LEAST_ENERGY)).astype(np.float32)


def levelled(frames: Frames) -> Frames:
    """Return log mels as the network sees them: at one loudness, without what is far below it."""
    loud = np.quantile(frames.mean(axis=1), _LOUD_SHARE)
    return (np.maximum(frames - loud, -_RANGE) / _SPREAD).astype(np.float32)


@cache
def _window_and_bank() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return Povey's window and the triangles of the mel bands, shape (_FFT // 2 + 1, MELS)."""
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(_WINDOW) / (_WINDOW - 1))) ** 0.85
    hertz = np.arange(_FFT // 2 + 1) * SAMPLE_RATE / _FFT
    edges = np.linspace(_mel(_LOWEST_HERTZ), _mel(_HIGHEST_HERTZ), MELS + 2)
    place = (_mel(hertz)[:, None] - edges) / (edges[1] - edges[0])
    return window, np.maximum(np.minimum(place[:, :-2], -place[:, 2:]), 0)


def _mel(hertz: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    return 1127 * np.log(1 + np.asarray(hertz) / 700)
