"""What comes after the last set: two questions, and a summary of three sentences."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.coaching.actions import Change, Note
from assistant.coaching.events import Heard
from assistant.coaching.plan import Plan
from assistant.coaching.repetitions import Repetitions
from assistant.coaching.safety import SAFETY_COMMANDS
from assistant.coaching.script import Line, Script

MUCH_SORENESS = 5
"""Of ten; above it somebody should look at it if it stays."""

_HARDER = frozenset({"harder", "progress"})
_PACE = frozenset({"slower", "faster"})


def lasting(changes: Sequence[Change]) -> list[Change]:
    """Leave out what was taken back later."""
    left: list[Change] = []
    for change in changes:
        back = [c for c in left if (c.what, c.before, c.after) == (change.what, change.after, change.before)]
        if back:
            left.remove(back[-1])
        else:
            left.append(change)
    return left


def remark(changes: Sequence[Change], sore: bool, gentle: bool, early: bool) -> Line:
    """Choose the summary's second sentence: what changed and why, or praise.

    Args:
        changes: Everything that was adapted.
        sore: Whether there was pain.
        gentle: Whether leg lifts were left out, or ended.
        early: Whether the person ended before the plan did, or left sets out.
    """
    whys = {change.why for change in lasting(changes)}
    if sore:
        return Line.DONE_SORE
    if gentle:
        return Line.DONE_GENTLY
    if whys - _HARDER - _PACE:
        return Line.DONE_EASIER
    if whys & _HARDER:
        return Line.DONE_HARDER
    if whys:
        return Line.DONE_OTHERWISE
    return Line.DONE_EARLY if early else Line.DONE_AS_PLANNED


class Closing(Repetitions):
    """Ends a session that came to its end, or that the person ended; others end at once."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self.sore = False
        """Whether there was pain in this session: nothing gets harder after it."""
        self._closing: str | None = None
        self._left_to_ask: list[str] = []
        self._soreness: int | None = None
        self._ended_lifts = False
        self._replies |= {"effort": self._told_effort, "soreness": self._told_soreness}
        self._no_replies |= {"effort": self._asked, "soreness": self._asked}

    def _finish(self, ended: str, now: float) -> None:
        """End the session; where it was not broken off, after two questions and a summary."""
        if self._closing is not None:
            if ended in ("completed", "asked"):
                self._sum_up(now)
            else:
                super()._finish(self._closing if ended in ("silence", "interrupted") else ended, now)
        elif ended in ("completed", "asked"):
            # Whoever could not go on with leg lifts starts lower next time, whatever came after them.
            self._closing = "pain" if self._ended_lifts else ended
            if self.position.repetitions_done:
                self._left_to_ask = ["effort", "soreness"]
            self._close(now)
        else:
            lifts_ended = self._ended_lifts and ended in ("silence", "interrupted")
            super()._finish("pain" if lifts_ended else ended, now)

    def _close(self, at: float) -> None:
        """Ask what is left to ask, then sum up."""
        if self._left_to_ask:
            if self._left_to_ask[0] == "effort" and not self.history.sessions:
                self._talk(Line.TWO_QUESTIONS, at)
            self._ask(self._left_to_ask[0], at)
        else:
            self._sum_up(at)

    def _told_effort(self, heard: Heard, now: float) -> None:
        self.delivery.act(Note("effort", int(heard.slots["number"])))
        self._asked(now)

    def _told_soreness(self, heard: Heard, now: float) -> None:
        self._soreness = int(heard.slots["number"])
        self.delivery.act(Note("soreness", self._soreness))
        self._asked(now)

    def _asked(self, at: float) -> None:
        self._left_to_ask.pop(0)
        self._close(at)

    def _sum_up(self, at: float) -> None:
        assert self._closing is not None
        sets, repetitions = self.position.sets_done, self.position.repetitions_done
        if not repetitions:
            self._talk(Line.FAREWELL_EARLY, at)
        else:
            done = self._counted(repetitions, Line.ONE_REPETITION, Line.REPETITIONS)
            if sets:
                self._talk(Line.DONE_SETS, at, n=self._counted(sets, Line.ONE_SET, Line.SETS), m=done)
            else:
                self._talk(Line.DONE_REPETITIONS, at, m=done)
            early = self._closing == "asked" or sets < self.position.sets
            self._talk(remark(self.changed, self.sore, self.gentle, early), at)
            sore = self._soreness is not None and self._soreness > MUCH_SORENESS
            self._talk(Line.NEXT_TIME_SORE if sore else Line.NEXT_TIME, at)
        super()._finish(self._closing, at)

    def _counted(self, count: int, one: Line, more: Line) -> str:
        """Word a count with its noun, to be put in the middle of a sentence."""
        text = self.script.cue(one).text if count == 1 else self.script.cue(more, n=count).text
        return text[:1].lower() + text[1:]

    def _after_the_end(self, heard: Heard, now: float) -> str | None:
        """Nothing goes on any more, but stop still silences, and pain is still answered."""
        if heard.command not in SAFETY_COMMANDS:
            return "the session is over"
        self._hush(now)
        if heard.command == "pain":
            self.delivery.act(Note("sore", f"{heard.slots.get('where', 'pain')} not rated"))
            self._talk(Line.END_SESSION, now)
        elif heard.command == "red_flag":
            self.delivery.act(Note("red_flag", str(heard.slots.get("flag", "unnamed"))))
            self._talk(Line.EMERGENCY, now)
        elif heard.command == "help":
            self._talk(Line.EMERGENCY, now)
        self.over_at = self.delivery.free_at + 0.5
        return None
