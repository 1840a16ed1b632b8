"""Near-end speech activity, and the endpointer: what goes to the recognizer, and when an utterance is over.

Whether a person speaks over the coach is told by the echo canceller, block by block. `NearEndActivity`
remembers that for some seconds, with the sound: a command is judged by what it says of the time of its
words.

A recognizer that is given the remains of the coach's voice makes words of them. So `Endpointer` gives it
nothing while there is no near-end speech; when there is, it first gets the moment before, so that no
beginning is lost and nothing comes late. In a loud room it simply stays open.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from assistant.sound import BLOCK, SAMPLE_RATE, Samples, loudest_db

BEFORE_SECONDS = 0.3
"""How much of the sound before the first speech is let through with it. Chosen."""

CLOSING_SECONDS = 0.9
"""How long after the last speech the utterance is over. Chosen.

The sound of that time goes on to the recognizer. Where faint noise filled it after a quarter of a second,
words over kitchens were cut up: of 60 words of safety of the training set 54 and 50 were heard at 12 and
6 dB, and 59 and 52 so; of 90 words that no training has, 59 and 65.
"""

# Amplitude of the noise that is added then: -80 dB to full scale, since digital silence draws words out.
_NOISE_GAIN = 1e-4

LEAST_SHARE = 0.12
"""This share of a phrase's blocks must hold speech: much hides behind the coach's voice. Chosen."""

LEAST_SPEECH_SECONDS = 0.25
"""Shorter noises are not speech that was not understood. Chosen."""

# Longer than an utterance; and how long the end of a word may be too faint to be seen. Chosen.
_REMEMBERED_SECONDS = 12.0
_WORD_TAIL_SECONDS = 0.1


class NearEndActivity:
    """Remembers the last seconds, block by block, and whether the person spoke."""

    def __init__(self) -> None:
        self._blocks: deque[tuple[float, bool, Samples]] = deque()

    def add(self, now: float, speech: bool, block: Samples) -> None:
        """Add the block that ended at `now`, in seconds, shape (n,)."""
        self._blocks.append((now, speech, block))
        while self._blocks[0][0] < now - _REMEMBERED_SECONDS:
            self._blocks.popleft()

    def of_speech(self, start: float, end: float) -> bool:
        """Whether there was enough speech between two moments, in seconds."""
        blocks = self._within(start, end)
        return sum(speech for _, speech, _ in blocks) >= max(LEAST_SHARE * len(blocks), 1)

    def seconds(self, start: float, end: float) -> float:
        """Return how many seconds of speech there were between two moments."""
        block = BLOCK / SAMPLE_RATE
        return block * sum(speech for _, speech, _ in self._within(start, end + block))

    def is_speech(self, start: float, end: float) -> bool:
        """Whether there was enough between two moments for a person to have said something."""
        least = LEAST_SPEECH_SECONDS
        return end - start >= least and self.seconds(start, end) >= least / 2

    def end_of_speech(self, start: float, end: float) -> float:
        """Return when speech between two moments really ended; `end` where there is no telling."""
        spoken = [at for at, speech, _ in self._within(start, end) if speech]
        return min(end, spoken[-1] + _WORD_TAIL_SECONDS) if spoken else end

    def loudest_db(self, start: float, end: float) -> float:
        """Return the level of the loudest word between two moments, in decibels of full scale."""
        return loudest_db(self.sound(start, end))

    def sound(self, start: float, end: float) -> Samples:
        """Return the sound between two moments, in seconds, shape (n,)."""
        return np.concatenate([np.zeros(0, np.float32), *(block for _, _, block in self._within(start, end))])

    def _within(self, start: float, end: float) -> list[tuple[float, bool, Samples]]:
        return [block for block in self._blocks if start <= block[0] <= end]


@dataclass(frozen=True, slots=True)
class Passed:
    """What the gate does with one block."""

    blocks: tuple[Samples, ...] = ()
    """Blocks for the recognizer, in order."""
    skipped: int = 0
    """Samples that it never gets; they come before its next block."""
    closed: bool = False
    """Whether the utterance is over."""


class Endpointer:
    """Opens on speech and closes when there has been none for a while."""

    def __init__(self) -> None:
        self._before: deque[Samples] = deque()
        self._open = False
        self._quiet = 0
        noise = _NOISE_GAIN * np.random.default_rng(0).standard_normal(BLOCK)
        self._noise: Samples = noise.astype(np.float32)

    def process(self, block: Samples, speech: bool) -> Passed:
        """Take one block (BLOCK,) and whether there is near-end speech in it."""
        if speech:
            passed = (*self._before, block)
            self._before.clear()
            self._open, self._quiet = True, 0
            return Passed(passed)
        if self._open:
            self._quiet += BLOCK
            if self._quiet <= CLOSING_SECONDS * SAMPLE_RATE:
                return Passed((block + self._noise,))
            self._open = False
            self._before.append(block)
            return Passed(closed=True)
        self._before.append(block)
        if len(self._before) * BLOCK <= BEFORE_SECONDS * SAMPLE_RATE:
            return Passed()
        return Passed(skipped=self._before.popleft().size)

    def forget(self) -> int:
        """Close at once, and give how many samples the recognizer never gets."""
        held = sum(block.size for block in self._before)
        self._before.clear()
        self._open, self._quiet = False, 0
        return held
