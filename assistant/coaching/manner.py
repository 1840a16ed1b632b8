"""How the coach talks, how loud and how much; and taking back what it did."""

from __future__ import annotations

from assistant.coaching.actions import Note, SetVolume
from assistant.coaching.care import Refusal
from assistant.coaching.events import Heard
from assistant.coaching.history import History
from assistant.coaching.plan import Plan
from assistant.coaching.replies import Replies
from assistant.coaching.script import Line, Script

VOLUME_STEP_DB = 3.0
"""Decibels by which "louder" and "quieter" change the voice."""

VOLUME_RANGE_DB = (-12.0, 6.0)
"""Decibels between which the voice stays."""

_TAKEN_BACK_WHOLE = frozenset({"kind", "half", "equipment"})
"""Questions that are dropped with the command that led to them."""


class Manner(Replies):
    """Remembers how the person likes to be talked to, beyond the session."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._volume_db = 0.0

    def _talk_as_remembered(self, history: History) -> None:
        self.talkative = history.talkative is not False
        if history.volume_db:
            self._set_volume(history.volume_db)

    def _on_louder(self, heard: Heard, now: float) -> Refusal:
        return self._change_volume(VOLUME_STEP_DB, now)

    def _on_quieter(self, heard: Heard, now: float) -> Refusal:
        return self._change_volume(-VOLUME_STEP_DB, now)

    def _change_volume(self, decibels: float, now: float) -> Refusal:
        before = self._volume_db
        quietest, loudest = VOLUME_RANGE_DB
        if min(max(before + decibels, quietest), loudest) == before:
            return "at its limit"
        self._set_volume(before + decibels)
        self._note_volume()
        if not self.moving:
            self._talk(Line.VOLUME, now)

        def undo(now: float) -> Refusal:
            self._set_volume(before)
            self._note_volume()
            self._reply(Line.UNDONE_VOLUME, now)
            return None

        self._undo = undo
        return None

    def _set_volume(self, decibels: float) -> None:
        quietest, loudest = VOLUME_RANGE_DB
        self._volume_db = min(max(decibels, quietest), loudest)
        self.delivery.act(SetVolume(self._volume_db))

    def _note_volume(self) -> None:
        self.delivery.act(Note("volume_db", round(self._volume_db)))

    def _on_less_talk(self, heard: Heard, now: float) -> Refusal:
        return self._talk_more_or_less(False, Line.TALK_LESS, now)

    def _on_more_talk(self, heard: Heard, now: float) -> Refusal:
        return self._talk_more_or_less(True, Line.TALK_MORE, now)

    def _talk_more_or_less(self, talkative: bool, line: Line, now: float) -> Refusal:
        before = self.talkative
        self._be_talkative(talkative)
        self._reply(line, now)

        def undo(now: float) -> Refusal:
            self._be_talkative(before)
            self._reply(Line.UNDONE_TALK, now)
            return None

        self._undo = undo
        return None

    def _be_talkative(self, talkative: bool) -> None:
        self.talkative = talkative
        self.delivery.act(Note("talkative", talkative))

    # -- taking back

    def _on_i_didnt_say_that(self, heard: Heard, now: float) -> Refusal:
        """Take back the last command, where that is possible; never a stop, pain or a red flag."""
        question = self.question
        if question in _TAKEN_BACK_WHOLE:
            self._hush(now)
            self._was_answered(question)
            if question == "equipment":
                self._harder_in_set = None
            self._talk(Line.AS_PLANNED, now)
            self._back_from_question(now)
            return None
        if question == "finish":
            self._hush(now)
            self._replies["finish"](Heard("no"), now)
            return None
        if self._needs_ready:
            self._hush(now)
            self._talk(Line.STAYS, now)
            if question is not None:
                self._ask(question, now, self._asked_before)
            return "a stop is not taken back"
        if self._undo is None:
            self._reply(Line.NOTHING_UNDONE, now)
            return "nothing to take back"
        return self._undo(now)
