"""A calibration without hardware: a simulated room, and a person who says what they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.rehearsal.room import SPEECH_DB, SimulatedRoom
from assistant.session.room import Taken
from assistant.sound import SAMPLE_RATE, Samples, active_db

_REACTION_SECONDS, _NOISE_SECONDS = 0.6, 10
"""Until the person answers, and after which the noise repeats itself; chosen."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a simulated room is."""

    delay_seconds: float = 0.12
    """Of the echo."""
    echo_db: float = -10.0
    """Relative to the person's voice; -100 stands for headphones."""
    noise_db: float = -75.0
    """Steady noise in the microphone, in decibels of full scale."""
    microphone_db: float = 0.0
    """How far the microphone is turned up; beyond full scale it clips."""
    muted: bool = False
    silent: bool = False
    """Whether the person says nothing."""
    voice_db: float = SPEECH_DB
    """Level of the person's voice before the microphone is turned up."""
    seed: int = 1


class SimulatedPlace:
    """A room for a guide.

    Args:
        place: How it is.
        coach: A piece of the coach's voice, by which the echo's level is set.
        say: Returns the sound of a word in the person's voice.
    """

    def __init__(self, place: Place, coach: Samples, say: Callable[[str], Samples]) -> None:
        self._place = place
        self._say = say
        noise = np.random.default_rng(place.seed).standard_normal(_NOISE_SECONDS * SAMPLE_RATE)
        # The room's levels are relative to its own idea of a voice.
        self._room = SimulatedRoom(
            place.echo_db + place.voice_db - SPEECH_DB,
            coach,
            noise.astype(np.float32),
            SPEECH_DB - place.noise_db,
            place.seed,
            place.delay_seconds,
        )

    @property
    def played(self) -> int:
        """Samples that have gone out."""
        return self._room.position

    def hush(self) -> int:
        """Nothing waits here."""
        return self._room.position

    def exchange(self, block: Samples) -> Sequence[Taken]:
        """Play a block and give what the microphone takes meanwhile."""
        taken = self._room.exchange(block) * np.float32(10 ** (self._place.microphone_db / 20))
        if self._place.muted:
            taken = np.zeros_like(taken)
        return [Taken(np.clip(taken, -1.0, 1.0), block)]

    def asked(self, word: str) -> None:
        """Let the person say a word in a moment."""
        if self._place.silent:
            return
        samples = self._say(word)
        samples = samples * np.float32(10 ** ((self._place.voice_db - active_db(samples)) / 20))
        self._room.say(samples, self._room.position + round(_REACTION_SECONDS * SAMPLE_RATE))
