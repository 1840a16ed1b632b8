"""A session is put together so that nothing waits in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.coaching.events import Heard, Started
from assistant.library.session import load_session
from assistant.session.assembly import coach_of
from assistant.session.coach_voice import CoachVoice
from assistant.speaking.clips import ClipStore
from tests.stand_ins import ToneRenderer

COMMANDS = ("how_many_left", "why", "more_rest", "more_rest", "easier", "pain", "carry_on", "number", "ready")


def test_the_coach_renders_nothing_and_reads_no_clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every length is in the script before the session begins, or is estimated."""
    session = load_session("leg-lifts", "en", None, frozenset())
    renderer = ToneRenderer()
    coach = coach_of(session, CoachVoice(session.voice, ClipStore(renderer, tmp_path)))
    calls = renderer.calls
    assert calls > len(session.voice.cues) / 2

    def touched(*_: object) -> None:
        raise AssertionError("coaching touched the store of clips")

    monkeypatch.setattr(ClipStore, "clip", touched)
    monkeypatch.setattr(CoachVoice, "clip", touched)
    actions, now = len(coach.handle(Started(), 0.0)), 0.0
    for step in range(2000):
        due = coach.next_deadline()
        if due is None:
            break
        now = max(now, due)
        actions += len(coach.advance(now))
        if step % 40 == 20:
            command = COMMANDS[step // 40 % len(COMMANDS)]
            slots = {"number": 1} if command == "number" else {}
            actions += len(coach.handle(Heard(command, slots, start=now), now))
        if coach.phase == "setup":
            actions += len(coach.handle(Heard("ready", start=now), now))
    assert actions > 500
    assert renderer.calls == calls
