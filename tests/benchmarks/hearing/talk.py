"""A coach who talks without end in a room, and people who talk over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.hearing.self_speech import Spoken
from assistant.programme.calibration_lines import CalibrationLine
from assistant.programme.voice import VoicePack
from assistant.rehearsal.room import ECHO_DELAY_SECONDS, SPEECH_DB, convolve, impulse_response
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db
from assistant.speaking.rendering import Voice

Speak = Callable[[str, Voice], Samples]
"""Returns the sound of a text in a voice."""

LEAD_SECONDS = 6.0
"""The coach alone, in which the canceller learns the room."""

GAP_SECONDS = 1.5
"""Between two who talk over the coach: more than an utterance takes to be over."""

TAIL_SECONDS = 1.5
"""After the last of them."""

SHORTEST_REVERBERATION_SECONDS, LONGEST_REVERBERATION_SECONDS = 0.1, 0.3

LOUDEST_ECHO_DB = SPEECH_DB + 6.0
"""A louder echo would clip: the microphone is turned down instead, and with it the people who talk."""

_PAUSES_SECONDS = (0.05, 0.4)
_FLOOR_DB = -75.0
# Variant, rate relative to the voice pack's, and pitch. Few, because all cues are kept in each.
_VOICES = (
    ("", 1.0, 45),
    ("", 1.2, 60),
    ("+f2", 0.9, 60),
    ("+f3", 1.1, 50),
    ("+m3", 0.85, 40),
    ("+m1", 1.05, 30),
)
# What placeholders in cues become.
_FILLED = {
    **{"n": "ten", "m": "twelve", "set": "two", "title": "single leg lift, knee bent"},
    **{"side": "left", "place": "knee", "flag": "chest pain"},
}
_NEAR_SECONDS = 0.7
_LONGEST_CUE_SECONDS = 14.0


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """An utterance over the coach: the near end."""

    text: str
    samples: Samples
    louder_db: float = 0.0
    """Than people speak normally."""


@dataclass(frozen=True, slots=True, eq=False)
class Talk:
    """What loudspeaker and microphone have meanwhile; all of whole blocks."""

    far: Samples
    mic: Samples
    """With the echo of a coach who never gives way."""
    others: Samples
    """What the microphone has without the echo."""
    path: Samples
    """The echo path."""
    spoken: tuple[Spoken, ...]
    """What the coach says, and when."""
    near: tuple[tuple[float, float], ...]
    """When the others talk, in seconds."""


def make_talk(
    pack: VoicePack,
    speak: Speak,
    near: Sequence[Near],
    seconds: float,
    echo_db: float,
    chance: np.random.Generator,
) -> Talk:
    """Have the coach say its cues, again and again, and others talk over it, one after the other.

    Args:
        pack: What the coach says, and in which voice; its rate, pitch and variant are left to chance.
        speak: Returns the sound of a text.
        near: Who talks over it; what the coach says meanwhile has no words in common with theirs.
        seconds: How long it talks at least.
        echo_db: Level of the echo relative to the others.
        chance: Makes the room, the coach's voice and the order of cues.
    """
    times = near_times([one.samples.size / SAMPLE_RATE for one in near])
    end = max([seconds, *(last + TAIL_SECONDS for _, last in times)])
    far = np.zeros(round(end * SAMPLE_RATE) // BLOCK * BLOCK, np.float32)
    spoken = _say_cues(pack, speak, far, [one.text for one in near], times, chance)
    level_db = min(SPEECH_DB + echo_db, LOUDEST_ECHO_DB)
    path = impulse_response(
        chance,
        float(chance.uniform(ECHO_DELAY_SECONDS / 2, ECHO_DELAY_SECONDS * 2)),
        float(chance.uniform(SHORTEST_REVERBERATION_SECONDS, LONGEST_REVERBERATION_SECONDS)),
    )
    echo = convolve(far, path)[: far.size]
    path *= np.float32(10 ** ((level_db - active_db(echo)) / 20))
    others = chance.standard_normal(far.size).astype(np.float32) * np.float32(10 ** (_FLOOR_DB / 20))
    for one, (start, _) in zip(near, times, strict=True):
        at = round(start * SAMPLE_RATE)
        louder = 10 ** ((level_db - echo_db + one.louder_db - active_db(one.samples)) / 20)
        others[at : at + one.samples.size] += one.samples * np.float32(louder)
    mic = np.clip(convolve(far, path)[: far.size] + others, -1.0, 1.0).astype(np.float32)
    return Talk(far, mic, others, path, spoken, times)


def nobody_talks(mic: Samples) -> Talk:
    """Return a microphone's sound beside a silent loudspeaker; what does not fill a block is cut off."""
    mic = mic[: mic.size // BLOCK * BLOCK]
    return Talk(np.zeros_like(mic), mic, mic, np.zeros(1, np.float32), (), ())


def near_times(lengths: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Return when each of some clips begins and ends over the coach; all in seconds."""
    times: list[tuple[float, float]] = []
    start = LEAD_SECONDS
    for length in lengths:
        times.append((start, start + length))
        start += length + GAP_SECONDS
    return tuple(times)


def least_alike(cues: Sequence[str], said: Sequence[str]) -> int:
    """Return the index of the first cue that has the fewest words in common with what is said meanwhile."""
    words = {word for text in said for word in text.lower().split()}
    shared = [len(words & set(re.findall(r"[\w'-]+", cue.lower()))) for cue in cues]
    return shared.index(min(shared))


def _say_cues(
    pack: VoicePack,
    speak: Speak,
    far: Samples,
    said: Sequence[str],
    times: Sequence[tuple[float, float]],
    chance: np.random.Generator,
) -> tuple[Spoken, ...]:
    """Fill the loudspeaker's sound with cues; return what was said."""
    in_sessions = pack.cues.keys() - set(CalibrationLine)
    cues = [cue.text.format_map(_FILLED) for cue in pack.cues.values() if cue.name in in_sessions]
    cues += pack.numbers
    variant, rate, pitch = _VOICES[int(chance.integers(len(_VOICES)))]
    name = pack.voice.partition("+")[0] + variant
    voice = Voice(name, round(pack.words_per_minute * rate), pitch)
    deck: list[str] = []
    spoken: list[Spoken] = []
    at = 0
    while at < far.size:
        if len(deck) < len(cues):
            # A second deck under what is left of the first, so that there is always a choice.
            deck += [cues[i] for i in chance.permutation(len(cues))]
        now = at / SAMPLE_RATE
        meanwhile = [
            text
            for text, (start, end) in zip(said, times, strict=True)
            if start < now + _LONGEST_CUE_SECONDS and end > now - _NEAR_SECONDS
        ]
        cue = deck.pop(least_alike(deck, meanwhile))
        clip = speak(cue, voice)
        part = clip[: far.size - at]
        far[at : at + part.size] = part
        spoken.append(Spoken(cue, now, (at + part.size) / SAMPLE_RATE))
        at += clip.size + round(float(chance.uniform(*_PAUSES_SECONDS)) * SAMPLE_RATE)
    return tuple(spoken)
