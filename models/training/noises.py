"""Sounds that are no speech, made up: hits and clatter, water, breath, grunts, fans, hum, beeps, music."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import scipy.signal

from training.topology import SAMPLE_RATE

Sound: TypeAlias = npt.NDArray[np.float64]
Dice: TypeAlias = np.random.Generator


def unit(sound: Sound) -> Sound:
    """Return a sound of power one."""
    return sound / (float(np.sqrt(np.mean(np.square(sound)))) + 1e-9)


def between(dice: Dice, low: float, high: float) -> float:
    """Draw a number whose logarithm is uniform."""
    return float(np.exp(dice.uniform(np.log(low), np.log(high))))


def wander(dice: Dice, count: int, per_second: float, low_db: float, high_db: float) -> Sound:
    """Return a gain, shape (count,), that wanders between two levels."""
    points = max(2, round(count / SAMPLE_RATE * per_second) + 2)
    levels = np.interp(
        np.linspace(0, points - 1, count), np.arange(points), dice.uniform(low_db, high_db, points)
    )
    return 10 ** (levels / 20)


def coloured(dice: Dice, count: int) -> Sound:
    """Return noise whose spectrum falls by up to 12 dB an octave and has bumps."""
    spectrum = np.fft.rfft(dice.standard_normal(count))
    place = np.maximum(np.arange(spectrum.size), 1) / spectrum.size
    bumps = np.interp(place, np.linspace(0, 1, 7), dice.uniform(-12, 12, 7))
    return unit(np.fft.irfft(spectrum * place ** -dice.uniform(0, 2) * 10 ** (bumps / 20), count))


def band(dice: Dice, count: int, low: float, high: float) -> Sound:
    """Return noise between two frequencies in hertz, sometimes with resonances as a mouth has."""
    edges = [max(20.0, low), min(7900.0, high)]
    noise = scipy.signal.lfilter(
        *scipy.signal.butter(2, edges, "band", fs=SAMPLE_RATE), dice.standard_normal(count)
    )
    shaped = np.asarray(noise)
    for _ in range(int(dice.integers(0, 4))):
        peak = scipy.signal.iirpeak(between(dice, 250, 5000), dice.uniform(2, 12), fs=SAMPLE_RATE)
        shaped = shaped + dice.uniform(0, 4) * np.asarray(scipy.signal.lfilter(*peak, shaped))
    return unit(shaped)


def hit(dice: Dice) -> Sound:
    """Return one knock: dishes, tools, doors, a mat."""
    seconds = between(dice, 0.03, 0.5)
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    if dice.random() < 0.3:
        tones, decay = [between(dice, 60, 500) for _ in range(3)], dice.uniform(0.01, 0.08)
    else:
        tones = [between(dice, 300, 6500) for _ in range(int(dice.integers(1, 10)))]
        decay = between(dice, 0.004, 0.2)
    ring = np.zeros(time.size)
    for hertz in tones:
        fading = np.exp(-time / (decay * dice.uniform(0.4, 1.6)))
        ring += dice.uniform(0.1, 1) * np.sin(2 * np.pi * hertz * time + dice.uniform(0, 6)) * fading
    click = dice.standard_normal(time.size) * np.exp(-time / between(dice, 0.001, 0.06))
    sound = ring * dice.uniform(0, 1) + click * dice.uniform(0, 2)
    return sound * np.minimum(1, time / dice.uniform(0.005, 0.06)) if dice.random() < 0.2 else sound


def clatter(dice: Dice, count: int) -> Sound:
    """Return many knocks, sometimes in a rhythm, sometimes in a room."""
    sound = np.zeros(count)
    rate = between(dice, 0.4, 20)
    kinds = [hit(dice) for _ in range(int(dice.integers(1, 12)))]
    steady = dice.random() < 0.25
    at = dice.uniform(0, 0.5)
    while at < count / SAMPLE_RATE - 0.01:
        knock = kinds[int(dice.integers(len(kinds)))] * dice.lognormal(0, 0.9)
        first = int(at * SAMPLE_RATE)
        sound[first : first + knock.size] += knock[: count - first]
        at += 1 / rate if steady else dice.exponential(1 / rate)
    if dice.random() < 0.4:
        size = round(dice.uniform(0.1, 0.6) * SAMPLE_RATE)
        room = dice.standard_normal(size) * np.exp(-6.9 * np.arange(size) / size) * dice.uniform(0.01, 0.1)
        room[0] = 1
        sound = np.asarray(scipy.signal.fftconvolve(sound, room))[:count]
    return unit(sound)


def water(dice: Dice, count: int) -> Sound:
    """Return a tap or a pan: a hiss that wanders."""
    return unit(
        band(dice, count, between(dice, 200, 2000), between(dice, 3000, 7900))
        * wander(dice, count, dice.uniform(2, 40), -12, 0)
    )


def fan(dice: Dice, count: int) -> Sound:
    """Return a fan or a motor: hum with harmonics, and air."""
    hertz = between(dice, 30, 300) * 2 ** (np.cumsum(dice.standard_normal(count // 160 + 1)) * 0.01)
    phase = (
        2 * np.pi * np.cumsum(np.interp(np.arange(count), np.arange(hertz.size) * 160, hertz)) / SAMPLE_RATE
    )
    hum = sum(
        (
            dice.uniform(0, 1) / order**0.7 * np.sin(order * phase + dice.uniform(0, 6))
            for order in range(1, 20)
        ),
        start=np.zeros(count),
    )
    return unit(unit(hum) * dice.uniform(0, 1) + coloured(dice, count) * dice.uniform(0.1, 1))


def bursts(dice: Dice, count: int, low: float, high: float, shortest: float, longest: float) -> Sound:
    """Return pieces of shaped noise, each rising and falling: breath, grunts, puffs, scratches."""
    sound = np.zeros(count)
    source = band(dice, count, low, high)
    at = int(dice.uniform(0, 0.5) * SAMPLE_RATE)
    while at < count:
        size = min(int(dice.uniform(shortest, longest) * SAMPLE_RATE), count - 1)
        rise = np.interp(np.linspace(0, 1, size), [0, dice.uniform(0.03, 0.97), 1], [0, 1, 0])
        first = int(dice.integers(0, count - size))
        piece = source[first : first + size] * rise ** dice.uniform(0.3, 2) * dice.uniform(0.2, 1)
        sound[at : at + size] += piece[: count - at]
        at += size + int(dice.exponential(dice.uniform(0.05, 1)) * SAMPLE_RATE)
    return unit(sound)


def breath(dice: Dice, count: int) -> Sound:
    """Return somebody out of breath."""
    low = between(dice, 300, 1500)
    return bursts(dice, count, low, low * dice.uniform(3, 8), 0.3, 1.8)


def grunt(dice: Dice, count: int) -> Sound:
    """Return strained sounds with a voice of no words in them."""
    sound = bursts(dice, count, between(dice, 120, 500), between(dice, 800, 4000), 0.15, 1.0)
    if dice.random() < 0.6:
        time = np.arange(count) / SAMPLE_RATE
        pitch = between(dice, 70, 280)
        pulses = scipy.signal.sawtooth(
            2 * np.pi * pitch * time + 3 * np.sin(2 * np.pi * dice.uniform(1, 6) * time)
        )
        sound = unit(sound * (1 + dice.uniform(0.3, 1) * pulses))
    return sound


def scratch(dice: Dice, count: int) -> Sound:
    """Return cloth, a mat, paper."""
    sound = bursts(dice, count, between(dice, 600, 3000), 7600, 0.03, 0.8)
    return unit(sound * wander(dice, count, dice.uniform(8, 70), -25, 0))


def beeps(dice: Dice, count: int) -> Sound:
    """Return timers, phones, birds: tones that may glide."""
    sound = coloured(dice, count) * 0.003
    at = dice.uniform(0, 0.6)
    while at < count / SAMPLE_RATE - 0.05:
        time = np.arange(round(dice.uniform(0.03, 0.7) * SAMPLE_RATE)) / SAMPLE_RATE
        hertz = between(dice, 200, 5000)
        glide = dice.uniform(-0.8, 0.8) * hertz / time[-1] if dice.random() < 0.5 else 0.0
        phase = 2 * np.pi * (hertz * time + glide * np.square(time) / 2)
        tone = np.zeros(time.size)
        for order in range(1, int(dice.integers(2, 6))):
            tone += dice.uniform(0, 1) ** 2 * np.sin(order * phase)
        tone *= np.minimum(1, np.minimum(time, time[::-1]) / dice.uniform(0.002, 0.05))
        first = int(at * SAMPLE_RATE)
        sound[first : first + tone.size] += tone[: count - first]
        at += time[-1] * 1.5 + dice.exponential(0.6)
    return unit(sound)


def music(dice: Dice, count: int) -> Sound:
    """Return chords of notes with harmonics, sometimes with drums."""
    sound = np.zeros(count)
    scale = 2 ** (np.array([0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 19, 24]) / 12) * dice.uniform(80, 500)
    beat, at = dice.uniform(0.12, 0.9), 0.0
    while at < count / SAMPLE_RATE - 0.05:
        for hertz in dice.choice(scale, int(dice.integers(1, 5))):
            time = np.arange(round(dice.uniform(0.1, 2) * SAMPLE_RATE)) / SAMPLE_RATE
            tilt, note = dice.uniform(0.6, 2.5), np.zeros(time.size)
            for order in range(1, 10):
                if hertz * order < 7500:
                    note += np.sin(2 * np.pi * hertz * order * time + dice.uniform(0, 6)) / order**tilt
            note *= np.exp(-time / dice.uniform(0.05, 1)) if dice.random() < 0.6 else np.hanning(time.size)
            first = int(at * SAMPLE_RATE)
            sound[first : first + note.size] += note[: count - first] * dice.uniform(0.2, 1)
        at += beat * dice.choice([0.5, 1, 1, 2])
    return unit(unit(sound) + (clatter(dice, count) * dice.uniform(0.1, 1.5) if dice.random() < 0.5 else 0))


_KINDS: tuple[tuple[Callable[[Dice, int], Sound], float], ...] = (
    (coloured, 3), (clatter, 6), (water, 2), (fan, 2), (breath, 2), (grunt, 2.5), (scratch, 2),
    (beeps, 1.5), (music, 2),
)  # fmt: skip


def make_noise(dice: Dice, seconds: float) -> Sound:
    """Return some seconds of a noise by chance, often of two, of power one; 16 kHz."""
    count = round(seconds * SAMPLE_RATE)
    weights = np.asarray([weight for _, weight in _KINDS])
    kinds = [_KINDS[int(i)][0] for i in dice.choice(len(_KINDS), 2, p=weights / weights.sum())]
    sound = kinds[0](dice, count)
    if dice.random() < 0.45:
        sound = sound + kinds[1](dice, count) * 10 ** (dice.uniform(-25, 5) / 20)
    if dice.random() < 0.3:
        sound = sound * wander(dice, count, dice.uniform(0.5, 8), -25, 0)
    return unit(unit(sound) + coloured(dice, count) * 10 ** (dice.uniform(-45, -12) / 20))
