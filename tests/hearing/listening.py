"""A listener that is given what a script says was recognized."""

from __future__ import annotations

import math

import numpy as np

from assistant.coaching.events import Heard, NotUnderstood
from assistant.hearing.echo.canceller import EchoCanceller
from assistant.hearing.listener import Listener, Sound
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.hearing.rejection import Refused
from assistant.hearing.self_speech import Spoken
from assistant.hearing.verification import Verifier
from assistant.hearing.voice_activity import VoiceDetector
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from tests.stand_ins import ScriptedRecognizer

SILENCE = np.zeros(BLOCK, np.float32)
NOISE = np.random.default_rng(0).normal(0, 0.1, BLOCK).astype(np.float32)
Timed = tuple[float, Heard | NotUnderstood]


def words(text: str, start: float, partial: bool = False, confidence: float = 1.0) -> Utterance:
    """Words of 0.3 s each, one after the other; `_` is a pause of 0.3 s."""
    return Utterance(
        tuple(
            Word(word, start + 0.3 * i, start + 0.3 * (i + 1))
            for i, word in enumerate(text.split())
            if word != "_"
        ),
        partial,
        confidence,
    )


def steadily(text: str, start: float, seconds: float) -> list[tuple[float, Utterance]]:
    """The same partial result every 48 ms."""
    times = np.arange(start + 0.3, start + 0.3 + seconds, 0.048)
    return [(float(at), words(text, start, partial=True)) for at in times]


def judge(
    vocabulary: Matcher,
    script: list[tuple[float, Utterance]],
    context: str | None = "moving",
    spoken: tuple[Spoken, ...] = (),
    canceller: EchoCanceller | None = None,
    sound: Samples = SILENCE,
    seconds: float = 6.0,
    quietest_db: float = -math.inf,
    weight: float = 1.0,
    detector: VoiceDetector | None = None,
    verifier: Verifier | None = None,
) -> list[tuple[float, Sound]]:
    """Run a script; the microphone takes `sound` from 0.9 s to 1.8 s, and silence else."""
    listener = Listener(
        ScriptedRecognizer(script, weight),
        vocabulary,
        canceller,
        quietest_db,
        detector=detector,
        verifier=verifier,
    )
    heard: list[tuple[float, Sound]] = []
    for i in range(round(seconds * SAMPLE_RATE / BLOCK)):
        mic = sound if 0.9 <= i * BLOCK / SAMPLE_RATE < 1.8 else SILENCE
        sounds = listener.hear(mic, SILENCE, context, lambda: spoken)
        heard += [(listener.now, event) for event in sounds]
    return heard + [(listener.now, event) for event in listener.finish(context, lambda: spoken)]


def hear(
    vocabulary: Matcher,
    script: list[tuple[float, Utterance]],
    context: str | None = "moving",
    spoken: tuple[Spoken, ...] = (),
    canceller: EchoCanceller | None = None,
    sound: Samples = SILENCE,
    seconds: float = 6.0,
    quietest_db: float = -math.inf,
    weight: float = 1.0,
    detector: VoiceDetector | None = None,
    verifier: Verifier | None = None,
) -> list[Timed]:
    """As `judge`, without what is refused."""
    judged = judge(
        vocabulary,
        script,
        context,
        spoken,
        canceller,
        sound,
        seconds,
        quietest_db,
        weight,
        detector,
        verifier,
    )
    return [(at, event) for at, event in judged if not isinstance(event, Refused)]


def taken_of(sounds: list[Sound]) -> list[Heard | NotUnderstood]:
    """What is acted on."""
    return [sound for sound in sounds if not isinstance(sound, Refused)]


def commands(heard: list[Timed]) -> list[str]:
    return [sound.command if isinstance(sound, Heard) else "?" for _, sound in heard]
