"""Hearing a whole recording at once, without a loudspeaker or a clock."""

from __future__ import annotations

import numpy as np

from assistant.coaching.events import Heard
from assistant.hearing.level import levelled
from assistant.hearing.listener import Listener, Sound
from assistant.hearing.recognizer import Recognizer
from assistant.hearing.vocabulary import Vocabulary
from assistant.sound import BLOCK, Samples, loudest_db


def hear_recording(
    samples: Samples, recognizer: Recognizer, vocabulary: Vocabulary, context: str | None = None
) -> list[Heard]:
    """Give the commands in a whole recording, shape (n,), that no loudspeaker speaks into.

    Raises:
        InputError: there is no such context.
    """
    samples = levelled(samples)
    listener = Listener(recognizer, vocabulary, loudest_db=loudest_db(samples))
    silence = np.zeros(BLOCK, np.float32)
    sounds: list[Sound] = []
    for at in range(0, samples.size, BLOCK):
        block = samples[at : at + BLOCK]
        if block.size < BLOCK:
            block = np.concatenate([block, silence[block.size :]])
        sounds += listener.hear(block, silence, context, ())
    sounds += listener.finish(context)
    return [sound for sound in sounds if isinstance(sound, Heard)]
