"""The synthetic voices and the words that no training uses, so that hearing is measured on what is new."""

from __future__ import annotations

VARIANTS = ("m7", "f4", "klatt4", "steph2", "Andrea", "iven3", "max", "linda")
"""espeak-ng variants: training leaves these out in every accent."""

ACCENTS = ("en-us", "en-gb", "en-gb-x-gbcwmd")
"""espeak-ng voices in which the variants speak; the last is in no training."""

KOKORO = ("af_bella", "am_michael", "bf_emma", "bm_george")
"""Kokoro's voices kept for validation."""

WORDS = ("jarvis", "snow", "boy")
"""Words that nobody says in training, neither people nor synthesizers."""
