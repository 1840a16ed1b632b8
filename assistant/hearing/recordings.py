"""Hearing a whole recording at once, without a clock."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from assistant.coaching.events import Heard, NotUnderstood
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.gain import levelled
from assistant.hearing.listener import Listener, Sound
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Recognizer
from assistant.hearing.rejection import FAINT_DB, Reason, Refused
from assistant.hearing.verification import Verifier
from assistant.hearing.voice_activity import VoiceDetector
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, loudest_db

BACKGROUND_DB = 18.0
"""Sound that is weaker than the loudest words by this is the background to them. Chosen."""

_WATCHED_BLOCKS = SAMPLE_RATE // BLOCK


def hear_recording(
    samples: Samples,
    recognizer: Recognizer,
    matcher: Matcher,
    context: str | None = None,
    detector: VoiceDetector | None = None,
    verifier: Verifier | None = None,
) -> list[Heard]:
    """Return the commands in a whole recording, shape (n,), that no loudspeaker speaks into.

    Raises:
        InputError: there is no such context.
    """
    judged = judge_recording(samples, recognizer, matcher, context, detector, verifier)
    return [sound for sound in judged if isinstance(sound, Heard)]


def judge_recording(
    samples: Samples,
    recognizer: Recognizer,
    matcher: Matcher,
    context: str | None = None,
    detector: VoiceDetector | None = None,
    verifier: Verifier | None = None,
    watch: Callable[[float], None] = lambda _: None,
    far: Samples | None = None,
) -> list[Heard | Refused]:
    """Return the commands in a recording as `hear_recording`, and those that were refused.

    Args:
        samples: Shape (n,).
        recognizer: Gives the words.
        matcher: Gives the commands in the words.
        context: What can be said; None is everything.
        detector: Tells whether a voice sounds.
        verifier: Gives a second opinion.
        watch: Is told which share of it has been heard, after each second.
        far: What a loudspeaker played meanwhile, shape (n,): then it is heard as in a session. None where
            there was none.

    Raises:
        InputError: there is no such context.
    """
    if far is not None:
        canceller = DelayTrackingCanceller()
        listener = Listener(recognizer, matcher, canceller, detector=detector, verifier=verifier)
        return _judged(listener, samples, far, context, watch)
    samples = levelled(samples)
    quietest_db = loudest_db(samples) - BACKGROUND_DB
    listener = Listener(recognizer, matcher, quietest_db=quietest_db, detector=detector, verifier=verifier)
    judged = _judged(listener, samples, np.zeros_like(samples), context, watch)
    # Live, only what came before can tell how loud the person is; here, what comes after does, too.
    levels_db = [
        -math.inf if isinstance(one, Refused) or one.command in matcher.safety else _level_db(samples, one)
        for one in judged
    ]
    faint_db = max(levels_db, default=0.0) - FAINT_DB
    return [
        Refused(one, Reason.FAINT) if isinstance(one, Heard) and -math.inf < level_db < faint_db else one
        for one, level_db in zip(judged, levels_db, strict=True)
    ]


def _judged(
    listener: Listener, mic: Samples, far: Samples, context: str | None, watch: Callable[[float], None]
) -> list[Heard | Refused]:
    mics, fars = (np.pad(side, (0, -side.size % BLOCK)).reshape(-1, BLOCK) for side in (mic, far))
    sounds: list[Sound] = []
    for number, (near, echoed) in enumerate(zip(mics, fars, strict=True)):
        sounds += listener.hear(near, echoed, context)
        if number % _WATCHED_BLOCKS == 0:
            watch(number / len(mics))
    sounds += listener.finish(context)
    return [sound for sound in sounds if not isinstance(sound, NotUnderstood)]


def _level_db(samples: Samples, command: Heard) -> float:
    return loudest_db(samples[round(command.start * SAMPLE_RATE) : round(command.end * SAMPLE_RATE)])
