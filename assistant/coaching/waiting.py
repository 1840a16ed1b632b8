"""Waiting for the person: stopped, paused, asking, and the end."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from assistant.coaching.actions import Ask, Finish, Note
from assistant.coaching.events import Heard
from assistant.coaching.plan import Plan
from assistant.coaching.questions import QUESTIONS
from assistant.coaching.safety import (
    ANSWER_SECONDS,
    PAUSED_ASKED_AT,
    SETUP_ASKED_AT,
    SILENCE_ENDS_AT,
    STOPPED_ASKED_AT,
)
from assistant.coaching.script import Line, Script
from assistant.coaching.timekeeper import Timekeeper


class Waiting(Timekeeper, ABC):
    """Asks again in silence, and ends the session after a long one; silence is never a yes."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._asked_before = False
        self._replies: dict[str, Callable[[Heard, float], None]] = {}
        """Question to what follows from its answer."""
        self._no_replies: dict[str, Callable[[float], None]] = {}
        """Question to what follows when nobody has answered it twice; see `_unanswered`."""

    def _wait(self, question: str, line: Line, asked_at: tuple[float, ...], since: float) -> None:
        """Wait from `since` on; ask again after some seconds of silence, and end after long ones."""
        self.delivery.act(Ask(question, since))
        self._waiting_since = since
        for seconds in asked_at:
            self._after(since + seconds, lambda at: self._ask_again(line, question, at))
        self._after(since + SILENCE_ENDS_AT, self._end_in_silence)

    def _ask_again(self, line: Line, question: str, at: float) -> None:
        self.delivery.act(Ask(question, self._talk(line, at)))

    def _somebody_spoke(self, now: float) -> None:
        """Let the silence that is waited through begin anew."""
        if self._waiting_since is not None and now > self._waiting_since:
            delay = now - self._waiting_since
            self._waiting_since = now
            self._timers = [(at + delay, then) for at, then in self._timers]

    def _wait_stopped(self, line: Line, now: float) -> None:
        self._wait("carry_on", Line.STILL_STOPPED, STOPPED_ASKED_AT, self._talk(line, now))

    def _pause(self, line: Line, now: float) -> None:
        self._halt("pause", now)
        self._wait("carry_on", Line.STILL_PAUSED, PAUSED_ASKED_AT, self._talk(line, now))

    def _ask(self, name: str, now: float, again: bool = False) -> None:
        question = QUESTIONS[name]
        self._enter("ask", now, question.context)
        self.question = name
        self._asked_before = again
        over = self._talk(question.line, now)
        if name == "ready":
            self._wait(name, question.line, SETUP_ASKED_AT, over)
        else:
            self.delivery.act(Ask(name, over))
            self._after(over + ANSWER_SECONDS, self._unanswered)

    @abstractmethod
    def _unanswered(self, at: float) -> None:
        """Go on after a question that nobody answered."""

    def _end_in_silence(self, at: float) -> None:
        self._talk(Line.END_SILENCE, at)
        self._finish("silence", at)

    def _emergency(self, flag: str, at: float) -> None:
        """End with emergency words; what it was stays known beyond the session."""
        self.delivery.act(Note("red_flag", flag))
        self._talk(Line.EMERGENCY, at)
        self._finish("red_flag", at)

    def _finish(self, ended: str, now: float) -> None:
        self._enter("finish", now)
        done = self.position
        self.over_at = self.delivery.free_at + 0.5
        self.delivery.act(Finish(ended, done.sets_done, done.repetitions_done, tuple(self.changes)))
