"""Other synthesizers than the product's: flite and festival, where they are installed.

A sentence that one synthesizer says is heard of that one's rules and recordings only; three of them are three
kinds of mistakes. Their voices are named `flite:slt` and `festival:ked_diphone`; every other name is
espeak-ng's.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.errors import AssistantError
from assistant.sound import Samples, read_sound
from assistant.speaking.rendering import Renderer, Voice

FLITE, FESTIVAL = "flite", "festival"

ESPEAK_VOICES = (
    Voice("en-us+f4", 150, 50),
    Voice("en-gb+m7", 175, 40),
    Voice("en-gb-x-gbcwmd+linda", 160, 55),
)
OTHER_VOICES = (
    Voice(f"{FLITE}:slt", 160, 50),
    Voice(f"{FLITE}:rms", 175, 50),
    Voice(f"{FESTIVAL}:ked_diphone", 165, 50),
)
"""Together six voices of three synthesizers. The model was trained with flite's. It was trained neither with
festival's `ked_diphone` nor with these of espeak-ng, which are held out."""

USUAL_WORDS_PER_MINUTE = 170
"""What flite and festival speak at by themselves, about; they are slowed down or sped up from there."""

_SECONDS = 30.0

_SPELLED: Mapping[str, Mapping[str, str]] = {
    "espeak": {"ow": "ouh", "mm": "um"},
    FLITE: {"ow": "aow", "mm": "um"},
    FESTIVAL: {"ow": "aow", "mm": "um"},
}
"""The cry, which each of them says as in "low", and what they would read letter by letter."""


class AllSynthesizers:
    """A renderer in whose voices' names the synthesizer is told.

    Args:
        espeak: Speaks in all other voices.
    """

    def __init__(self, espeak: Renderer) -> None:
        self._espeak = espeak

    @property
    def identity(self) -> str:
        """That of espeak-ng: what it has said is kept as it was. The others are told by the voice."""
        return self._espeak.identity

    def render(self, text: str, voice: Voice) -> Samples:
        """Speak text into samples.

        Raises:
            InputError: as the product's renderer does.
            AssistantError: the synthesizer is missing or failed.
        """
        synthesizer, _, name = voice.name.partition(":")
        stretch = USUAL_WORDS_PER_MINUTE / voice.words_per_minute
        if synthesizer == FLITE:
            return _spoken(lambda folder: _flite(text, name, stretch, folder))
        if synthesizer == FESTIVAL:
            return _spoken(lambda folder: _festival(text, name, stretch, folder))
        return self._espeak.render(text, voice)


def installed_voices() -> tuple[Voice, ...]:
    """Return those of OTHER_VOICES that can speak on this machine."""
    known = {
        FLITE: _listed(["flite", "-lv"]),
        FESTIVAL: _listed(["festival", "-b", "(print (voice.list))"]),
    }
    return tuple(
        voice
        for voice in OTHER_VOICES
        for synthesizer, _, name in (voice.name.partition(":"),)
        if name in known[synthesizer]
    )


def spelled(text: str, voice: Voice) -> str:
    """Return a sentence in the spelling with which a voice says it as people do."""
    synthesizer, other, _ = voice.name.partition(":")
    spelling = _SPELLED[synthesizer if other else "espeak"]
    return " ".join(spelling.get(word, word) for word in text.split())


def _listed(command: Sequence[str]) -> list[str]:
    """Return the words that a program prints; none where it is not installed."""
    if shutil.which(command[0]) is None:
        return []
    listed = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    return listed.stdout.replace("(", " ").replace(")", " ").split()


def _spoken(command: Callable[[Path], Sequence[str]]) -> Samples:
    with tempfile.TemporaryDirectory() as folder:
        run = command(Path(folder))
        try:
            subprocess.run(run, capture_output=True, check=False, timeout=_SECONDS)
            return read_sound(Path(folder) / "said.wav")
        except (OSError, AssistantError, subprocess.TimeoutExpired) as error:
            raise AssistantError(f"{run[0]} did not speak ({error}). Install it again.") from error


def _flite(text: str, voice: str, stretch: float, folder: Path) -> list[str]:
    settings = ["--setf", f"duration_stretch={stretch:.2f}"]
    return ["flite", "-voice", voice, *settings, "-t", text, "-o", str(folder / "said.wav")]


def _festival(text: str, voice: str, stretch: float, folder: Path) -> list[str]:
    script = folder / "say.scm"
    script.write_text(
        f"(voice_{voice})\n(Parameter.set 'Duration_Stretch {stretch:.2f})\n"
        f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{folder / "said.wav"}")\n',
        encoding="utf-8",
    )
    return ["festival", "-b", str(script)]
