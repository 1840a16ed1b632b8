"""A calibration without hardware: a simulated room, and a person who says what they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from assistant.rehearsal.room import SPEECH_DB, SimulatedRoom
from assistant.session.room import Taken
from assistant.sound import SAMPLE_RATE, Samples, active_db

_REACTION_SECONDS, _NOISE_SECONDS = 0.6, 10
"""Until the person answers, and after which the noise repeats itself; chosen."""


class SimulatedPlace:
    """A room for a guide; by default one in which all is well.

    Args:
        coach: A piece of the coach's voice, by which the echo's level is set.
        say: Returns the sound of a word in the person's voice.
        echo_db: The coach in the microphone, relative to the person's voice.
        noise_db: Steady noise in the microphone, in decibels of full scale.
        delay_seconds: Of the echo.
        voice_db: Level of the person's voice.
    """

    def __init__(
        self,
        coach: Samples,
        say: Callable[[str], Samples],
        echo_db: float = -10.0,
        noise_db: float = -75.0,
        delay_seconds: float = 0.12,
        voice_db: float = SPEECH_DB,
    ) -> None:
        self._say = say
        self._voice_db = voice_db
        noise = np.random.default_rng(1).standard_normal(_NOISE_SECONDS * SAMPLE_RATE).astype(np.float32)
        # The room's levels are relative to its own idea of a voice.
        echo_db += voice_db - SPEECH_DB
        self._room = SimulatedRoom(echo_db, coach, noise, SPEECH_DB - noise_db, 1, delay_seconds)

    @property
    def played(self) -> int:
        """Samples that have gone out."""
        return self._room.position

    def hush(self) -> int:
        """Nothing waits here."""
        return self._room.position

    def give_way(self, lowered: bool) -> None:
        """Measure everything as loud as it is."""

    def exchange(self, block: Samples) -> Sequence[Taken]:
        """Play a block and give what the microphone takes meanwhile."""
        return [Taken(self._room.exchange(block), block)]

    def asked(self, word: str) -> None:
        """Let the person say a word in a moment."""
        samples = self._say(word)
        samples = samples * np.float32(10 ** ((self._voice_db - active_db(samples)) / 20))
        self._room.say(samples, self._room.position + round(_REACTION_SECONDS * SAMPLE_RATE))
