"""What is measured of a microphone, a loudspeaker and a room: pure functions of sound."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.calibration.sweep import Echo, find_echo
from assistant.hearing.clipping import clipped
from assistant.hearing.sound_check import SILENT_PEAK
from assistant.sound import BLOCK, Samples, active_db, frame_powers, power_db

CLIPPED_SHARE = 0.05
"""Of the loudest quarter of the blocks, this share at full scale is too much."""

_CLEAR_OF_NOISE_DB = 6.0
"""An echo this much above the noise has a level of its own: the noise adds less than 1.3 dB."""

_LOUDEST_SHARE = 4
"""One block in four, the loudest, is looked at for clipping."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """What the microphone gives in a quiet room."""

    noise_db: float
    """Level in decibels of full scale; silence is -120."""
    clipped: bool


@dataclass(frozen=True, slots=True)
class Played:
    """What the microphone gives of the loudspeaker."""

    echo: Echo | None
    """None where the loudspeaker can't be found in it."""
    echo_db: float | None
    """Level of the coach's voice in the microphone; None where it is not clear of the noise."""
    clipped: bool
    silent: bool
    """Whether it gave nothing at all: muted, or behind a noise gate while there are headphones."""


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one command that was asked for."""

    word: str
    understood: bool
    voice_db: float | None
    """Level of the person's voice; None where nothing was said."""
    clipped: bool
    silent: bool = False
    """Whether the microphone gave nothing at all meanwhile."""


@dataclass(frozen=True, slots=True)
class Measured:
    """All of it."""

    quiet: Quiet
    played: Played
    said: tuple[Said, ...] = ()

    @property
    def delay_seconds(self) -> float | None:
        """By how much the echo follows the loudspeaker; None where it is not known."""
        return None if self.played.echo is None else self.played.echo.delay_seconds

    @property
    def muted(self) -> bool:
        """Whether the microphone gave nothing, of the loudspeaker and where a command was asked for."""
        return self.played.silent and all(said.silent for said in self.said)

    @property
    def voice_db(self) -> float | None:
        """Level of the person's voice: the middle one of what was said."""
        levels = sorted(said.voice_db for said in self.said if said.voice_db is not None)
        return levels[(len(levels) - 1) // 2] if levels else None

    @property
    def understood(self) -> int:
        """How many of the commands were understood."""
        return sum(said.understood for said in self.said)


def measure_quiet(mic: Samples) -> Quiet:
    """Measure the microphone, shape (n,), in a quiet room; a cough in it does no harm."""
    middle = float(np.median(frame_powers(mic))) if mic.size else 0.0
    return Quiet(float(10 * np.log10(max(middle, 1e-12))), is_clipped(mic))


def measure_played(mic: Samples, far: Samples, quiet: Quiet) -> Played:
    """Measure the microphone while the loudspeaker plays a sweep, and until its echo is over.

    Args:
        mic: The microphone, shape (n,).
        far: What the loudspeaker played in the same time, shape (n,); as loud as the coach speaks.
        quiet: What was measured before it.
    """
    echo = find_echo(mic, far)
    level = active_db(mic)
    clear = echo is not None and level > quiet.noise_db + _CLEAR_OF_NOISE_DB
    return Played(echo, level if clear else None, is_clipped(mic), _is_silent(mic))


def measure_said(word: str, understood: bool, mic: Samples, speech: Samples) -> Said:
    """Measure a command.

    Args:
        word: What was asked for.
        understood: Whether it was heard.
        mic: The microphone while the command was waited for, shape (n,).
        speech: Those blocks of it in which the person spoke, without the coach's echo, shape (m,).
    """
    level = active_db(speech) if speech.size else None
    return Said(word, understood, level, is_clipped(mic), _is_silent(mic))


def is_clipped(mic: Samples) -> bool:
    """Return whether what is loud in a sound, shape (n,), is overdriven."""
    blocks = mic[: mic.size // BLOCK * BLOCK].reshape(-1, BLOCK)
    if not blocks.size:
        return False
    loudest = sorted(blocks, key=power_db)[-max(len(blocks) // _LOUDEST_SHARE, 1) :]
    return sum(map(clipped, loudest)) > CLIPPED_SHARE * len(loudest)


def _is_silent(mic: Samples) -> bool:
    return float(np.abs(mic).max(initial=0.0)) <= SILENT_PEAK
