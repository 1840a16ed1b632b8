"""What somebody feels and has not answered for yet: it stays open, and is known beyond the session."""

from __future__ import annotations

from assistant.coaching.actions import Note
from assistant.coaching.plan import Plan
from assistant.coaching.script import Script
from assistant.coaching.session import Session


class Concerns(Session):
    """Keeps a question about the body open, whatever comes between, and whatever ends the session."""

    def __init__(self, plan: Plan, script: Script) -> None:
        super().__init__(plan, script)
        self._open_care: str | None = None
        self._set_aside: str | None = None
        self._sore_where: str | None = None
        self._flag = "unnamed"

    def _care(self, name: str, now: float) -> None:
        """Ask something that stays open until it is answered, whatever comes between."""
        self._open_care = name
        self._ask(name, now)

    def _end_in_silence(self, at: float) -> None:
        if self._open_care == "unwell":
            self._emergency(self._flag, at)
        else:
            super()._end_in_silence(at)

    def _finish(self, ended: str, now: float) -> None:
        """End the session; no answer is no denial."""
        if self._open_care == "unwell" and ended != "red_flag":
            self.delivery.act(Note("red_flag", self._flag))
        elif self._open_care in ("hurt", "where", "how_sore", "zero"):
            self.delivery.act(Note("sore", f"{self._sore_where or 'pain'} not rated"))
        self._open_care = None
        super()._finish(ended, now)
