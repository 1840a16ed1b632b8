"""What will be said, lined up in time.

There is one voice, so cues follow one another: `free_at` is when the last one lined up will be over. Three
ways lead into the line. Talk waits until the voice is free, however long that takes. A cue that belongs to a
beat is said inside its slot or not at all, since a late "lift" would be a second beat. Numbers of the
lowering fall on their beat whatever happens.

Replies that are asked for in mid-movement wait in `replies` for a slot that they fit into, long ones in
others for the next rest. What counts as told, such as how an exercise goes, is forgotten again where
it is cut off before it was heard to its end.

The lengths of cues come from the script: nothing is rendered here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from assistant.coaching.actions import Action, Count, Release, Say, Silence
from assistant.coaching.plan import Cue
from assistant.coaching.script import Script

PAUSE_SECONDS = 0.25
"""Between two cues that follow each other. Chosen."""

SLOT_MARGIN_SECONDS = 0.03
"""Kept free before the end of a slot, so that the next beat stands alone. Chosen."""

RELEASE_DELAY_SECONDS = 0.3
"""Quiet between the silence and the release, so that it is heard as one calm instruction. Chosen."""


@dataclass(eq=False)
class Speech:
    """The line of cues, and the actions that were decided since they were last taken."""

    script: Script = field(repr=False)
    free_at: float = 0.0
    """Seconds at which the last cue will have been said."""
    last: Cue | None = None
    """The last cue that was talk or a question, for "say that again"."""
    lined_up: int = 0
    """How many cues and replies there have been, those that were dropped again included."""
    replies: list[Callable[[], Cue]] = field(default_factory=list[Callable[[], Cue]])
    """Replies that wait for a slot, worded when they are said."""
    _promised: list[Callable[[], Cue]] = field(default_factory=list[Callable[[], Cue]])
    """Replies that wait for the next rest."""
    _actions: list[Action] = field(default_factory=list[Action])
    _unheard: list[tuple[float, Callable[[], object]]] = field(
        default_factory=list[tuple[float, Callable[[], object]]]
    )
    """Until when something that counts as told is being said, and how to forget it."""
    _released: Cue | None = None
    _release_until: float = 0.0

    def act(self, action: Action) -> None:
        """Add an action that makes no speech."""
        self._actions.append(action)

    def take(self) -> list[Action]:
        """Hand over what has been decided since the last time."""
        actions, self._actions = self._actions, []
        return actions

    # -- into the line

    def say(self, line: str, now: float, **filled: str | int) -> float:
        """Say a line as soon as the voice is free; return the seconds at which it will be over."""
        cue = self.script.cue(line, **filled)
        return self._line_up(Say(cue, max(now, self.free_at + PAUSE_SECONDS)), self.script.seconds_of(cue))

    def talk(self, cue: Cue, now: float) -> float:
        """Say a cue as soon as the voice is free; return the seconds at which it will be over."""
        return self._line_up(Say(cue, max(now, self.free_at + PAUSE_SECONDS)), self.script.seconds_of(cue))

    def fit(self, cue: Cue, start: float, end: float) -> bool:
        """Say a cue inside a slot, or not at all; return whether it is said."""
        due, seconds = max(start, self.free_at), self.script.seconds_of(cue)
        if due + seconds > end - SLOT_MARGIN_SECONDS:
            return False
        self._line_up(Say(cue, due), seconds)
        return True

    def count(self, value: int, due: float, last: bool = False) -> None:
        """Say a number of the lowering exactly on its beat; `last` is the last one of a side's set."""
        cue = self.script.count(value)
        self._line_up(Count(value, cue, due, last), self.script.seconds_of(cue))

    def _line_up(self, speech: Say | Count | Release, seconds: float) -> float:
        self._actions.append(speech)
        self.lined_up += 1
        if speech.cue.kind in ("talk", "question"):
            self.last = speech.cue
        self.free_at = speech.due + seconds
        return self.free_at

    # -- replies that wait

    def reply_in(self, start: float, end: float) -> bool:
        """Say the first reply that fits into a slot; return whether there was one."""
        for reply in self.replies:
            if self.fit(reply(), start, end):
                self.replies.remove(reply)
                return True
        return False

    def say_replies(self, at: float) -> None:
        """Say the replies that found no slot."""
        for reply in self.replies:
            self.talk(reply(), at)
        self.replies.clear()

    def reply_later(self, reply: Callable[[], Cue]) -> None:
        """Let a reply wait for a slot; it is worded when it is said."""
        self.replies.append(reply)
        self.lined_up += 1

    def promise(self, replies: Iterable[Callable[[], Cue]]) -> None:
        """Let long replies wait for the next rest."""
        self._promised += replies

    def keep_promises(self) -> list[Callable[[], Cue]]:
        """Let the long replies be said with the others; return them."""
        promised, self._promised = self._promised, []
        self.replies += promised
        return promised

    # -- out of the line

    def silence(self, now: float) -> None:
        """Fall silent, and forget what counts as told and is cut off now."""
        for over, forget in self._unheard:
            if over > now:
                forget()
        self._unheard.clear()
        self.drop(now)
        self._actions.append(Silence(now))

    def drop(self, now: float) -> None:
        """Drop what was lined up."""
        self._actions = [action for action in self._actions if not isinstance(action, Say | Count | Release)]
        self.free_at = now

    def unless_heard(self, forget: Callable[[], object]) -> None:
        """Undo something, should what is being said be cut off before it has been heard."""
        self._unheard.append((self.free_at, forget))

    # -- the release

    def release(self, name: str, at: float) -> None:
        """Say the release called `name`; one that was not heard to its end is said again instead."""
        cue = self._way_out(name, at)
        self._release_until = self._line_up(Release(cue, at), self.script.seconds_of(cue))

    def put_down(self, name: str, at: float) -> None:
        """Say the release at the end of a set, as soon as the voice is free."""
        self._release_until = self.talk(self._way_out(name, at), at)

    def is_releasing(self, now: float) -> bool:
        """Return whether a release is being said, or still has to be."""
        return now < self._release_until

    def hold_release(self) -> None:
        """Let the release be said once more the next time that it falls silent, since it was not heard."""
        self._release_until = math.inf

    def _way_out(self, name: str, at: float) -> Cue:
        if self._released is None or at > self._release_until + RELEASE_DELAY_SECONDS:
            self._released = self.script.cue(name)
        return self._released
