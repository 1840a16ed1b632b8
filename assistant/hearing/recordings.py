"""Hearing a whole recording at once, without a loudspeaker or a clock."""

from __future__ import annotations

import math

import numpy as np

from assistant.coaching.events import Heard
from assistant.hearing.gain import levelled
from assistant.hearing.listener import Listener, Sound
from assistant.hearing.loudness import FAINT_DB
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Recognizer
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, loudest_db

BACKGROUND_DB = 18.0
"""Sound that is weaker than the loudest words by this is the background to them."""


def hear_recording(
    samples: Samples, recognizer: Recognizer, vocabulary: Matcher, context: str | None = None
) -> list[Heard]:
    """Give the commands in a whole recording, shape (n,), that no loudspeaker speaks into.

    Raises:
        InputError: there is no such context.
    """
    samples = levelled(samples)
    quietest_db = loudest_db(samples) - BACKGROUND_DB
    listener = Listener(recognizer, vocabulary, quietest_db=quietest_db)
    silence = np.zeros(BLOCK, np.float32)
    sounds: list[Sound] = []
    for at in range(0, samples.size, BLOCK):
        block = samples[at : at + BLOCK]
        if block.size < BLOCK:
            block = np.concatenate([block, silence[block.size :]])
        sounds += listener.hear(block, silence, context, ())
    sounds += listener.finish(context)
    heard = [sound for sound in sounds if isinstance(sound, Heard)]
    # Live, only what came before can tell how loud the person is; here, what comes after does, too.
    levels_db = [
        math.inf if _is_safety(command, vocabulary, context) else _level_db(samples, command)
        for command in heard
    ]
    faint_db = max((level_db for level_db in levels_db if level_db < math.inf), default=0.0) - FAINT_DB
    return [command for command, level_db in zip(heard, levels_db, strict=True) if level_db >= faint_db]


def _level_db(samples: Samples, command: Heard) -> float:
    return loudest_db(samples[round(command.start * SAMPLE_RATE) : round(command.end * SAMPLE_RATE)])


def _is_safety(command: Heard, vocabulary: Matcher, context: str | None) -> bool:
    return any(match.safety for match in vocabulary.match(command.text.split(), context))
