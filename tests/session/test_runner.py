"""The loop between coach and devices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.coaching.events import Event, Interrupted
from assistant.hearing.listener import Listener
from assistant.hearing.vocabulary import Vocabulary
from assistant.library.session import load_session
from assistant.session.assembly import coach_of, run_session
from assistant.session.coach_voice import CoachVoice
from assistant.session.event_log import EventLog
from assistant.sound import SAMPLE_RATE
from assistant.speaking.clips import ClipStore
from assistant.testing import ScriptedRecognizer, SilentRoom, ToneRenderer


class BreakOff:
    """Somebody who presses Ctrl-C at a moment, in seconds."""

    def __init__(self, at: float) -> None:
        self._at = at

    def notice(self, now: float) -> Sequence[Event]:
        """Press it once."""
        if now < self._at:
            return []
        self._at = float("inf")
        return [Interrupted()]


@pytest.mark.parametrize("at", [0.0, 0.5])
def test_it_ends_when_it_is_broken_off(at: float, tmp_path: Path) -> None:
    """Also before the first block of sound."""
    session = load_session("quick-five", "en", None, frozenset())
    voice = CoachVoice(session.voice, ClipStore(ToneRenderer(), tmp_path))
    room, coach = SilentRoom(), coach_of(session, voice)
    listener = Listener(ScriptedRecognizer([]), Vocabulary(session.voice.commands))
    with EventLog(None) as log:
        run_session(coach, voice, listener, room, log, senses=(BreakOff(at),), longest_seconds=30.0)
    assert coach.over_at is not None
    assert room.played < (at + 1) * SAMPLE_RATE
