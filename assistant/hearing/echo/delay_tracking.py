"""Echo cancellation where the echo comes late, or later and later.

Theory of operation. `EchoCanceller` sees 320 ms of echo behind the far end, and learns a path that stands
still. Real devices break both: buffers and Bluetooth delay the echo by up to 0.8 s, loudspeaker and
microphone run on clocks of their own, and a device that lost sound, or put some in, moves the echo at once.
So the far end goes through a delay line first, which makes the echo look early and still, and three things
set that line:

- `DelayTracker` finds the delay by correlation, a second of speech at a time. The far end is moved by whole
  blocks, and only where the echo is out of the canceller's reach: what was learnt of the path moves along.
- `ClockSkew` finds how fast the echo gets later, from the turning of the path that the canceller learnt, and
  the line grows or shrinks by it, by fractions of a sample.
- `PathChange` notices that what is subtracted is not in the microphone any more. Then path and delay are
  learnt from nothing, since a wrong estimate adds sound instead of taking it away; meanwhile `MovedEcho`
  looks for the path of before at another delay, and where it finds it the path goes on from there.

Limits. A late echo is taken out only once its delay is known, after one to two seconds of speech, unless it
was measured before (`imprint calibrate`). An echo that jumps is back under control within about a second of
speech. A skew of more than 2,000 parts in a million is not followed.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from assistant.hearing.echo.canceller import PARTITIONS, Cancelled, EchoCanceller
from assistant.hearing.echo.clock_skew import ClockSkew
from assistant.hearing.echo.convolution import Spectrum
from assistant.hearing.echo.delay import ACTIVE_POWER, TOLERANCE, DelayTracker
from assistant.hearing.echo.delay_line import LEAST_DELAY, DelayLine
from assistant.hearing.echo.moved_echo import MovedEcho
from assistant.hearing.echo.path_change import PathChange
from assistant.sound import BLOCK, SAMPLE_RATE, Samples

LATEST_BLOCK = 8
"""Blocks by which the direct echo may follow the far end: the room's echo still has 0.19 s. Chosen."""

# Blocks by which the direct echo follows the far end at least, and where it is put when the far end moves:
# one block stays for an echo that comes earlier. Chosen.
_EARLIEST_BLOCK = 1
_TARGET_BLOCK = 2
# Samples: room for an echo that comes earlier and earlier, before the far end has to be moved by a block.
# Chosen.
_FIRST_DELAY = 64.0
# A path that drifted for a moment is mostly as it was. Doubted as a whole, it would hide who talks over it:
# at a tenth a voice as loud as the echo stands out in a quarter of its blocks, at one in less than a tenth
# (tests/hearing/echo/test_canceller.py).
_DRIFTED = 0.1
# An echo below -70 dB to full scale does not matter. Chosen.
_LEAST_POWER = 1e-7
# An echo that has jumped is noticed within so many blocks, 0.4 s, in which the path was already spoilt; the
# path of one in so many is kept. Chosen.
_REMEMBERED_BLOCKS = 24
_PATH_BLOCKS = 4


class DelayTrackingCanceller:
    """An echo canceller whose far end is delayed as much as the echo needs, and keeps pace with its clock.

    Args:
        delay_seconds: By how much the echo followed the far end when that was measured before; where it
            starts from. Another delay is found all the same.
    """

    def __init__(self, delay_seconds: float | None = None) -> None:
        self._canceller = EchoCanceller()
        self._tracker = DelayTracker()
        self.clock_skew = ClockSkew()
        """How fast the echo gets later."""
        self._path_change = PathChange()
        self.line = DelayLine(_FIRST_DELAY)
        """Delays the far end."""
        self.delay: float | None = None
        """Samples by which the echo follows the far end; None while not known."""
        self._mics: deque[Samples] = deque(maxlen=_REMEMBERED_BLOCKS)
        self._paths: deque[Spectrum] = deque(maxlen=_REMEMBERED_BLOCKS // _PATH_BLOCKS)
        self._blocks = 0
        self._moved: tuple[MovedEcho, Spectrum] | None = None
        """Looks for an echo that has jumped, with its path of before."""
        if delay_seconds is None:
            # Looked for in short pieces, as after a jump: the person may speak over the first words.
            self._tracker.restart()
        else:
            self._align(round(delay_seconds * SAMPLE_RATE))

    def process(self, mic: Samples, far: Samples) -> Cancelled:
        """Return the microphone without the loudspeaker, without delay.

        Args:
            mic: One block of the microphone, shape (BLOCK,).
            far: What the loudspeaker was given at the same time, shape (BLOCK,).
        """
        delay = self._tracker.follow(mic, far)
        if delay is not None:
            self._align(delay)
        if self.line.delay < LEAST_DELAY + 1:
            self._move(1)
        before = self.line.delay
        delayed = self.line.process(far, self.clock_skew.skew)
        if self.delay is not None:
            self.delay += self.line.delay - before
        cancelled = self._canceller.process(mic, delayed)
        # A muted microphone tells nothing about its clock.
        echoes = _power(delayed) > ACTIVE_POWER and _power(mic) > _LEAST_POWER
        self.clock_skew.follow(self._canceller.path, echoes)
        if self.clock_skew.jumped:
            self._canceller.doubt(_DRIFTED)
        self._mics.append(mic)
        if self._path_change.follow(mic, cancelled.clean):
            path = self._paths[0] if self._paths else None
            self.forget()
            self._moved = None if path is None else (MovedEcho(self._mics), path)
        elif self._moved is not None:
            self._look_for_it(mic)
        elif self._blocks % _PATH_BLOCKS == 0:
            self._paths.append(self._canceller.path.copy())
        self._blocks += 1
        return cancelled

    def _look_for_it(self, mic: Samples) -> None:
        """Go on with the path of before as soon as it is known by how much it has moved."""
        assert self._moved is not None
        moved, path = self._moved
        later = moved.follow(mic, self._canceller.estimate(path))
        if moved.given_up:
            self._moved = None
        if later is None:
            return
        self._moved = None
        direct = int(np.argmax(np.max(np.abs(np.fft.irfft(path, axis=1)[:, :BLOCK]), axis=1)))
        block = direct + later // BLOCK
        blocks = 0
        if not _EARLIEST_BLOCK <= block <= LATEST_BLOCK:
            blocks = max(block - _TARGET_BLOCK, -int((self.line.delay - LEAST_DELAY) // BLOCK))
            self._move(blocks)
        self._canceller.resume(path, later - blocks * BLOCK, _DRIFTED)

    def forget(self) -> None:
        """Learn the path from nothing: a device lost sound, or is another one."""
        self._moved = None
        self._canceller.forget()
        self.clock_skew.restart()
        self._tracker.restart()

    def _align(self, delay: int) -> None:
        if self.delay is not None and abs(delay - self.delay) <= TOLERANCE:
            return
        self.delay = delay
        block = int(delay - self.line.delay) // BLOCK
        out_of_place = not _EARLIEST_BLOCK <= block <= LATEST_BLOCK
        if out_of_place:
            self._move(max(block - _TARGET_BLOCK, -int((self.line.delay - LEAST_DELAY) // BLOCK)))
            # Of the path only a half was within reach.
            self._canceller.doubt()

    def _move(self, blocks: int) -> None:
        """Let the far end come later by some blocks; what was learnt of the path moves along."""
        if blocks == 0:
            return
        # What the path of before makes of the far end is another sound now.
        self._moved = None
        self._paths.clear()
        self.line.delay += blocks * BLOCK
        self._canceller.shift(blocks, self.line.last((PARTITIONS + 1) * BLOCK))
        self.clock_skew.restart()


def _power(sound: Samples) -> float:
    return float(np.mean(np.square(sound)))
