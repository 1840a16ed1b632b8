"""Performing actions on the sample clock."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.coaching.actions import Breathe, Chime, Count, Listen, Release, Say, SetVolume, Silence
from assistant.coaching.plan import Cue
from assistant.programme.voice import Counting, VoicePack
from assistant.session.coach_voice import CoachVoice
from assistant.session.event_log import EventLog
from assistant.session.performer import Performer
from assistant.session.records import Counted, CueSpoken, Entry, Record, Released, Silenced
from assistant.sound import BLOCK, SAMPLE_RATE, Samples
from assistant.speaking.clips import ClipStore
from assistant.speaking.mixer import Mixer
from tests.stand_ins import SilentRoom, ToneRenderer

HELLO = Cue("hello", "hello there", "talk")


class Desk:
    """A performer with its mixer and everything that was recorded."""

    def __init__(self, pack: VoicePack, folder: Path) -> None:
        self.entries: list[Entry] = []
        self.mixer = Mixer()
        self.room = SilentRoom()
        self.log = EventLog(None, self.entries.append)
        self.voice = CoachVoice(pack, ClipStore(ToneRenderer(), folder))
        self.performer = Performer(self.voice, self.mixer, self.room, self.log)

    def play(self, seconds: float) -> Samples:
        blocks: list[Samples] = []
        for _ in range(round(seconds * SAMPLE_RATE / BLOCK)):
            blocks.append(self.mixer.read(BLOCK))
            self.room.exchange(blocks[-1])
            self.performer.played()
            self.log.settle()
        return np.concatenate(blocks)

    def kinds(self) -> list[type[Record]]:
        return [type(entry.record) for entry in self.entries]


@pytest.fixture
def desk(pack: VoicePack, tmp_path: Path) -> Desk:
    return Desk(pack, tmp_path)


def test_a_count_sounds_on_its_beat_to_the_sample(desk: Desk) -> None:
    """A hundred beats, none early, none late."""
    one = Cue("number_1", "one", "movement")
    dues = [0.5 + i for i in range(100)]
    desk.performer.perform([Count(1, one, due) for due in dues], 0.0)
    played = desk.play(101)
    loud = np.flatnonzero(np.abs(played) > 0.005)
    onsets = loud[np.diff(loud, prepend=-SAMPLE_RATE) > SAMPLE_RATE // 4]
    assert np.abs(onsets / SAMPLE_RATE - dues).max() < 0.001
    counts = [entry.record for entry in desk.entries if isinstance(entry.record, Counted)]
    assert [count.start for count in counts] == dues == [count.due for count in counts]


@pytest.mark.parametrize("counting", ["words", "beeps", "both"])
def test_a_count_is_on_its_beat_however_it_is_counted(
    pack: VoicePack, tmp_path: Path, counting: Counting
) -> None:
    """To the sample, for a set's last one too; and it is recorded as what was counted."""
    desk = Desk(replace(pack, counting=counting), tmp_path)
    counts = [(3, "three", 1.0, False), (2, "two", 2.0, False), (1, "one", 3.0, True)]
    actions = [Count(n, Cue(f"number_{n}", word, "movement"), due, last) for n, word, due, last in counts]
    desk.performer.perform(actions, 0.0)
    played = desk.play(5)
    loud = np.flatnonzero(np.abs(played) > 0.005)
    onsets = loud[np.diff(loud, prepend=-SAMPLE_RATE) > SAMPLE_RATE // 4]
    assert np.abs(onsets / SAMPLE_RATE - [1, 2, 3]).max() < 0.001
    assert [entry.record for entry in desk.entries] == [
        Counted(3, 1.0, 1.0),
        Counted(2, 2.0, 2.0),
        Counted(1, 3.0, 3.0),
    ]


def test_a_tone_is_no_word_of_the_coach(pack: VoicePack, tmp_path: Path) -> None:
    """So whoever says the number meanwhile is not taken for the coach; the last one is in words again."""
    desk = Desk(replace(pack, counting="beeps"), tmp_path)
    two, one = Cue("number_2", "two", "movement"), Cue("number_1", "one", "movement")
    desk.performer.perform([Count(2, two, 0.0), Count(1, one, 1.0, last=True)], 0.0)
    desk.play(0.05)
    assert desk.performer.spoken() == []
    desk.play(1.0)
    assert [spoken.text for spoken in desk.performer.spoken()] == ["one"]
    desk.play(1.0)
    assert [spoken.text for spoken in desk.performer.spoken()] == ["one"]


def test_a_cue_is_recorded_when_it_is_over(desk: Desk) -> None:
    """With when it was due, began and ended."""
    desk.performer.perform([Say(HELLO, 0.25)], 0.0)
    desk.play(0.3)
    assert desk.entries == []
    desk.play(2)
    assert desk.kinds() == [CueSpoken]
    [spoken] = [entry.record for entry in desk.entries]
    assert isinstance(spoken, CueSpoken)
    assert (spoken.name, spoken.text, spoken.due, spoken.start) == ("hello", HELLO.text, 0.25, 0.25)
    assert spoken.end == pytest.approx(0.25 + desk.voice.seconds_of(HELLO))


def test_silence_is_silent_within_fifty_milliseconds(desk: Desk) -> None:
    """The cue that sounded ends there in the record, and what was due never comes."""
    one = Cue("number_1", "one", "movement")
    desk.performer.perform([Say(HELLO, 0.0), Count(1, one, 1.0)], 0.0)
    before = desk.play(0.32)
    now = desk.performer.now
    assert np.abs(before[-BLOCK:]).max() > 0.01
    desk.performer.perform([Silence(now)], now)
    after = desk.play(2.0)
    assert np.abs(after[int(0.05 * SAMPLE_RATE) :]).max() == 0
    assert desk.kinds() == [CueSpoken, Silenced]
    spoken = desk.entries[0].record
    assert isinstance(spoken, CueSpoken)
    assert spoken.end == pytest.approx(now)


def test_the_release_is_recorded_and_spoken(desk: Desk) -> None:
    """As a release when it is decided, and as a cue when it was said."""
    bend = Cue("release_supine", "feet down", "release")
    desk.performer.perform([Release(bend, 0.3)], 0.0)
    desk.play(3)
    assert desk.kinds() == [Released, CueSpoken]


def test_what_the_coach_says_is_known_while_and_after(desk: Desk) -> None:
    """For telling it from the person's voice; forgotten after a while."""
    desk.performer.perform([Say(HELLO, 0.0)], 0.0)
    assert desk.performer.spoken() == []
    desk.play(0.2)
    assert [spoken.text for spoken in desk.performer.spoken()] == ["hello there"]
    desk.play(2)
    assert [spoken.text for spoken in desk.performer.spoken()] == ["hello there"]
    desk.play(6)
    assert desk.performer.spoken() == []


def test_volume_context_and_chime(desk: Desk) -> None:
    """Louder is louder, what is listened for is kept, and the earcon makes a sound."""
    desk.performer.perform([Listen("resting"), SetVolume(6.0), Chime(0.0)], 0.0)
    assert desk.performer.context == "resting"
    assert desk.mixer.volume == 6.0
    assert np.abs(desk.play(0.2)).max() > 0.02


def test_the_breath_is_heard_and_is_no_words(desk: Desk) -> None:
    """Nobody who speaks over it says what the coach says."""
    desk.performer.perform([Breathe(0.0)], 0.0)
    assert np.abs(desk.play(0.5)).max() > 0.02
    assert desk.performer.spoken() == []
