"""Who is frightened says it again and again, or says why: real Vosk, in the synthesizer's voices."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.coaching.events import Heard
from assistant.hearing.echo.delay_tracking import DelayTrackingCanceller
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.rejection import Refused
from assistant.hearing.verification import Verifier, open_verifier
from assistant.hearing.voice_activity import SileroDetector
from assistant.programme.voice import VoicePack
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from assistant.speaking.rendering import Renderer, Voice

VOICES = (Voice("en-us", 160, 50), Voice("en-us+f3", 220, 50), Voice("en-gb", 280, 50))
BEFORE_SECONDS = 1.0
SOON_SECONDS = 2.0


@pytest.fixture(scope="module")
def recognizer(pack: VoicePack, session_cache: Path) -> VoskRecognizer:
    return VoskRecognizer(find_model(None), pack.commands, session_cache / "graphs")


@pytest.fixture(scope="module")
def verifier(pack: VoicePack) -> Verifier | None:
    return open_verifier(find_model(None), pack.commands)


def _in_a_quiet_room(speech: Samples) -> Samples:
    """Begin a moment later than the recording, over a little noise."""
    before = np.zeros(round(BEFORE_SECONDS * SAMPLE_RATE), np.float32)
    after = np.zeros(2 * SAMPLE_RATE, np.float32)
    sound = np.concatenate([before, 0.3 * speech, after])
    return sound + np.random.default_rng(0).normal(0, 2e-4, sound.size).astype(np.float32)


def _taken_of(
    speech: Samples, recognizer: VoskRecognizer, verifier: Verifier | None, pack: VoicePack
) -> list[tuple[float, str]]:
    """Give the commands that a listener takes, and when; nothing must be misunderstood."""
    room = _in_a_quiet_room(speech)
    canceller, detector = DelayTrackingCanceller(), SileroDetector()
    listener = Listener(recognizer, Matcher(pack.commands), canceller, detector=detector, verifier=verifier)
    far = np.zeros(BLOCK, np.float32)
    taken: list[tuple[float, str]] = []
    for start in range(0, room.size // BLOCK * BLOCK, BLOCK):
        for event in listener.hear(room[start : start + BLOCK], far, "moving"):
            if isinstance(event, Refused):
                continue
            assert isinstance(event, Heard), event
            taken.append((listener.now, event.command))
    recognizer.finish()
    return taken


@pytest.mark.parametrize("voice", VOICES, ids=str)
@pytest.mark.parametrize(
    "said",
    ["stop stop", "stop stop stop", "stop stop stop stop stop", "no stop", "ow ow stop", "pain pain pain"],
)
def test_it_ends_the_exercise_soon_and_once(
    said: str,
    voice: Voice,
    recognizer: VoskRecognizer,
    verifier: Verifier | None,
    pack: VoicePack,
    speech: Renderer,
) -> None:
    """In one breath, with nothing between the words."""
    taken = _taken_of(speech.render(said, voice), recognizer, verifier, pack)
    assert taken
    assert taken[0][0] < BEFORE_SECONDS + SOON_SECONDS
    assert [command for _, command in taken] == ["pain" if "pain" in said else "stop"]


@pytest.mark.parametrize("voice", VOICES, ids=str)
@pytest.mark.parametrize("why", ["I can't do this any more", "that is far too much for me"])
def test_why_it_is_said_does_not_hide_it(
    why: str,
    voice: Voice,
    recognizer: VoskRecognizer,
    verifier: Verifier | None,
    pack: VoicePack,
    speech: Renderer,
) -> None:
    """In the same breath."""
    taken = _taken_of(speech.render(f"stop {why}", voice), recognizer, verifier, pack)
    assert [command for _, command in taken] == ["stop"]
