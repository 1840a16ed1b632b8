"""Voices under strain, as far as espeak-ng's voices and simple processing go: no person was recorded.

Whispers are espeak-ng's whispering voices, softer. Who is out of breath pauses between words, with made-up
breath before, under and after them. A shout is high, 20 dB louder, and overdrives the microphone. A groan is
the lowest pitch, slow, and slowed down further, which lowers the throat's sounds, too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeAlias, get_args

import numpy as np

from assistant.rehearsal.room import SPEECH_DB
from assistant.sound import SAMPLE_RATE, Samples, active_db, resample
from assistant.speaking.rendering import HIGHEST_PITCH, SLOWEST, Voice
from training.held_out import ACCENTS

Manner: TypeAlias = Literal["whispered", "breathless", "shouted", "groaned"]

MANNERS: tuple[Manner, ...] = get_args(Manner)

LOUDER_DB = {"whispered": -12.0, "breathless": 0.0, "shouted": 20.0, "groaned": 0.0}
"""Than the same person speaking normally. Chosen: a whisper is about a quarter as loud."""

_BREATH_SECONDS = 0.5
# Relative to the words, alone and under them; the band of a breath. Chosen by ear.
_BREATH_DB, _UNDER_WORDS = -8.0, 0.3
_BREATH_LOWEST, _BREATH_HIGHEST = 300.0, 2500.0
_SLOWED = 1.2


def strained_words(manner: Manner, text: str) -> str:
    """Return what the speech engine is given to say."""
    return ", ".join(text.split()) if manner == "breathless" else text


def strained_voice(manner: Manner, voice: Voice) -> Voice:
    """Return the voice that says it, of a voice that would say it normally."""
    match manner:
        case "whispered":
            accent = ACCENTS[voice.pitch % len(ACCENTS)]
            return replace(voice, name=f"{accent}+{'whisper' if voice.pitch % 2 else 'whisperf'}")
        case "shouted":
            return replace(voice, pitch=HIGHEST_PITCH - voice.pitch // 8)
        case "groaned":
            return replace(voice, pitch=voice.pitch // 8, words_per_minute=SLOWEST + voice.pitch // 4)
        case "breathless":
            return voice


def strain(clip: Samples, manner: Manner, chance: np.random.Generator) -> Samples:
    """Turn a clip, shape (n,), into what a microphone takes of it: louder or softer than SPEECH_DB."""
    if manner == "breathless":
        clip = _with_breath(clip, chance)
    elif manner == "groaned":
        clip = resample(clip, SAMPLE_RATE, round(SAMPLE_RATE * _SLOWED))
    gain_db = SPEECH_DB + LOUDER_DB[manner] - active_db(clip)
    return np.clip(clip * np.float32(10 ** (gain_db / 20)), -1.0, 1.0)


def _with_breath(clip: Samples, chance: np.random.Generator) -> Samples:
    count = round(_BREATH_SECONDS * SAMPLE_RATE)
    said = np.pad(clip, count)
    spectrum = np.fft.rfft(chance.standard_normal(said.size))
    frequencies = np.fft.rfftfreq(said.size, 1 / SAMPLE_RATE)
    spectrum[(frequencies < _BREATH_LOWEST) | (frequencies > _BREATH_HIGHEST)] = 0
    breath = np.fft.irfft(spectrum, said.size)
    swell = np.sin(np.linspace(0, np.pi, count)) ** 2
    shape = np.concatenate([swell, np.full(clip.size, _UNDER_WORDS), swell])
    breath *= shape * 10 ** ((active_db(clip) + _BREATH_DB) / 20) / np.sqrt(np.mean(breath**2))
    return (said + breath).astype(np.float32)
