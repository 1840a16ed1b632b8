"""What the coach does when it can't hear or be heard, and when the session is broken off from outside."""

from __future__ import annotations

import math
from collections.abc import Mapping

from assistant.coaching.care import Refusal
from assistant.coaching.events import LOST, Heard, Trouble
from assistant.coaching.manner import Manner
from assistant.coaching.plan import Plan
from assistant.coaching.script import Line, Script

_SAID: Mapping[Trouble, Line] = {
    "microphone_lost": Line.MICROPHONE_LOST,
    "loudspeaker_lost": Line.LOUDSPEAKER_LOST,
    "microphone_muted": Line.MICROPHONE_MUTED,
    "loudspeaker_muted": Line.LOUDSPEAKER_LOST,
    "clipping": Line.CLIPPING,
    "drowned": Line.DROWNED,
    "device_changed": Line.DEVICE_CHANGED,
    "asleep": Line.ASLEEP,
    "behind": Line.BEHIND,
}

_UNHEARD: frozenset[Trouble] = frozenset({"loudspeaker_lost", "loudspeaker_muted"})
"""Nobody heard the release, so it is said when they are over, and nobody moves before."""

_PASSING: frozenset[Trouble] = frozenset({"device_changed", "asleep", "behind"})
"""Over as soon as they are noticed."""

_LEADING_ON = frozenset(
    {"carry_on", "ready", "next_set", "skip", "next_exercise", "repeat", "how_do_i_do_this"}
)
"""Commands after which the body may move."""


class Interruptions(Manner):
    """Legs down and paused whenever the person could not be heard; nobody moves unheard."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._troubles: set[Trouble] = set()
        self._told_unheard = False

    def _trouble_began(self, trouble: Trouble, now: float) -> None:
        if trouble == "lifeless":
            # Perhaps a microphone that is silent between words: only a hint, for whoever goes unheard.
            self._line_unready = Line.NO_SOUND
            return
        if trouble in self._troubles:
            return
        if trouble not in _PASSING:
            self._troubles.add(trouble)
        phase = self.phases.phase
        if phase == "finished":
            return
        self._somebody_spoke(now)
        if phase in ("paused", "stopped") or self.question == "unwell":
            # A red flag goes on to its end without an answer, too.
            self._talk(_SAID[trouble], now)
        else:
            self._pause(_SAID[trouble], now)

    def _trouble_ended(self, trouble: Trouble, now: float) -> None:
        if trouble == "lifeless":
            self._line_unready = Line.STILL_SETTING_UP
        if trouble not in self._troubles:
            return
        self._troubles.discard(trouble)
        if self.phases.phase not in ("paused", "stopped"):
            return
        self._somebody_spoke(now)
        if trouble in _UNHEARD:
            self._release_until = math.inf
            self._hush(now)
        if not self._troubles:
            self._talk(Line.TROUBLE_OVER, now)

    def _unable(self, heard: Heard, now: float) -> Refusal:
        """Give why a command can't lead on now; None where nothing is in the way."""
        if heard.command not in _LEADING_ON or not self._troubles & (LOST | _UNHEARD):
            return None
        self._hush(now)
        self._talk(Line.STILL_LOST, now)
        return "a device is gone"

    def _imprint(self, at: float) -> None:
        """Whoever leads on by keys is told once, before they move, that no "stop" would be heard."""
        if self._line_unready is Line.NO_SOUND and not self._told_unheard:
            self._told_unheard = True
            self._talk(Line.NO_SOUND, at)
        super()._imprint(at)

    def _break_off(self, now: float) -> None:
        """End at once, without another word."""
        self._hush(now)
        if self.phases.phase != "finished":
            self._finish("interrupted", now)
        self.delivery.hush(now)
        self.over_at = now
