"""How trials are heard: what a session hears, and what a recording is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.coaching.events import Heard, NotUnderstood
from assistant.hearing.recognition.model import ModelFolder, find_model
from assistant.programme.voice import VoicePack
from assistant.rehearsal.room import SPEECH_DB
from assistant.sound import BLOCK, SAMPLE_RATE, Samples, active_db, loudest_db, write_sound
from assistant.speaking.rendering import Voice
from tests.benchmarks.hearing import ears as module
from tests.benchmarks.hearing.ears import Ears, Setup
from tests.benchmarks.hearing.manifest import Recorded
from tests.benchmarks.hearing.strained import LOUDER_DB
from tests.benchmarks.hearing.talk import Talk
from tests.benchmarks.hearing.treatment import AROUND_SECONDS, EDGE_SECONDS
from tests.benchmarks.hearing.trials import (
    ENDED,
    OURS,
    ClipTrial,
    Judged,
    Noise,
    NothingTrial,
    Overheard,
    Place,
    Synthetic,
    Wanted,
)
from tests.stand_ins import ToneRenderer

CLIP_SECONDS = 1.5


@pytest.fixture
def ears(pack: VoicePack, session_cache: Path) -> Ears:
    model: ModelFolder = find_model()
    return Ears(Setup(model, pack, {"commands": pack.commands}, session_cache), ToneRenderer())


@pytest.fixture
def recorded(tmp_path: Path) -> Callable[[str], Recorded]:
    """Write a recording of a hiss."""

    def write(name: str) -> Recorded:
        hiss = np.random.default_rng(0).standard_normal(round(CLIP_SECONDS * SAMPLE_RATE)) * 0.01
        write_sound(tmp_path / name, hiss.astype(np.float32))
        return Recorded("orders", name, tmp_path / name, "stop", "m", 1)

    return write


def _heard(start: float, end: float) -> Heard:
    return Heard("stop", text="stop", start=start, end=end)


class _Listening:
    """Stands for both ways of listening, and remembers what they were given."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, *spans: tuple[float, float], delay: float = 0.0
    ) -> None:
        self.sessions: list[Talk] = []
        self.recordings: list[Samples] = []
        self.not_understood: list[NotUnderstood] = []
        """What a session hears besides."""
        heard = [_heard(*span) for span in spans]

        def session(talk: Talk, *_: object) -> list[tuple[Heard | NotUnderstood, float]]:
            self.sessions.append(talk)
            return [(one, one.end + delay) for one in (*heard, *self.not_understood)]

        def recording(samples: Samples, *_: object) -> list[Heard]:
            self.recordings.append(samples)
            return []

        monkeypatch.setattr(module, "listen_to", session)
        monkeypatch.setattr(module, "hear_recording", recording)


def _clip(recorded: Recorded, noise: Noise | None = None) -> ClipTrial:
    place, wanted = Place("safety", "clean", "stop"), Wanted("safety", "stop", "stop")
    return ClipTrial(place, OURS, "commands", "moving", recorded, wanted, noise, 6.0)


def test_a_clip_is_heard_in_its_room_and_as_a_recording(
    ears: Ears, recorded: Callable[[str], Recorded], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sound for both, beside a silent loudspeaker; the noise goes on before and after."""
    listening = _Listening(monkeypatch, (AROUND_SECONDS, AROUND_SECONDS + 0.5))
    first, second = ears.hear(_clip(recorded("a.wav"), Noise("noise", (recorded("noise.wav").file,))))
    (talk,), (recording,) = listening.sessions, listening.recordings
    whole = CLIP_SECONDS + 2 * AROUND_SECONDS
    assert talk.mic.size == talk.far.size == round(whole * SAMPLE_RATE) // BLOCK * BLOCK
    assert not talk.far.any()
    assert np.sqrt(np.mean(talk.mic[: round(0.5 * SAMPLE_RATE)] ** 2)) > 0.003
    cut = round((AROUND_SECONDS - EDGE_SECONDS) * SAMPLE_RATE)
    assert recording.size == round((CLIP_SECONDS + 2 * EDGE_SECONDS) * SAMPLE_RATE)
    assert np.array_equal(recording[:SAMPLE_RATE], talk.mic[cut : cut + SAMPLE_RATE])
    assert isinstance(first, Judged)
    assert isinstance(second, Judged)
    assert (first.system, first.right, first.seconds) == ("imprint", True, CLIP_SECONDS)
    assert first.counted == {"": True, "stop": True, ENDED: True}
    assert (second.system, second.right) == ("recording", False)
    assert second.counted == {"": False, ENDED: False}


def test_what_a_session_hears_outside_of_the_clip_does_not_count(
    ears: Ears, recorded: Callable[[str], Recorded], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the room's."""
    after = AROUND_SECONDS + CLIP_SECONDS + 0.7
    _Listening(monkeypatch, (0.1, 0.5), (after, after + 0.2))
    first = ears.hear(_clip(recorded("a.wav")))[0]
    assert isinstance(first, Judged)
    assert (first.heard, first.right, first.counted[ENDED]) == ((), False, False)


def test_a_session_hears_one_noise_after_the_other(
    ears: Ears, recorded: Callable[[str], Recorded], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what it hears belongs to the one that sounded; as recordings, each is heard by itself."""
    listening = _Listening(monkeypatch, (0.2, 0.5), (CLIP_SECONDS + 0.1, CLIP_SECONDS + 0.4))
    of = tuple(recorded(f"{name}.wav") for name in "abc")
    outcomes = ears.hear(NothingTrial(Place("noise", "moving"), "moving", of))
    (talk,) = listening.sessions
    assert talk.mic.size == 3 * CLIP_SECONDS * SAMPLE_RATE // BLOCK * BLOCK
    assert [sound.size for sound in listening.recordings] == [CLIP_SECONDS * SAMPLE_RATE] * 3
    found = [outcome for outcome in outcomes if isinstance(outcome, Overheard)]
    assert [(one.system, one.name, len(one.heard), one.seconds) for one in found] == [
        ("imprint", "a.wav", 1, CLIP_SECONDS),
        ("imprint", "b.wav", 1, CLIP_SECONDS),
        ("imprint", "c.wav", 0, CLIP_SECONDS),
        *(("recording", f"{name}.wav", 0, CLIP_SECONDS) for name in "abc"),
    ]


@pytest.mark.parametrize(("delay", "right"), [(0.9, True), (1.1, False)])
def test_where_time_counts_a_word_that_is_heard_late_is_missed(
    ears: Ears,
    recorded: Callable[[str], Recorded],
    monkeypatch: pytest.MonkeyPatch,
    delay: float,
    right: bool,
) -> None:
    """Within a second of its end, and not of what was heard of it."""
    _Listening(monkeypatch, (AROUND_SECONDS, AROUND_SECONDS + CLIP_SECONDS), delay=delay)
    trial = replace(_clip(recorded("a.wav")), systems=("imprint",), wanted=Wanted("ended soon", "stop"))
    (outcome,) = ears.hear(trial)
    assert isinstance(outcome, Judged)
    assert outcome.right == right


def test_noise_is_turned_to_a_level_and_may_come_under_a_word(
    ears: Ears, recorded: Callable[[str], Recorded], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The word is before it, as loud as people speak, and nothing that is heard of it counts."""
    listening = _Listening(monkeypatch, (EDGE_SECONDS, EDGE_SECONDS + 0.2), (2.0, 2.2))
    word = Synthetic("computer", Voice("en-us+m7", 150, 50))
    of = (recorded("a.wav"),)
    outcomes = ears.hear(NothingTrial(Place("noise", "moving"), "moving", of, SPEECH_DB - 11, word))
    (talk,), (recording,) = listening.sessions, listening.recordings
    noise = round(CLIP_SECONDS * SAMPLE_RATE)
    assert loudest_db(recording[-noise:]) == pytest.approx(SPEECH_DB - 11, abs=0.1)
    assert loudest_db(recording[:-noise]) == pytest.approx(SPEECH_DB, abs=0.1)
    assert np.array_equal(talk.mic, recording[: talk.mic.size])
    first = outcomes[0]
    assert isinstance(first, Overheard)
    assert ([one.start for one in first.heard], first.seconds) == ([2.0], CLIP_SECONDS)


def test_a_command_of_the_person_comes_first_in_a_session_and_does_not_count(
    ears: Ears, recorded: Callable[[str], Recorded], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As loud as people speak; of what follows, pleas are counted for the one that sounded."""
    first = Synthetic("how many left", Voice("en-us+m7", 150, 50))
    listening = _Listening(monkeypatch, (EDGE_SECONDS, EDGE_SECONDS + 0.2))
    of = tuple(recorded(f"{name}.wav") for name in "ab")
    trial = NothingTrial(Place("orders", "moving"), "moving", of, first=first, systems=("imprint",))
    ears.hear(trial)
    (talk,) = listening.sessions
    before = talk.mic.size / SAMPLE_RATE - 2 * CLIP_SECONDS
    assert loudest_db(talk.mic[: round(before * SAMPLE_RATE)]) == pytest.approx(SPEECH_DB, abs=0.1)
    at = before + CLIP_SECONDS + 0.2
    listening.not_understood = [
        NotUnderstood(0.2, 0.6, plea=True),
        NotUnderstood(before + 0.1, before + 0.4),
        NotUnderstood(at, at + 0.5, plea=True),
    ]
    outcomes = ears.hear(trial)
    found = [outcome for outcome in outcomes if isinstance(outcome, Overheard)]
    assert [(one.system, one.name, len(one.heard), one.pleas) for one in found] == [
        ("imprint", "a.wav", 0, 0),
        ("imprint", "b.wav", 0, 1),
    ]
    assert listening.recordings == []


def test_who_speaks_under_strain_is_heard_as_loud_as_they_are(
    ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whisper is softer than a voice."""
    listening = _Listening(monkeypatch)
    source = Synthetic("stop", Voice("en-us+whisper", 150, 50), "whispered")
    trial = ClipTrial(Place("strained", "a"), OURS, "commands", "moving", source, Wanted("ended", "stop"))
    ears.hear(trial)
    around = round(AROUND_SECONDS * SAMPLE_RATE)
    said = listening.sessions[0].mic[around : -around + BLOCK]
    assert active_db(said) == pytest.approx(SPEECH_DB + LOUDER_DB["whispered"], abs=1.0)
