"""The synthesizer says a word, and the model hears it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from assistant.doctor.probes import Probe, ProbeError
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.model import find_model
from assistant.hearing.recognition.recognizer import VoskRecognizer
from assistant.hearing.recognition.sentences import usual_way
from assistant.hearing.recordings import hear_recording
from assistant.hearing.voice_activity import SileroDetector
from assistant.library.session import load_voice
from assistant.programme.voice import VoicePack
from assistant.sound import SAMPLE_RATE, Samples
from assistant.speaking.rendering import Renderer, Voice

COMMAND = "stop"
"""Every voice pack has it."""

_SECONDS = 60.0
"""A Raspberry Pi that builds graphs for the first time takes a while."""


def stop_word(pack: VoicePack) -> str:
    """Return a voice pack's first word for stop.

    Raises:
        ProbeError: there is none.
    """
    word = usual_way(Matcher(pack.commands).grammar, COMMAND, "moving")
    if word is None:
        raise ProbeError(f"the voice pack {pack.name!r} has no word for {COMMAND}", "imprint check")
    return word


def look_at_voice(pack: VoicePack, renderer: Renderer) -> str:
    """Say which synthesizer speaks in which voice.

    Raises:
        AssistantError: it does not speak.
        ProbeError: what it gives is silence.
    """
    if not np.any(_said(pack, renderer)):
        raise ProbeError(f"the voice {pack.voice!r} gives silence", _install_synthesizer())
    return f"{pack.name}, by {renderer.identity}"


def look_at_model(pack: VoicePack, renderer: Renderer, model: Path | None, graphs: Path) -> str:
    """Have the model hear a word of the synthesizer and say which it is.

    Args:
        pack: Whose word for stop is said.
        renderer: Says it.
        model: The speech model's folder or name; None is the shipped one.
        graphs: Folder in which graphs are kept.

    Raises:
        AssistantError: the model can't be loaded.
        ProbeError: something else is heard, or nothing.
    """
    found = find_model(model)
    recognizer = VoskRecognizer(found, pack.commands, graphs)
    word = np.pad(_said(pack, renderer), SAMPLE_RATE // 2)
    hiss = np.random.default_rng(0).normal(0.0, 2e-4, word.size).astype(np.float32)
    heard = hear_recording(word + hiss, recognizer, Matcher(pack.commands), "moving", SileroDetector())
    if [event.command for event in heard] != [COMMAND]:
        told = ", ".join(event.text for event in heard) or "nothing"
        remedy = "imprint models build" if model is None else "imprint settings unset model"
        raise ProbeError(f"{found.path.name}: of {stop_word(pack)!r} it heard {told}", remedy)
    return f"{found.path.name} heard {heard[0].text!r} ({heard[0].confidence:.2f})"


def speech_probes(
    voice: str,
    model: Path | None,
    renderer: Renderer,
    graphs: Path,
    load: Callable[[str], VoicePack] = load_voice,
) -> list[Probe]:
    """Return the probes of the synthesizer and the speech model; see `look_at_model`."""

    def hear() -> str:
        return look_at_model(load(voice), renderer, model, graphs)

    return [
        Probe("voice", lambda: look_at_voice(load(voice), renderer), _install_synthesizer(), None, _SECONDS),
        Probe("speech model", hear, "imprint models list", "voice", _SECONDS),
    ]


def _said(pack: VoicePack, renderer: Renderer) -> Samples:
    return renderer.render(stop_word(pack), Voice(pack.voice, pack.words_per_minute, pack.pitch))


def _install_synthesizer() -> str:
    return "brew install espeak-ng" if sys.platform == "darwin" else "sudo apt-get install -y espeak-ng"
