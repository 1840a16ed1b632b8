"""The synthesizers that Debian and the Python index bring: espeak-ng, flite, festival, Pico."""

from __future__ import annotations

import random
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from training import held_out
from training.topology import SAMPLE_RATE

Sound = npt.NDArray[np.float32]

ACCENTS = {
    "en-us": 8,
    "en-gb": 3,
    "en-gb-x-rp": 1,
    "en-gb-scotland": 1,
    "en-gb-x-gbclan": 1,
    "en-029": 1,
    "en-us-nyc": 1,
}
"""espeak-ng voices, and how often each speaks."""

# Robots, and those that no person resembles.
_NO_PEOPLE = re.compile(r"robosoft|UniRobot|anikaRobot|Demonic|fast|Tweaky|croak|whisper")
_PLAIN, _NUMBERED = 0.12, 0.5
# Each synthesizer says "ow" as in "low"; the cry is meant.
_ESPEAK_PHONEMES = {"ow": "[[a'U]]"}
_FLITE_PITCH = {"rms": 100, "kal16": 105, "awb": 120, "slt": 175}


def variants(listed: str) -> list[str]:
    """Return those of espeak-ng's variants that sound like people and are not kept for measuring.

    Args:
        listed: What `espeak-ng --voices=variant` prints.
    """
    names = re.findall(r"!v/(\S+)", listed)
    return [name for name in names if not _NO_PEOPLE.match(name) and name not in held_out.VARIANTS]


class Espeak:
    """espeak-ng: rules and formants, in accents and variants."""

    name = "espeak"

    def __init__(self) -> None:
        listed = subprocess.run(["espeak-ng", "--voices=variant"], capture_output=True, text=True, check=True)
        left = variants(listed.stdout)
        self._numbered = [name for name in left if re.fullmatch(r"[mf]\d", name)]
        self._named = [name for name in left if name not in self._numbered]

    def say(self, text: str, dice: random.Random) -> Sound | None:
        """Return the sound of a text in a voice by chance; 16 kHz."""
        voice = dice.choices(list(ACCENTS), list(ACCENTS.values()))[0]
        chance = dice.random()
        if chance >= _PLAIN:
            voice += "+" + dice.choice(self._numbered if chance < _PLAIN + _NUMBERED else self._named)
        rate, pitch = dice.randint(105, 215), dice.randint(15, 85) if dice.random() < 0.6 else 50
        spelled = " ".join(_ESPEAK_PHONEMES.get(word, word) for word in text.split())
        return _spoken(["espeak-ng", "-v", voice, "-s", str(rate), "-p", str(pitch), spelled, "-w"])


class Flite:
    """flite: diphones and clustered units of four people."""

    name = "flite"

    def say(self, text: str, dice: random.Random) -> Sound | None:
        """Return the sound of a text in a voice by chance; 16 kHz."""
        if "ow" in text.split():
            return None
        voice = dice.choice(list(_FLITE_PITCH))
        pitch = _FLITE_PITCH[voice] * dice.uniform(0.75, 1.35)
        stretch = dice.uniform(0.7, 1.4)
        settings = [f"duration_stretch={stretch:.2f}", f"int_f0_target_mean={pitch:.0f}"]
        return _spoken(
            ["flite", "-voice", voice, "--setf", settings[0], "--setf", settings[1], "-t", text, "-o"]
        )


class Festival:
    """festival: a diphone voice and one of hidden Markov models."""

    name = "festival"

    def say(self, text: str, dice: random.Random) -> Sound | None:
        """Return the sound of a text in a voice by chance; 16 kHz."""
        if "ow" in text.split():
            return None
        voice = dice.choice(
            ["voice_kal_diphone", "voice_cmu_us_slt_arctic_hts", "voice_cmu_us_slt_arctic_hts"]
        )
        stretch = dice.uniform(0.75, 1.35)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "said.wav"
            script = Path(folder) / "say.scm"
            script.write_text(
                f"({voice})\n(Parameter.set 'Duration_Stretch {stretch:.2f})\n"
                f'(utt.save.wave (utt.synth (Utterance Text "{text}")) "{file}")\n'
            )
            subprocess.run(["festival", "-b", str(script)], capture_output=True, check=False)
            return _read(file)


class Pico:
    """SVOX Pico: an American and a British woman."""

    name = "pico"

    def __init__(self) -> None:
        from py_nanotts import NanoTTS

        self._engine = NanoTTS()

    def say(self, text: str, dice: random.Random) -> Sound | None:
        """Return the sound of a text in a voice by chance; 16 kHz."""
        if "ow" in text.split():
            return None
        voice, speed, pitch = dice.choice(["en-US", "en-GB"]), dice.uniform(0.7, 1.4), dice.uniform(0.6, 1.3)
        said = self._engine.speak(text, voice=voice, speed=speed, pitch=pitch)
        return np.frombuffer(said, "<i2").astype(np.float32) / 32768


ENGINES = {"espeak": Espeak, "flite": Flite, "festival": Festival, "pico": Pico}


def _spoken(command: list[str]) -> Sound | None:
    """Run a synthesizer whose last argument is the file to write."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        subprocess.run([*command, str(file)], capture_output=True, check=False)
        return _read(file)


def _read(file: Path) -> Sound | None:
    if not file.exists():
        return None
    try:
        samples, rate = soundfile.read(file, dtype="float32")
    except soundfile.LibsndfileError:
        return None
    return np.asarray(soxr.resample(samples, rate, SAMPLE_RATE), np.float32) if len(samples) else None
