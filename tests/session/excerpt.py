"""An excerpt as a session hands it on."""

from __future__ import annotations

import numpy as np

from assistant.session.misheard import Excerpt, Judged, Occasion
from assistant.sound import SAMPLE_RATE

TAKEN_BACK = (
    Judged("easier", {}, "too hard", 1.0, 1.5, 0.62, "moving"),
    Judged(None, {}, "", 2.0, 2.5, 0.0, "moving"),
    Judged("i_didnt_say_that", {}, "i didn't say that", 3.0, 4.0, 0.99, "moving"),
)

SAID_TWICE = (
    Judged("pain", {"where": "back"}, "my back", 1.0, 1.5, 0.31, "resting", "unsure"),
    Judged("pain", {}, "pain", 3.0, 3.0, 1.0, "resting", key="p"),
)


def excerpt(
    occasion: Occasion = Occasion.TAKEN_BACK, words: tuple[Judged, ...] = TAKEN_BACK, seconds: float = 4.0
) -> Excerpt:
    """Return an excerpt: noise of the coach, which is loud, and of the person."""
    noise = np.random.default_rng(1).standard_normal((round(seconds * SAMPLE_RATE), 2))
    return Excerpt(occasion, words, 0, (noise * (0.1, 0.01)).astype(np.float32))
