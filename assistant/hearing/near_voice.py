"""Whether a person near the microphone begins to speak, so that the coach can give way.

This is told before any word is understood, so it is sometimes wrong: then the coach is softer for a moment.
Near-end speech in two of three blocks keeps out what is left of an echo, and a likely voice in what goes to
the recognizer keeps out plates and drawers.
"""

from __future__ import annotations

from collections import deque

from assistant.sound import BLOCK, SAMPLE_RATE

LIKELY_VOICE = 0.7
"""How likely a voice must be at least.

In 186 words over the coach, echo 0 to 12 dB louder, a voice is noticed within 0.13 s of its first sound in
.87, .83 and .76 of them with 0.5, 0.7 and 0.9; in 9.6 minutes of kitchens and household sounds as loud as a
person one is noticed 27, 11 and 6 times, in 30 minutes of the coach alone never. Chosen on these recordings
of `dev`, so what is measured on them flatters.
"""

QUIET_SECONDS = 0.5
"""The person has stopped speaking when no voice was noticed for this long. Chosen."""

LONGEST_SECONDS = 4.0
"""Who speaks for longer says nothing to the coach. Chosen: three times the longest of its commands."""

_BLOCK_SECONDS = BLOCK / SAMPLE_RATE
_LOOKED_AT, _NEAR_OF_THEM = 3, 2


class NearVoice:
    """Follows the evidence, block by block."""

    def __init__(self) -> None:
        self.speaks = False
        """Whether a person seems to be speaking to the coach."""
        self._near: deque[bool] = deque(maxlen=_LOOKED_AT)
        self._quiet = QUIET_SECONDS
        self._since = 0.0
        self._dismissed = False

    def follow(self, near_end: bool, voice: float) -> None:
        """Take one block: whether it holds near-end speech, and how likely a voice sounds in it, 0 to 1."""
        self._near.append(near_end)
        if sum(self._near) >= _NEAR_OF_THEM and voice >= LIKELY_VOICE:
            self._quiet = 0.0
        else:
            self._quiet += _BLOCK_SECONDS
        if self._quiet >= QUIET_SECONDS:
            self.speaks = self._dismissed = False
            return
        self._since = self._since + _BLOCK_SECONDS if self.speaks or self._dismissed else 0.0
        self._dismissed = self._dismissed or self._since > LONGEST_SECONDS
        self.speaks = not self._dismissed

    def dismiss(self) -> None:
        """Take note that nothing was meant: only who speaks after a pause is heeded again."""
        self._dismissed = self._quiet < QUIET_SECONDS
        self.speaks = False
