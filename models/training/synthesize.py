"""`python -m training.synthesize ENGINE COUNT FILE`: the features of synthetic utterances."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from training import corpus, features
from training.texts import Texts, load_texts
from training.topology import SAMPLE_RATE

_LEAST_SECONDS = 0.12
_SAVED_EVERY = 200


class Synthesizer(Protocol):
    """Turns text into sound, in as many voices as it has."""

    name: str

    def say(self, text: str, dice: random.Random) -> npt.NDArray[np.float32] | None:
        """Return the sound of a text in a voice by chance, 16 kHz; None if it can't say it."""
        ...


def synthesize(engine: Synthesizer, texts: Texts, count: int, seed: int, file: Path) -> None:
    """Write `count` utterances to a file, those made so far from time to time."""
    dice, rng = random.Random(seed), np.random.default_rng(seed)
    made: list[corpus.Utterance] = []
    for number in range(count):
        text = texts.draw(dice)
        sound = engine.say(text, dice)
        if sound is not None and sound.size > _LEAST_SECONDS * SAMPLE_RATE and np.abs(sound).max() > 0:
            frames = features.of_utterance(sound, rng)
            made.append(corpus.Utterance(corpus.stored(frames), text, engine.name))
        if number % _SAVED_EVERY == _SAVED_EVERY - 1:
            corpus.save(file, made)
    corpus.save(file, made)


def main(arguments: list[str]) -> None:
    """Read the command line and synthesize."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=["espeak", "flite", "festival", "pico", "kokoro"])
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kokoro-voices", type=Path, help="folder of Kokoro's style vectors")
    parser.add_argument("--held-out", action="store_true", help="Kokoro's voices kept for validation")
    given = parser.parse_args(arguments)
    engine: Synthesizer
    if given.engine == "kokoro":
        from training.kokoro import Kokoro

        engine = Kokoro(given.kokoro_voices, given.held_out)
    else:
        from training.engines import ENGINES

        engine = ENGINES[given.engine]()
    synthesize(engine, load_texts(), given.count, given.seed, given.file)


if __name__ == "__main__":
    main(sys.argv[1:])
