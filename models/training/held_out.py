"""The synthetic voices that are held out: no training uses them, so that hearing is measured on strangers."""

from __future__ import annotations

VARIANTS = ("m7", "f4", "klatt4", "steph2", "Andrea", "iven3", "max", "linda")
"""espeak-ng variants: training leaves these out in every accent."""

ACCENTS = ("en-us", "en-gb", "en-gb-x-gbcwmd")
"""espeak-ng voices in which the variants speak; the last is in no training."""

KOKORO = ("af_bella", "am_michael", "bf_emma", "bm_george")
"""Kokoro's voices kept for validation."""
