"""The loop between coach and devices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.coaching.events import Event, Heard, Interrupted
from assistant.hearing.listener import Listener
from assistant.hearing.recognition.matcher import Matcher
from assistant.hearing.recognition.recognizer import Utterance, Word
from assistant.library.session import load_session
from assistant.session.assembly import coach_of, run_session
from assistant.session.coach_voice import CoachVoice
from assistant.session.event_log import EventLog
from assistant.session.misheard import Excerpt, Misheard, Occasion
from assistant.session.records import CommandRefused, Entry
from assistant.sound import BLOCK, SAMPLE_RATE
from assistant.speaking.clips import ClipStore
from tests.session.halving import Halving
from tests.stand_ins import ScriptedRecognizer, SilentRoom, ToneRenderer


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
    listener = Listener(ScriptedRecognizer([]), Matcher(session.voice.commands))
    with EventLog(None) as log:
        run_session(coach, voice, listener, room, log, senses=(BreakOff(at),), longest_seconds=30.0)
    assert coach.over_at is not None
    assert room.played < (at + 1) * SAMPLE_RATE


def test_a_command_that_is_refused_is_recorded_with_the_reason_and_not_acted_on(tmp_path: Path) -> None:
    """A doubtful "pause"."""
    session = load_session("quick-five", "en", None, frozenset())
    voice = CoachVoice(session.voice, ClipStore(ToneRenderer(), tmp_path))
    room, coach = SilentRoom(), coach_of(session, voice)
    doubtful = Utterance((Word("pause", 1.0, 1.5),), probability=0.4)
    listener = Listener(ScriptedRecognizer([(2.0, doubtful)]), Matcher(session.voice.commands))
    entries: list[Entry] = []
    with EventLog(None, entries.append) as log:
        run_session(coach, voice, listener, room, log, longest_seconds=4.0)
    (refused,) = [entry for entry in entries if isinstance(entry.record, CommandRefused)]
    assert 2.0 <= refused.at < 2.1
    assert refused.record == CommandRefused("pause", "pause", {}, 1.0, 1.5, 0.4, "unsure")


@pytest.mark.parametrize("gives_way", [True, False])
def test_the_coach_gives_way_to_who_speaks_unless_that_is_not_wanted(
    gives_way: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Block by block, from the first on."""
    monkeypatch.setattr(Listener, "is_spoken_to", True)
    session = load_session("quick-five", "en", None, frozenset())
    voice = CoachVoice(session.voice, ClipStore(ToneRenderer(), tmp_path))
    room, coach = SilentRoom(), coach_of(session, voice)
    listener = Listener(ScriptedRecognizer([]), Matcher(session.voice.commands))
    with EventLog(None) as log:
        run_session(coach, voice, listener, room, log, gives_way=gives_way, longest_seconds=1.0)
    assert set(room.lowered) == ({True} if gives_way else set())
    assert len(room.lowered) == (len(range(0, SAMPLE_RATE, BLOCK)) if gives_way else 0)


class Backspace:
    """Somebody who presses the key of "I didn't say that" at a moment, in seconds."""

    def __init__(self, at: float) -> None:
        self._at = at

    def notice(self, now: float) -> Sequence[Event]:
        """Press it once."""
        if now < self._at:
            return []
        self._at = float("inf")
        return [Heard("i_didnt_say_that", key="backspace", start=now, end=now)]


def test_what_was_misheard_is_told_with_what_was_listened_for(tmp_path: Path) -> None:
    """What is heard, what is refused, and keys."""
    session = load_session("quick-five", "en", None, frozenset())
    voice = CoachVoice(session.voice, ClipStore(ToneRenderer(), tmp_path))
    kept: list[Excerpt] = []
    misheard = Misheard(Halving(), kept.append)
    said = [
        (2.0, Utterance((Word("louder", 1.0, 1.5),), probability=0.4)),
        (4.0, Utterance((Word("louder", 3.0, 3.5),))),
    ]
    listener = Listener(ScriptedRecognizer(said), Matcher(session.voice.commands), misheard)
    with EventLog(None) as log:
        coach = coach_of(session, voice)
        senses = (Backspace(5.0),)
        run_session(
            *(coach, voice, listener, SilentRoom(), log),
            senses=senses,
            misheard=misheard,
            longest_seconds=7.0,
        )
    assert [one.occasion for one in kept] == [Occasion.SAID_TWICE, Occasion.TAKEN_BACK]
    words = kept[1].words
    assert [(one.command, one.because, one.key) for one in words] == [
        ("louder", "unsure", ""),
        ("louder", None, ""),
        ("i_didnt_say_that", None, "backspace"),
    ]
    assert {one.context for one in words} == {"setup"}
