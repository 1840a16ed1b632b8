"""Choices left to chance that are the same on every computer, in whatever order they are made."""

from __future__ import annotations

import zlib

import numpy as np


def chance_of(*facts: str | float) -> np.random.Generator:
    """Return the source of chance that belongs to some facts, such as a set and a file's name."""
    return np.random.default_rng(zlib.crc32(repr(facts).encode()))
