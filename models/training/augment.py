"""One clean utterance becomes many: other throats and tempi, rooms, microphones, noise, distance, loudness.

All of it happens to mel energies, where it costs a hundredth of what it would cost to samples. Levels are
natural logarithms of power: 2.3 are 10 dB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.signal

from training.features import Frames, log_mels
from training.noises import make_noise
from training.recorded import NOISE_FRAMES
from training.topology import FRAMES_PER_SECOND, MELS

TEN_DB = float(np.log(10))

_TOP_HERTZ, _BOTTOM_HERTZ, _KNEE_HERTZ = 7600.0, 20.0, 5200.0
_WARPS = np.linspace(0.82, 1.22, 41)
# The mean level at which recognizers get speech: log mels of samples in 16-bit scale.
_USUAL_LEVEL = 22.5
# Mel energies of digital silence: the smallest float Kaldi takes the logarithm of.
_NOTHING = 1.2e-7
_FLOOR = -15.9


def _mel(hertz: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    return np.asarray(1127 * np.log(1 + np.asarray(hertz) / 700))


def _warp(factor: float) -> npt.NDArray[np.float32]:
    """Return the matrix that moves formants by a factor, from the right; the top stays in range."""
    edges = np.linspace(_mel(_BOTTOM_HERTZ), _mel(_TOP_HERTZ), MELS + 2)
    centres = 700 * (np.exp(edges[1:-1] / 1127) - 1)
    knee = _KNEE_HERTZ * min(1.0, 1 / factor)
    above = _TOP_HERTZ - (_TOP_HERTZ - knee * factor) * (_TOP_HERTZ - centres) / (_TOP_HERTZ - knee)
    source = np.where(centres <= knee, centres * factor, above)
    place = np.clip(
        (_mel(np.clip(source, _BOTTOM_HERTZ, _TOP_HERTZ)) - edges[1]) / (edges[1] - edges[0]), 0, MELS - 1
    )
    low = np.minimum(place.astype(int), MELS - 2)
    matrix = np.zeros((MELS, MELS), np.float32)
    matrix[low, np.arange(MELS)] += 1 - (place - low)
    matrix[low + 1, np.arange(MELS)] += place - low
    return matrix


_WARP_MATRICES = [_warp(factor) for factor in _WARPS]


@dataclass(frozen=True)
class NoiseBank:
    """Mel energies of noises and of talk, shape (noises, NOISE_FRAMES, MELS), of mean one each; and rooms."""

    noises: npt.NDArray[np.float32]
    talk: npt.NDArray[np.float32]
    rooms: npt.NDArray[np.float32]
    """How the energy in each band dies away in real rooms, shape (rooms, frames, MELS)."""

    def noise(self, count: int, dice: np.random.Generator, talk_share: float) -> Frames:
        """Return some frames of a noise, or with that share of chances of other people's talk."""
        bank = self.talk if dice.random() < talk_share else self.noises
        first = int(dice.integers(0, NOISE_FRAMES))
        return bank[int(dice.integers(len(bank)))][(first + np.arange(count)) % NOISE_FRAMES]


def make_bank(
    speech: Sequence[Frames], noises: int, talks: int, seed: int, recorded: Path | None = None
) -> NoiseBank:
    """Make up noises, and talk of one to five voices out of speech; add recorded noises and rooms."""
    dice = np.random.default_rng(seed)
    made: list[Frames] = []
    for _ in range(noises):
        sound = make_noise(dice, NOISE_FRAMES / FRAMES_PER_SECOND + 0.05) * 3000
        power = np.exp(log_mels(sound.astype(np.float32)))[:NOISE_FRAMES]
        made.append(power / power.mean())
    talk: list[Frames] = []
    for _ in range(talks):
        power = np.zeros((NOISE_FRAMES, MELS), np.float32)
        for _ in range(int(dice.integers(1, 6))):
            pieces: list[Frames] = []
            while sum(len(piece) for piece in pieces) < NOISE_FRAMES:
                pieces.append(np.exp(speech[int(dice.integers(len(speech)))].astype(np.float32)))
                pieces.append(np.full((int(dice.integers(1, 25)), MELS), 1e-3, np.float32))
            voice = np.concatenate(pieces)[:NOISE_FRAMES] @ _WARP_MATRICES[int(dice.integers(len(_WARPS)))]
            power += voice / voice.mean() * dice.uniform(0.2, 1)
        talk.append(power / power.mean())
    made_up, talking = np.stack(made).astype(np.float32), np.stack(talk).astype(np.float32)
    if recorded is None:
        return NoiseBank(made_up, talking, np.zeros((0, 1, MELS), np.float32))
    with np.load(recorded) as held:
        return NoiseBank(np.concatenate([made_up, held["noises"]]), talking, held["rooms"])


def equalizer(dice: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return the level of each mel band through some microphone: a curve within 8 dB."""
    return np.interp(np.arange(MELS), [0, 8, 16, 24, 32, 39], dice.uniform(-1.9, 1.9, 6)).astype(np.float32)


def vary(frames: Frames, bank: NoiseBank, dice: np.random.Generator, made_up: bool) -> Frames:
    """Return one variation of a clean utterance as log mels, silence around it included.

    Args:
        frames: Log mels, shape (n, MELS).
        bank: The noises.
        dice: Source of chance.
        made_up: Whether it is synthetic: then its edges are clean and may be cut off.
    """
    spoken = _mouth(_tempo(frames.astype(np.float32), dice), dice)
    if made_up and len(spoken) > 24:
        first = int(dice.integers(0, 7)) if dice.random() < 0.35 else 0
        last = int(dice.integers(0, 9)) if dice.random() < 0.35 else 0
        spoken = spoken[first : len(spoken) - last]
    before, after = _silences(dice, made_up)
    power = np.exp(spoken + (equalizer(dice) if dice.random() < 0.7 else 0))
    power /= power.mean() + 1e-9
    if dice.random() < 0.1:
        power = _breathy(power, dice)
    cut = int(dice.integers(27, 36)) if dice.random() < 0.2 else None
    cut_speech_only = dice.random() < 0.5
    if cut and cut_speech_only:
        power[:, cut:] *= 10 ** -dice.uniform(2, 5)
    sound = np.zeros((before + len(power) + after, MELS), np.float32)
    sound[before : before + len(power)] = power
    around = slice(max(0, before - int(dice.integers(0, 8))), before + len(power) + int(dice.integers(0, 8)))
    if dice.random() < 0.4:
        sound = _in_a_room(sound, bank, dice) if dice.random() < 0.5 else _reverberate(sound, dice)
    noise = bank.noise(len(sound), dice, talk_share=0.4) * np.exp(equalizer(dice))
    noise = noise * 10 ** -_noise_bels(dice, made_up)
    if dice.random() < 0.25:
        # The program's own gate: what is not speech comes much weaker.
        sound = sound * _window(len(sound), around, 10 ** -dice.uniform(0.5, 4))
    sound = sound + noise
    if cut and not cut_speech_only:
        sound[:, cut:] *= 10 ** -dice.uniform(2, 5)
    usual = dice.random() < 0.6
    sound = sound * np.exp(_USUAL_LEVEL + (dice.uniform(-7, 1.5) if usual else dice.uniform(-12.5, 2)))
    if dice.random() < 0.15:
        sound = sound * _window(len(sound), around, 0.0)
    else:
        sound = sound + np.exp(dice.uniform(1, 4)) * dice.uniform(0.4, 1.6, sound.shape)
    return _masked(np.log(sound + _NOTHING).astype(np.float32), dice)


def vary_noise(count: int, bank: NoiseBank, dice: np.random.Generator) -> Frames:
    """Return some frames of noise alone, at any level, as the program's gate lets it through."""
    sound = bank.noise(count, dice, talk_share=0.05) * np.exp(equalizer(dice))
    if dice.random() < 0.6:
        sound = np.exp(np.log(sound + 1e-9) @ _WARP_MATRICES[int(dice.integers(len(_WARPS)))])
    sound = sound / (np.sort(sound.mean(1))[int(count * 0.9)] + 1e-9)
    if dice.random() < 0.35:
        sound = sound + bank.noise(count, dice, talk_share=0.0) * 10 ** -dice.uniform(0, 2)
    level = _USUAL_LEVEL + (dice.uniform(-15, 1.5) if dice.random() < 0.8 else dice.uniform(-21, -10))
    sound = sound * np.exp(level)
    gate = dice.random()
    if gate < 0.35:
        closed = 0.0 if dice.random() < 0.4 else 10 ** -dice.uniform(1, 5)
        sound = sound * _pieces(count, closed, dice)
    if gate > 0.15:
        sound = sound + np.exp(dice.uniform(-2, 4)) * dice.uniform(0.4, 1.6, sound.shape)
    return np.log(sound + _NOTHING).astype(np.float32)


def floored(frames: Frames) -> Frames:
    """Return log mels as Kaldi would have computed them of very weak sound."""
    return np.maximum(frames, _FLOOR)


def _tempo(frames: Frames, dice: np.random.Generator) -> Frames:
    if dice.random() >= 0.6 or len(frames) < 4:
        return frames
    at = np.arange(0, len(frames) - 1.001, dice.uniform(0.8, 1.25))
    low = at.astype(int)
    share = (at - low)[:, None].astype(np.float32)
    return frames[low] * (1 - share) + frames[low + 1] * share


def _mouth(frames: Frames, dice: np.random.Generator) -> Frames:
    """Change the length of the vocal tract, and roughen what is too smooth."""
    if dice.random() < 0.8:
        frames = frames @ _WARP_MATRICES[int(dice.integers(len(_WARPS)))]
    if dice.random() < 0.5:
        frames = frames + dice.normal(size=frames.shape).astype(np.float32) * np.float32(dice.uniform(0, 0.4))
    return frames


def _breathy(power: Frames, dice: np.random.Generator) -> Frames:
    """Fill the valleys between formants and moments, and take away the lowest voice: breath, or a whisper."""
    around = scipy.signal.convolve2d(power, np.full((3, 7), 1 / 21), mode="same")
    mixed = power + around.astype(np.float32) * np.float32(dice.uniform(0.1, 1.0))
    mixed[:, :8] *= np.float32(10 ** -dice.uniform(0, 1.5))
    return mixed / (mixed.mean() + 1e-9)


def _silences(dice: np.random.Generator, made_up: bool) -> tuple[int, int]:
    """Return the frames of silence before and after; recordings have some already."""
    if not made_up and dice.random() < 0.5:
        return 0, 0
    longest = dice.choice([20, 40, 80, 150], p=[0.5, 0.25, 0.17, 0.08])
    before, after = int(dice.integers(0, longest)), int(dice.integers(0, longest))
    return (0 if dice.random() < 0.12 else before), (0 if dice.random() < 0.12 else after)


def _reverberate(power: Frames, dice: np.random.Generator) -> Frames:
    decay = 10 ** (-6 / FRAMES_PER_SECOND / dice.uniform(0.1, 0.7))
    tail = np.asarray(scipy.signal.lfilter([1.0], [1.0, -decay], power, axis=0), np.float32) - power
    return power + tail * np.float32((1 - decay) / decay * 10 ** -dice.uniform(-0.4, 1.6))


def _in_a_room(power: Frames, bank: NoiseBank, dice: np.random.Generator) -> Frames:
    if not len(bank.rooms):
        return power
    dying = bank.rooms[int(dice.integers(len(bank.rooms)))]
    return scipy.signal.fftconvolve(power, dying, axes=0)[: len(power)].clip(0).astype(np.float32)


def _noise_bels(dice: np.random.Generator, made_up: bool) -> float:
    """Return by how much speech is above the noise, in units of 10 dB; recordings bring their own noise."""
    low, high = ((-0.3, 1.2), (0.5, 3.5), (3.5, 5.5))[int(dice.choice(3, p=[0.35, 0.5, 0.15]))]
    return dice.uniform(low, high) + (0.0 if made_up else 0.3)


def _window(count: int, around: slice, outside: float) -> Frames:
    window = np.full((count, 1), outside, np.float32)
    window[around] = 1
    return window


def _pieces(count: int, closed: float, dice: np.random.Generator) -> Frames:
    window = np.full((count, 1), closed, np.float32)
    at = int(dice.integers(0, 20))
    while at < count:
        size = int(np.exp(dice.uniform(np.log(4), np.log(150))))
        window[at : at + size] = 1
        at += size + int(np.exp(dice.uniform(np.log(4), np.log(60))))
    return window


def _masked(frames: Frames, dice: np.random.Generator) -> Frames:
    """Hide a few bands, or a few frames. Source: Park et al., SpecAugment (Interspeech 2019)."""
    if dice.random() < 0.3:
        width = int(dice.integers(1, 6))
        low = int(dice.integers(0, MELS - width))
        frames[:, low : low + width] = frames[:, low : low + width].mean()
    if dice.random() < 0.15:
        width = int(dice.integers(1, 6))
        first = int(dice.integers(0, max(1, len(frames) - width)))
        frames[first : first + width] = frames.min(0)
    return frames
