"""The coach alone in a loud room: nothing that it says is ever heard as a command."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from assistant.coaching.events import Heard
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.self_speech import Spoken
from assistant.hearing.verification import Verifier, open_verifier
from assistant.hearing.voice_activity import SileroDetector
from assistant.library.session import load_voice
from assistant.places import shipped
from assistant.programme.calibration_lines import CalibrationLine
from assistant.programme.voice import VoicePack
from assistant.rehearsal.room import SimulatedRoom
from assistant.session.coach_voice import CoachVoice
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from assistant.speaking import earcons
from assistant.speaking.clips import ClipStore
from assistant.speaking.rendering import Renderer

ECHO_DB = 6.0


@pytest.fixture(scope="module", params=["en", "en-terse"])
def pack(request: pytest.FixtureRequest) -> VoicePack:
    """Every shipped voice."""
    return load_voice(str(shipped("voices") / request.param))


@pytest.fixture(scope="module")
def clips(pack: VoicePack, speech: Renderer, session_cache: Path) -> list[tuple[str, Samples]]:
    """Every cue of a session, placeholders filled in, and the numbers; of an heir, what it changes."""
    store = ClipStore(speech, session_cache / "clips")
    voice = CoachVoice(pack, store)
    filled = {
        **{"n": "ten", "m": "twelve", "set": "two", "title": "single leg lift, knee bent"},
        **{"side": "left", "place": "knee", "flag": "chest pain"},
    }
    usual = load_voice(str(shipped("voices") / "en"))
    cues = [cue for cue in pack.cues.values() if cue.name not in set(CalibrationLine)]
    changed = [cue for cue in cues if pack.inherits is None or usual.cues[cue.name] != cue]
    texts = [(cue, cue.text.format_map(filled)) for cue in changed]
    spoken = [(text, store.clip(text, voice.voice_of(cue)).samples) for cue, text in texts]
    counted = ((word, store.clip(word, voice.voice_of(texts[0][0])).samples) for word in pack.numbers)
    beats = (("", earcons.beat(value)) for value in (5, 4, 3, 2, 1))
    return [*spoken, *counted, *beats]


def _listen(
    clips: list[tuple[str, Samples]],
    recognizer: VoskRecognizer,
    verifier: Verifier | None,
    pack: VoicePack,
    context: str | None,
    seed: int,
) -> list[Heard]:
    room = SimulatedRoom(ECHO_DB, clips[0][1], None, 20, seed)
    canceller, detector = DelayTrackingCanceller(), SileroDetector()
    listener = Listener(recognizer, Matcher(pack.commands), canceller, detector=detector, verifier=verifier)
    spoken: list[Spoken] = []
    far: list[Samples] = []
    at = 0
    for text, samples in clips:
        padded = np.concatenate([samples, np.zeros(SAMPLE_RATE // 2, np.float32)])
        spoken.append(Spoken(text, at / SAMPLE_RATE, (at + samples.size) / SAMPLE_RATE))
        far.append(padded)
        at += padded.size
    played = np.concatenate(far)
    heard: list[object] = []
    for start in range(0, played.size // BLOCK * BLOCK, BLOCK):
        now = start / SAMPLE_RATE
        block = played[start : start + BLOCK]
        heard += listener.hear(room.exchange(block), block, context, partial(_lately, spoken, now))
    heard += listener.finish(context)
    recognizer.finish()
    return [event for event in heard if isinstance(event, Heard)]


def _lately(spoken: list[Spoken], now: float) -> list[Spoken]:
    return [cue for cue in spoken if cue.start <= now and cue.end > now - 5]


@pytest.fixture(scope="module")
def recognizer(pack: VoicePack, session_cache: Path) -> VoskRecognizer:
    return VoskRecognizer(find_model(None), pack.commands, session_cache / "graphs")


@pytest.fixture(scope="module")
def verifier(pack: VoicePack) -> Verifier | None:
    return open_verifier(find_model(None), pack.commands)


@pytest.mark.parametrize("context", ["moving", "resting", "stopped", "asked_number", None])
def test_no_cue_is_heard_as_a_command(
    clips: list[tuple[str, Samples]],
    recognizer: VoskRecognizer,
    verifier: Verifier | None,
    pack: VoicePack,
    context: str | None,
) -> None:
    """Every cue in a row, the echo 6 dB louder than a person would be."""
    assert _listen(clips, recognizer, verifier, pack, context, seed=2) == []


def test_no_first_cue_is_heard_as_a_command(
    clips: list[tuple[str, Samples]],
    recognizer: VoskRecognizer,
    verifier: Verifier | None,
    pack: VoicePack,
) -> None:
    """Nor any cue alone, while the canceller does not know the room yet."""
    for i, clip in enumerate(clips):
        assert _listen([clip], recognizer, verifier, pack, None, seed=i) == [], clip[0]
