"""Waiting for the person: stopped, paused, asking, and the end."""

from __future__ import annotations

from abc import ABC, abstractmethod

from assistant.coaching.actions import Ask, Finish
from assistant.coaching.plan import Plan
from assistant.coaching.safety import (
    ANSWER_SECONDS,
    QUESTIONS,
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

    def _ask_again(self, line: Line, question: str, at: float) -> None:
        self.delivery.act(Ask(question, self._talk(line, at)))

    def _wait_stopped(self, line: Line, now: float) -> None:
        over = self._talk(line, now)
        self.delivery.act(Ask("carry_on", over))
        for seconds in STOPPED_ASKED_AT:
            self._after(over + seconds, lambda t: self._ask_again(Line.STILL_STOPPED, "carry_on", t))
        self._after(over + SILENCE_ENDS_AT, self._end_in_silence)

    def _pause(self, line: Line, now: float) -> None:
        self._halt("pause", now)
        over = self._talk(line, now)
        self.delivery.act(Ask("carry_on", over))
        self._after(over + 60, lambda t: self._ask_again(Line.STILL_PAUSED, "carry_on", t))
        self._after(over + SILENCE_ENDS_AT, self._end_in_silence)

    def _ask(self, name: str, now: float, again: bool = False) -> None:
        question = QUESTIONS[name]
        self._enter("ask", now, question.context)
        self.question = name
        self._asked_before = again
        over = self._talk(question.line, now)
        self.delivery.act(Ask(name, over))
        if name == "ready":
            for seconds in SETUP_ASKED_AT:
                self._after(over + seconds, lambda t: self._ask_again(question.line, name, t))
            self._after(over + SILENCE_ENDS_AT, self._end_in_silence)
        else:
            self._after(over + ANSWER_SECONDS, self._unanswered)

    @abstractmethod
    def _unanswered(self, at: float) -> None:
        """Go on after a question that nobody answered."""

    def _end_in_silence(self, at: float) -> None:
        self._talk(Line.END_SILENCE, at)
        self._finish("silence", at)

    def _finish(self, ended: str, now: float) -> None:
        self._enter("finish", now)
        done = self.position
        if ended == "completed":
            self._talk(Line.FAREWELL, now, n=done.sets_done, m=done.repetitions_done)
        elif ended == "asked":
            self._talk(Line.FAREWELL_EARLY, now, m=done.repetitions_done)
        self.over_at = self.delivery.free_at + 0.5
        self.delivery.act(Finish(ended, done.sets_done, done.repetitions_done, tuple(self.changes)))
