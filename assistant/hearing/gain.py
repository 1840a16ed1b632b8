"""Bringing speech to the loudness that the recognizer knows: live, or a whole recording at once.

The model's features keep the loudness, so speech far quieter than it was trained on is heard worse.
Only the time counted in samples matters, so the same recording always gives the same result.
"""

from __future__ import annotations

import numpy as np

from assistant.sound import SAMPLE_RATE, Samples, active_db, frame_powers, power_db

TARGET_DB = -26.0
"""Level of speech, in decibels to full scale, up to which quiet speech is raised. Chosen."""

MOST_DB = 20.0
"""Largest gain in decibels. Chosen."""

MOST_DB_OF_RECORDING = 30.0
"""Largest gain of a recording in decibels. Chosen: its background is known beforehand."""

LOUDEST_FLOOR_DB = -60.0
"""The background is never raised beyond this, or a quiet room would begin to talk. Chosen."""

# How far speech stands out of the background: of a block live, and of the loudest in a recording. Chosen.
_ABOVE_FLOOR_DB = 12.0
_STANDS_OUT_DB = 6.0
# How fast the background is taken to rise, and the level of speech to follow up and down. Chosen.
_FLOOR_RISE_DB_PER_SECOND = 3.0
_LOUDER_SECONDS = 0.05
_QUIETER_SECONDS = 0.4
# Once a level is known it falls slowly: the next words of a person are about as loud as the last, and a
# quiet voice in between is another person's, or the coach's own. Chosen.
_KNOWN_AFTER_SECONDS = 1.0
_KNOWN_QUIETER_SECONDS = 20.0


class AutomaticGain:
    """Raises quiet speech; leaves loud speech, and silence, as they are.

    Args:
        speech_db: Level of the person's speech as it was found before; where it starts from, so that the
            first word is raised as the later ones.
    """

    def __init__(self, speech_db: float = TARGET_DB) -> None:
        self._floor_db = -70.0
        self._speech_db = speech_db
        self._speech_seconds = 0.0
        self._gain = 10 ** (min(max(TARGET_DB - speech_db, 0.0), MOST_DB) / 20)

    def follow(self, samples: Samples) -> None:
        """Learn how loud the background is from all sound of the room, shape (n,).

        What the recognizer is given would not do: of a pause it gets little, and a clatter after it would be
        raised as if it were quiet speech.
        """
        seconds = samples.size / SAMPLE_RATE
        quietest = max(power_db(samples), -90.0)
        self._floor_db = min(self._floor_db + _FLOOR_RISE_DB_PER_SECOND * seconds, quietest)

    def process(self, samples: Samples) -> Samples:
        """Return the samples at their new level, shape (n,) as given."""
        if samples.size == 0:
            return samples
        seconds = samples.size / SAMPLE_RATE
        power = power_db(samples)
        if power > self._floor_db + _ABOVE_FLOOR_DB:
            known = self._speech_seconds > _KNOWN_AFTER_SECONDS
            falling = _KNOWN_QUIETER_SECONDS if known else _QUIETER_SECONDS
            slowness = _LOUDER_SECONDS if power > self._speech_db else falling
            self._speech_db += (power - self._speech_db) * min(1.0, seconds / slowness)
            self._speech_seconds += seconds
        gain_db = min(TARGET_DB - self._speech_db, MOST_DB, LOUDEST_FLOOR_DB - self._floor_db)
        gain = 10 ** (max(gain_db, 0.0) / 20)
        if gain == 1.0 and self._gain == 1.0:
            return samples
        ramp = np.linspace(self._gain, gain, samples.size, dtype=np.float32)
        self._gain = gain
        return np.clip(samples * ramp, -1.0, 1.0)


def levelled(samples: Samples) -> Samples:
    """Raise a whole recording, shape (n,), by one gain, so that its speech has the level TARGET_DB.

    Louder recordings, and those in which nothing stands out that could be speech, stay as they are.
    """
    powers = frame_powers(samples)
    if powers.size == 0:
        return samples
    speech_db = active_db(samples)
    floor_db = 10 * np.log10(max(float(np.percentile(powers, 10)), 1e-12))
    gain_db = min(TARGET_DB - speech_db, MOST_DB_OF_RECORDING)
    if gain_db <= 0 or speech_db - floor_db < _STANDS_OUT_DB:
        return samples
    return np.clip(samples * np.float32(10 ** (gain_db / 20)), -1.0, 1.0)
