"""Utterances on disk: their features, one after the other, and what is said in each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.features import Frames
from training.topology import MELS


@dataclass(frozen=True)
class Utterance:
    """One utterance to learn from."""

    frames: npt.NDArray[np.float16]
    """Log mel energies, shape (frames, MELS)."""
    text: str
    kind: str
    """Who says it: the name of a synthesizer, or "people"."""


def save(file: Path, utterances: Sequence[Utterance]) -> None:
    """Write utterances into one .npz file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        file,
        frames=np.concatenate([np.zeros((0, MELS), np.float16), *(said.frames for said in utterances)]),
        lengths=np.asarray([len(said.frames) for said in utterances]),
        said=np.asarray(json.dumps([(said.text, said.kind) for said in utterances])),
    )


def load(files: Iterable[Path]) -> list[Utterance]:
    """Read utterances from files that `save` wrote."""
    found: list[Utterance] = []
    for file in sorted(files):
        with np.load(file) as held:
            frames, ends = held["frames"], np.cumsum(held["lengths"])
            starts = ends - held["lengths"]
            for (text, kind), start, end in zip(json.loads(str(held["said"])), starts, ends, strict=True):
                found.append(Utterance(frames[start:end], text, kind))
    return found


def stored(frames: Frames) -> npt.NDArray[np.float16]:
    """Return features as they are kept."""
    return frames.astype(np.float16)
