"""The sound of a pack: recordings in place of cues and numbers, and counting in words, tones or both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.coaching.plan import Cue
from assistant.errors import InputError
from assistant.library.session import load_voice
from assistant.programme.voice import Counting, VoicePack
from assistant.session.coach_voice import CoachVoice
from assistant.speaking import earcons
from assistant.speaking.clips import ClipStore
from assistant.speaking.earcons import tone
from tests.stand_ins import ToneRenderer

THREE = Cue("number_3", "three", "movement")


@pytest.fixture
def store(tmp_path: Path) -> ClipStore:
    return ClipStore(ToneRenderer(), tmp_path / "cache")


def recorded_pack(folder: Path, cues: str = "", numbers: str = "") -> VoicePack:
    """A pack that inherits en, with a recording of 0.31 s under the name clips/a.wav."""
    (folder / "mine" / "clips").mkdir(parents=True)
    soundfile.write(str(folder / "mine" / "clips" / "a.wav"), tone(500, 0.31, 0.4), 16_000)
    (folder / "mine" / "pack.yaml").write_text(f"name: mine\ninherit: en\n{numbers}\n", encoding="utf-8")
    (folder / "mine" / "cues.yaml").write_text(cues or "{}", encoding="utf-8")
    return load_voice(str(folder / "mine"))


def test_a_recording_stands_for_its_cue_and_the_words_stay(tmp_path: Path, store: ClipStore) -> None:
    """The words are for the transcript, the screen, and for telling the coach's voice from the person's."""
    pack = recorded_pack(tmp_path, 'movement: {get_ready: {clip: clips/a.wav, say: "Get set."}}')
    voice = CoachVoice(pack, store)
    assert voice.clip(pack.cues["get_ready"]).text == pack.cues["get_ready"].text == "Get set."
    assert voice.seconds_of(pack.cues["get_ready"]) == pytest.approx(0.31, abs=0.021)
    renderer = ToneRenderer()
    CoachVoice(pack, ClipStore(renderer, tmp_path / "cache")).lengths([pack.cues["get_ready"]])
    assert renderer.calls == 0
    assert voice.clip(pack.cues["get_ready"]) is voice.clip(pack.cues["get_ready"])


def test_a_recording_stands_for_a_number(tmp_path: Path, store: ClipStore) -> None:
    """On a beat and as the number of a repetition; filled into a sentence it is rendered with that."""
    pack = recorded_pack(tmp_path, numbers="numbers: {3: {say: three, clip: clips/a.wav}}")
    voice = CoachVoice(pack, store)
    assert pack.numbers[3] == "three"
    assert voice.seconds_of(THREE) == pytest.approx(0.31, abs=0.021)
    assert voice.count(3, THREE, in_words=False) == (voice.clip(THREE).samples,)


def test_words_of_ones_own_end_an_inherited_recording(tmp_path: Path) -> None:
    """Else the heir would say what the other pack recorded."""
    recorded_pack(
        tmp_path,
        'movement: {lift: {clip: clips/a.wav, say: "Up."}, hold: {clip: clips/a.wav, say: "Hold."}}',
        "numbers: {3: {say: three, clip: clips/a.wav}}",
    )
    (tmp_path / "heir").mkdir()
    (tmp_path / "heir" / "pack.yaml").write_text(
        "name: heir\ninherit: mine\nnumbers: {3: drei}\n", encoding="utf-8"
    )
    (tmp_path / "heir" / "cues.yaml").write_text('movement: {lift: "Rise."}', encoding="utf-8")
    heir = load_voice(str(tmp_path / "heir"))
    assert set(heir.recordings) == {"hold"}
    assert heir.recordings["hold"].file == str(tmp_path / "mine" / "cues.yaml")


def test_what_is_filled_in_can_not_be_recorded(tmp_path: Path) -> None:
    """Nor does a recording follow a rate."""
    with pytest.raises(InputError, match=r"line 1, field talk\.to_go: a recording can't have"):
        recorded_pack(tmp_path, 'talk: {to_go: {clip: clips/a.wav, say: "{n} to go."}}')
    with pytest.raises(InputError, match="a recording has its own rate"):
        recorded_pack(tmp_path / "b", "movement: {lift: {clip: clips/a.wav, say: Up, words_per_minute: 190}}")


def test_a_bad_recording_is_found_before_the_session(tmp_path: Path, store: ClipStore) -> None:
    """With the cue's file and line."""
    pack = recorded_pack(tmp_path, "\nmovement:\n  lift:\n    say: Up.\n    clip: clips/b.wav\n")
    with pytest.raises(InputError, match=r"cues\.yaml, line 5, field movement\.lift\.clip.*no such file"):
        CoachVoice(pack, store).lengths(pack.cues.values())


@pytest.mark.parametrize("counting", ["words", "beeps", "both"])
def test_a_beat_sounds_as_the_voice_counts(pack: VoicePack, store: ClipStore, counting: Counting) -> None:
    """In words, as a tone, or as both from the same sample on; what ends a set is always in words."""
    voice = CoachVoice(replace(pack, counting=counting), store)
    word, beep = voice.clip(THREE).samples, earcons.beat(3)
    expected = {"words": (word,), "beeps": (beep,), "both": (beep, word)}[counting]
    for sound, other in zip(voice.count(3, THREE, in_words=False), expected, strict=True):
        np.testing.assert_array_equal(sound, other)
    assert any(sound is word for sound in voice.count(3, THREE, in_words=True))


def test_a_routines_notes_are_rendered_ahead(pack: VoicePack, tmp_path: Path) -> None:
    """As the voice's own lines are: nothing waits in mid-session."""
    renderer, note = ToneRenderer(), Cue("note", "Heels long.", "talk")
    voice = CoachVoice(pack, ClipStore(renderer, tmp_path / "cache"))
    voice.lengths([note])
    calls = renderer.calls
    assert voice.clip(note).text == "Heels long."
    assert renderer.calls == calls


def test_the_lengths_of_cues_are_known_before_the_session(pack: VoicePack, tmp_path: Path) -> None:
    """Each as it will be played, and rendered once: saying it later renders nothing."""
    renderer, cue = ToneRenderer(), Cue("announce", "Next: single leg lift.", "talk")
    voice = CoachVoice(pack, ClipStore(renderer, tmp_path / "cache"))
    lengths = voice.lengths([cue, pack.cues["lift"], cue])
    calls = renderer.calls
    assert calls == 2
    assert lengths == {cue: voice.seconds_of(cue), pack.cues["lift"]: voice.seconds_of(pack.cues["lift"])}
    assert renderer.calls == calls
