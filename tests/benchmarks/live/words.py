"""The word "stop" in several synthetic voices."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from assistant.errors import AssistantError
from assistant.sound import Samples, read_sound
from assistant.speaking.rendering import Renderer, Voice
from assistant.speaking.shaping import shape

ESPEAK_VOICES = (
    Voice("en-us", 165, 50),
    Voice("en-gb+f3", 150, 60),
    Voice("en-us+m3", 180, 40),
    Voice("en-gb", 165, 45),
)
FLITE_VOICES = ("slt", "rms", "awb", "kal16")
_RENDERING_SECONDS = 20.0


def stop_words(renderer: Renderer) -> list[Samples]:
    """Return the word in every voice there is, the two synthesizers in turn; flite's where it is installed.

    Raises:
        AssistantError: a synthesizer failed.
    """
    espeak = [shape(renderer.render("stop", voice)) for voice in ESPEAK_VOICES]
    if shutil.which("flite") is None:
        return espeak
    return [word for pair in zip(espeak, map(_flite, FLITE_VOICES), strict=True) for word in pair]


def _flite(voice: str) -> Samples:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stop.wav"
        try:
            subprocess.run(
                ["flite", "-voice", voice, "-t", "stop", "-o", str(path)],
                capture_output=True,
                timeout=_RENDERING_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise AssistantError(f"flite can't say a word ({error}). Install flite again.") from error
        return shape(read_sound(path))
