"""Lining speech up in time, so that no two cues overlap and nothing leaves its slot."""

from __future__ import annotations

from assistant.coaching.actions import Action, Count, Release, Say
from assistant.coaching.plan import Cue
from assistant.coaching.script import Script

PAUSE_SECONDS = 0.25
"""Between two cues that follow each other."""

SLOT_MARGIN_SECONDS = 0.03
"""Kept free before the end of a slot, so that the next beat stands alone."""


class Delivery:
    """The queue of what is to be said, and until when the voice is busy."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.free_at = 0.0
        """Seconds at which the last cue will have been said."""
        self.last: Cue | None = None
        """The last cue that was talk or a question, for "say that again"."""
        self.cues = 0
        """How many have been lined up, those that were forgotten again included."""
        self._actions: list[Action] = []

    def act(self, action: Action) -> None:
        """Add an action that makes no speech."""
        self._actions.append(action)

    def take(self) -> list[Action]:
        """Hand over what has been decided since the last time."""
        actions, self._actions = self._actions, []
        return actions

    def talk(self, cue: Cue, now: float) -> float:
        """Say a cue as soon as the voice is free, and give the seconds at which it will be over."""
        due = max(now, self.free_at + PAUSE_SECONDS)
        self._line_up(Say(cue, due))
        self.free_at = due + self.script.seconds_of(cue)
        return self.free_at

    def fit(self, cue: Cue, start: float, end: float) -> bool:
        """Say a cue inside a slot, or not at all; tells whether it was said."""
        due = max(start, self.free_at)
        over = due + self.script.seconds_of(cue)
        if over > end - SLOT_MARGIN_SECONDS:
            return False
        self._line_up(Say(cue, due))
        self.free_at = over
        return True

    def count(self, value: int, due: float, last: bool = False) -> None:
        """Give a number of the lowering exactly on its beat; `last` is the last one of a side's set."""
        cue = self.script.count(value)
        self._line_up(Count(value, cue, due, last))
        self.free_at = due + self.script.seconds_of(cue)

    def release(self, cue: Cue, due: float) -> None:
        """Say the release."""
        self._line_up(Release(cue, due))
        self.free_at = due + self.script.seconds_of(cue)

    def hush(self, now: float) -> None:
        """Forget what was lined up: the sound is going silent."""
        self._actions = [action for action in self._actions if not isinstance(action, Say | Count | Release)]
        self.free_at = now

    def _line_up(self, speech: Say | Count | Release) -> None:
        self._actions.append(speech)
        self.cues += 1
        if speech.cue.kind in ("talk", "question"):
            self.last = speech.cue
