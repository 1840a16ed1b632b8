"""The network's inputs, outputs and layers, as training and export know them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PHONES = [
    "AA",
    "AE",
    "AH",
    "AO",
    "AW",
    "AY",
    "B",
    "CH",
    "D",
    "DH",
    "EH",
    "ER",
    "EY",
    "F",
    "G",
    "HH",
    "IH",
    "IY",
    "JH",
    "K",
    "L",
    "M",
    "N",
    "NG",
    "OW",
    "OY",
    "P",
    "R",
    "S",
    "SH",
    "T",
    "TH",
    "UH",
    "UW",
    "V",
    "W",
    "Y",
    "Z",
    "ZH",
]
"""ARPAbet; silence is number 0, these follow."""

MELS = 40
"""Mel bands, and cepstra made of them, of each frame of 10 ms."""

OUTPUTS = 2 * (1 + len(PHONES))
"""Two a phone: its first frame, and each further one."""

SAMPLE_RATE = 16_000

FRAMES_PER_SECOND = 100

SUBSAMPLING = 3
"""Frames for each output."""


@dataclass(frozen=True)
class Layer:
    """One layer with its normalisation folded in."""

    offsets: tuple[int, ...]
    """Frames whose inputs are appended."""
    weights: npt.NDArray[np.float32]
    """Shape (outputs, offsets x inputs)."""
    bias: npt.NDArray[np.float32]
    rectified: bool
    """Whether what is below nought becomes nought."""
