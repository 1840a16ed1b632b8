"""Whether the microphone can hear a person at all: muted, overdriven, or drowned in noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from assistant.coaching.events import Trouble
from assistant.hearing.clipping import clipped
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

BEGINS_SECONDS = 5.0
"""A trouble is told once it has lasted this long. Chosen: shorter ones pass by themselves."""

OVER_SECONDS = 2.0
"""A trouble is over once it has been away for this long. Chosen."""

LIFELESS_SECONDS = 8.0
"""A microphone that gives nothing but zeros for this long from the beginning is lifeless. Chosen."""

LOUDEST_NOISE_DB = -30.0
"""Steady noise above this, in decibels of full scale, drowns a voice of unknown level. Chosen."""

LEAST_VOICE_ABOVE_NOISE_DB = 4.0
"""A voice whose level is known is not heard over noise that is nearer to it than this. Chosen."""


@dataclass(frozen=True, slots=True)
class HealthChange:
    """What has become of the microphone in one block."""

    began: tuple[Trouble, ...] = ()
    over: tuple[Trouble, ...] = ()


class MicrophoneHealth:
    """Follows the troubles of a microphone, block by block."""

    def __init__(self) -> None:
        self._mute = _Mute()
        self._overdrive = _Overdrive()
        self._noise = _Noise()
        self.troubles: tuple[Trouble, ...] = ()
        """The troubles there are now."""

    @property
    def lifeless(self) -> bool:
        """Whether the microphone has given nothing but zeros ever since the beginning, and for long."""
        return self._mute.lifeless

    def follow(
        self, mic: Samples, clean: Samples, far: Samples, speech_db: float | None = None
    ) -> HealthChange | None:
        """Take one block and give which troubles began or are over with it; None where nothing changed.

        Args:
            mic: The microphone, shape (BLOCK,).
            clean: The same without the coach's echo, shape (BLOCK,).
            far: What the loudspeaker was given at the same time, shape (BLOCK,).
            speech_db: Level of the person's speech in decibels of full scale; None while not known.
        """
        present: dict[Trouble, bool] = {
            "microphone_muted": self._mute.follow(mic, far),
            "clipping": self._overdrive.follow(mic),
            "drowned": self._noise.follow(clean, speech_db),
        }
        before = self.troubles
        self.troubles = tuple(name for name in present if present[name])
        if self.troubles == before:
            return None
        return HealthChange(
            began=tuple(name for name in self.troubles if name not in before),
            over=tuple(name for name in before if name not in self.troubles),
        )


def _blocks(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE / BLOCK)


_BEGINS = _blocks(BEGINS_SECONDS)
_OVER = _blocks(OVER_SECONDS)

# The figures are chosen; tests/hearing/test_health_muted.py holds what comes of them.

# Power of a block in which the coach can be heard: -55 dB to full scale.
_AUDIBLE_POWER = 3e-6
# A coach that speaks more quietly than it used to, by this, may stay below a microphone's noise gate.
_QUIETER = 0.1
# A step of 16 bits is thirty times as much; of zeros, resampling makes very little, but not zero.
_LEAST_SOUND = 1e-6
# Blocks: the latest echo; how much sound there was before the background counts as steady, and in which share
# of the blocks; how much echo before it counts as heard, in which share; how much is missed until it counts.
_LATEST_ECHO = _blocks(1.0)
_LEAST_LIVE = _blocks(10.0)
_LIVE_SHARE = 0.95
_LEAST_ECHO = _blocks(2.0)
_ECHO_SHARE = 0.8
_LEAST_MISSED = _blocks(1.0)


class _Mute:
    """Zeros where there used to be sound.

    A microphone behind a noise gate gives zeros whenever no one speaks. So they mean something only after
    a background that never stopped, or while the coach speaks whose echo used to be heard.
    """

    def __init__(self) -> None:
        self._silent = 0
        self._blocks = 0
        self._live = 0
        self._back = 0
        self._missed = 0
        self._muted = False
        # By the echo's delay in blocks: how often one was due, and how often there was any sound then.
        self._audible, self._due, self._due_in_silence, self._met = np.zeros((4, _LATEST_ECHO + 1), np.int64)
        self._usual_power = 0.0

    @property
    def lifeless(self) -> bool:
        return self._live == 0 and self._silent >= _blocks(LIFELESS_SECONDS)

    def follow(self, mic: Samples, far: Samples) -> bool:
        power = float(np.mean(np.square(far)))
        self._audible[1:] = self._audible[:-1]
        self._audible[0] = power > max(_AUDIBLE_POWER, _QUIETER * self._usual_power)
        if float(np.ptp(mic)) > _LEAST_SOUND:
            self._sound(power)
        else:
            self._silence()
        return self._muted

    def _sound(self, power: float) -> None:
        if self._muted:
            self._back += 1
            self._muted = self._back < _OVER
        else:
            # Zeros that were no mute are this microphone's way; those before its first sound are not.
            self._blocks += self._silent if self._live else 0
            self._due += self._due_in_silence
        self._silent = self._missed = 0
        self._due_in_silence[:] = 0
        self._blocks += 1
        self._live += 1
        self._due += self._audible
        self._met += self._audible
        if self._audible[0]:
            self._usual_power += (power - self._usual_power) / _LEAST_ECHO

    def _silence(self) -> None:
        self._silent += 1
        self._due_in_silence += self._audible
        # Whatever its delay, the echo of what was said in the silence would be here by now.
        self._missed += int(self._audible[-1]) if self._silent > _LATEST_ECHO else 0
        if self._silent >= _BEGINS:
            self._back = 0
            self._muted = (
                self._muted or self._was_steady() or (self._missed >= _LEAST_MISSED and self._had_echo())
            )

    def _was_steady(self) -> bool:
        return self._blocks >= _LEAST_LIVE and self._live > _LIVE_SHARE * self._blocks

    def _had_echo(self) -> bool:
        return bool(np.any((self._due >= _LEAST_ECHO) & (self._met > _ECHO_SHARE * self._due)))


# Voices swing: a share of the blocks, in about the last half second. Chosen.
_CLIPPED_SHARE = 0.25
_SHARE_BLOCKS = _blocks(0.5)


class _Overdrive:
    """Samples at full scale, or flat tops below it, in a large share of the blocks, for long enough."""

    def __init__(self) -> None:
        self._share = 0.0
        self._there = 0
        self._away = 0
        self._on = False

    def follow(self, mic: Samples) -> bool:
        self._share += (clipped(mic) - self._share) / _SHARE_BLOCKS
        present = self._share > _CLIPPED_SHARE
        self._there += present
        self._away = 0 if present else self._away + 1
        if self._away >= _OVER:
            self._there, self._on = 0, False
        self._on = self._on or self._there >= _BEGINS
        return self._on


# Short, so that the gaps between words are seen. Chosen.
_SMOOTHING = BLOCK / SAMPLE_RATE / 0.05
# A noise that had a gap goes on if it has none for this long; words have. Chosen.
_UNBROKEN = _blocks(1.0)


class _Noise:
    """The least of the smoothed power over the last seconds is too high for a voice to be heard."""

    def __init__(self) -> None:
        self._power = 0.0
        self._high = 0
        self._away = 0
        self._on = False

    def follow(self, clean: Samples, speech_db: float | None) -> bool:
        self._power += _SMOOTHING * (float(np.var(clean)) - self._power)
        limit_db = LOUDEST_NOISE_DB if speech_db is None else speech_db - LEAST_VOICE_ABOVE_NOISE_DB
        self._high = self._high + 1 if self._power > 10 ** (limit_db / 10) else 0
        self._away = 0 if self._high >= _UNBROKEN else self._away + 1
        self._on = self._high >= _BEGINS or (self._on and self._away < _OVER)
        return self._on
